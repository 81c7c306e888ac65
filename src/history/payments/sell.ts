import { bookVoucher, nextNumber, seriesOf } from '../../bookkeeping/book.ts';
import type { VoucherPlace } from '../../bookkeeping/book.ts';
import { entriesOfRefund, entriesOfSale } from '../../bookkeeping/entries.ts';
import type { BookYear } from '../../bookkeeping/years.ts';
import type { Write } from '../../database/together.ts';
import { newRowId } from '../../ids.ts';
import type { RowId } from '../../ids.ts';
import type { WriteOperation } from '../../operation.ts';
import { notice } from '../../policy/notice.ts';
import { dayAt } from '../../text/format.ts';
import type { Sealer } from '../../vault/vault.ts';
import type { Contact } from '../contact.ts';
import { receipt as receipts } from '../holdings.ts';
import type { OrderLine } from '../orders.ts';
import { receiptName } from '../receipts/document.ts';
import type { RefundReceipt, SaleReceipt, VatPercent } from '../receipts/document.ts';
import { issueReceipt, sellerFrom } from '../receipts/receipt.ts';
import type { IssuedReceipt } from '../receipts/receipt.ts';
import { linesSold } from '../whole-order.ts';
import type { ReversedLine, WholeOrder } from '../whole-order.ts';
import type { Payment } from './payment-rows.ts';

/** To whom is sold, and in which year it is booked: read before the transaction that books. */
export type Seller = { readonly contact: Contact; readonly year: BookYear };

/** The same with the order, as it is under its lock. */
export type Sold = Seller & { readonly whole: WholeOrder };

/** A sale to be booked. The keys are fetched before the number is taken: whoever wants the next one waits shorter then. */
export type Sale = {
  readonly sealer: Sealer;
  readonly ofYear: Sealer;
  readonly sold: Sold;
  readonly payment: Payment;
  /** What the bank calls the payment; null where no bank was asked. */
  readonly settlement: string | null;
  /** What is written in the same statement as the voucher. */
  readonly also: (place: VoucherPlace, receipt: SaleReceipt) => readonly Write[];
};

/**
 * Books that an order was paid: voucher and entries in the archive, and the customer's own copy of the receipt. The two
 * hold the same bytes and do not refer to each other.
 */
export async function bookSale(
  write: WriteOperation,
  { sealer, ofYear, sold, payment, settlement, also }: Sale,
): Promise<{ place: VoucherPlace; receipt: SaleReceipt }> {
  const { whole, contact, year } = sold;
  const lines = linesSold(whole, payment);
  const series = seriesOf[payment.way];
  const number = await nextNumber(write, year, series);
  const issued = issueReceipt({
    ...sharedFacts(write, sold, payment),
    kind: 'sale',
    number: { series, number, fiscalYear: year },
    order: whole.order.number,
    counterparty: contact.isProtected ? null : whole.order.delivery.recipient_name,
    deliveredOn: whole.order.performedAt === null ? null : dayAt(whole.order.performedAt),
    lines: lines.map((line) => ({
      description: line.description,
      kind: line.kind === 'product' ? 'goods' : 'service',
      quantity: line.quantity,
      unitPriceOre: line.unitPriceOre,
      vatPercent: line.vatPercent as VatPercent,
    })),
    withdrawal: withdrawalTold(lines),
  });
  const place = await bookVoucher(write, {
    year,
    sealer: ofYear,
    series,
    number,
    kind: 'sale',
    way: payment.way,
    totalOre: issued.document.total_ore,
    entries: entriesOfSale(issued.document),
    refers: null,
    personal: archived(sold, issued, { bank_reference: settlement, made_by: madeBy(write) }),
    also: (booked) => [
      receiptWrite(write, sealer, whole.order.orderId, issued),
      ...also(booked, issued.document),
    ],
  });
  return { place, receipt: issued.document };
}

/** Books that something of a paid order is paid back, and writes the customer's copy of the receipt of it. */
export async function bookRefund(
  write: WriteOperation,
  sealer: Sealer,
  sold: Sold,
  of: {
    readonly payment: Payment;
    readonly sale: VoucherPlace;
    /** The receipt of that sale. */
    readonly original: SaleReceipt;
    readonly lines: readonly ReversedLine[];
  },
): Promise<{ place: VoucherPlace; receipt: RefundReceipt }> {
  const { whole, year } = sold;
  const { original } = of;
  const soldLines = linesSold(whole, of.payment);
  const ofYear = await write.vault.sealFor(write, year.owner);
  const number = await nextNumber(write, year, seriesOf.refund);
  const issued = issueReceipt({
    ...sharedFacts(write, sold, of.payment),
    kind: 'refund',
    number: { series: seriesOf.refund, number, fiscalYear: year },
    original,
    earlier: refundsOf(whole, original),
    lines: of.lines.map(({ lineId, quantity, amountOre }) => ({
      line: soldLines.findIndex((line) => line.lineId === lineId) + 1,
      quantity: quantity === 0 ? null : quantity,
      amountOre,
    })),
  });
  const place = await bookVoucher(write, {
    year,
    sealer: ofYear,
    series: seriesOf.refund,
    number,
    kind: 'refund',
    way: of.payment.way,
    totalOre: issued.document.total_ore,
    entries: entriesOfRefund(issued.document),
    refers: of.sale,
    personal: archived(sold, issued, { bank_reference: null, made_by: madeBy(write) }),
    also: () => [receiptWrite(write, sealer, whole.order.orderId, issued)],
  });
  return { place, receipt: issued.document };
}

function refundsOf({ receipts: kept }: WholeOrder, original: SaleReceipt): RefundReceipt[] {
  const name = receiptName(original.number);
  return kept
    .map(({ document }) => document)
    .filter((document) => document.kind === 'refund')
    .filter((document) => receiptName(document.original.number) === name);
}

function sharedFacts(write: WriteOperation, sold: Sold, payment: Payment) {
  return {
    sandbox: write.vault.isSandbox,
    language: sold.contact.language,
    seller: sellerFrom(notice.controller),
    issuedAt: write.now,
    paid: { way: payment.way, on: dayAt(write.now) },
  } as const;
}

function archived(
  { whole, contact }: Sold,
  issued: IssuedReceipt,
  more: { readonly bank_reference: string | null; readonly made_by: string | null },
) {
  return {
    number: whole.order.number,
    counterparty: contact.isProtected ? null : whole.order.delivery.recipient_name,
    text: receiptName(issued.document.number),
    receipt: Buffer.from(issued.bytes).toString('utf8'),
    ...more,
  };
}

/** Who booked, where a person did (bokföringslagen 5 kap. 11 §). */
function madeBy({ actor }: WriteOperation): string | null {
  return 'owner' in actor && actor.party !== 'customer' ? actor.owner : null;
}

function withdrawalTold(lines: readonly OrderLine[]): ('goods' | 'service' | 'none')[] {
  const told = lines.map(({ kind, withdrawal }) => {
    if (withdrawal !== 'right' && withdrawal !== 'performed-service') return 'none';
    return kind === 'product' ? 'goods' : 'service';
  });
  return [...new Set(told)];
}

function receiptWrite(
  { db, now }: WriteOperation,
  sealer: Sealer,
  orderId: RowId,
  issued: IssuedReceipt,
): Write {
  const receipt_id = newRowId(now);
  const receipt = Buffer.from(issued.bytes).toString('utf8');
  return db.insertInto('history.receipt').values({
    owner_id: sealer.owner,
    receipt_id,
    order_id: orderId,
    kind: issued.document.kind,
    issued_at: now,
    sealed: sealer.seal(receipts, receipt_id, { receipt }),
  });
}
