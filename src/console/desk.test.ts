import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setProtectedIdentity } from '../accounts/protected-identity.ts';
import { newToken, writeToken } from '../accounts/tokens.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { newOwnerId, newRowId } from '../ids.ts';
import { placeGuestOrder } from '../history/guests-order.ts';
import { placeOrder } from '../history/place-order.ts';
import { settlePaid } from '../history/payments/settle.ts';
import { beginPayment } from '../history/payments/begin-payment.ts';
import { paymentsOfOrder } from '../history/payments/payment-rows.ts';
import { readWhole } from '../history/whole-order.ts';
import { changeStops } from '../requests/stops.ts';
import { lettersOf } from '../../test/letters-of.ts';
import { addTestBooking, addTestProduct, addTestService, home, shopWish } from '../../test/shop.ts';
import type { TestLine } from '../../test/shop.ts';
import { testBanks } from '../../test/shop-banks.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { signedIn } from './staff-browser.fixture.ts';
import type { StaffBrowser } from './staff-browser.fixture.ts';

let system: TestSystem;
let owner: OwnerId;
let desk: StaffBrowser;
const personal = [person.email, person.name, person.street, 'Provfilt', 'Provtvätt', 'Provkurs'];
const site = { origin: 'https://konto.example.se' };

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
});
beforeEach(async () => {
  desk = await signedIn(system, 'support');
});
after(() => system[Symbol.asyncDispose]());

async function ordered(lines: readonly TestLine[], payWay: 'swish' | 'on-site' = 'on-site') {
  const op = system.op({ party: 'customer', owner }, 'order');
  const orderId = await placeOrder(op, owner, shopWish(system, lines, payWay), () => null);
  return { orderId, path: `/console/orders/${owner}/${orderId}` };
}

async function paidBySwish(lines: readonly TestLine[]) {
  const order = await ordered(lines, 'swish');
  const op = system.op({ party: 'customer', owner }, 'payment');
  await beginPayment(op, testBanks(), { owner, orderId: order.orderId, way: 'swish' }, site);
  const [payment] = await paymentsOfOrder(op, owner, order.orderId);
  assert.ok(payment);
  await settlePaid(op, payment, 'SETTLED');
  return order;
}

async function whole(orderId: RowId) {
  const op = system.op({ party: 'customer', owner }, 'history');
  return readWhole(op, await op.vault.openFor(op, owner, ['history']), orderId);
}

async function looks(): Promise<number> {
  const rows = await system.db
    .selectFrom('vault.look')
    .select('look_id')
    .where('party', '=', 'support')
    .execute();
  return rows.length;
}

/** The letter that waits for somebody and has these words. */
async function letterWith(words: RegExp, of: OwnerId = owner): Promise<string> {
  const found = (await lettersOf(system, of)).find(({ text }) => words.test(text));
  assert.ok(found, 'no such letter');
  return found.text;
}

test('an order is found by its number as it is read aloud, and nothing is opened by that', async () => {
  const before = await looks();
  const { orderId, path } = await ordered([{ item: await addTestProduct(system) }]);
  const { number } = (await whole(orderId)).order;
  const heard = number.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
  const found = await desk.post('/console/orders', { number: ` ${heard} ` });
  assert.deepEqual([found.status, found.location], [303, path]);
  for (const page of [path, '/console/orders', '/console/orders?show=today']) {
    const { status, text } = await desk.get(page);
    assert.equal(status, 200);
    assert.deepEqual(
      [...personal, number].filter((one) => text.includes(one)),
      [],
      page,
    );
  }
  assert.equal(await looks(), before);
});

test('what is no number, or nobody’s, is said beside the field, and the page keeps what was typed', async () => {
  for (const number of ['', 'hej', '0000-0000', '"><script>x', 'x'.repeat(5_000), '\u0000']) {
    const { status, text } = await desk.post('/console/orders', { number });
    assert.equal(status, 422);
    assert.doesNotMatch(text, /<script>x/);
  }
});

test('the list shows one state, and what is to be done today', async () => {
  const course = await addTestBooking(system);
  const later = await ordered([{ item: course, startsAt: system.now.add({ hours: 72 }) }]);
  const sent = await ordered([{ item: await addTestProduct(system) }]);
  const shown = async (choice: string, path: string) =>
    (await desk.get(`/console/orders?show=${choice}`)).text.includes(path);
  assert.equal(await shown('today', later.path), false);
  assert.equal(await shown('today', sent.path), true);
  assert.equal(await shown('placed', later.path), true);
  assert.equal(await shown('performed', sent.path), false);
  system.now = system.now.add({ hours: 72 });
  desk = await signedIn(system, 'support');
  assert.equal(await shown('today', later.path), true);
  assert.equal((await desk.get('/console/orders?show=nonsense&after=x_y')).status, 200);
});

