import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { StaffRole } from '../database/records.ts';
import { inTransaction } from '../operation.ts';
import { recipientByChannel } from '../recipients/register.ts';
import { writeMail } from '../messages/outbox.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { placeToReturn } from './place-to-return.ts';
import {
  confirmEverybody,
  newStaff,
  openBrowser,
  signedIn,
  signInFields,
} from './staff-browser.fixture.ts';

let system: TestSystem;
const rooms = [
  '',
  '/customers',
  '/orders',
  '/money',
  '/erasures',
  '/recipients',
  '/promises',
  '/staff',
  '/me',
];

before(async () => {
  system = await testSystem();
});

after(() => system[Symbol.asyncDispose]());

test('every room asks who is not signed in to sign in, and leads back', async () => {
  const browser = openBrowser(system);
  for (const room of rooms) {
    const { status, location } = await browser.get(`/console${room}`);
    assert.equal(status, 303);
    const back = room === '' ? '' : `?return=${encodeURIComponent(`/console${room}`)}`;
    assert.equal(location, `/console/sign-in${back}`);
  }
});

test('each role enters its own rooms, and the others look like rooms that are not there', async () => {
  const entered: Record<StaffRole, number[]> = {
    support: [200, 200, 200, 200, 200, 200, 200, 404, 200],
    administrator: [200, 200, 200, 200, 200, 200, 200, 200, 200],
    bookkeeper: [200, 404, 404, 200, 200, 200, 200, 404, 200],
    provider: [404, 404, 404, 404, 404, 404, 404, 404, 200],
  };
  for (const [role, expected] of Object.entries(entered) as [StaffRole, number[]][]) {
    const browser = await signedIn(system, role);
    const seen = await Promise.all(rooms.map((room) => browser.get(`/console${room}`)));
    assert.deepEqual(
      seen.map(({ status }) => status),
      expected,
      role,
    );
    const worksWithCustomers = role === 'support' || role === 'administrator';
    assert.equal(seen[0]?.text.includes('href="/console/orders"'), worksWithCustomers, role);
  }
});

test('a wrong address, password or code gets one and the same answer, and keeps the address', async () => {
  const person = await newStaff(system, 'support');
  const right = signInFields(system, person);
  const wrongs: Record<'email' | 'password' | 'code', string>[] = [
    { ...right, email: 'nobody@example.se' },
    { ...right, password: 'something else' },
    { ...right, code: '000000' },
  ];
  for (const fields of wrongs) {
    const { status, text } = await openBrowser(system).post('/console/sign-in', fields);
    assert.equal(status, 422);
    assert.match(text, /The e-mail address, the password or the code is not right/);
    assert.ok(text.includes(`value="${fields.email}"`));
    assert.ok(!text.includes(fields.password));
  }
});

test('a one-time code signs in once, and signing out ends the session', async () => {
  const person = await newStaff(system, 'administrator');
  const fields = { ...signInFields(system, person), return: '/console/promises' };
  const browser = openBrowser(system);
  assert.equal((await browser.post('/console/sign-in', fields)).location, '/console/promises');
  assert.equal((await openBrowser(system).post('/console/sign-in', fields)).status, 422);
  assert.equal((await browser.get('/console')).status, 200);
  assert.equal((await browser.post('/console/sign-out')).status, 303);
  assert.equal((await browser.get('/console')).status, 303);
});

test('signing in leads only to staff pages that can be opened', () => {
  assert.equal(placeToReturn('/console/orders?after=x'), '/console/orders?after=x');
  assert.equal(placeToReturn('/console/customers/1/support'), '/console/customers/1');
  assert.equal(placeToReturn('/console/staff/1/role'), '/console/staff/1');
  assert.equal(placeToReturn('/console/staff/1/leave'), '/console/staff/1/leave');
  assert.equal(placeToReturn('/console/me/sessions/1/end'), '/console/me');
  for (const elsewhere of [
    '//evil.example',
    'https://evil.example',
    '/my-data',
    '/consoles',
    '',
    null,
  ]) {
    assert.equal(placeToReturn(elsewhere), '/console');
  }
  assert.equal(placeToReturn('/console/sign-out'), '/console');
});

