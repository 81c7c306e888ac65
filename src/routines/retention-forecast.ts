import { sql } from 'kysely';
import { goesOn } from '../bookkeeping/end-years.ts';
import { fiscalYearName, mayBeErasedFrom } from '../bookkeeping/fiscal-years.ts';
import { listYearStates } from '../bookkeeping/year-states.ts';
import { holdings } from '../holdings.ts';
import type { Operation } from '../operation.ts';
import type { CategoryName } from '../policy/categories.ts';
import { keeping } from '../policy/keeping.ts';
import type { Keeping } from '../policy/shape.ts';
import { dueAt } from '../settings/keeping.ts';
import { companyTimeZone, dayAt } from '../text/format.ts';
import type { Holding } from '../vault/holding.ts';
import { accountsDue } from './retention-accounts.ts';

export const forecastWeeks = 12;
export const forecastMonths = 24;

/** A span of the calendar, half open: a week from its Monday, or a month. The first ones begin now. */
export type Span = { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate };

/** What goes of one kind: now, and in each span to come if nothing happens until then. */
export type Forecast = {
  readonly dueNow: number;
  readonly weeks: readonly number[];
  readonly months: readonly number[];
};

export type HoldingForecast = Forecast & {
  readonly table: Holding['table'];
  readonly category: CategoryName;
  readonly keptDays: number;
};

export type RetentionForecast = {
  readonly weeks: readonly Span[];
  readonly months: readonly Span[];
  /** Accounts whose time is up, if nobody uses them. */
  readonly accounts: Forecast;
  readonly holdings: readonly HoldingForecast[];
  /** Years of the books, whole: those that go first come first. */
  readonly years: readonly YearForecast[];
};

/** When the books of a fiscal year go. */
export type YearForecast = {
  readonly name: string;
  readonly vouchers: number;
  /** The first day on which they go. */
  readonly goesOn: Temporal.PlainDate;
  /** The day through which somebody holds them, where that is what they wait for. */
  readonly heldUntil: Temporal.PlainDate | null;
};

/** What will go when. Counts only: nothing is opened, and nothing is removed. */
export async function forecastRetention(op: Operation): Promise<RetentionForecast> {
  const today = dayAt(op.now);
  const weeks = weeksFrom(today);
  const months = monthsFrom(today);
  const spans = { now: op.now, weeks, months };
  const timed = holdings.filter((holding) => keptDaysOf(holding) !== null);
  const kinds: HoldingForecast[] = [];
  for (const holding of timed) kinds.push(await forecastHolding(op, holding, spans));
  return {
    weeks,
    months,
    accounts: await forecastAccounts(op, spans),
    holdings: kinds,
    years: await forecastYears(op),
  };
}

async function forecastYears(op: Operation): Promise<YearForecast[]> {
  const years = (await listYearStates(op)).map((year) => {
    const day = goesOn(year.endsOn, year.heldUntil);
    const isHeld = !day.equals(mayBeErasedFrom(year.endsOn));
    return {
      name: fiscalYearName(year),
      vouchers: year.vouchers,
      goesOn: day,
      heldUntil: isHeld ? year.heldUntil : null,
    };
  });
  return years.toSorted((one, other) => Temporal.PlainDate.compare(one.goesOn, other.goesOn));
}

type Spans = {
  readonly now: Temporal.Instant;
  readonly weeks: readonly Span[];
  readonly months: readonly Span[];
};

async function forecastHolding(
  op: Operation,
  holding: Holding,
  spans: Spans,
): Promise<HoldingForecast> {
  const { table, category } = holding;
  const keptDays = keptDaysOf(holding) ?? 0;
  const goes = sql`${sql.ref(`t.${holding.since}`)} + make_interval(hours => ${keptDays * 24})`;
  const count = (bounds: readonly Temporal.Instant[]) =>
    countBetween(op, sql`select ${goes} as at from ${sql.table(table)} t`, bounds);
  return { table, category, keptDays, ...(await inSpans(count, spans)) };
}

async function forecastAccounts(op: Operation, spans: Spans): Promise<Forecast> {
  const accounts = sql`
    select greatest(c.closes_at, ${dueAt}) as at from accounts.account a
    join vault.owner o on o.owner_id = a.owner_id and o.fenced_at is null
    left join settings.keeping k on k.owner_id = a.owner_id
    left join settings.closing c on c.owner_id = a.owner_id and c.counted_to = ${dueAt}`;
  const forecast = await inSpans((bounds) => countBetween(op, accounts, bounds), spans);
  // An account whose time is up may wait for its letters or a delivery; only those that go now are due.
  return { ...forecast, dueNow: (await accountsDue(op)).length };
}

async function inSpans(
  count: (bounds: readonly Temporal.Instant[]) => Promise<number[]>,
  { now, weeks, months }: Spans,
): Promise<Forecast> {
  const [dueNow = 0, ...byWeek] = await count([now, ...weeks.map(endOf)]);
  const [, ...byMonth] = await count([now, ...months.map(endOf)]);
  return { dueNow, weeks: byWeek, months: byMonth };
}

/** How many moments lie before the first bound, and between each two. */
async function countBetween(
  op: Operation,
  moments: ReturnType<typeof sql>,
  bounds: readonly Temporal.Instant[],
): Promise<number[]> {
  const { rows } = await sql<{ bucket: number; n: number }>`
    select width_bucket(m.at, ${bounds.map(String)}::timestamptz[]) as bucket, count(*)::int as n
    from (${moments}) m where m.at is not null group by 1`.execute(op.db);
  const counted = new Map(rows.map(({ bucket, n }) => [bucket, n]));
  return bounds.map((_, bucket) => counted.get(bucket) ?? 0);
}

function keptDaysOf({ keep, since }: Holding): number | null {
  const { rule }: Keeping = keeping[keep];
  return rule.kind === 'days' && since !== undefined ? rule.days : null;
}

/** This week, what is left of it, and the ones after it. */
function weeksFrom(today: Temporal.PlainDate): Span[] {
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  return spansFrom(today, forecastWeeks, (index) => monday.add({ weeks: index }));
}

function monthsFrom(today: Temporal.PlainDate): Span[] {
  const first = today.with({ day: 1 });
  return spansFrom(today, forecastMonths, (index) => first.add({ months: index }));
}

function spansFrom(
  today: Temporal.PlainDate,
  count: number,
  beginning: (index: number) => Temporal.PlainDate,
): Span[] {
  return Array.from({ length: count }, (_, index) => ({
    from: index === 0 ? today : beginning(index),
    until: beginning(index + 1),
  }));
}

function endOf({ until }: Span): Temporal.Instant {
  return until.toZonedDateTime(companyTimeZone).toInstant();
}
