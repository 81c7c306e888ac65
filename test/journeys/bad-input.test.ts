// Forms as they come from people in a hurry, from other alphabets, and from people who mean harm.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, openVisitor } from '../browser.ts';
import { startLive } from '../live.ts';
import type { Live } from '../live.ts';
import { shopBasketText } from '../../src/text/shop-basket.ts';
import { newReceiptCode } from '../../src/routines/receipt-code.ts';
import {
  closing,
  confirmationPath,
  deliveryOf,
  keepProbeAway,
  newClient,
  newColleague,
  newCustomer,
  order,
  plain,
  reviewedOrder,
} from './client.ts';
import type { Answer, Client, Fields } from './client.ts';
import { pointer } from './hands.ts';
import { signIn, somebody } from './steps.ts';

const script = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>';
const strange: readonly string[] = [
  '',
  '   ',
  'x'.repeat(5_000),
  '李小龍',
  'محمد بن عبد الله',
  'Żółć 👩‍👩‍👧‍👦 ß',
  '\u202eevird\u2066',
  script,
  'a\u0000b',
  "Robert'); drop table history.order;--",
  '{{7*7}}${7*7}%s%n',
  '../../../../etc/passwd',
  'a\r\nset-cookie: stolen=1',
  '99999999999999999999',
];
const person = somebody('Blåbär');
let live: Live;
let customer: Client;

before(async () => {
  live = await startLive();
  await keepProbeAway(live);
  customer = await newCustomer(live, person);
});
after(() => live.stop());

type Form = {
  readonly client: Client;
  readonly path: string;
  readonly fields: Fields;
  /** What is not shown again when the form comes back. */
  readonly secret?: readonly string[];
};

async function forms(): Promise<Form[]> {
  const nobody = newClient(live);
  const fresh = somebody('Nypon');
  await nobody.post('/sign-up', { email: fresh.email });
  const path = await confirmationPath(live, fresh.email);
  const reviewed = await reviewedOrder(customer, person);
  const { order_id = '', seen = '' } = reviewed;
  const ordered = { order_id, ...deliveryOf(person) };
  const [, item = ''] = /\/catalogue\/([\w-]+)/.exec((await nobody.get('/')).text) ?? [];
  const key = (seen.split('~')[1] ?? '').split('.').slice(0, 2).join('-');
  const support = await newColleague(live, 'support');
  const secret = ['password', 'code'];
  return [
    { client: nobody, path: '/sign-up', fields: { email: '@' } },
    { client: nobody, path: '/sign-in', fields: { email: '@', password: 'x', return: '' }, secret },
    { client: nobody, path, fields: { name: '', password: 'kort' }, secret },
    { client: nobody, path: '/language', fields: { language: '', return: '' } },
    { client: nobody, path: '/receipt', fields: { code: '' } },
    {
      client: nobody,
      path: '/basket/add',
      fields: { item, quantity: '0', variant: '', start: '' },
    },
    { client: customer, path: '/basket', fields: { [`quantity-${key}`]: '0', ...ordered } },
    { client: customer, path: '/basket/remove', fields: { line: '' } },
    { client: customer, path: '/checkout', fields: ordered },
    { client: customer, path: '/checkout/review', fields: { ...ordered, email: '@', code: '' } },
    // Nothing is placed, because these are not the conditions that hold.
    { client: customer, path: '/orders', fields: { ...ordered, seen, terms_id: '', code: '' } },
    {
      client: customer,
      path: '/close',
      fields: { code: newReceiptCode(), farewell: '', proof: '' },
    },
    { client: nobody, path: '/proof-of-purchase', fields: { code: '' } },
    { client: nobody, path: '/proof-of-purchase/remove', fields: { code: '' } },
    { client: nobody, path: '/verify', fields: { text: '' } },
    {
      client: nobody,
      path: '/console/sign-in',
      fields: { email: '@', password: 'x', code: '' },
      secret,
    },
    { client: support, path: '/console/customers', fields: { email: '' } },
    { client: support, path: '/console/orders', fields: { number: '' } },
  ];
}

function assertSafe(answer: Answer, what: string): void {
  assert.ok(answer.status < 500, `${what} answers ${answer.status}`);
  assert.ok(!answer.text.includes('<script>alert'), `${what} prints what was typed`);
  assert.ok(!answer.text.includes('<img src=x'), `${what} prints what was typed`);
  assert.ok(!answer.headers.getSetCookie().some((line) => line.includes('stolen')), what);
  assert.ok(answer.location === '' || /^\/(?![/\\])/.test(answer.location), `${what} leads away`);
}