test('an order is opened for the purpose of carrying it out, and that is written down', async () => {
  const before = await looks();
  const { orderId, path } = await ordered([{ item: await addTestProduct(system) }]);
  const { number } = (await whole(orderId)).order;
  const { status, text } = await desk.post(`${path}/open`);
  assert.equal(status, 200);
  for (const one of [number, person.name, person.email, person.street, 'Provfilt'])
    assert.ok(text.includes(one), one);
  assert.doesNotMatch(text, new RegExp(`<title>[^<]*${number}`));
  assert.equal(await looks(), before + 2);
});

test('what is paid on site is booked as it was seen, and handed over once', async () => {
  const { orderId, path } = await ordered([
    { item: await addTestProduct(system, { priceOre: 12_550 }) },
  ]);
  const form = await desk.get(`${path}/take-payment`);
  assert.match(form.text, /Cash: SEK\s126/u);
  const wrong = { way: 'terminal', seen_due: '1' };
  for (const fields of [{}, { way: 'gold', seen_due: '12550' }, { ...wrong, seen_due: 'x' }, wrong])
    assert.equal((await desk.post(`${path}/take-payment`, fields)).status, 422);
  const taken = await desk.post(`${path}/take-payment`, { way: 'cash', seen_due: '12550' });
  assert.equal(taken.location, `${path}?done=take-payment`);
  const [receipt] = (await whole(orderId)).receipts;
  assert.equal(receipt?.document.paid.amount_ore, 12_600);
  assert.equal((await desk.get(`${path}/hand-over`)).status, 200);
  assert.equal((await desk.post(`${path}/hand-over`)).location, `${path}?done=hand-over`);
  assert.equal((await desk.post(`${path}/hand-over`)).status, 409);
  const { order } = await whole(orderId);
  assert.deepEqual(
    [order.state, order.performedAt?.epochMilliseconds],
    ['performed', system.now.epochMilliseconds],
  );
});

test('an order with a time is handed over when the time is over, to the second', async () => {
  const startsAt = system.now.add({ hours: 24 });
  const { orderId, path } = await ordered([{ item: await addTestBooking(system), startsAt }]);
  system.now = startsAt.add({ minutes: 60 }).subtract({ seconds: 1 });
  desk = await signedIn(system, 'support');
  assert.equal((await desk.post(`${path}/hand-over`)).status, 409);
  system.now = system.now.add({ seconds: 1 });
  assert.equal((await desk.post(`${path}/hand-over`)).status, 303);
  assert.deepEqual(
    (await whole(orderId)).bookings.map(({ state }) => state),
    ['performed'],
  );
});

test('staff cancels by the rules, or without the fee, and the customer is told', async () => {
  const course = await addTestBooking(system, { freeCancelHours: 24, lateFeePercent: 40 });
  for (const [fee, back] of [
    ['keep', 7_500],
    ['waive', 12_500],
  ] as const) {
    const startsAt = system.now.add({ hours: 5 });
    const { orderId, path } = await paidBySwish([{ item: course, startsAt }]);
    const [line] = (await whole(orderId)).lines;
    const fields = { kind: 'cancellation', fee, [`quantity-${line?.lineId}`]: '1' };
    const asked = await desk.post(`${path}/take-back`, fields);
    assert.ok(asked.text.includes(`name="seen_refund" value="${back}"`), fee);
    const seen = { ...fields, sure: 'yes', seen_refund: String(back) };
    assert.equal((await desk.post(`${path}/take-back`, { ...seen, seen_refund: '1' })).status, 200);
    assert.equal((await whole(orderId)).order.state, 'placed');
    assert.equal((await desk.post(`${path}/take-back`, seen)).status, 303);
    const { order, reversals } = await whole(orderId);
    assert.deepEqual([order.state, reversals[0]?.amountOre], ['cancelled', back]);
    const letter = await letterWith(
      new RegExp(`1 × Provkurs[^]*${back / 100}\\skr är på väg`, 'u'),
    );
    assert.equal(/Vi har behållit 50\skr/u.test(letter), fee === 'keep');
  }
});

