import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { readOrder } from '../history/orders.ts';
import { currentTerms } from '../history/terms.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { outbox, writeMail } from '../messages/outbox.ts';
import { inTransaction } from '../operation.ts';
import { stopsOf } from '../requests/stops.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { orderConfirmation } from './order-letter.ts';
import { openVisitor, signedInVisitor } from './privacy-visitor.fixture.ts';
import type { Visitor } from './privacy-visitor.fixture.ts';

let system: TestSystem;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

type Customer = { readonly owner: OwnerId; readonly order: RowId; readonly browser: Visitor };

async function newCustomer(): Promise<Customer> {
  const email = `${randomBytes(5).toString('hex')}@example.se`;
  const owner = await system.newCustomer({ email });
  const order = await system.placeOrderFor(owner);
  return { owner, order, browser: await signedInVisitor(system, email) };
}

const confirm = (browser: Visitor) =>
  browser.post('/confirm-identity', { return: '/rights', password: person.password });

const delivery = {
  recipient_name: 'Nils Provsson',
  street: 'Testvägen 2',
  postal_code: '11122',
  town: 'Stockholm',
  message: 'Ring på',
};

/** The texts of the letters that wait for a customer, newest first. */
async function letters(owner: OwnerId): Promise<{ subject: string; text: string }[]> {
  const rows = await system.db
    .selectFrom('messages.outbox')
    .select(['message_id', 'sealed'])
    .where('owner_id', '=', owner)
    .orderBy('message_id', 'desc')
    .execute();
  const op = system.op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  const opener = await op.vault.openForGate(op, owner, 'messages');
  return rows.map(({ message_id, sealed }) => opener.open(outbox, message_id, sealed));
}

test('every right has a page that says what to do, what happens next and by when', async () => {
  const { browser } = await newCustomer();
  const list = await browser.get('/rights');
  assert.equal(list.status, 200);
  const links = [...list.source.matchAll(/href="(\/rights\/[a-z-]+)"/g)].map(
    ([, path = '']) => path,
  );
  assert.equal(new Set(links).size, 8);
  await confirm(browser);
  for (const path of links) {
    const { status, text } = await browser.get(path);
    assert.equal(status, 200, path);
    assert.match(text, /At once|within one month|Within one month|at once/, path);
  }
  assert.equal((await browser.get('/rights/constructor')).status, 404);
  assert.equal((await openVisitor(system).get('/rights')).status, 303);
});

test('a customer restricts one purpose, all of them, and allows them again', async () => {
  const { owner, browser } = await newCustomer();
  const stopped = async () =>
    [...(await stopsOf(system.op({ party: 'customer', owner }, 'account'), owner)).keys()].sort();
  const one = await browser.post('/rights/restrict', { purpose: 'support', action: 'stop' });
  assert.deepEqual([one.status, one.location], [303, '/rights/restrict?saved=stopped']);
  assert.deepEqual(await stopped(), ['support']);
  const page = await browser.get('/rights/restrict?saved=stopped');
  assert.match(page.text, /It is stopped.*Stopped since 22 November 2026/);
  await browser.post('/rights/restrict', { purpose: 'all', action: 'stop' });
  assert.deepEqual(await stopped(), [
    'keeping',
    'newsletter',
    'order-handling',
    'performing',
    'proof',
    'reminder',
    'support',
  ]);
  assert.match((await browser.get('/rights/object')).text, /Also stopped under Restrict/);
  await browser.post('/rights/restrict', { purpose: 'all', action: 'allow' });
  assert.deepEqual(await stopped(), []);
});

test('a form that is not ours stops nothing', async () => {
  const { owner, browser } = await newCustomer();
  for (const [path, fields] of [
    ['/rights/restrict', {}],
    ['/rights/restrict', { purpose: 'support' }],
    ['/rights/restrict', { purpose: 'sign-in', action: 'stop' }],
    ['/rights/restrict', { purpose: '__proto__', action: 'stop' }],
    ['/rights/object', { purpose: 'order-handling', action: 'stop' }],
  ] as const)
    assert.equal((await browser.post(path, fields)).status, 400, JSON.stringify(fields));
  const op = system.op({ party: 'customer', owner }, 'account');
  assert.equal((await stopsOf(op, owner)).size, 0);
});

test('the delivery of an order changes while it has not gone, and a letter says so, once', async () => {
  const { owner, order, browser } = await newCustomer();
  const path = `/history/${order}/delivery`;
  assert.match((await browser.get(`/history/${order}`)).source, new RegExp(`href="${path}"`));
  const form = await browser.get(path);
  assert.ok(form.source.includes(`value="${person.street}"`));
  const wrong = await browser.post(path, { ...delivery, postal_code: '1' });
  assert.equal(wrong.status, 422);
  assert.ok(wrong.source.includes('value="Testvägen 2"'), 'what was typed is kept');
  for (let click = 0; click < 2; click += 1) {
    const { status, location } = await browser.post(path, delivery);
    assert.deepEqual([status, location], [303, `/history/${order}?changed=1`]);
  }
  const { text } = await browser.get(`/history/${order}?changed=1`);
  assert.match(text, /The delivery is changed.*Nils Provsson.*Testvägen 2.*111 22 Stockholm/);
  const written = (await letters(owner)).filter(({ subject }) => subject.includes('Leveransen'));
  assert.equal(written.length, 1);
  assert.match(written[0]?.text ?? '', /Nils Provsson\nTestvägen 2\n111 22 Stockholm/);
  const lines = await system.db
    .selectFrom('history.order')
    .select(['total_ore', 'state'])
    .where('order_id', '=', order)
    .execute();
  assert.equal(lines[0]?.state, 'placed');
});

