import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newToken, writeToken } from '../accounts/tokens.ts';
import { advanceRefunds } from '../bookkeeping/refunds.ts';
import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { previewErasure } from '../routines/erasure-preview.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { closeGuests } from '../routines/retention-accounts.ts';
import { holdFor } from '../vault/held.ts';
import { addTestBooking, addTestProduct, shopWish } from '../../test/shop.ts';
import type { TestLine } from '../../test/shop.ts';
import { paid, testBanks } from '../../test/shop-banks.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { Item } from './catalogue/items.ts';
import { placeGuestOrder } from './guests-order.ts';
import { ordersInTheWay, settleBeforeLeaving } from './leave-orders.ts';
import { askAbout } from './payments/ask-bank.ts';
import { beginPayment } from './payments/begin-payment.ts';
import { paymentsOfOrder } from './payments/payment-rows.ts';
import { placeOrder } from './place-order.ts';
import { noteRefundEnded } from './refund-news.ts';

let system: TestSystem;
let product: Item;
let course: Item;
const site = { origin: 'https://konto.example.se' };
let people = 0;

before(async () => {
  system = await testSystem();
  product = await addTestProduct(system);
  course = await addTestBooking(system, { lateFeePercent: 40 });
});
after(() => system[Symbol.asyncDispose]());

function newCustomer(): Promise<OwnerId> {
  people += 1;
  return system.newCustomer({ email: `kund${people}@example.se` });
}

const leaving = (owner: OwnerId) => system.op({ party: 'customer', owner }, 'leaving');
const paying = (owner: OwnerId) => system.op({ party: 'customer', owner }, 'payment');

async function orderOf(
  owner: OwnerId,
  payWay: 'swish' | 'on-site',
  lines: readonly TestLine[] = [{ item: product }],
): Promise<RowId> {
  const op = system.op({ party: 'customer', owner }, 'order');
  return placeOrder(op, owner, shopWish(system, lines, payWay), () => null);
}

async function begun(owner: OwnerId, banks = testBanks(), lines?: readonly TestLine[]) {
  const orderId = await orderOf(owner, 'swish', lines);
  await beginPayment(paying(owner), banks, { owner, orderId, way: 'swish' }, site);
  const [payment] = await paymentsOfOrder(paying(owner), owner, orderId);
  assert.ok(payment);
  return { banks, orderId, payment };
}

async function paidOrder(owner: OwnerId, lines?: readonly TestLine[]) {
  const { banks, orderId, payment } = await begun(owner, testBanks(), lines);
  banks.swish.answer(payment.paymentId, paid(payment.amountOre, `SETTLED-${orderId}`));
  await askAbout(paying(owner), banks, payment, site);
  return { banks, orderId };
}

async function erase(owner: OwnerId): Promise<void> {
  const erasureId = await askErasure(leaving(owner), owner, newReceiptCode());
  await advanceErasure(system.op('routine', 'leaving'), erasureId, system.around);
}

async function refunds() {
  const op = system.op('routine', 'payment');
  return op.db
    .selectFrom('bookkeeping.refund')
    .select(['refund_id', 'state', 'amount_ore'])
    .execute();
}

async function rowsOf(
  table: 'history.order' | 'history.payment' | 'history.booking',
  owner: OwnerId,
) {
  return system.db.selectFrom(table).select('owner_id').where('owner_id', '=', owner).execute();
}

test('an order that is not paid lapses when its customer leaves, and nothing is charged', async () => {
  const owner = await newCustomer();
  const { banks } = await begun(owner);
  const [order] = await ordersInTheWay(leaving(owner), owner);
  assert.deepEqual([order?.becomes, order?.refundOre], ['unpaid', 0]);
  assert.equal(await settleBeforeLeaving(leaving(owner), banks, owner), 'done');
  await erase(owner);
  assert.deepEqual(await rowsOf('history.payment', owner), []);
});

