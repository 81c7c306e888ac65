import { yearOfToday } from '../../bookkeeping/years.ts';
import type { VoucherPlace } from '../../bookkeeping/book.ts';
import type { PaymentWay } from '../../database/records-history.ts';
import type { Write } from '../../database/together.ts';
import { newRowId } from '../../ids.ts';
import type { OwnerId, RowId } from '../../ids.ts';
import { inTransaction } from '../../operation.ts';
import type { Operation, WriteOperation } from '../../operation.ts';
import { Problem } from '../../problem.ts';
import type { Opener, Sealer } from '../../vault/vault.ts';
import { contactOf } from '../contact.ts';
import { payment as payments } from '../holdings.ts';
import { eventWrite } from '../order-events.ts';
import type { OrderLine } from '../orders.ts';
import { linesSold, lockForSale } from '../whole-order.ts';
import type { WholeOrder } from '../whole-order.ts';
import { paidLetterWrite } from './paid-letter.ts';
import { payBackWhole } from './pay-back.ts';
import { isUnderWay } from './payment-rows.ts';
import type { Payment } from './payment-rows.ts';
import { bookSale } from './sell.ts';
import type { Sale, Seller } from './sell.ts';

/**
 * The money is there: payment, order, bookings, voucher, receipt and letter change in one transaction, once, whoever
 * notices it first. Money for an order that has lapsed or been cancelled meanwhile, or that was paid already, is booked
 * and paid back.
 * @param settlement what the bank calls the payment when it is paid back; null where no bank was asked
 * @returns false when somebody else has settled it
 */
export async function settlePaid(
  op: Operation,
  payment: Payment,
  settlement: string | null,
): Promise<boolean> {
  const opener = await op.vault.openFor(op, payment.owner, ['credentials', 'history']);
  const seller = await readSeller(op, opener);
  return inTransaction(op, async (write) => {
    const owners = [payment.owner, seller.year.owner] as const;
    const [sealer, ofYear] = await write.vault.sealForBoth(write, owners);
    const whole = await lockForSale(write, opener, payment.orderId);
    const known = whole.payments.find(({ paymentId }) => paymentId === payment.paymentId);
    if (!known || !isUnderWay(known)) return false;
    const sold = { ...seller, whole };
    await settleIn(write, { sealer, ofYear, sold, payment, settlement, written: endPaid });
    return true;
  });
}

/**
 * Money taken on site by a member of staff: a card at the counter, or cash. The order may be performed already.
 * @throws Problem `conflict` when the order is paid, lapsed or cancelled, or comes to another sum than was seen;
 * `not-found`
 */
export async function takeOnSite(
  op: Operation,
  { owner, orderId, seenDueOre }: OnSite,
  way: Extract<PaymentWay, 'terminal' | 'cash'>,
): Promise<void> {
  const opener = await op.vault.openFor(op, owner, ['credentials', 'history']);
  const seller = await readSeller(op, opener);
  await inTransaction(op, async (write) => {
    const owners = [owner, seller.year.owner] as const;
    const [sealer, ofYear] = await write.vault.sealForBoth(write, owners);
    const whole = await lockForSale(write, opener, orderId);
    if (seenDueOre !== dueOnSite(whole)) throw new Problem('conflict', 'it is another sum now');
    const payment = takenNow(write, sealer, whole, way);
    const sold = { ...seller, whole };
    await settleIn(write, { sealer, ofYear, sold, payment, settlement: null, written: taken });
  });
}

type OnSite = {
  readonly owner: OwnerId;
  readonly orderId: RowId;
  /** What was asked for at the counter, in öre: if it is another sum now, nothing is booked. */
  readonly seenDueOre: number;
};

/** Who sells to whom, when: read before the transaction, because a year's key comes before its records. */
export async function readSeller(op: Operation, opener: Opener): Promise<Seller> {
  const [contact, year] = await Promise.all([contactOf(op, opener), yearOfToday(op)]);
  return { contact, year };
}

