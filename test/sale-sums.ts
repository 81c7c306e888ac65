// What must agree after a story: the bank, the payments, the books and the orders; letters, times, goods and numbers.
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { KeptReceipt, WholeOrder } from '../src/history/whole-order.ts';
import { paidPayment, readWhole, reversedOf } from '../src/history/whole-order.ts';
import type { ReceiptDocument } from '../src/history/receipts/document.ts';
import { receiptSubject } from '../src/history/receipts/receipt-text.ts';
import { moneyAddsUp } from '../src/routines/proof/books-money.ts';
import { numbersAreWhole } from '../src/routines/proof/books-numbers.ts';
import { ordersAddUp } from '../src/routines/proof/orders-money.ts';
import { shopLetterText } from '../src/text/shop-letter.ts';
import { takenBack } from './sale-story.ts';
import type { Told } from './sale-story.ts';
import { stockAtFirst } from './sale-world.ts';
import type { World } from './sale-world.ts';

/** Holds the world against itself after a story, and its order against its letters. */
export async function assertAgrees(world: World, told: Told): Promise<void> {
  const whole = await readOrderOf(world, told);
  await assertMoneyAgrees(world);
  if (whole !== null) await assertOrderAgrees(world, told, whole);
  await assertNothingIsTakenByTheDead(world);
  assertTold(world, whole);
  const op = world.system.op('routine', 'proof');
  assert.deepEqual((await numbersAreWhole(op)).found, []);
  assert.deepEqual((await moneyAddsUp(op)).found, []);
  assert.deepEqual((await ordersAddUp(op)).found, []);
}

/** Null when nothing was ordered, because nobody came back after the process had ended. */
async function readOrderOf(
  { system }: World,
  { owner, orderId }: Told,
): Promise<WholeOrder | null> {
  const row = await system.db
    .selectFrom('history.order')
    .select('order_id')
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const op = system.op({ party: 'customer', owner }, 'history');
  return readWhole(op, await op.vault.openFor(op, owner, ['history']), orderId);
}

type Sums = { readonly paid: number; readonly back: number };

/** The same money four times: at the banks, in our payments and refunds, as vouchers, and in the rows of the accounts. */
async function assertMoneyAgrees({ system, bank }: World): Promise<void> {
  const atBank = bank.payments();
  const sum = (figures: readonly number[]) => figures.reduce((all, one) => all + one, 0);
  const there: Sums = {
    paid: sum(atBank.filter(({ state }) => state === 'paid').map(({ amountOre }) => amountOre)),
    back: sum(
      atBank
        .flatMap(({ refunds }) => refunds)
        .filter(({ state }) => state === 'done')
        .map(({ amountOre }) => amountOre),
    ),
  };
  const { rows } = await sql<Record<'paid' | 'sold' | 'back' | 'booked_back' | 'failed', number>>`
    select
      (select coalesce(sum(amount_ore), 0)::int from history.payment
        where state = 'paid' and way in ('swish', 'card')) as paid,
      (select coalesce(sum(total_ore), 0)::int from bookkeeping.voucher
        where kind = 'sale' and way in ('swish', 'card')) as sold,
      (select coalesce(sum(amount_ore), 0)::int from bookkeeping.refund
        where state = 'done' and way in ('swish', 'card')) as back,
      (select coalesce(sum(amount_ore), 0)::int from bookkeeping.refund
        where state = 'failed' and way in ('swish', 'card')) as failed,
      (select coalesce(sum(total_ore), 0)::int from bookkeeping.voucher
        where kind = 'refund' and way in ('swish', 'card')) as booked_back`.execute(system.db);
  const ours = rows[0]!;
  assert.equal(ours.paid, there.paid, 'payments and banks');
  assert.equal(ours.sold, there.paid, 'vouchers and banks');
  assert.equal(ours.back, there.back, 'refunds and banks');
  // What a bank would not pay back is booked, and waits for somebody to do it by hand.
  assert.equal(ours.booked_back, there.back + ours.failed, 'vouchers of refunds and banks');
}

