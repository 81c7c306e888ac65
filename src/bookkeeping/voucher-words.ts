import type { VoucherKind } from '../database/records-bookkeeping.ts';
import { booksText } from '../text/books.ts';
import { fiscalYearName } from './fiscal-years.ts';
import type { FiscalYear } from './fiscal-years.ts';

/** A voucher by its number, as far as it needs to be told from others. */
export type NumberedVoucher = {
  readonly series: string;
  readonly number: number;
  readonly year: FiscalYear;
};

/** The number as people write it, like that of its receipt: `S17-2026`, and `S17-2026/2027` in a broken year. */
export function voucherName({ series, number, year }: NumberedVoucher): string {
  return `${series}${number}-${fiscalYearName(year)}`;
}

/**
 * What a voucher is about, made of what is in clear, so that no name can slip into it. In Swedish, for the accountant.
 * @param original what it pays back or corrects; null where it does not, or where the year of that has ended
 */
export function textOfVoucher(
  voucher: NumberedVoucher & { readonly kind: VoucherKind },
  original: NumberedVoucher | null,
): string {
  const words = booksText.sv.voucher;
  const name = voucherName(voucher);
  const other = original === null ? null : voucherName(original);
  switch (voucher.kind) {
    case 'sale':
      return words.sale(name);
    case 'refund':
      return other === null ? words.refundAlone(name) : words.refund(name, other);
    case 'correction':
      return other === null ? words.correctionAlone : words.correction(other);
    case 'dispute':
      return other === null ? words.disputeAlone(name) : words.dispute(name, other);
  }
}
