import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { advanceRefunds, refundStates } from '../../bookkeeping/refunds.ts';
import type { RefundEnded } from '../../bookkeeping/refunds.ts';
import type { OwnerId, RowId } from '../../ids.ts';
import { isProblem } from '../../problem.ts';
import { addTestBooking, addTestProduct, shopWish, timeIn } from '../../../test/shop.ts';
import { paid, testBanks } from '../../../test/shop-banks.ts';
import { testSystem } from '../../../test/system.ts';
import type { TestSystem } from '../../../test/system.ts';
import type { Item } from '../catalogue/items.ts';
import { lapse, lapseUnpaid } from '../lapse.ts';
import { placeOrder } from '../place-order.ts';
import { optionsOf } from '../take-back.ts';
import { takeBack } from '../take-back-order.ts';
import type { TakeBack } from '../take-back-order.ts';
import { readWhole } from '../whole-order.ts';
import { askAbout, askAboutPayments } from './ask-bank.ts';
import { beginPayment } from './begin-payment.ts';
import { paymentsOfOrder } from './payment-rows.ts';
import { settlePaid, takeOnSite } from './settle.ts';

let system: TestSystem;
let owner: OwnerId;
let product: Item;

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  product = await addTestProduct(system);
});
after(() => system[Symbol.asyncDispose]());

const site = { origin: 'https://konto.example.se' };
const asCustomer = () => system.op({ party: 'customer', owner }, 'payment');
const asRoutine = () => system.op({ party: 'routine', routine: 'payments' }, 'payment');
const nothing = () => Promise.resolve();
const isConflict = (error: unknown) => isProblem(error, 'conflict');

async function ordered(
  payWay: 'swish' | 'card' | 'on-site',
  lines: Parameters<typeof shopWish>[1] = [{ item: product, quantity: 2 }],
): Promise<RowId> {
  const op = system.op({ party: 'customer', owner }, 'order');
  return placeOrder(op, owner, shopWish(system, lines, payWay), () => null);
}

async function whole(orderId: RowId) {
  const op = asCustomer();
  return readWhole(op, await op.vault.openFor(op, owner, ['history']), orderId);
}

async function latest(orderId: RowId) {
  const [payment] = await paymentsOfOrder(asCustomer(), owner, orderId);
  assert.ok(payment);
  return payment;
}

async function letters(): Promise<number> {
  const rows = await system.db
    .selectFrom('messages.outbox')
    .select('message_id')
    .where('owner_id', '=', owner)
    .execute();
  return rows.length;
}

/** Sums of the books, in öre: sales less refunds. */
async function booked(): Promise<number> {
  const rows = await system.db
    .selectFrom('bookkeeping.voucher')
    .select(['kind', 'total_ore'])
    .execute();
  return rows.reduce((sum, row) => sum + (row.kind === 'sale' ? row.total_ore : -row.total_ore), 0);
}

async function paidOrder(lines?: Parameters<typeof shopWish>[1]) {
  const banks = testBanks();
  const orderId = await ordered('swish', lines);
  await beginPayment(asCustomer(), banks, { owner, orderId, way: 'swish' }, site);
  const payment = await latest(orderId);
  banks.swish.answer(payment.paymentId, paid(payment.amountOre, 'SETTLED'));
  assert.equal(await askAbout(asCustomer(), banks, payment, site), 'paid');
  return { banks, orderId, payment };
}

test('a bank is told the order number and the sum, and nothing of the customer', async () => {
  const banks = testBanks();
  const orderId = await ordered('swish');
  const begun = await beginPayment(asCustomer(), banks, { owner, orderId, way: 'swish' }, site);
  assert.equal(begun.state, 'open');
  const { order } = await whole(orderId);
  const [wish] = [...banks.swish.payments.values()];
  assert.deepEqual(Object.keys(wish ?? {}).toSorted(), [
    'amountOre',
    'callbackSecret',
    'callbackUrl',
    'cancelUrl',
    'expiresAt',
    'language',
    'number',
    'paymentId',
    'returnUrl',
  ]);
  assert.deepEqual([wish?.number, wish?.amountOre], [order.number, 25_000]);
  const disclosed = await system.db
    .selectFrom('recipients.disclosure')
    .select(['purpose', 'fields'])
    .where('row_id', '=', (await latest(orderId)).paymentId)
    .execute();
  assert.deepEqual(disclosed, [{ purpose: 'payment', fields: ['number'] }]);
});

