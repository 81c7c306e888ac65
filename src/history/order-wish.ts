import type { PayWay } from '../database/records-history.ts';
import type { RowId } from '../ids.ts';
import { noAnswers } from './answers.ts';
import type { Answers } from './answers.ts';
import { unitPriceOre } from './catalogue/items.ts';
import type { Item } from './catalogue/items.ts';
import type { Goods } from './catalogue/stock.ts';
import type { Delivery } from './orders.ts';
import { sumOf, vatOfLines } from './receipts/vat-split.ts';

/** Lines of one order. */
export const linesMax = 20;

/** One thing that is wished for: a number of a product, a service, or a time. */
export type WishedLine = {
  readonly item: Item;
  /** Which of a product's variants; null for anything else. */
  readonly variantId: RowId | null;
  readonly quantity: number;
  /** What the customer read, in his language: kept as it was, whatever the catalogue says later. */
  readonly name: string;
  /** When a booking begins; null for anything else. */
  readonly startsAt: Temporal.Instant | null;
  readonly answers: Answers;
};

export type OrderWish = {
  /** Made with the form, so that a second click is the same order. */
  readonly orderId: RowId;
  readonly lines: readonly WishedLine[];
  readonly delivery: Delivery;
  readonly payWay: PayWay;
  /** The conditions of sale that were shown. */
  readonly termsId: RowId | null;
};

/** A number of a product of which there is one kind, or of its first variant, or of a service without questions. */
export function plainLine(item: Item, quantity: number, name: string): WishedLine {
  const variantId = item.variants[0]?.variantId ?? null;
  return { item, variantId, quantity, name, startsAt: null, answers: noAnswers };
}

/** What the lines cost together, and the VAT inside: the sum that the receipt will say. */
export function totalsOf(lines: readonly WishedLine[]): { totalOre: number; vatOre: number } {
  const priced = lines.map(({ item, variantId, quantity }) => ({
    amount_ore: unitPriceOre(item, variantId) * quantity,
    vat_percent: item.vatPercent,
  }));
  return {
    totalOre: sumOf(priced.map((line) => line.amount_ore)),
    vatOre: sumOf(vatOfLines(priced)),
  };
}

/** What goes out of stock for these lines. */
export function goodsOf(lines: readonly WishedLine[]): Goods[] {
  return lines.flatMap(({ item, variantId, quantity }) =>
    variantId === null ? [] : [{ itemId: item.itemId, variantId, quantity }],
  );
}