test('goods that are withdrawn from are paid back when they are here, and go into stock', async () => {
  const blanket = await addTestProduct(system, { stock: 3 });
  const { orderId, path } = await paidBySwish([{ item: blanket }]);
  await desk.post(`${path}/hand-over`);
  const [line] = (await whole(orderId)).lines;
  const withdrawal = {
    kind: 'withdrawal',
    [`quantity-${line?.lineId}`]: '1',
    seen_refund: '12500',
    sure: 'yes',
  };
  assert.equal((await desk.post(`${path}/take-back`, withdrawal)).status, 303);
  const [reversal] = (await whole(orderId)).reversals;
  assert.equal(reversal?.state, 'awaiting-goods');
  const id = reversal?.reversalId ?? '';
  assert.equal((await desk.post(`${path}/goods-back`, { reversal: id })).status, 422);
  assert.equal((await desk.post(`${path}/goods-back`, { reversal: 'x' })).status, 404);
  const back = { reversal: id, [`again-${id}`]: 'yes' };
  assert.equal((await desk.post(`${path}/goods-back`, back)).status, 303);
  assert.equal((await desk.post(`${path}/goods-back`, back)).status, 409);
  const { stock } = await system.db
    .selectFrom('history.variant')
    .select('stock')
    .where('item_id', '=', blanket.itemId)
    .executeTakeFirstOrThrow();
  assert.equal(stock, 3);
});

test('a time is set for a service once, and the letter says when and where', async () => {
  const { orderId, path } = await ordered([{ item: await addTestService(system), quantity: 2 }]);
  const [line] = (await whole(orderId)).lines;
  const { resource_id } = await system.db
    .selectFrom('history.resource')
    .select('resource_id')
    .executeTakeFirstOrThrow();
  const day = system.now.add({ hours: 48 }).toZonedDateTimeISO('UTC').toPlainDate().toString();
  const fields = {
    line: line?.lineId ?? '',
    day,
    time: '14.30',
    minutes: '90',
    resource: resource_id as string,
  };
  const wrongs = [
    { day: '' },
    { day: '2020-01-01' },
    { day: '2099-01-01' },
    { time: '25.00' },
    { time: '' },
    { minutes: '5' },
    { minutes: '-1' },
    { resource: 'x' },
  ];
  for (const wrong of wrongs)
    assert.equal(
      (await desk.post(`${path}/arrange`, { ...fields, ...wrong })).status,
      422,
      JSON.stringify(wrong),
    );
  assert.equal((await desk.post(`${path}/arrange`, fields)).status, 303);
  assert.equal((await desk.post(`${path}/arrange`, fields)).status, 409);
  const { bookings } = await whole(orderId);
  assert.deepEqual(
    bookings.map(({ state, lineId }) => [state, lineId]),
    [['booked', line?.lineId]],
  );
  assert.ok((await letterWith(/Tid: .*14\.30/)).includes(person.street));
  const other = await ordered([{ item: await addTestService(system) }]);
  const [second] = (await whole(other.orderId)).lines;
  const taken = await desk.post(`${other.path}/arrange`, {
    ...fields,
    line: second?.lineId ?? '',
    time: '15.00',
  });
  assert.equal(taken.status, 422);
  assert.match(taken.text, /The time is taken/);
});

test('a letter to somebody with a protected identity names no address', async () => {
  const hidden = await system.newCustomer({ email: 'dold@example.se' });
  const own = system.op({ party: 'customer', owner: hidden }, 'account');
  await setProtectedIdentity(own, hidden, true);
  const op = system.op({ party: 'customer', owner: hidden }, 'order');
  const wish = shopWish(system, [{ item: await addTestService(system) }], 'on-site');
  await placeOrder(op, hidden, wish, () => null);
  const path = `/console/orders/${hidden}/${wish.orderId}`;
  assert.equal((await desk.post(`${path}/open`)).status, 403);
  const boss = await signedIn(system, 'administrator');
  const { text } = await boss.post(`${path}/open`);
  const [, line = ''] = /name="line" value="([^"]+)"/.exec(text) ?? [];
  const [, resource = ''] = /<option value="([^"]+)"/.exec(text) ?? [];
  const day = system.now.add({ hours: 96 }).toZonedDateTimeISO('UTC').toPlainDate().toString();
  const time = { line, resource, day, time: '09:00', minutes: '60' };
  assert.equal((await boss.post(`${path}/arrange`, time)).status, 303);
  const letter = await letterWith(/Tid: /, hidden);
  for (const one of [home.street, home.town, home.recipient_name])
    assert.ok(!letter.includes(one ?? ''), 'the letter names it');
});