test('going back to the page goes on with the payment that is under way', async () => {
  const banks = testBanks();
  const orderId = await ordered('card');
  const wish = { owner, orderId, way: 'card' } as const;
  const first = await beginPayment(asCustomer(), banks, wish, site);
  assert.deepEqual(await beginPayment(asCustomer(), banks, wish, site), first);
  const twice = [1, 2].map(() => beginPayment(asCustomer(), banks, wish, site));
  assert.deepEqual(await Promise.all(twice), [first, first]);
  assert.equal(banks.card.payments.size, 1);
  const other = { owner, orderId, way: 'swish' } as const;
  await assert.rejects(beginPayment(asCustomer(), banks, other, site), isConflict);
});

test('money that is there makes order, voucher, receipt and letter at once, and once', async () => {
  const before = { letters: await letters(), booked: await booked() };
  const banks = testBanks();
  const orderId = await ordered('swish');
  await beginPayment(asCustomer(), banks, { owner, orderId, way: 'swish' }, site);
  const payment = await latest(orderId);
  const five = Array.from({ length: 5 }, () => settlePaid(asCustomer(), payment, 'SETTLED'));
  assert.deepEqual((await Promise.all(five)).filter(Boolean), [true]);
  const all = await whole(orderId);
  assert.equal(all.order.state, 'placed');
  assert.equal(all.receipts.length, 1);
  assert.equal(all.receipts[0]?.document.total_ore, 25_000);
  assert.equal(await letters(), before.letters + 1);
  assert.equal(await booked(), before.booked + 25_000);
});

test('the archive refers to nobody, and holds the receipt byte for byte', async () => {
  const { orderId } = await paidOrder();
  const { receipts } = await whole(orderId);
  const rows = await system.fresh.records.pool.query(
    'select v::text as text from bookkeeping.voucher v union all select e::text from bookkeeping.entry e',
  );
  for (const { text } of rows.rows) assert.ok(!String(text).includes(owner));
  assert.match(receipts[0]?.document.number.series ?? '', /^S$/);
});

test('an answer that never came is asked for again with the same words', async () => {
  const banks = testBanks();
  const orderId = await ordered('card');
  const answer = banks.card.onCreate;
  banks.card.onCreate = () => ({ outcome: 'unsure', reference: null });
  const wish = { owner, orderId, way: 'card' } as const;
  assert.equal((await beginPayment(asCustomer(), banks, wish, site)).state, 'waiting');
  const first = [...banks.card.payments.values()][0];
  banks.card.onCreate = answer;
  system.now = system.now.add({ seconds: 30 });
  await askAboutPayments(asRoutine(), banks, site);
  assert.deepEqual([...banks.card.payments.values()], [first]);
  assert.equal((await latest(orderId)).state, 'open');
});

test('what a bank does not know stays unsure, is asked about, and is never charged again', async () => {
  const banks = testBanks();
  const orderId = await ordered('swish');
  const wish = { owner, orderId, way: 'swish' } as const;
  await beginPayment(asCustomer(), banks, wish, site);
  const payment = await latest(orderId);
  const unsure = { state: 'unsure', paidOre: null, settlement: null, code: 'DS24' } as const;
  banks.swish.answer(payment.paymentId, unsure);
  system.now = system.now.add({ minutes: 50 });
  await askAboutPayments(asRoutine(), banks, site);
  assert.equal(await lapse(asRoutine(), banks, { owner, orderId }), false);
  assert.equal((await latest(orderId)).state, 'unsure');
  assert.equal((await whole(orderId)).order.state, 'unpaid');
  banks.swish.answer(payment.paymentId, paid(payment.amountOre, 'LATE'));
  system.now = system.now.add({ minutes: 50 });
  await askAboutPayments(asRoutine(), banks, site);
  assert.equal((await whole(orderId)).order.state, 'placed');
});

test('who does not pay in time loses the time and the goods, and is charged nothing', async () => {
  const course = await addTestBooking(system);
  const blanket = await addTestProduct(system, { stock: 1 });
  const banks = testBanks();
  const startsAt = timeIn(system, 48);
  const orderId = await ordered('swish', [{ item: course, startsAt }, { item: blanket }]);
  await beginPayment(asCustomer(), banks, { owner, orderId, way: 'swish' }, site);
  system.now = system.now.add({ minutes: 39, seconds: 59 });
  await lapseUnpaid(asRoutine(), banks);
  assert.equal((await whole(orderId)).order.state, 'unpaid');
  system.now = system.now.add({ seconds: 1 });
  await lapseUnpaid(asRoutine(), banks);
  const all = await whole(orderId);
  assert.deepEqual([all.order.state, all.bookings[0]?.state], ['lapsed', 'lapsed']);
  await ordered('on-site', [{ item: course, startsAt }, { item: blanket }]);
});

