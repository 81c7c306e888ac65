import { sql } from 'kysely';
import type { FigureMeasure } from '../database/records.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { companyTimeZone, dayAt } from '../text/format.ts';
import { publishGroup } from './roll-up-rules.ts';
import type { Contribution, PublishedCell } from './roll-up-rules.ts';

/** How far back the first run looks. */
const monthsMax = 120;

/**
 * Computes the figures of every month that has closed and has none yet: once each, from all rows that are there, and
 * never again, so that nobody can be told from the difference of two publications. @returns how many months
 */
export async function closeMonths(op: Operation): Promise<number> {
  let closed = 0;
  for (const month of await monthsToClose(op)) {
    if (await inTransaction(op, (write) => closeMonth(write, month))) closed += 1;
  }
  return closed;
}

/** The months that have ended and have no figures, the oldest first. */
export async function monthsToClose(op: Operation): Promise<Temporal.PlainYearMonth[]> {
  const current = dayAt(op.now).toPlainYearMonth();
  const from = (await lastClosed(op))?.add({ months: 1 }) ?? (await firstMonth(op));
  if (from === null) return [];
  const earliest = current.subtract({ months: monthsMax });
  const months: Temporal.PlainYearMonth[] = [];
  let month = Temporal.PlainYearMonth.compare(from, earliest) < 0 ? earliest : from;
  for (; Temporal.PlainYearMonth.compare(month, current) < 0; month = month.add({ months: 1 }))
    months.push(month);
  return months;
}

async function lastClosed({ db }: Operation): Promise<Temporal.PlainYearMonth | null> {
  const { month } = await db
    .selectFrom('routines.figures_month')
    .select((column) => column.fn.max('month').as('month'))
    .executeTakeFirstOrThrow();
  return (month as Temporal.PlainDate | null)?.toPlainYearMonth() ?? null;
}

/** The first month in which anything happened. */
async function firstMonth({ db }: Operation): Promise<Temporal.PlainYearMonth | null> {
  const { rows } = await sql<{ first: Temporal.Instant | null }>`
    select least((select min(created_at) from accounts.account),
                 (select min(placed_at) from history.order),
                 (select min(asked_at) from routines.erasure)) as first`.execute(db);
  const first = rows[0]?.first ?? null;
  return first === null ? null : dayAt(first).toPlainYearMonth();
}

/** False when another process has closed the month: of two at once, the second waits here and finds it done. */
async function closeMonth(write: WriteOperation, month: Temporal.PlainYearMonth): Promise<boolean> {
  const first = month.toPlainDate({ day: 1 });
  const claimed = await write.db
    .insertInto('routines.figures_month')
    .values({ month: first, computed_at: write.now })
    .onConflict((conflict) => conflict.column('month').doNothing())
    .executeTakeFirst();
  if (claimed.numInsertedOrUpdatedRows !== 1n) return false;
  const within = { from: startOf(month), to: startOf(month.add({ months: 1 })) };
  await publish(write, first, 'sign-ups', await signUpsIn(write, within));
  await publish(write, first, 'closings', await closingsIn(write, within));
  const { orders, things } = await orderedIn(write, within);
  await publish(write, first, 'orders', orders);
  await publish(write, first, 'ordered', things);
  return true;
}

function startOf(month: Temporal.PlainYearMonth): Temporal.Instant {
  return month.toPlainDate({ day: 1 }).toZonedDateTime(companyTimeZone).toInstant();
}

async function publish(
  { db }: WriteOperation,
  month: Temporal.PlainDate,
  measure: FigureMeasure,
  contributions: readonly Contribution[],
): Promise<void> {
  const rows = publishGroup(contributions).map((cell) => ({ month, measure, ...rowOf(cell) }));
  if (rows.length > 0) await db.insertInto('routines.figure').values(rows).execute();
}

function rowOf({ cell, evidence, values }: PublishedCell) {
  return {
    cell,
    contributors: evidence?.contributors ?? null,
    largest_share: evidence?.largestShare ?? null,
    figure: values?.figure ?? null,
    sum_ore: values?.sumOre ?? null,
    vat_ore: values?.vatOre ?? null,
  };
}

type Within = { readonly from: Temporal.Instant; readonly to: Temporal.Instant };

async function signUpsIn({ db }: WriteOperation, { from, to }: Within): Promise<Contribution[]> {
  const rows = await db
    .selectFrom('accounts.account')
    .select('owner_id')
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .execute();
  return rows.map(({ owner_id }) => onePerson(owner_id));
}

async function closingsIn({ db }: WriteOperation, { from, to }: Within): Promise<Contribution[]> {
  const rows = await db
    .selectFrom('routines.erasure')
    .select('erasure_id')
    .where('kind', '=', 'account')
    .where('asked_at', '>=', from)
    .where('asked_at', '<', to)
    // The probe of each night leaves as a customer does, and is nobody.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('routines.canary as c')
            .select('c.canary_id')
            .whereRef('c.erasure_id', '=', 'routines.erasure.erasure_id'),
        ),
      ),
    )
    .execute();
  return rows.map(({ erasure_id }) => onePerson(erasure_id));
}

function onePerson(contributor: string): Contribution {
  return { contributor, cell: 'all', figure: 1 };
}

/**
 * How many orders each customer made, and what was ordered of each kind; in one statement, so that no erasure can fall
 * between two of them. The sums stand beside the kinds alone: shown twice, one could give away what the other withholds.
 */
async function orderedIn(
  { db }: WriteOperation,
  { from, to }: Within,
): Promise<{ readonly orders: Contribution[]; readonly things: Contribution[] }> {
  const { rows } = await sql<Contribution & { readonly orders: number }>`
    select o.owner_id as contributor,
      case when grouping(i.kind) = 1 then 'all' else coalesce(i.kind, 'unnamed') end as cell,
      count(distinct o.order_id)::int as orders,
      sum(l.quantity)::int as figure,
      sum(l.quantity * l.unit_price_ore)::bigint as "sumOre",
      sum(round(l.quantity * l.unit_price_ore * l.vat_percent / (100.0 + l.vat_percent)))::bigint as "vatOre"
    from history.order o
    join history.order_line l on l.owner_id = o.owner_id and l.order_id = o.order_id
    left join history.item i on i.item_id = l.item_id
    where o.placed_at >= ${from} and o.placed_at < ${to} and o.state not in ('cancelled', 'lapsed')
    group by grouping sets ((o.owner_id), (o.owner_id, i.kind))`.execute(db);
  return {
    orders: rows
      .filter(({ cell }) => cell === 'all')
      .map(({ contributor, cell, orders }) => ({ contributor, cell, figure: orders })),
    things: rows.filter(({ cell }) => cell !== 'all'),
  };
}
