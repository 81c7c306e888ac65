import type { VoucherPlace } from '../../bookkeeping/book.ts';
import { refund as refunds } from '../../bookkeeping/holdings.ts';
import type { ReversalKind, ReversalState } from '../../database/records-history.ts';
import { newRowId } from '../../ids.ts';
import type { RowId } from '../../ids.ts';
import type { WriteOperation } from '../../operation.ts';
import type { Sealer } from '../../vault/vault.ts';
import { reversal as reversals } from '../holdings.ts';
import { noteEvent } from '../order-events.ts';
import type { RefundReceipt, SaleReceipt } from '../receipts/document.ts';
import { linesSold } from '../whole-order.ts';
import type { ReversedLine } from '../whole-order.ts';
import { writePaidLetter } from './paid-letter.ts';
import type { Payment } from './payment-rows.ts';
import { bookRefund } from './sell.ts';
import type { Sold } from './sell.ts';

export type PayBack = {
  readonly sealer: Sealer;
  readonly sold: Sold;
  readonly payment: Payment;
  /** The sale in the books, and its receipt. */
  readonly sale: VoucherPlace;
  readonly original: SaleReceipt;
  /** What the bank calls the payment; null for what was taken on site. */
  readonly settlement: string | null;
};

/**
 * Pays lines of an order back: a voucher and a receipt now, in this transaction, and the money on its way from the
 * books, where it arrives even when its customer is gone by then.
 */
export async function payBack(
  write: WriteOperation,
  of: PayBack,
  lines: readonly ReversedLine[],
): Promise<{ refundId: RowId; receipt: RefundReceipt }> {
  const { sealer, sold, payment, sale, original } = of;
  const booked = await bookRefund(write, sealer, sold, { payment, sale, original, lines });
  const refundId = await insertRefund(write, of, booked.place, booked.receipt.total_ore);
  await noteEvent(write, payment, 'refund-asked');
  return { refundId, receipt: booked.receipt };
}

/** Money that nobody waited for: it came too late, or twice. All of it goes back, and the customer is told. */
export async function payBackWhole(write: WriteOperation, of: PayBack): Promise<void> {
  const lines = linesSold(of.sold.whole, of.payment).map((line) => ({
    lineId: line.lineId,
    quantity: line.quantity,
    amountOre: line.quantity * line.unitPriceOre,
  }));
  const { refundId, receipt } = await payBack(write, of, lines);
  await insertReversal(write, of.sealer, {
    orderId: of.payment.orderId,
    kind: 'lapse',
    state: 'settled',
    amountOre: receipt.total_ore,
    refundId,
    statement: null,
    // The lines themselves are not taken back by this: they were before, or are paid by another payment.
    lines: [],
  });
  await writePaidLetter(write, of.sealer, of.sold.contact, receipt);
}

export type NewReversal = {
  readonly orderId: RowId;
  readonly kind: ReversalKind;
  readonly state: ReversalState;
  readonly amountOre: number;
  readonly refundId: RowId | null;
  readonly statement: string | null;
  readonly lines: readonly ReversedLine[];
};

/** Writes down what was taken back of an order. */
export async function insertReversal(
  write: WriteOperation,
  sealer: Sealer,
  of: NewReversal,
): Promise<RowId> {
  const reversal_id = newRowId(write.now);
  await write.db
    .insertInto('history.reversal')
    .values({
      owner_id: sealer.owner,
      reversal_id,
      order_id: of.orderId,
      kind: of.kind,
      state: of.state,
      amount_ore: of.amountOre,
      asked_at: write.now,
      settled_at: of.state === 'settled' ? write.now : null,
      refund_id: of.refundId,
      sealed: sealer.seal(reversals, reversal_id, { statement: of.statement }),
    })
    .execute();
  if (of.lines.length === 0) return reversal_id;
  await write.db
    .insertInto('history.reversal_line')
    .values(
      of.lines.map(({ lineId, quantity, amountOre }) => ({
        owner_id: sealer.owner,
        reversal_id,
        line_id: lineId,
        quantity,
        amount_ore: amountOre,
      })),
    )
    .execute();
  return reversal_id;
}

/** The money's way back. A bank is asked by the routine; what was taken on site is paid back by somebody on site. */
async function insertRefund(
  write: WriteOperation,
  { sold, payment, sale, settlement }: PayBack,
  voucher: VoucherPlace,
  amountOre: number,
): Promise<RowId> {
  const sealer = await write.vault.sealFor(write, sale.year);
  const refund_id = newRowId(write.now);
  const known = {
    number: sold.whole.order.number,
    bank_reference: settlement,
    refund_reference: null,
  };
  await write.db
    .insertInto('bookkeeping.refund')
    .values({
      owner_id: sale.year,
      refund_id,
      voucher_id: sale.voucherId,
      refund_year: voucher.year,
      refund_voucher_id: voucher.voucherId,
      way: payment.way,
      state: 'asking',
      amount_ore: amountOre,
      asked_at: write.now,
      settled_at: null,
      ask_at: write.now,
      sealed: sealer.seal(refunds, refund_id, known),
    })
    .execute();
  return refund_id;
}
