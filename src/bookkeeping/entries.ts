import type { ReceiptDocument, RefundReceipt, SaleReceipt } from '../history/receipts/document.ts';
import { chart as chartInUse } from './chart.ts';
import type { AccountNumber, Chart } from './chart.ts';

/** One row of a voucher. Debit is positive, credit negative; the rows of a voucher sum to exactly zero. */
export type BookEntry = { readonly account: AccountNumber; readonly amountOre: number };

/**
 * What a sale books: the money where it went, sales per kind and rate without VAT, output VAT per rate, and the
 * rounding of cash.
 */
export function entriesOfSale(receipt: SaleReceipt, chart: Chart = chartInUse): BookEntry[] {
  return entriesOf(receipt, chart);
}

/**
 * What a refund books: the same accounts the other way, each line as it was sold. The refunds of a whole sale together
 * reverse it to the öre on every account of sales and VAT; the money leaves where the refund was paid from.
 */
export function entriesOfRefund(receipt: RefundReceipt, chart: Chart = chartInUse): BookEntry[] {
  return entriesOfCorrection(entriesOf(receipt, chart));
}

/**
 * The rows that take a voucher back whole. What is booked is never changed (bokföringslagen 5:5): a wrong voucher is
 * reversed by one of its own, and booked anew by another.
 */
export function entriesOfCorrection(original: readonly BookEntry[]): BookEntry[] {
  return original.map(({ account, amountOre }) => ({ account, amountOre: 0 - amountOre }));
}

/** Do the rows sum to zero, in whole öre? */
export function isBalanced(entries: readonly BookEntry[]): boolean {
  const sum = entries.reduce((total, { amountOre }) => total + amountOre, 0);
  return sum === 0 && entries.every(({ amountOre }) => Number.isSafeInteger(amountOre));
}

function entriesOf({ paid, lines, vat }: ReceiptDocument, chart: Chart): BookEntry[] {
  return together([
    { account: chart.paid[paid.way], amountOre: paid.amount_ore },
    ...lines.map(({ kind, vat_percent, amount_ore, vat_ore }) => ({
      account: chart.sales[kind][vat_percent],
      amountOre: vat_ore - amount_ore,
    })),
    ...vat.flatMap(({ percent, vat_ore }) =>
      percent === 0 ? [] : [{ account: chart.vat[percent], amountOre: -vat_ore }],
    ),
    { account: chart.rounding, amountOre: -paid.rounding_ore },
  ]);
}

/** One row an account, in the order in which they come; rows of nothing are left out. */
function together(entries: readonly BookEntry[]): BookEntry[] {
  const sums = new Map<AccountNumber, number>();
  for (const { account, amountOre } of entries)
    sums.set(account, (sums.get(account) ?? 0) + amountOre);
  return [...sums].flatMap(([account, amountOre]) =>
    amountOre === 0 ? [] : [{ account, amountOre }],
  );
}
