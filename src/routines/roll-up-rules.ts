import type { FigureCell } from '../database/records.ts';

/** Fewer people than this are not a group. */
export const contributorsMin = 5;
/** Nobody makes up more of a published figure than this, in per cent. */
export const shareMaxPercent = 50;
/** Counts are published in fives, sums in hundreds of kronor. */
export const figureStep = 5;
export const sumStepOre = 10_000;
const shareStepPercent = 10;

/** What one person adds to one cell. Sums are missing where only things are counted. */
export type Contribution = {
  readonly contributor: string;
  readonly cell: FigureCell;
  readonly figure: number;
  readonly sumOre?: number;
  readonly vatOre?: number;
};

/**
 * A cell as it is published. Without values it is withheld. The evidence says that the rules were kept: at least so
 * many people, none with more than this share; for `rest`, which anybody can compute, it stands without values.
 */
export type PublishedCell = {
  readonly cell: FigureCell;
  readonly evidence: { readonly contributors: number; readonly largestShare: number } | null;
  readonly values: {
    readonly figure: number;
    readonly sumOre: number | null;
    readonly vatOre: number | null;
  } | null;
};

/**
 * What may be published of one measure of one month: the total and the cells that it is made of. Whoever knows the total
 * and the cells that are shown knows the sum of those that are not; so these together must keep the rules as well, and
 * more cells are withheld until they do. Cells to which nobody added anything are left out.
 */
export function publishGroup(contributions: readonly Contribution[]): PublishedCell[] {
  const cells = Map.groupBy(contributions, ({ cell }) => cell);
  cells.delete('all');
  if (!isSafe(contributions)) return [];
  const withheld = chooseWithheld(cells);
  const hidden = [...withheld].flatMap((cell) => cells.get(cell) ?? []);
  return [
    published('all', contributions),
    ...[...cells].map(([cell, of]) =>
      withheld.has(cell) ? { cell, evidence: null, values: null } : published(cell, of),
    ),
    ...(hidden.length === 0
      ? []
      : [{ cell: 'rest' as const, evidence: evidenceOf(hidden), values: null }]),
  ];
}

function chooseWithheld(
  cells: ReadonlyMap<FigureCell, readonly Contribution[]>,
): ReadonlySet<FigureCell> {
  const bySize = [...cells].toSorted(([, one], [, other]) => total(one) - total(other));
  const withheld = new Set(bySize.filter(([, of]) => !isSafe(of)).map(([cell]) => cell));
  const rest = () => [...withheld].flatMap((cell) => cells.get(cell) ?? []);
  for (const [cell] of bySize) {
    if (withheld.size === 0 || isSafe(rest())) break;
    withheld.add(cell);
  }
  return withheld;
}

/** Enough people, and nobody who stands out: not in the count, and in no sum. */
export function isSafe(contributions: readonly Contribution[]): boolean {
  const { contributors, largestShare } = measure(contributions);
  return contributors >= contributorsMin && largestShare <= shareMaxPercent / 100;
}

function published(cell: FigureCell, of: readonly Contribution[]): PublishedCell {
  const hasSums = of.some(({ sumOre }) => sumOre !== undefined);
  return {
    cell,
    evidence: evidenceOf(of),
    values: {
      figure: rounded(total(of), figureStep),
      sumOre: hasSums ? rounded(sum(of, 'sumOre'), sumStepOre) : null,
      vatOre: hasSums ? rounded(sum(of, 'vatOre'), sumStepOre) : null,
    },
  };
}

function evidenceOf(of: readonly Contribution[]) {
  const { contributors, largestShare } = measure(of);
  const percent = Math.ceil((largestShare * 100) / shareStepPercent) * shareStepPercent;
  return {
    contributors: Math.floor(contributors / contributorsMin) * contributorsMin,
    largestShare: percent,
  };
}

type Amount = 'figure' | 'sumOre' | 'vatOre';
const amounts: readonly Amount[] = ['figure', 'sumOre', 'vatOre'];

function measure(of: readonly Contribution[]): {
  readonly contributors: number;
  readonly largestShare: number;
} {
  const people = [...Map.groupBy(of, ({ contributor }) => contributor).values()];
  const shares = amounts.map((amount) => {
    const all = sum(of, amount);
    return all === 0 ? 0 : Math.max(...people.map((own) => sum(own, amount))) / all;
  });
  return { contributors: people.length, largestShare: Math.max(...shares) };
}

function total(of: readonly Contribution[]): number {
  return sum(of, 'figure');
}

function sum(of: readonly Contribution[], amount: Amount): number {
  return of.reduce((added, one) => added + (one[amount] ?? 0), 0);
}

function rounded(value: number, step: number): number {
  return Math.round(value / step) * step;
}