test('every field of every form takes anything without harm, and gives it back when it is wrong', async () => {
  for (const { client, path, fields, secret = [] } of await forms()) {
    for (const name of Object.keys(fields)) {
      for (const value of strange) {
        const answer = await client.post(path, { ...fields, [name]: value });
        const what = `${path} ${name}=${JSON.stringify(value.slice(0, 30))}`;
        assertSafe(answer, what);
        if (answer.status === 422)
          assertKept(answer, { name, value, isSecret: secret.includes(name) });
      }
    }
  }
});

/** A secret is never given back; everything else is, as it was typed. */
function assertKept(
  answer: Answer,
  { name, value, isSecret }: { name: string; value: string; isSecret: boolean },
): void {
  // HTML makes one line break of two characters.
  const oneBreak = (text: string) => text.replaceAll('\r\n', '\n');
  const shown = oneBreak(plain(answer.text));
  const asValue = `value="${oneBreak(value)}"`;
  if (isSecret) assert.ok(value.trim() === '' || !shown.includes(asValue), `${name} is given back`);
  else if (answer.text.includes(`id="field-${name}"`) && !isChoice(answer, name)) {
    const isKept = shown.includes(asValue) || shown.includes(`>${oneBreak(value)}</textarea>`);
    assert.ok(isKept || value.length > 1_000, `${name}=${JSON.stringify(value)} is lost`);
  }
}

/** One of several is chosen or not; nothing is typed. */
function isChoice({ text }: Answer, name: string): boolean {
  return text.includes(`<input type="radio" id="field-${name}"`);
}

test('a body that is too large, or no form, is refused before anything is done', async () => {
  const send = (body: RequestInit['body'], type: string, path = '/sign-up') =>
    newClient(live).send(path, {
      method: 'POST',
      body: body ?? null,
      headers: { 'content-type': type, 'sec-fetch-site': 'same-origin' },
      duplex: 'half',
    } as RequestInit);
  const form = 'application/x-www-form-urlencoded';
  const chunks = () =>
    new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (let sent = 0; sent < 20; sent++) controller.enqueue(Buffer.alloc(10_000, 'a'));
        controller.close();
      },
    });
  const manyFields = Array.from({ length: 500 }, (_, index) => `f${index}=1`).join('&');
  const answers = [
    [413, await send(`email=${'x'.repeat(100_000)}`, form)],
    [413, await send(chunks(), form)],
    [413, await send(manyFields, form)],
    [400, await send('{"email":"a@example.se"}', 'application/json')],
    [400, await send('email=a@example.se', 'text/plain')],
    [400, await send('--x\r\n\r\n--x--', 'multipart/form-data; boundary=x')],
    [400, await send('email=a@example.se', '')],
    [422, await send('%E0%A4%A=%&&&==', form)],
  ] as const;
  for (const [status, answer] of answers) {
    assert.equal(answer.status, status);
    assertSafe(answer, 'the body');
  }
  for (const body of [chunks, () => `email=${'x'.repeat(5_000_000)}`, () => manyFields]) {
    assert.equal((await send(body(), form)).status, 413);
    assert.equal((await newClient(live).get('/')).status, 200, 'the next request is not lost');
  }
});

test('addresses that lead nowhere, in any shape, are not found and break nothing', async () => {
  const addresses = [
    '/history/%E0%A4%A',
    '/history/%00',
    `/history/${'a'.repeat(8_000)}`,
    '/history/..%2f..%2fetc%2fpasswd',
    '/assets/..%2f..%2fpackage.json',
    '/assets/pages.js',
    '/catalogue/null',
    '/confirm/x',
    '/%3Cscript%3Ealert(1)%3C/script%3E',
    '//example.com/',
    '/?q=%00%F0%9F%98%80%ff',
    '/catalogue/%00?day=2026-02-31',
    '/terms/%00',
    '/checkout?day=x',
    '/history?before=yesterday',
    '/sign-in?return=https://example.com',
  ];
  for (const address of addresses) {
    assertSafe(await customer.get(address), address);
  }
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
    const answer = await customer.send('/settings', { method });
    assert.ok([404, 405].includes(answer.status), `${method} answers ${answer.status}`);
  }
  const lost = newClient(live);
  for (const value of ['%00', 'x', 'a.b.c', '"', 'x'.repeat(4_000)]) {
    lost.cookies.set('__Host-session', value);
    lost.cookies.set('__Host-receipt', value);
    lost.cookies.set('__Host-language', value);
    assert.equal((await lost.get('/settings')).status, 303);
    assert.equal((await lost.get('/receipt')).status, 200);
    lost.cookies.set('__Host-basket', value);
    assert.equal((await lost.get('/')).status, 200);
    assert.equal((await lost.get('/checkout')).location, '/basket');
    assert.ok((await lost.get('/basket')).text.includes(shopBasketText.en.empty));
  }
});