test('who leaves while a bank does not know waits until it does, so that no money is lost', async () => {
  const owner = await newCustomer();
  const { banks, payment } = await begun(owner);
  const unsure = { state: 'unsure', paidOre: null, settlement: null, code: 'DS24' } as const;
  banks.swish.answer(payment.paymentId, unsure);
  assert.equal(await settleBeforeLeaving(leaving(owner), banks, owner), 'bank');
  banks.swish.answer(payment.paymentId, paid(payment.amountOre, 'LATE'));
  assert.equal(await settleBeforeLeaving(leaving(owner), banks, owner), 'done');
  assert.ok((await refunds()).some(({ amount_ore }) => amount_ore === payment.amountOre));
});

test('a coming time is cancelled by its rules, its hour is free again, and the money arrives after the account is gone', async () => {
  const owner = await newCustomer();
  const startsAt = system.now.add({ hours: 10 });
  const { banks } = await paidOrder(owner, [{ item: course, startsAt }]);
  const [order] = await ordersInTheWay(leaving(owner), owner);
  assert.deepEqual([order?.becomes, order?.refundOre, order?.feeOre], ['cancelled', 7_500, 5_000]);
  await settleBeforeLeaving(leaving(owner), banks, owner);
  const preview = await previewErasure(leaving(owner), owner);
  assert.deepEqual(preview.kept, [{ what: 'books', law: 'bookkeeping', until: '2033-12-31' }]);
  await erase(owner);
  assert.deepEqual(await rowsOf('history.booking', owner), []);
  const other = await newCustomer();
  await orderOf(other, 'on-site', [{ item: course, startsAt }]);
  const routine = system.op('routine', 'payment');
  await advanceRefunds(routine, banks, site, noteRefundEnded);
  system.now = system.now.add({ minutes: 1 });
  await advanceRefunds(system.op('routine', 'payment'), banks, site, noteRefundEnded);
  const done = (await refunds()).filter(({ state }) => state === 'done');
  assert.ok(done.some(({ amount_ore }) => amount_ore === 7_500));
});

async function guestOrder(email: string): Promise<OwnerId> {
  const code = writeToken(newToken(newOwnerId(), newRowId(system.now)));
  const wish = shopWish(system, [{ item: product }], 'on-site');
  const op = system.op('nobody', 'order');
  return placeGuestOrder(op, { code, email, language: 'sv' }, wish, () => null);
}

test('an account takes its guest orders along: they are opened by it alone, and gone with it', async () => {
  const owner = await newCustomer();
  const other = await newCustomer();
  const guest = await guestOrder('gast@example.se');
  const op = system.op({ party: 'customer', owner }, 'history');
  await assert.rejects(op.vault.openFor(op, guest, ['history']), (error) =>
    isProblem(error, 'not-found'),
  );
  await inTransaction(op, (write) => holdFor(write, owner, guest));
  assert.equal((await op.vault.openFor(op, guest, ['history'])).owner, guest);
  const theirs = system.op({ party: 'customer', owner: other }, 'history');
  await assert.rejects(theirs.vault.openFor(theirs, guest, ['history']), (error) =>
    isProblem(error, 'not-found'),
  );
  await erase(owner);
  assert.deepEqual(await rowsOf('history.order', guest), []);
  await assert.rejects(op.vault.mac(guest, 'a', 'b'), (error) => isProblem(error, 'fenced'));
});

test('a guest’s order is erased 400 days after it was made, and not a moment before', async () => {
  const guest = await guestOrder('gammal@example.se');
  const made = system.now;
  const run = () => closeGuests(system.op('routine', 'keeping'));
  system.now = made.add({ hours: 400 * 24 });
  await run();
  assert.equal((await rowsOf('history.order', guest)).length, 1);
  system.now = system.now.add({ milliseconds: 1 });
  assert.ok((await run()) >= 1);
  const rows = await system.db
    .selectFrom('routines.erasure_subject')
    .select('erasure_id')
    .where('subject_id', '=', guest)
    .execute();
  for (const { erasure_id } of rows)
    await advanceErasure(system.op('routine', 'leaving'), erasure_id, system.around);
  assert.deepEqual(await rowsOf('history.order', guest), []);
});
