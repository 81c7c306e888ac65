import { yearOfToday } from '../../bookkeeping/years.ts';
import type { OrderState } from '../../database/records.ts';
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
import { linesSold, paidPayment, readWhole } from '../whole-order.ts';
import type { WholeOrder } from '../whole-order.ts';
import { writePaidLetter } from './paid-letter.ts';
import { payBackWhole } from './pay-back.ts';
import { endPayment, openPayment } from './payment-rows.ts';
import type { Payment } from './payment-rows.ts';
import { bookSale } from './sell.ts';
import type { Sold } from './sell.ts';

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
  const sold = await readSold(op, opener, payment.orderId);
  const { number } = await openPayment(op, opener, payment.paymentId);
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, payment.owner);
    const state = await lockOrder(write, payment);
    const known = { number, bank_reference: settlement, pay_link: null };
    const sealed = sealer.seal(payments, payment.paymentId, known);
    if (!(await endPayment(write, payment, 'paid', { sealed }))) return false;
    await settleIn(write, { opener, sealer, sold, payment, settlement, state });
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
  const sold = await readSold(op, opener, orderId);
  const { number } = sold.whole.order;
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const state = await lockOrder(write, { owner, orderId });
    await assertNotPaid(write, { owner, orderId }, state);
    const totalOre = dueOnSite(await readWhole(write, opener, orderId));
    if (totalOre === 0) throw new Problem('conflict', 'nothing is left to be paid');
    if (seenDueOre !== undefined && seenDueOre !== totalOre)
      throw new Problem('conflict', 'it is another sum now');
    const payment = await insertTaken(write, sealer, { orderId, way, number, totalOre });
    await settleIn(write, { opener, sealer, sold, payment, settlement: null, state });
  });
}

type OnSite = {
  readonly owner: OwnerId;
  readonly orderId: RowId;
  /** What was asked for at the counter, in öre: if it is another sum now, nothing is booked. */
  readonly seenDueOre?: number;
};

/** Everything that a sale is written from, read before the transaction: a routine that opens writes a look by itself. */
export async function readSold(op: Operation, opener: Opener, orderId: RowId): Promise<Sold> {
  return {
    whole: await readWhole(op, opener, orderId),
    contact: await contactOf(op, opener),
    year: await yearOfToday(op),
    isSandbox: await isSandbox(op),
  };
}

type Settling = {
  readonly opener: Opener;
  readonly sealer: Sealer;
  readonly sold: Sold;
  readonly payment: Payment;
  readonly settlement: string | null;
  readonly state: OrderState;
};

async function settleIn(write: WriteOperation, settling: Settling): Promise<void> {
  const { opener, sealer, payment, settlement, state } = settling;
  // Read anew under the lock: something may have been taken back since.
  const whole = await readWhole(write, opener, payment.orderId);
  const sold = { ...settling.sold, whole };
  const isWanted = !isPaidBefore(whole, payment) && state !== 'lapsed' && state !== 'cancelled';
  const { place, receipt } = await bookSale(write, sealer, sold, payment, settlement);
  await setVoucher(write, payment, place);
  await noteEvent(write, payment, 'paid');
  if (isWanted) {
    if (state === 'unpaid') await confirmOrder(write, payment);
    await writePaidLetter(write, sealer, sold, receipt);
    return;
  }
  await payBackWhole(write, { sealer, sold, payment, sale: place, original: receipt, settlement });
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

function isPaidBefore(whole: WholeOrder, payment: Payment): boolean {
  const paid = paidPayment({
    payments: whole.payments.filter(({ paymentId }) => paymentId !== payment.paymentId),
  });
  return paid !== null;
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

/**
 * Keeps everybody else from changing what becomes of an order until the transaction ends.
 * @throws Problem `not-found`
 */
export async function lockOrder(
  { db }: WriteOperation,
  { owner, orderId }: { readonly owner: OwnerId; readonly orderId: RowId },
): Promise<OrderState> {
  const row = await db
    .selectFrom('history.order')
    .select('state')
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
  return row.state;
}

async function assertNotPaid(
  { db }: WriteOperation,
  { owner, orderId }: { readonly owner: OwnerId; readonly orderId: RowId },
  state: OrderState,
): Promise<void> {
  const paid = await db
    .selectFrom('history.payment')
    .select('payment_id')
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .where('state', 'in', ['paid', 'asking', 'open', 'unsure'])
    .executeTakeFirst();
  if (paid || state === 'lapsed' || state === 'cancelled' || state === 'unpaid')
    throw new Problem('conflict', 'nothing is to be paid on site');
}

async function insertTaken(
  write: WriteOperation,
  sealer: Sealer,
  of: {
    readonly orderId: RowId;
    readonly way: PaymentWay;
    readonly number: string;
    readonly totalOre: number;
  },
): Promise<Payment> {
  const paymentId = newRowId(write.now);
  const known = { number: of.number, bank_reference: null, pay_link: null };
  await write.db
    .insertInto('history.payment')
    .values({
      owner_id: sealer.owner,
      payment_id: paymentId,
      order_id: of.orderId,
      way: of.way,
      state: 'paid',
      amount_ore: of.totalOre,
      created_at: write.now,
      settled_at: write.now,
      ask_at: write.now,
      asked_at: null,
      voucher_year: null,
      voucher_id: null,
      sealed: sealer.seal(payments, paymentId, known),
    })
    .execute();
  return {
    owner: sealer.owner,
    paymentId,
    orderId: of.orderId,
    way: of.way,
    state: 'paid',
    amountOre: of.totalOre,
    createdAt: write.now,
    settledAt: write.now,
    asked: 0,
  };
}

async function setVoucher(
  { db }: WriteOperation,
  { owner, paymentId }: Payment,
  place: { readonly year: OwnerId; readonly voucherId: RowId },
): Promise<void> {
  await db
    .updateTable('history.payment')
    .set({ voucher_year: place.year, voucher_id: place.voucherId })
    .where('owner_id', '=', owner)
    .where('payment_id', '=', paymentId)
    .execute();
}

/** A sandbox stays one for ever, and its receipts say so. */
async function isSandbox({ db }: Operation): Promise<boolean> {
  const row = await db.selectFrom('system.store').select('sandbox').executeTakeFirstOrThrow();
  return row.sandbox;
}
