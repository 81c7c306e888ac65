import { newRowId } from '../ids.ts';
import type { Operation } from '../operation.ts';

/** That Skatteverket was told where the books are stored. */
export type StorageReport = {
  /** ISO 3166-1. */
  readonly country: string;
  readonly reportedOn: Temporal.PlainDate;
};

/** What is stored here needs no report (bokföringslagen 7 kap. 2 §). */
const home = 'SE';

/** The place as it was told last; null when it never was. */
export async function newestReport({ db }: Operation): Promise<StorageReport | null> {
  const row = await db
    .selectFrom('bookkeeping.storage_report')
    .select(['country', 'reported_on'])
    .orderBy('reported_on', 'desc')
    .orderBy('noted_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { country: row.country, reportedOn: row.reported_on } : null;
}

/** Writes down that the place was told. Never changed or removed: each change of place is told anew. */
export async function noteReport(op: Operation, report: StorageReport): Promise<void> {
  await op.db
    .insertInto('bookkeeping.storage_report')
    .values({
      report_id: newRowId(op.now),
      country: report.country,
      reported_on: report.reportedOn,
      noted_at: op.now,
    })
    .execute();
}

/**
 * Books may be stored in another country of the EU when Skatteverket has been told of the place, and of every change of it
 * (bokföringslagen 7 kap. 3 a §). Is that still to be done for the country where they are now?
 */
export async function isReportMissing(op: Operation, country: string | null): Promise<boolean> {
  if (country === null || country === home) return false;
  return (await newestReport(op))?.country !== country;
}