test('the delivery of an order that has gone, or of somebody else, does not change', async () => {
  const { order, browser } = await newCustomer();
  const stranger = await newCustomer();
  const path = `/history/${order}/delivery`;
  assert.equal((await stranger.browser.get(path)).status, 404);
  assert.equal((await stranger.browser.post(path, delivery)).status, 404);
  assert.equal((await browser.get('/history/x/delivery')).status, 404);
  for (const state of ['performed', 'cancelled'] as const) {
    await system.db
      .updateTable('history.order')
      .set({ state })
      .where('order_id', '=', order)
      .execute();
    for (const seen of [await browser.get(path), await browser.post(path, delivery)]) {
      assert.equal(seen.status, 409);
      assert.match(seen.text, /can no longer be changed/);
    }
    assert.ok(!(await browser.get(`/history/${order}`)).source.includes(path));
  }
  assert.match((await browser.get(`/history/${order}`)).text, new RegExp(person.street));
});

test('two changes of a delivery at once end as one of them, whole', async () => {
  const { order, browser } = await newCustomer();
  const path = `/history/${order}/delivery`;
  const towns = ['Borås', 'Lund', 'Kiruna', 'Visby'];
  const answers = await Promise.all(
    towns.map((town) => browser.post(path, { ...delivery, town, street: `${town}gatan 1` })),
  );
  assert.ok(answers.every(({ status }) => status === 303));
  const { text } = await browser.get(`/history/${order}`);
  assert.equal(towns.filter((town) => text.includes(`${town}gatan 1 111 22 ${town}`)).length, 1);
});

test('a protected identity is switched on and off only by who has confirmed that it is them', async () => {
  const { browser } = await newCustomer();
  const path = '/rights/protected-identity';
  assert.match((await browser.get(path)).location ?? '', /^\/confirm-identity/);
  const unconfirmed = await browser.post(path, { action: 'on' });
  assert.notEqual(unconfirmed.location, `${path}?saved=on`);
  await confirm(browser);
  assert.match((await browser.get(path)).text, /Your data is not protected/);
  assert.equal((await browser.post(path, { action: 'on' })).location, `${path}?saved=on`);
  assert.match((await browser.get(`${path}?saved=on`)).text, /Your data is protected now/);
  assert.match((await browser.get('/my-data')).text, /Protected identity Yes Change/);
  assert.equal((await browser.post(path, { action: 'maybe' })).status, 400);
  assert.equal((await browser.post(path, { action: 'off' })).location, `${path}?saved=off`);
  assert.match((await browser.get(path)).text, /Your data is not protected/);
});

test('letters to somebody with a protected identity do not say where things go, and no subject names anybody', async () => {
  const { owner, order, browser } = await newCustomer();
  await confirm(browser);
  for (const isProtected of [false, true]) {
    // Letters are told apart by their time.
    system.now = system.now.add({ seconds: 1 });
    await browser.post('/rights/protected-identity', { action: isProtected ? 'on' : 'off' });
    await browser.post(`/history/${order}/delivery`, { ...delivery, message: String(isProtected) });
    const op = system.op({ party: 'customer', owner }, 'order');
    const about = {
      email: 'a@example.se',
      language: 'sv',
      wish: { lines: [], payWay: 'on-site' },
      terms: await currentTerms(system.db),
      isGuest: false,
      link: '',
      sellerEmail: 'kund@example.se',
    } as const;
    await inTransaction(op, async (write) => {
      const sealer = await write.vault.sealFor(write, owner);
      const { order: placed } = await readOrder(
        write,
        await op.vault.openFor(op, owner, ['history']),
        order,
      );
      const letter = orderConfirmation({ ...about, isProtected })(placed);
      await writeMail(write, sealer, letter!);
    });
    const latest = (await letters(owner)).slice(0, 2);
    assert.equal(latest.length, 2);
    for (const { subject, text } of latest) {
      assert.equal(text.includes(delivery.street), !isProtected);
      assert.equal(text.includes('adressen som du ser när du loggar in'), isProtected);
      assert.doesNotMatch(subject, /Nils|Testvägen|Maja/);
    }
  }
});

test('the download asks who is there first, and then gives the archive or JSON', async () => {
  const { browser } = await newCustomer();
  for (const path of ['/my-data/download', '/my-data/download/archive', '/my-data/download/json'])
    assert.match((await browser.get(path)).location ?? '', /^\/confirm-identity\?return=/, path);
  await confirm(browser);
  const page = await browser.get('/my-data/download');
  assert.match(page.source, /href="\/my-data\/download\/archive"/);
  const archive = await browser.get('/my-data/download/archive');
  assert.equal(archive.headers.get('content-type'), 'application/zip');
  assert.equal(
    archive.headers.get('content-disposition'),
    'attachment; filename="my-data-2026-11-22.zip"',
  );
  assert.ok(archive.source.startsWith('PK'));
  assert.equal(archive.headers.get('cache-control'), page.headers.get('cache-control'));
});