/** What an order says of itself is what was paid for it and not paid back. */
async function assertOrderAgrees({ system }: World, told: Told, whole: WholeOrder): Promise<void> {
  const { order, lines, payments } = whole;
  assert.notEqual(order.state, 'unpaid');
  const paid = payments.filter(({ state }) => state === 'paid');
  const paidOre = paid.reduce((sum, { amountOre }) => sum + amountOre, 0);
  const { rows } = await sql<{ back: number }>`
    select coalesce(sum(f.amount_ore), 0)::int as back
    from bookkeeping.refund f join history.reversal r using (refund_id)
    where r.order_id = ${told.orderId}`.execute(system.db);
  const keptOre = paidOre - rows[0]!.back;
  const leftOre = lines.reduce(
    (sum, line) =>
      sum + line.unitPriceOre * (line.quantity - reversedOf(whole, line.lineId).quantity),
    0,
  );
  const isAlive = order.state === 'placed' || order.state === 'performed';
  const isOwed = order.payWay === 'on-site' && paidPayment(whole) === null;
  assert.equal(keptOre, isAlive && !isOwed ? leftOre : 0, `an order that is ${order.state}`);
}

/** Times and goods of orders that are over are free, and of those that are not, taken once. */
async function assertNothingIsTakenByTheDead({ system, product }: World): Promise<void> {
  const { rows } = await sql<Record<'seats' | 'booked' | 'held' | 'stock' | 'sold', number>>`
    select
      (select coalesce(sum(taken), 0)::int from history.slot) as seats,
      (select count(*)::int from history.booking_slot s
        join history.booking b using (owner_id, booking_id)
        join history.order o using (owner_id, order_id)
        where b.state = 'booked' and o.state in ('placed', 'performed')) as booked,
      (select count(*)::int from history.booking where state = 'held') as held,
      (select sum(stock)::int from history.variant where item_id = ${product.itemId}) as stock,
      (select coalesce(sum(l.quantity), 0)::int from history.order_line l
        join history.order o using (owner_id, order_id)
        where l.item_id = ${product.itemId} and o.state in ('placed', 'performed')) as sold
  `.execute(system.db);
  const seen = rows[0]!;
  assert.equal(seen.seats, seen.booked, 'seats and bookings');
  assert.equal(seen.held, 0, 'nobody waits for money any more');
  assert.equal(seen.stock + seen.sold, stockAtFirst, 'goods');
}

/**
 * Each letter has one Message-ID and one wording. It left once; once more only where the supplier had taken it and the
 * process ended before that was written down, and then it is the same letter.
 */
function assertTold({ letters, takenUnseen }: World, whole: WholeOrder | null) {
  const copies = Map.groupBy(letters, ({ messageId }) => messageId);
  for (const [id, same] of copies) {
    assert.ok(same.length <= 1 + (takenUnseen.get(id) ?? 0), 'a letter left twice');
    assert.equal(new Set(same.map((one) => JSON.stringify(one))).size, 1, 'two wordings');
  }
  if (whole === null) return;
  const { order, reversals } = whole;
  const sent = [...copies.values()].map(([letter]) => letter?.subject ?? '');
  const { subject, unpaidSubject } = shopLetterText.sv;
  const ofOrder = [
    (order.payBy === null ? subject : unpaidSubject)(order.number),
    ...reversals
      .filter(({ kind }) => kind === 'cancellation' || kind === 'withdrawal')
      .map(({ kind }) => takenBack(kind, order.number)),
  ];
  assert.deepEqual(
    sent.filter((one) => one.includes(order.number)).toSorted(),
    ofOrder.toSorted(),
    'letters about the order',
  );
  for (const receipt of receiptsTold(whole))
    assert.equal(sent.filter((one) => one === receiptSubject(receipt)).length, 1, 'a receipt');
}

/**
 * The receipts that have a letter of their own. Money that came for nothing goes back at once: its customer is told that
 * it does, and not that it came. What was cancelled is told in the letter of the cancellation.
 */
function receiptsTold({ receipts }: WholeOrder): ReceiptDocument[] {
  const isAtOnce = ({ document, issuedAt }: KeptReceipt) =>
    receipts.some((one) => one.document.kind !== document.kind && one.issuedAt.equals(issuedAt));
  return receipts
    .filter((one) => (one.document.kind === 'sale') !== isAtOnce(one))
    .map(({ document }) => document);
}
