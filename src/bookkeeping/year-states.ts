import type { Operation } from '../operation.ts';
import { dayAt } from '../text/format.ts';
import { isWithin, keptThrough } from './fiscal-years.ts';
import type { FiscalYear } from './fiscal-years.ts';
import type { BookYear } from './years.ts';

/** The numbers of one series in a year: unbroken when they are 1, 2, 3 … up to the last one that was given. */
export type SeriesState = {
  readonly series: string;
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly isUnbroken: boolean;
};

export type YearState = BookYear & {
  readonly state: 'coming' | 'current' | 'over';
  readonly series: readonly SeriesState[];
  readonly vouchers: number;
  /** The last day on which it is kept: the law's, or that of an audit where that is later. */
  readonly keptThrough: Temporal.PlainDate;
  readonly heldUntil: Temporal.PlainDate | null;
  readonly hasRecoveryKey: boolean;
};

export type EndedYear = FiscalYear & { readonly endedAt: Temporal.Instant };

/** Every year that is kept, the newest first, with its series. Opens nothing. */
export async function listYearStates(op: Operation): Promise<YearState[]> {
  const rows = await op.db
    .selectFrom('bookkeeping.fiscal_year as y')
    .innerJoin('vault.owner as o', 'o.owner_id', 'y.owner_id')
    .select(['y.owner_id', 'y.starts_on', 'y.ends_on', 'y.held_until'])
    .select(({ eb }) => eb('y.recovery_key', 'is not', null).as('has_recovery_key'))
    .where('o.fenced_at', 'is', null)
    .orderBy('y.starts_on', 'desc')
    .execute();
  const series = Map.groupBy(await seriesStates(op), ({ owner_id }) => owner_id);
  const today = dayAt(op.now);
  return rows.map((row) => {
    const year = { owner: row.owner_id, startsOn: row.starts_on, endsOn: row.ends_on };
    const ofYear = (series.get(row.owner_id) ?? []).map(seriesOf);
    return {
      ...year,
      state: stateOf(year, today),
      series: ofYear,
      vouchers: ofYear.reduce((sum, { count }) => sum + count, 0),
      keptThrough: later(keptThrough(row.ends_on), row.held_until),
      heldUntil: row.held_until,
      hasRecoveryKey: row.has_recovery_key === true,
    };
  });
}

/** Years whose books are gone, the newest first. */
export async function listEndedYears({ db }: Operation): Promise<EndedYear[]> {
  const rows = await db
    .selectFrom('bookkeeping.ended_year')
    .select(['starts_on', 'ends_on', 'ended_at'])
    .orderBy('starts_on', 'desc')
    .execute();
  return rows.map((row) => ({
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    endedAt: row.ended_at,
  }));
}

/** Each series of each year: what was given out, beside the vouchers that are there. */
export async function seriesStates({ db }: Operation) {
  return db
    .selectFrom('bookkeeping.series as s')
    .leftJoin('bookkeeping.voucher as v', (join) =>
      join.onRef('v.owner_id', '=', 's.owner_id').onRef('v.series', '=', 's.series'),
    )
    .select(['s.owner_id', 's.series', 's.last_number'])
    .select(({ fn }) => [
      fn.min<number | null>('v.number').as('first'),
      fn.max<number | null>('v.number').as('last'),
      fn.count<number>('v.number').as('count'),
    ])
    .groupBy(['s.owner_id', 's.series', 's.last_number'])
    .orderBy('s.series')
    .execute();
}

/** From 1 to the last one without a gap: no number twice is what the database sees to (`voucher_number_is_unique`). */
export function isUnbroken(row: {
  readonly first: number | null;
  readonly last: number | null;
  readonly count: number;
  readonly last_number: number;
}): boolean {
  return row.first === 1 && row.last === row.last_number && row.count === row.last_number;
}

function seriesOf(row: Awaited<ReturnType<typeof seriesStates>>[number]): SeriesState {
  return {
    series: row.series,
    first: row.first ?? 0,
    last: row.last ?? 0,
    count: row.count,
    isUnbroken: isUnbroken(row),
  };
}

function stateOf(year: FiscalYear, today: Temporal.PlainDate): YearState['state'] {
  if (isWithin(today, year)) return 'current';
  return Temporal.PlainDate.compare(today, year.startsOn) < 0 ? 'coming' : 'over';
}

function later(one: Temporal.PlainDate, other: Temporal.PlainDate | null): Temporal.PlainDate {
  return other !== null && Temporal.PlainDate.compare(other, one) > 0 ? other : one;
}