test('money that comes when the order has lapsed is booked and goes back', async () => {
  const banks = testBanks();
  const orderId = await ordered('swish');
  await beginPayment(asCustomer(), banks, { owner, orderId, way: 'swish' }, site);
  const payment = await latest(orderId);
  system.now = system.now.add({ minutes: 41 });
  // The bank says cancelled, and pays all the same.
  await system.db
    .updateTable('history.order')
    .set({ state: 'lapsed' })
    .where('order_id', '=', orderId)
    .execute();
  const before = await booked();
  await settlePaid(asRoutine(), payment, 'LATE');
  assert.equal(await booked(), before);
  const all = await whole(orderId);
  assert.deepEqual(
    all.reversals.map(({ kind, amountOre }) => [kind, amountOre]),
    [['lapse', 25_000]],
  );
  assert.equal(all.receipts.length, 2);
});

test('money comes back to who cancels in time, and the bank is told the reference and the number', async () => {
  const { banks, orderId } = await paidOrder();
  const options = optionsOf(await whole(orderId), system.now);
  const wish: TakeBack = {
    owner,
    orderId,
    kind: 'cancellation',
    lines: options.map(({ line, quantityLeft }) => ({
      lineId: line.lineId,
      quantity: quantityLeft,
    })),
    seenRefundOre: 25_000,
    statement: null,
  };
  const taken = await takeBack(asCustomer(), wish, nothing);
  assert.equal(taken.refundOre, 25_000);
  await assert.rejects(takeBack(asCustomer(), wish, nothing), isConflict);
  const all = await whole(orderId);
  assert.equal(all.order.state, 'cancelled');
  const refundId = all.reversals[0]?.refundId as RowId;
  const ends: string[] = [];
  const ended: RefundEnded = (_, refund, state) =>
    Promise.resolve(void (refund.refundId === refundId && ends.push(state)));
  await advanceRefunds(asRoutine(), banks, site, ended);
  assert.deepEqual(
    [...banks.swish.refunds.values()].find(({ refundId: id }) => id === refundId)?.settlement,
    'SETTLED',
  );
  system.now = system.now.add({ seconds: 30 });
  await advanceRefunds(asRoutine(), banks, site, ended);
  assert.deepEqual(ends, ['done']);
  assert.equal((await refundStates(asCustomer(), [refundId])).get(refundId)?.state, 'done');
});

test('a time costs nothing to cancel until its hour, and the fee after that, to the second', async () => {
  const course = await addTestBooking(system, { freeCancelHours: 24, lateFeePercent: 40 });
  const startsAt = timeIn(system, 48);
  const { orderId } = await paidOrder([{ item: course, startsAt }]);
  const all = await whole(orderId);
  const at = (moment: Temporal.Instant) => optionsOf(all, moment)[0]?.cancel;
  assert.equal(at(startsAt.subtract({ hours: 24 }))?.feeOre, 0);
  assert.equal(at(startsAt.subtract({ hours: 24 }).add({ seconds: 1 }))?.feeOre, 5_000);
  assert.equal(at(startsAt.subtract({ seconds: 1 }))?.refundOre, 7_500);
  assert.equal(at(startsAt), null);
});

test('what is taken on site is a sale like any other, and can be taken once', async () => {
  const orderId = await ordered('on-site');
  const staff = system.op({ party: 'routine', routine: 'test' }, 'payment');
  const due = { owner, orderId, seenDueOre: 2 * product.priceOre };
  await assert.rejects(takeOnSite(staff, { ...due, seenDueOre: 1 }, 'terminal'), isConflict);
  await takeOnSite(staff, due, 'terminal');
  await assert.rejects(takeOnSite(staff, due, 'cash'), isConflict);
  const { receipts } = await whole(orderId);
  assert.deepEqual(
    receipts.map(({ document }) => [document.number.series, document.paid.way]),
    [['T', 'terminal']],
  );
});

test('numbers of receipts have no gap and no repeat, however many pay at once', async () => {
  const before = await numbers('T');
  const orders = await Promise.all(Array.from({ length: 20 }, () => ordered('on-site')));
  const staff = system.op({ party: 'routine', routine: 'test' }, 'payment');
  const seenDueOre = 2 * product.priceOre;
  await Promise.all(
    orders.map((orderId) => takeOnSite(staff, { owner, orderId, seenDueOre }, 'terminal')),
  );
  const after = await numbers('T');
  assert.deepEqual(
    after,
    Array.from({ length: before.length + 20 }, (_, index) => index + 1),
  );
});

async function numbers(series: string): Promise<number[]> {
  const rows = await system.db
    .selectFrom('bookkeeping.voucher')
    .select('number')
    .where('series', '=', series)
    .orderBy('number')
    .execute();
  return rows.map(({ number }) => number);
}

test('what is booked can be neither changed nor removed', async () => {
  await assert.rejects(
    system.db.updateTable('bookkeeping.voucher').set({ total_ore: 1 }).execute(),
    /permission denied|not changed/,
  );
  await assert.rejects(system.db.deleteFrom('bookkeeping.entry').execute(), /kept until/);
});
