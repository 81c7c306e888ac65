import { vatWithin } from '../catalogue/items.ts';

/** The rates of mervärdesskattelagen (2023:200), in per cent; 0 for what is sold without VAT. In the order of print. */
export const vatRates = [25, 12, 6, 0] as const;
export type VatPercent = (typeof vatRates)[number];

type PricedLine = { readonly amount_ore: number; readonly vat_percent: VatPercent };
type TaxedLine = PricedLine & { readonly vat_ore: number };

export type VatRow = {
  readonly percent: VatPercent;
  readonly net_ore: number;
  readonly vat_ore: number;
  readonly total_ore: number;
};

/**
 * The VAT of each line of a sale, in öre. The VAT of a rate is computed once, on the sum of its lines, and rounded to
 * the nearest öre (half up). A line gets what the VAT grows by when its amount is added to the lines above it. So the
 * lines sum to the VAT of the rate exactly, and no line has less VAT than none or more than its amount.
 */
export function vatOfLines(lines: readonly PricedLine[]): number[] {
  const sums = new Map<VatPercent, number>();
  return lines.map(({ amount_ore, vat_percent }) => {
    const before = sums.get(vat_percent) ?? 0;
    const after = before + amount_ore;
    sums.set(vat_percent, after);
    return vatWithin(after, vat_percent) - vatWithin(before, vat_percent);
  });
}

/** The lines of a sale, each with its share of the VAT: see `vatOfLines`. */
export function taxed<Line extends PricedLine>(
  lines: readonly Line[],
): (Line & { readonly vat_ore: number })[] {
  const vat = vatOfLines(lines);
  return lines.map((line, index) => ({ ...line, vat_ore: vat[index] ?? 0 }));
}

/** The lines of each rate together, highest rate first; rates without lines are left out. */
export function vatByRate(lines: readonly TaxedLine[]): VatRow[] {
  return vatRates.flatMap((percent) => {
    const ofRate = lines.filter(({ vat_percent }) => vat_percent === percent);
    if (ofRate.length === 0) return [];
    const total_ore = sumOf(ofRate.map(({ amount_ore }) => amount_ore));
    const vat_ore = sumOf(ofRate.map(({ vat_ore }) => vat_ore));
    return [{ percent, net_ore: total_ore - vat_ore, vat_ore, total_ore }];
  });
}

export type SoldLine = { readonly amount_ore: number; readonly vat_ore: number };

/**
 * The VAT within a part of a line that is paid back, in öre, when `beforeOre` of the line was paid back earlier. It is
 * the growth of the line's VAT in proportion, rounded: whatever the parts and their order, together they are never more
 * than the VAT of the line, and when all of the line is paid back they are exactly that.
 */
export function vatPaidBack(sold: SoldLine, beforeOre: number, amountOre: number): number {
  return proportion(sold, beforeOre + amountOre) - proportion(sold, beforeOre);
}

/** `part` times VAT through amount, rounded half up. In big integers: the product can be larger than a double holds. */
function proportion({ amount_ore, vat_ore }: SoldLine, part: number): number {
  if (amount_ore === 0) return 0;
  const [amount, vat] = [BigInt(amount_ore), BigInt(vat_ore)];
  return Number((2n * BigInt(part) * vat + amount) / (2n * amount));
}

/** An amount as it can be paid in coins: up to 49 öre are dropped, 50 and more are raised (lag 1970:1029, 2 §). */
export function inWholeKronor(ore: number): number {
  const oreInKrona = 100;
  return Math.floor((ore + oreInKrona / 2) / oreInKrona) * oreInKrona;
}

export function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
