import type { ReversalKind } from '../database/records-history.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Opener, Sealer } from '../vault/vault.ts';
import { cancelBookings } from './cancel-bookings.ts';
import { returnStock } from './catalogue/stock.ts';
import { payment as payments } from './holdings.ts';
import type { Contact } from './contact.ts';
import { noteEvent } from './order-events.ts';
import { performIfDone } from './perform.ts';
import type { OrderLine } from './orders.ts';
import { insertReversal, payBack } from './payments/pay-back.ts';
import { isUnderWay } from './payments/payment-rows.ts';
import { readSeller } from './payments/settle.ts';
import type { Sold } from './payments/sell.ts';
import type { RefundReceipt, SaleReceipt } from './receipts/document.ts';
import { optionsOf, withoutFee } from './take-back.ts';
import type { LineOptions, Offer, TakeBackLine } from './take-back.ts';
import { lockOrder, paidPayment, readWhole, reversedOf } from './whole-order.ts';
import type { ReversedLine, WholeOrder } from './whole-order.ts';

export type TakeBack = {
  readonly owner: OwnerId;
  readonly orderId: RowId;
  readonly kind: Extract<ReversalKind, 'cancellation' | 'withdrawal'>;
  readonly lines: readonly TakeBackLine[];
  /** What the page said would be paid back; if it is another sum now, nothing happens. */
  readonly seenRefundOre: number;
  readonly statement: string | null;
  /** The company keeps no fee, by choice of a member of staff. */
  readonly isFeeWaived?: boolean;
};

/** What was taken back, for the letter that says so and for the page. */
export type TakenBack = {
  readonly reversalId: RowId;
  readonly refundOre: number;
  readonly feeOre: number;
  readonly awaitsGoods: boolean;
  readonly receipt: RefundReceipt | null;
  readonly whole: WholeOrder;
  readonly lines: readonly ReversedLine[];
  /** Who is written to. */
  readonly contact: Contact;
};
type Tell = (write: WriteOperation, sealer: Sealer, taken: TakenBack) => Promise<void>;

/**
 * Cancels or withdraws from lines of an order by the rules of `optionsOf`: times and stock are free again, what was paid
 * is on its way back with a receipt, and `tell` writes the letter (the acknowledgement that 2 kap. 10 a § demands), all of
 * it or nothing. The same thing twice is once: the second finds nothing left.
 * @throws Problem `conflict` when it may not be taken back, or for another sum than was seen; `not-found`
 */
export async function takeBack(op: Operation, wish: TakeBack, tell: Tell): Promise<TakenBack> {
  const { owner, orderId } = wish;
  const opener = await op.vault.openFor(op, owner, ['credentials', 'history']);
  const seller = await readSeller(op, opener);
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await lockOrder(write, wish);
    const whole = await readWhole(write, opener, orderId);
    const chosen = choose(optionsOf(whole, write.now), wish);
    const lines = chosen.map(reversedLine);
    const refundOre = lines.reduce((sum, { amountOre }) => sum + amountOre, 0);
    if (refundOre !== wish.seenRefundOre) throw new Problem('conflict', 'it is another sum now');
    assertWholeIfUnpaid(whole, chosen);
    const awaitsGoods = chosen.some(({ offer }) => offer.awaitsGoods);
    const parts = { sealer, opener, sold: { ...seller, whole }, lines, refundOre };
    const paid = awaitsGoods ? null : await payBackLines(write, parts);
    const reversalId = await insertReversal(write, sealer, {
      orderId,
      kind: wish.kind,
      state: awaitsGoods ? 'awaiting-goods' : 'settled',
      amountOre: refundOre,
      refundId: paid?.refundId ?? null,
      statement: wish.statement,
      lines,
    });
    await noteEvent(write, wish, wish.kind === 'withdrawal' ? 'withdrawn' : 'cancelled');
    await letGo(write, owner, whole, chosen);
    const feeOre = chosen.reduce((sum, { offer }) => sum + offer.feeOre, 0);
    const receipt = paid?.receipt ?? null;
    const { contact } = seller;
    const taken = { reversalId, refundOre, feeOre, awaitsGoods, receipt, whole, lines, contact };
    await tell(write, sealer, taken);
    return taken;
  });
}

/** What taking these lines back would mean now, without doing it: the same sums that `takeBack` comes to. */
export type Preview = {
  readonly lines: readonly (ReversedLine & { readonly line: OrderLine })[];
  readonly refundOre: number;
  readonly feeOre: number;
  readonly awaitsGoods: boolean;
};

/** @throws Problem `conflict` for a line that may not be taken back, or not any more; `bad-input` for none */
export function previewOf(
  whole: WholeOrder,
  wish: Pick<TakeBack, 'kind' | 'lines'>,
  now: Temporal.Instant,
): Preview {
  const chosen = choose(optionsOf(whole, now), wish);
  const lines = chosen.map((one) => ({ ...reversedLine(one), line: one.line }));
  return {
    lines,
    refundOre: lines.reduce((sum, { amountOre }) => sum + amountOre, 0),
    feeOre: chosen.reduce((sum, { offer }) => sum + offer.feeOre, 0),
    awaitsGoods: chosen.some(({ offer }) => offer.awaitsGoods),
  };
}

