import { sql } from 'kysely';
import { endedYears, yearsDue } from '../../bookkeeping/end-years.ts';
import { isReportMissing } from '../../bookkeeping/storage-reports.ts';
import { listColumns } from '../../database/scan.ts';
import type { Operation } from '../../operation.ts';
import { lookEverywhere } from '../erasure-verify.ts';
import { sweepHours } from '../retention.ts';
import { archiveIsOpenedForReasons } from './books-openings.ts';
import { moneyAddsUp } from './books-money.ts';
import { numbersAreWhole } from './books-numbers.ts';
import { booksAreSealedByYear } from './books-sealed.ts';
import { together } from './finding.ts';
import type { ProofParts, Seen } from './finding.ts';
import { ordersAddUp } from './orders-money.ts';

/**
 * P18: what the Bookkeeping Act demands is whole, sealed year by year, refers to nobody but its years, is opened only by
 * who keeps the books and for a reason, and goes when its time is over.
 */
export async function booksAreKeptApart(op: Operation, parts: ProofParts): Promise<Seen> {
  return together([
    await numbersAreWhole(op),
    await moneyAddsUp(op),
    await ordersAddUp(op),
    await booksAreSealedByYear(op),
    await archiveIsOpenedForReasons(op),
    await referToYearsAlone(op),
    await endedAreGone(op, parts),
    await nothingIsTooOld(op),
    await placeIsReported(op, parts),
  ]);
}

/** By the catalog and not by our lists: no column of the books holds the id of an owner that is not a fiscal year. */
async function referToYearsAlone(op: Operation): Promise<Seen> {
  const columns = (await listColumns(op.db)).filter(
    ({ schema, type }) => schema === 'bookkeeping' && type === 'uuid',
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.id('bookkeeping', table)} b
      join vault.owner o on o.owner_id = b.${sql.id(column)}
      where o.kind <> 'fiscal_year'`.execute(op.db);
    const n = rows[0]?.n ?? 0;
    if (n > 0) found.push(`bookkeeping.${table}.${column}: ${n} refer to somebody`);
  }
  return { lookedAt: 0, found: [...found, ...(await looseReferences(op))] };
}

/** What is referred to is there, or its year was one whose books are gone. */
async function looseReferences(op: Operation): Promise<string[]> {
  const { rows } = await sql<{ place: string }>`
    select 'bookkeeping.voucher ' || v.voucher_id as place
    from bookkeeping.voucher v
    where v.refers_year is not null
      and not exists (select from bookkeeping.voucher o
                      where o.owner_id = v.refers_year and o.voucher_id = v.refers_id)
      and not exists (select from bookkeeping.ended_year e where e.year_id = v.refers_year)
    union all
    select 'bookkeeping.refund ' || r.refund_id
    from bookkeeping.refund r
    where not exists (select from bookkeeping.voucher o
                      where o.owner_id = r.refund_year and o.voucher_id = r.refund_voucher_id)
      and not exists (select from bookkeeping.ended_year e where e.year_id = r.refund_year)
    limit 50`.execute(op.db);
  return rows.map(({ place }) => `${place}: refers to no year of the books`);
}

/** The columns that may lead to a year after its end; what they hold leads nowhere. */
const mayReferToEnded = [
  'bookkeeping.ended_year.year_id',
  'bookkeeping.voucher.refers_year',
  'bookkeeping.refund.refund_year',
  'history.payment.voucher_year',
];

/** A year that is said to have ended has a fence in the ledger, and nothing is left of it. */
async function endedAreGone(op: Operation, { logFolder }: ProofParts): Promise<Seen> {
  const years = [...(await endedYears(op))];
  if (years.length === 0) return { lookedAt: 0, found: [] };
  const fenced = new Set((await op.vault.fences(epochStart)).map(({ owner }) => owner));
  const { found } = await lookEverywhere(op, { ids: years, strings: [] }, logFolder);
  return {
    lookedAt: years.length,
    found: [
      ...years
        .filter((year) => !fenced.has(year))
        .map((year) => `bookkeeping.ended_year ${year}: there is no fence`),
      ...found.filter((place) => !mayReferToEnded.some((known) => place.startsWith(`${known}:`))),
    ],
  };
}

const epochStart = Temporal.Instant.fromEpochMilliseconds(0);

async function nothingIsTooOld(op: Operation): Promise<Seen> {
  const due = await yearsDue({ ...op, now: op.now.subtract({ hours: sweepHours }) });
  return {
    lookedAt: 0,
    found: due.map((year) => `bookkeeping.fiscal_year ${year}: its time is over`),
  };
}

/** Bokföringslagen 7 kap. 3 a §: once there are books, the place where they are has been told, if it is not in Sweden. */
async function placeIsReported(op: Operation, { recordsCountry }: ProofParts): Promise<Seen> {
  const year = await op.db
    .selectFrom('bookkeeping.fiscal_year')
    .select('owner_id')
    .limit(1)
    .executeTakeFirst();
  const isMissing = year !== undefined && (await isReportMissing(op, recordsCountry));
  return {
    lookedAt: 0,
    found: isMissing ? ['bookkeeping.storage_report: the country of the records is missing'] : [],
  };
}
