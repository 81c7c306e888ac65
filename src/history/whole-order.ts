import type { ReversalKind, ReversalState } from '../database/records-history.ts';
import type { OrderState } from '../database/records.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Opener } from '../vault/vault.ts';
import { bookingsOfOrder } from './booking-rows.ts';
import type { Booking } from './booking-rows.ts';
import { receipt as receipts } from './holdings.ts';
import { readOrder, readOrderLocked } from './orders.ts';
import type { Order, OrderLine } from './orders.ts';
import { paymentsOfOrder } from './payments/payment-rows.ts';
import type { Payment } from './payments/payment-rows.ts';
import type { ReceiptDocument } from './receipts/document.ts';
import { readReceipt } from './receipts/receipt.ts';

/** Something of an order that was taken back: cancelled, withdrawn from, paid back. */
export type Reversal = {
  readonly reversalId: RowId;
  readonly kind: ReversalKind;
  readonly state: ReversalState;
  readonly amountOre: number;
  readonly askedAt: Temporal.Instant;
  readonly refundId: RowId | null;
  readonly lines: readonly ReversedLine[];
};

export type ReversedLine = {
  readonly lineId: RowId;
  readonly quantity: number;
  readonly amountOre: number;
};

/** A receipt as it was issued, the bytes and what they say. */
export type KeptReceipt = {
  readonly receiptId: RowId;
  readonly issuedAt: Temporal.Instant;
  readonly document: ReceiptDocument;
};

/** An order with everything that has become of it. */
export type WholeOrder = {
  readonly order: Order;
  readonly lines: readonly OrderLine[];
  readonly bookings: readonly Booking[];
  readonly payments: readonly Payment[];
  readonly reversals: readonly Reversal[];
  /** The oldest first: the sale before its refunds. */
  readonly receipts: readonly KeptReceipt[];
};

/** @throws Problem `not-found` for an order that is not this owner's */
export async function readWhole(
  op: Operation,
  opener: Opener,
  orderId: RowId,
): Promise<WholeOrder> {
  const { owner } = opener;
  const { order, lines } = await readOrder(op, opener, orderId);
  return {
    order,
    lines,
    bookings: await bookingsOfOrder(op, owner, orderId),
    payments: await paymentsOfOrder(op, owner, orderId),
    reversals: await reversalsOfOrder(op, owner, orderId),
    receipts: await receiptsOfOrder(op, opener, orderId),
  };
}

/**
 * What a sale is written from, under a lock on the order that lasts until the transaction ends: whoever settles, lapses or
 * takes back waits here. Receipts and times have no part in a sale and are left out.
 * @throws Problem `not-found`
 */
export async function lockForSale(
  write: WriteOperation,
  opener: Opener,
  orderId: RowId,
): Promise<WholeOrder> {
  const { order, lines } = await readOrderLocked(write, opener, orderId);
  return {
    order,
    lines,
    payments: await paymentsOfOrder(write, opener.owner, orderId),
    reversals: await reversalsOfOrder(write, opener.owner, orderId),
    bookings: [],
    receipts: [],
  };
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

/** The payment with which an order was paid, if it was. */
export function paidPayment({ payments }: Pick<WholeOrder, 'payments'>): Payment | null {
  return payments.find(({ state }) => state === 'paid') ?? null;
}

/**
 * The lines that a payment was for, in the order of its receipt. A bank was asked for the whole order; on site one pays for
 * what had not been taken back by then.
 */
export function linesSold<Line extends Pick<OrderLine, 'lineId' | 'quantity'>>(
  whole: Pick<WholeOrder, 'reversals'> & { readonly lines: readonly Line[] },
  { way, settledAt }: Pick<Payment, 'way' | 'settledAt'>,
): readonly Line[] {
  if (way === 'swish' || way === 'card') return whole.lines;
  const before = whole.reversals.filter(
    ({ askedAt }) => settledAt === null || Temporal.Instant.compare(askedAt, settledAt) < 0,
  );
  return whole.lines.flatMap((line) => {
    const quantity = line.quantity - reversedOf({ reversals: before }, line.lineId).quantity;
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
}

/** How many of a line, and how much money, have been taken back. */
export function reversedOf(
  { reversals }: Pick<WholeOrder, 'reversals'>,
  lineId: RowId,
): { quantity: number; amountOre: number } {
  const of = reversals.flatMap(({ lines }) => lines.filter((line) => line.lineId === lineId));
  return {
    quantity: of.reduce((sum, { quantity }) => sum + quantity, 0),
    amountOre: of.reduce((sum, { amountOre }) => sum + amountOre, 0),
  };
}

export async function receiptsOfOrder(
  op: Operation,
  opener: Opener,
  orderId: RowId,
): Promise<KeptReceipt[]> {
  const rows = await op.db
    .selectFrom('history.receipt')
    .select(['receipt_id', 'issued_at', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .where('order_id', '=', orderId)
    .orderBy('issued_at')
    .orderBy('receipt_id')
    .execute();
  return rows.map((row) => ({
    receiptId: row.receipt_id,
    issuedAt: row.issued_at,
    document: readReceipt(Buffer.from(opener.open(receipts, row.receipt_id, row.sealed).receipt)),
  }));
}

/** What was taken back of one order, the oldest first. Opens nothing. */
export async function reversalsOfOrder(
  op: Operation,
  owner: OwnerId,
  orderId: RowId,
): Promise<Reversal[]> {
  const rows = await op.db
    .selectFrom('history.reversal')
    .select(['reversal_id', 'kind', 'state', 'amount_ore', 'asked_at', 'refund_id'])
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .orderBy('asked_at')
    .orderBy('reversal_id')
    .execute();
  const lines = await linesOf(
    op,
    owner,
    rows.map(({ reversal_id }) => reversal_id),
  );
  return rows.map((row) => ({
    reversalId: row.reversal_id,
    kind: row.kind,
    state: row.state,
    amountOre: row.amount_ore,
    askedAt: row.asked_at,
    refundId: row.refund_id,
    lines: lines.get(row.reversal_id) ?? [],
  }));
}

async function linesOf(op: Operation, owner: OwnerId, ids: readonly RowId[]) {
  if (ids.length === 0) return new Map<RowId, ReversedLine[]>();
  const rows = await op.db
    .selectFrom('history.reversal_line')
    .select(['reversal_id', 'line_id', 'quantity', 'amount_ore'])
    .where('owner_id', '=', owner)
    .where('reversal_id', 'in', ids)
    .execute();
  const lines = rows.map((row) => ({
    reversalId: row.reversal_id,
    lineId: row.line_id,
    quantity: row.quantity,
    amountOre: row.amount_ore,
  }));
  return Map.groupBy(lines, ({ reversalId }) => reversalId);
}
