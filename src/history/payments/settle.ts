import { yearOfToday } from '../../bookkeeping/years.ts';
import type { VoucherPlace } from '../../bookkeeping/book.ts';
import type { PaymentWay } from '../../database/records-history.ts';
import { newRowId } from '../../ids.ts';
import type { OwnerId, RowId } from '../../ids.ts';
import { inTransaction } from '../../operation.ts';
import type { Operation, WriteOperation } from '../../operation.ts';
import { Problem } from '../../problem.ts';
import type { Opener, Sealer } from '../../vault/vault.ts';
import { contactOf } from '../contact.ts';
import { payment as payments } from '../holdings.ts';
import { noteEvent } from '../order-events.ts';
import type { OrderLine } from '../orders.ts';
import { linesSold, lockForSale } from '../whole-order.ts';
import type { WholeOrder } from '../whole-order.ts';
import { writePaidLetter } from './paid-letter.ts';
import { payBackWhole } from './pay-back.ts';
import { isUnderWay } from './payment-rows.ts';
import type { Payment } from './payment-rows.ts';
import { bookSale } from './sell.ts';
import type { Seller, Sold } from './sell.ts';

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
    const sealer = await write.vault.sealFor(write, payment.owner);
    const whole = await lockForSale(write, opener, payment.orderId);
    const known = whole.payments.find(({ paymentId }) => paymentId === payment.paymentId);
    if (!known || !isUnderWay(known)) return false;
    const sold = { ...seller, whole };
    const place = await settleIn(write, { sealer, sold, payment, settlement });
    await endPaid(write, sealer, { payment, place, settlement, number: whole.order.number });
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
    const sealer = await write.vault.sealFor(write, owner);
    const whole = await lockForSale(write, opener, orderId);
    if (seenDueOre !== dueOnSite(whole)) throw new Problem('conflict', 'it is another sum now');
    const payment = takenNow(write, sealer, whole, way);
    const place = await settleIn(write, {
      sealer,
      sold: { ...seller, whole },
      payment,
      settlement: null,
    });
    await insertTaken(write, sealer, { payment, place, number: whole.order.number });
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

type Settling = {
  readonly sealer: Sealer;
  readonly sold: Sold;
  readonly payment: Payment;
  readonly settlement: string | null;
};

async function settleIn(write: WriteOperation, settling: Settling): Promise<VoucherPlace> {
  const { sealer, sold, payment, settlement } = settling;
  const { order, payments: others } = sold.whole;
  const isWanted =
    others.every(({ state }) => state !== 'paid') &&
    order.state !== 'lapsed' &&
    order.state !== 'cancelled';
  await noteEvent(write, payment, 'paid');
  if (isWanted && order.state === 'unpaid') await confirmOrder(write, payment);
  // The number of a sale is waited for by the next one, so what does not need it comes before.
  const { place, receipt } = await bookSale(write, sealer, sold, payment, settlement);
  if (isWanted) {
    await writePaidLetter(write, sealer, sold, receipt);
  } else {
    await payBackWhole(write, {
      sealer,
      sold,
      payment,
      sale: place,
      original: receipt,
      settlement,
    });
  }
  return place;
}

/** What waited for the money is ordered and booked from now on. */
async function confirmOrder({ db }: WriteOperation, { owner, orderId }: Payment): Promise<void> {
  await db
    .updateTable('history.order')
    .set({ state: 'placed' })
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .where('state', '=', 'unpaid')
    .execute();
  await db
    .updateTable('history.booking')
    .set({ state: 'booked' })
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .where('state', '=', 'held')
    .execute();
}

type Ended = {
  readonly payment: Payment;
  readonly place: VoucherPlace;
  readonly number: string;
};

/** The way to the bank's page is of no more use; its name for the payment is what a refund needs. */
async function endPaid(
  { db, now }: WriteOperation,
  sealer: Sealer,
  { payment, place, number, settlement }: Ended & { readonly settlement: string | null },
): Promise<void> {
  const known = { number, bank_reference: settlement, pay_link: null, failure: null };
  await db
    .updateTable('history.payment')
    .set({
      state: 'paid',
      settled_at: now,
      voucher_year: place.year,
      voucher_id: place.voucherId,
      sealed: sealer.seal(payments, payment.paymentId, known),
    })
    .where('owner_id', '=', payment.owner)
    .where('payment_id', '=', payment.paymentId)
    .execute();
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

async function insertTaken(
  { db, now }: WriteOperation,
  sealer: Sealer,
  { payment, place, number }: Ended,
): Promise<void> {
  const known = { number, bank_reference: null, pay_link: null, failure: null };
  await db
    .insertInto('history.payment')
    .values({
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
    })
    .execute();
}