/** What is left to be paid on site: the price of everything that has not been taken back. Nothing sealed is needed. */
export function dueOnSite(
  whole: Pick<WholeOrder, 'reversals'> & {
    readonly lines: readonly Pick<OrderLine, 'lineId' | 'quantity' | 'unitPriceOre'>[];
  },
): number {
  return linesSold(whole, { way: 'terminal', settledAt: null }).reduce(
    (sum, { quantity, unitPriceOre }) => sum + quantity * unitPriceOre,
    0,
  );
}

type Settling = Omit<Sale, 'also'> & {
  /** How the payment itself is written. */
  readonly written: (write: WriteOperation, settling: Settling, place: VoucherPlace) => Write;
};

async function settleIn(write: WriteOperation, settling: Settling): Promise<void> {
  const { sealer, sold, payment } = settling;
  const { order, payments: others } = sold.whole;
  const isWanted =
    others.every(({ state }) => state !== 'paid') &&
    order.state !== 'lapsed' &&
    order.state !== 'cancelled';
  const { place, receipt } = await bookSale(write, {
    ...settling,
    also: (booked, issued) => [
      settling.written(write, settling, booked),
      eventWrite(write, payment, 'paid'),
      ...(isWanted && order.state === 'unpaid' ? confirmWrites(write, payment) : []),
      ...(isWanted ? [paidLetterWrite(write, sealer, sold.contact, issued)] : []),
    ],
  });
  if (!isWanted) await payBackWhole(write, { ...settling, sale: place, original: receipt });
}

/** What waited for the money is ordered and booked from now on. */
function confirmWrites({ db }: WriteOperation, { owner, orderId }: Payment): Write[] {
  return [
    db
      .updateTable('history.order')
      .set({ state: 'placed' })
      .where('owner_id', '=', owner)
      .where('order_id', '=', orderId)
      .where('state', '=', 'unpaid'),
    db
      .updateTable('history.booking')
      .set({ state: 'booked' })
      .where('owner_id', '=', owner)
      .where('order_id', '=', orderId)
      .where('state', '=', 'held'),
  ];
}

/** The way to the bank's page is of no more use; its name for the payment is what a refund needs. */
function endPaid(
  { db, now }: WriteOperation,
  { sealer, sold, payment, settlement }: Settling,
  place: VoucherPlace,
): Write {
  const { number } = sold.whole.order;
  const known = { number, bank_reference: settlement, pay_link: null, failure: null };
  return db
    .updateTable('history.payment')
    .set({
      state: 'paid',
      settled_at: now,
      voucher_year: place.year,
      voucher_id: place.voucherId,
      sealed: sealer.seal(payments, payment.paymentId, known),
    })
    .where('owner_id', '=', payment.owner)
    .where('payment_id', '=', payment.paymentId);
}

/** @throws Problem `conflict` when nothing is to be paid on site */
function takenNow(
  { now }: WriteOperation,
  { owner }: Sealer,
  whole: WholeOrder,
  way: PaymentWay,
): Payment {
  const { state, orderId } = whole.order;
  const isPaid = whole.payments.some((one) => one.state === 'paid' || isUnderWay(one));
  const amountOre = dueOnSite(whole);
  if (isPaid || amountOre === 0 || (state !== 'placed' && state !== 'performed'))
    throw new Problem('conflict', 'nothing is to be paid on site');
  const times = { createdAt: now, settledAt: now, asked: 0 };
  return { owner, paymentId: newRowId(now), orderId, way, state: 'paid', amountOre, ...times };
}

function taken(
  { db, now }: WriteOperation,
  { sealer, sold, payment }: Settling,
  place: VoucherPlace,
): Write {
  const { number } = sold.whole.order;
  const known = { number, bank_reference: null, pay_link: null, failure: null };
  return db.insertInto('history.payment').values({
    owner_id: payment.owner,
    payment_id: payment.paymentId,
    order_id: payment.orderId,
    way: payment.way,
    state: 'paid',
    amount_ore: payment.amountOre,
    created_at: now,
    settled_at: now,
    ask_at: now,
    asked_at: null,
    voucher_year: place.year,
    voucher_id: place.voucherId,
    sealed: sealer.seal(payments, payment.paymentId, known),
  });
}