test('whoever performs services is led to their own pages, and staff to those of staff', () => {
  const [own, me] = ['/provider/week?day=2026-11-23', '/console/me/passkeys'];
  assert.equal(placeToReturn(own), own);
  assert.equal(placeToReturn(own, 'provider'), own);
  assert.equal(placeToReturn(me, 'provider'), me);
  assert.equal(placeToReturn('/provider/bookings/1/open', 'provider'), '/provider/bookings/1');
  for (const staffs of ['/console', '/console/orders', '/consoles/me', '/providers', '', null])
    assert.equal(placeToReturn(staffs, 'provider'), '/provider');
  for (const role of ['support', 'administrator', 'bookkeeper'] as const) {
    assert.equal(placeToReturn(own, role), '/console');
    assert.equal(placeToReturn('/console/orders', role), '/console/orders');
  }
});

test('when the agreement with the mail supplier has ended, staff is told that mail waits and why', async () => {
  const browser = await signedIn(system, 'administrator');
  const register = '/console/recipients';
  const path = `${register}/${await mailSupplierId()}`;
  const asked = await browser.post(`${path}/end-agreement`);
  assert.match(asked.location ?? '', /^\/console\/confirm-identity\?return=/);
  await confirmEverybody(system);
  const question = await browser.get(`${path}/end-agreement`);
  assert.match(question.text, /End the agreement with Exempelposten AB/);
  assert.match(question.text, /No mail goes to the customers/);
  assert.match((await browser.get('/console')).text, /Nothing is stopped/);

  const ended = await browser.post(`${path}/end-agreement`);
  assert.equal(ended.location, `${register}?done=ended`);
  await holdAMail();
  const home = await browser.get('/console');
  assert.match(home.text, /No mail is leaving/);
  assert.match(home.text, /The data processing agreement with the mail supplier has ended/);
  assert.match(home.text, /1 message is waiting/);
  assert.match((await browser.get(register)).text, /no data processing agreement that holds today/);

  const day = { signed_on: '2026-11-22', valid_from: '2026-11-22' };
  await browser.post(`${path}/agreements`, day);
  await browser.post(`${path}/agreements`, day);
  assert.match((await browser.get('/console')).text, /Nothing is stopped/);
  const supplier = await recipientByChannel(system.db, 'mail');
  assert.equal(supplier?.agreements.length, 2);
});

test('only an administrator ends or enters agreements', async () => {
  const path = `/console/recipients/${await mailSupplierId()}`;
  for (const role of ['support', 'bookkeeper'] as const) {
    const browser = await signedIn(system, role);
    assert.equal((await browser.get(`${path}/end-agreement`)).status, 404);
    assert.equal((await browser.post(`${path}/end-agreement`)).status, 404);
    assert.equal((await browser.post(`${path}/agreements`)).status, 404);
    const { text } = await browser.get('/console/recipients');
    assert.doesNotMatch(text, /end-agreement|\/agreements"/);
  }
});

test('a promise that is broken is told first, with what was found', async () => {
  const browser = await signedIn(system, 'bookkeeper');
  await system.db
    .insertInto('routines.proof')
    .values({
      promise_id: 'P12',
      status: 'broken',
      proven_at: system.now,
      looked_at: 3,
      found: JSON.stringify(['accounts.session: 3 rows past their day']) as never,
    })
    .execute();
  assert.match((await browser.get('/console')).text, /1 promise is broken/);
  assert.match((await browser.get('/console/promises')).text, /3 rows past their day/);
});

async function mailSupplierId(): Promise<string> {
  return (await recipientByChannel(system.db, 'mail'))?.recipientId ?? '';
}

/** A message that the gate has refused to let out. */
async function holdAMail(): Promise<void> {
  const owner = await system.newCustomer({ email: 'tova.alm@example.se' });
  await system.db.deleteFrom('messages.outbox').execute();
  await inTransaction(system.op({ party: 'customer', owner }, 'order'), async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const mail = { email: 'tova.alm@example.se', subject: 'x', text: 'x', language: 'sv' } as const;
    await writeMail(write, sealer, mail);
  });
  await system.db.updateTable('messages.outbox').set({ held: true }).execute();
}
