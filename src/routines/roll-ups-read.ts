import type { FigureCell, FigureMeasure } from '../database/records.ts';
import type { Operation } from '../operation.ts';

export type Figure = {
  readonly measure: FigureMeasure;
  readonly cell: FigureCell;
  /** Null where it is withheld. */
  readonly figure: number | null;
  readonly sumOre: number | null;
  readonly vatOre: number | null;
};

export type MonthOfFigures = {
  readonly month: Temporal.PlainYearMonth;
  readonly figures: readonly Figure[];
};

/** The newest months that have figures, the oldest of them first. What was too little to publish is not there. */
export async function latestFigures({ db }: Operation, months: number): Promise<MonthOfFigures[]> {
  const closed = await db
    .selectFrom('routines.figures_month')
    .select('month')
    .orderBy('month', 'desc')
    .limit(months)
    .execute();
  const first = closed.at(-1)?.month;
  if (first === undefined) return [];
  const rows = await db
    .selectFrom('routines.figure')
    .select(['month', 'measure', 'cell', 'figure', 'sum_ore', 'vat_ore'])
    .where('month', '>=', first)
    .where('cell', '<>', 'rest')
    .execute();
  const byMonth = Map.groupBy(rows, ({ month }) => month.toString());
  return closed.toReversed().map(({ month }) => ({
    month: month.toPlainYearMonth(),
    figures: (byMonth.get(month.toString()) ?? []).map((row) => ({
      measure: row.measure,
      cell: row.cell,
      figure: row.figure,
      sumOre: row.sum_ore,
      vatOre: row.vat_ore,
    })),
  }));
}
