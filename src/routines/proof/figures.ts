import type { RecordsTables } from '../../database/records.ts';
import type { Operation } from '../../operation.ts';
import { dayAt } from '../../text/format.ts';
import { contributorsMin, figureStep, shareMaxPercent, sumStepOre } from '../roll-up-rules.ts';
import type { Seen } from './finding.ts';

type Figure = RecordsTables['routines.figure'];

/**
 * P13: what is kept for statistics is rounded counts and sums of five people or more, none of whom makes up more than
 * half; and where a cell is withheld, what is left of the total without the others is no smaller and no lonelier.
 */
export async function figuresAreNobodys(op: Operation): Promise<Seen> {
  const figures = await op.db.selectFrom('routines.figure').selectAll().execute();
  const groups = Map.groupBy(figures, ({ month, measure }) => `${month.toString()} ${measure}`);
  const months = await op.db.selectFrom('routines.figures_month').selectAll().execute();
  const current = dayAt(op.now).toPlainYearMonth();
  const open = months.filter(
    ({ month }) => Temporal.PlainYearMonth.compare(month.toPlainYearMonth(), current) >= 0,
  );
  return {
    lookedAt: figures.length + months.length,
    found: [
      ...figures.flatMap((figure) =>
        wrongWith(figure).map((wrong) => `${nameOf(figure)}: ${wrong}`),
      ),
      ...[...groups].flatMap(([name, group]) =>
        hiddenIn(group).map((wrong) => `${name}: ${wrong}`),
      ),
      ...open.map(({ month }) => `routines.figures_month ${month.toString()}: it is not over`),
    ],
  };
}

function nameOf({ month, measure, cell }: Figure): string {
  return `routines.figure ${month.toString()} ${measure} ${cell}`;
}

function wrongWith(row: Figure): string[] {
  const hasValues = row.figure !== null || row.sum_ore !== null || row.vat_ore !== null;
  if (!hasValues && row.cell !== 'rest') return [];
  return [
    ...(isRounded(row.figure, figureStep) ? [] : ['the count is not rounded']),
    ...(isRounded(row.sum_ore, sumStepOre) ? [] : ['the sum is not rounded']),
    ...(isRounded(row.vat_ore, sumStepOre) ? [] : ['the VAT is not rounded']),
    ...((row.contributors ?? 0) >= contributorsMin ? [] : ['too few']),
    ...((row.largest_share ?? 100) <= shareMaxPercent ? [] : ['one stands out']),
    ...(hasValues && row.cell === 'rest' ? ['what is withheld is shown'] : []),
  ];
}

/** Whoever takes the shown cells from the total finds the rest: it is there as evidence, and it is safe. */
function hiddenIn(group: readonly Figure[]): string[] {
  const total = group.find(({ cell }) => cell === 'all');
  const cells = group.filter(({ cell }) => cell !== 'all' && cell !== 'rest');
  const withheld = cells.filter(({ figure }) => figure === null);
  const hasRest = group.some(({ cell }) => cell === 'rest');
  if (total === undefined) return ['cells without a total'];
  return [
    ...(withheld.length > 0 && !hasRest ? ['a withheld cell can be computed'] : []),
    ...(withheld.length === 1 ? ['a single cell is withheld'] : []),
  ];
}

function isRounded(value: number | null, step: number): boolean {
  return value === null || value % step === 0;
}