test('a guest’s order is handled like any other', async () => {
  const code = writeToken(newToken(newOwnerId(), newRowId(system.now)));
  const wish = shopWish(system, [{ item: await addTestProduct(system) }], 'on-site');
  const op = system.op('nobody', 'order');
  const guest = { code, email: 'gast@example.se', language: 'sv' } as const;
  const of = await placeGuestOrder(op, guest, wish, () => null);
  const path = `/console/orders/${of}/${wish.orderId}`;
  assert.match((await desk.get(path)).text, /Ordered without an account/);
  const opened = await desk.post(`${path}/open`);
  assert.ok(opened.text.includes('gast@example.se'));
  assert.equal((await desk.post(`${path}/hand-over`)).status, 303);
});

test('a customer’s restriction stops opening, and what needs it', async () => {
  const op = system.op({ party: 'customer', owner }, 'account');
  const { path } = await ordered([{ item: await addTestProduct(system) }]);
  const wish = { ground: 'restriction', purposes: ['order-handling'] } as const;
  await changeStops(op, owner, { ...wish, stops: true });
  assert.match((await desk.get(path)).text, /The customer has restricted/);
  assert.equal((await desk.post(`${path}/open`)).status, 403);
  await changeStops(op, owner, { ...wish, stops: false });
});

test('bookkeepers and providers find no desk, and a malformed address is no order', async () => {
  const { path } = await ordered([{ item: await addTestProduct(system) }]);
  for (const role of ['bookkeeper', 'provider'] as const) {
    const other = await signedIn(system, role);
    for (const page of ['/console/orders', path, `${path}/hand-over`, `${path}/take-payment`])
      assert.equal((await other.get(page)).status, 404, `${role} ${page}`);
    for (const action of ['open', 'hand-over', 'refund', 'take-back', 'arrange', 'paid-back'])
      assert.equal((await other.post(`${path}/${action}`)).status, 404, `${role} ${action}`);
    assert.equal((await other.get('/console/money')).status, role === 'provider' ? 404 : 200);
  }
  for (const id of ['nonsense', '%00', '..%2f..', owner])
    for (const page of [`/console/orders/${owner}/${id}`, `/console/orders/${id}/${id}`]) {
      assert.equal((await desk.get(page)).status, 404);
      assert.equal((await desk.post(`${page}/open`)).status, 404);
      assert.equal((await desk.post(`${page}/hand-over`)).status, 404);
    }
});

test('money that waits is shown with what to do, to the minute, and a refund by hand is settled once', async () => {
  const blanket = await addTestProduct(system);
  const { orderId } = await ordered([{ item: blanket }], 'swish');
  const customer = system.op({ party: 'customer', owner }, 'payment');
  await beginPayment(customer, testBanks(), { owner, orderId, way: 'swish' }, site);
  const link = `/console/orders/${owner}/${orderId}`;
  system.now = system.now.add({ minutes: 10 });
  assert.ok(!(await desk.get('/console/money')).text.includes(link));
  system.now = system.now.add({ seconds: 1 });
  assert.ok((await desk.get('/console/money')).text.includes(link));
  assert.equal((await desk.post('/console/money/ask')).location, '/console/money?done=asked');
  const cash = await ordered([{ item: blanket }]);
  await desk.post(`${cash.path}/take-payment`, { way: 'terminal', seen_due: '12500' });
  const [line] = (await whole(cash.orderId)).lines;
  const fields = { reason: 'fel', seen_reversed: '0', sure: 'yes' };
  await desk.post(`${cash.path}/refund`, { ...fields, [`amount-${line?.lineId}`]: '25' });
  const keeper = await signedIn(system, 'bookkeeper');
  const { text } = await keeper.get('/console/money');
  const [refund = ''] = /\/console\/money\/refunds\/[\w-]+/.exec(text) ?? [];
  assert.ok(!text.includes('/console/orders/'));
  assert.equal((await keeper.get(refund)).status, 200);
  assert.equal((await keeper.post(refund)).location, '/console/money?done=paid-back');
  assert.equal((await keeper.post(refund)).status, 409);
  assert.equal((await keeper.get('/console/money/refunds/x')).status, 404);
  const figures = await keeper.get('/console/figures');
  assert.match(figures.text, /Paid and paid back/);
  assert.match(figures.text, /November 2026/);
});