/** Pays lines back by the payment that paid them; null where there is nothing to pay. */
export async function payBackLines(
  write: WriteOperation,
  of: {
    readonly sealer: Sealer;
    readonly opener: Opener;
    readonly sold: Sold;
    readonly lines: readonly ReversedLine[];
    readonly refundOre: number;
  },
): Promise<{ refundId: RowId; receipt: RefundReceipt } | null> {
  const { sealer, opener, sold, lines, refundOre } = of;
  const payment = paidPayment(sold.whole);
  if (payment === null || refundOre === 0) return null;
  const { sale, settlement } = await readSale(write, opener, payment.paymentId);
  const original = originalOf(sold.whole);
  const paidLines = lines.filter(({ amountOre }) => amountOre > 0);
  return payBack(write, { sealer, sold, payment, sale, original, settlement }, paidLines);
}

type Chosen = LineOptions & { readonly quantity: number; readonly offer: Offer };

/** @throws Problem `conflict` for a line that may not be taken back any more */
function choose(
  options: readonly LineOptions[],
  wish: Pick<TakeBack, 'kind' | 'lines' | 'isFeeWaived'>,
): Chosen[] {
  const { kind, lines } = wish;
  if (lines.length === 0) throw new Problem('bad-input', 'nothing was chosen');
  return lines.map(({ lineId, quantity }) => {
    const found = options.find(({ line }) => line.lineId === lineId);
    const offer = kind === 'withdrawal' ? found?.withdraw : found?.cancel;
    if (!found || !offer || quantity < 1 || quantity > found.quantityLeft)
      throw new Problem('conflict', 'it can not be taken back any more');
    return { ...found, quantity, offer: wish.isFeeWaived === true ? withoutFee(offer) : offer };
  });
}

/** A share of the offer, when only some of a line are taken back. */
function reversedLine({ line, quantity, quantityLeft, offer }: Chosen): ReversedLine {
  const amountOre =
    quantity === quantityLeft
      ? offer.refundOre
      : Math.min(offer.refundOre, line.unitPriceOre * quantity);
  return { lineId: line.lineId, quantity, amountOre };
}

/** Who has not paid yet takes back all or nothing: the bank has been asked for the whole. */
function assertWholeIfUnpaid(whole: WholeOrder, chosen: readonly Chosen[]): void {
  if (whole.order.state !== 'unpaid') return;
  if (whole.payments.some(isUnderWay)) throw new Problem('conflict', 'a payment is under way');
  const isWhole = whole.lines.every((line) =>
    chosen.some((one) => one.line.lineId === line.lineId && one.quantity === one.quantityLeft),
  );
  if (!isWhole) throw new Problem('conflict', 'an order that is not paid is cancelled as a whole');
}

/** Times and stock are free again; an order of which nothing is left is cancelled. */
async function letGo(
  write: WriteOperation,
  owner: OwnerId,
  whole: WholeOrder,
  chosen: readonly Chosen[],
): Promise<void> {
  // Times before goods, as whoever orders takes them: otherwise the two would wait for each other.
  // Of a service that was ordered more than once the time stays as long as something is left to do at it.
  const bookings = chosen.flatMap(({ booking, quantity, quantityLeft }) =>
    booking === null || quantity < quantityLeft ? [] : [booking],
  );
  await cancelBookings(write, bookings, 'cancelled');
  if (whole.order.state !== 'performed') {
    await returnStock(
      write,
      chosen.flatMap(({ line: { item }, quantity }) =>
        item?.variantId ? [{ itemId: item.itemId, variantId: item.variantId, quantity }] : [],
      ),
    );
  }
  const isAll = whole.lines.every((line) => {
    const taken = chosen.find((one) => one.line.lineId === line.lineId);
    const left = line.quantity - reversedOf(whole, line.lineId).quantity;
    return left - (taken?.quantity ?? 0) <= 0;
  });
  const { orderId } = whole.order;
  await (isAll ? endOrder(write, owner, orderId) : performIfDone(write, owner, orderId));
}

async function endOrder(write: WriteOperation, owner: OwnerId, orderId: RowId): Promise<void> {
  await write.db
    .updateTable('history.order')
    .set({ state: 'cancelled' })
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .where('state', 'in', ['unpaid', 'placed', 'performed'])
    .execute();
}

async function readSale(write: WriteOperation, opener: Opener, paymentId: RowId) {
  const row = await write.db
    .selectFrom('history.payment')
    .select(['voucher_year', 'voucher_id', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .where('payment_id', '=', paymentId)
    .executeTakeFirstOrThrow();
  if (row.voucher_year === null || row.voucher_id === null)
    throw new Error('a payment without a voucher');
  const { bank_reference } = opener.open(payments, paymentId, row.sealed);
  const sale = { year: row.voucher_year, voucherId: row.voucher_id };
  return { sale, settlement: bank_reference };
}

function originalOf({ receipts }: WholeOrder): SaleReceipt {
  const original = receipts
    .map(({ document }) => document)
    .find((document) => document.kind === 'sale');
  if (!original) throw new Error('a paid order without a receipt');
  return original;
}