test('an order that is sent twice at once is one order with one letter', async () => {
  const fields = await reviewedOrder(customer, person);
  const answers = await Promise.all([1, 2, 3].map(() => customer.post('/orders', fields)));
  for (const { status, location } of answers) {
    assert.equal(status, 303);
    assert.equal(location, `/history/${fields['order_id']}?placed=1`);
  }
  const rows = await live.query(
    'records',
    'select order_id from history.order where order_id = $1',
    [fields['order_id']],
  );
  assert.equal(rows.length, 1);
  await live.mail(person.email, fields['order_id']);
  assert.equal((await live.letters(person.email, fields['order_id'])).length, 1);
});

test('a link that is used twice at once, was used before, or is too old makes no second account', async () => {
  const twin = somebody('Hallon');
  await newClient(live).post('/sign-up', { email: twin.email });
  const path = await confirmationPath(live, twin.email);
  const { name, password } = twin;
  const clients = [newClient(live), newClient(live)];
  const answers = await Promise.all(clients.map((one) => one.post(path, { name, password })));
  const statuses = new Set(answers.map(({ status }) => status));
  assert.deepEqual(statuses, new Set([303, 410]));
  assert.equal((await newClient(live).get(path)).status, 410);
  assert.equal((await newClient(live).post(path, { name, password })).status, 410);
  const late = somebody('Slån');
  await newClient(live).post('/sign-up', { email: late.email });
  const old = await confirmationPath(live, late.email);
  assert.equal((await newClient(live).get(old)).status, 200);
  await live.query(
    'records',
    `update accounts.signup set created_at = created_at - interval '25 hours'`,
  );
  assert.equal((await newClient(live).get(old)).status, 410);
  assert.equal((await newClient(live).post(old, { name, password })).status, 410);
});

test('closing that is sent twice at once is one erasure, and a click afterwards finds its receipt', async () => {
  const leaver = somebody('Rönnbär');
  const client = await newCustomer(live, leaver);
  await order(client, leaver);
  const fields = await closing(client, leaver);
  const session = client.cookies.get('__Host-session') ?? '';
  const answers = await Promise.all([1, 2, 3].map(() => client.post('/close', fields)));
  for (const { status, location } of answers) {
    assert.deepEqual({ status, location }, { status: 303, location: '/receipt' });
  }
  assert.equal((await live.query('records', 'select 1 from routines.erasure')).length, 1);
  client.cookies.set('__Host-session', session);
  const again = await client.post('/close', fields);
  assert.deepEqual([again.status, again.location], [303, '/receipt']);
  assert.equal((await client.get('/overview')).status, 303);
  const stolen = await client.post('/close', await closing(customer, person));
  assert.ok([401, 303].includes(stolen.status) && stolen.location !== '/receipt');
});

test('the back button after closing shows nothing of what was there', async () => {
  const leaver = somebody('Havtorn');
  await newCustomer(live, leaver);
  const browser = await openBrowser();
  try {
    const visitor = await openVisitor(browser, { language: 'sv' }, () => [live.origin]);
    const { page } = visitor;
    await page.goto(`${live.origin}/my-data`);
    await signIn({ visitor, hand: pointer(visitor), language: 'sv', person: leaver });
    assert.ok((await page.content()).includes(leaver.email));
    await page.goto(`${live.origin}/close`);
    await page.getByLabel('Lösenord', { exact: true }).fill(leaver.password);
    await pointer(visitor).press('Bekräfta');
    await pointer(visitor).press('Stäng kontot nu');
    assert.equal(new URL(page.url()).pathname, '/receipt');
    for (let steps = 0; steps < 3; steps++) {
      await page.goBack();
      const html = await page.content();
      assert.ok(!html.includes(leaver.email) && !html.includes(leaver.name));
    }
    visitor.assertQuiet();
  } finally {
    await browser.close();
  }
});

test('what people wrote stands nowhere in the logs', () => {
  const logs = live.logs();
  for (const word of ['blåbär', 'hallon', 'rönnbär', 'havtorn', 'alert(1)', 'drop table']) {
    assert.ok(!logs.toLowerCase().includes(word), word);
  }
});
