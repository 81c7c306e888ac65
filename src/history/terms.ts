import { createHash } from 'node:crypto';
import type { Records, RecordsTables } from '../database/records.ts';
import { newRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { canonical } from '../ledger/log.ts';
import { terms } from '../policy/terms.ts';
import type { TermsSection } from '../policy/terms.ts';

const contentHash = createHash('sha256').update(canonical(terms)).digest();
const versionsMax = 200;

/** Conditions of sale as they were in force from a day on. */
export type PublishedTerms = {
  readonly termsId: RowId;
  readonly version: string;
  readonly sections: readonly TermsSection[];
  readonly publishedAt: Temporal.Instant;
  readonly isCurrent: boolean;
};

/** Keeps the wording that is in force from now on, unless it is kept already. Done at each start. */
export async function publishTerms(db: Records, now: Temporal.Instant): Promise<void> {
  await db
    .insertInto('history.terms')
    .values({
      terms_id: newRowId(now),
      version: terms.version,
      content_hash: contentHash,
      content: terms,
      published_at: now,
    })
    .onConflict((conflict) => conflict.column('content_hash').doNothing())
    .execute();
}

/** What holds for who orders now. It is there from the start on. */
export async function currentTerms(db: Records): Promise<PublishedTerms> {
  const row = await db
    .selectFrom('history.terms')
    .selectAll()
    .where('content_hash', '=', contentHash)
    .executeTakeFirstOrThrow();
  return publishedOf(row);
}

/** Every wording that was in force here, the newest first. */
export async function listTerms(db: Records): Promise<PublishedTerms[]> {
  const rows = await db
    .selectFrom('history.terms')
    .selectAll()
    .orderBy('published_at', 'desc')
    .orderBy('terms_id', 'desc')
    .limit(versionsMax)
    .execute();
  return rows.map(publishedOf);
}

/** The wording that an order refers to, or null. */
export async function findTerms(db: Records, termsId: RowId): Promise<PublishedTerms | null> {
  const row = await db
    .selectFrom('history.terms')
    .selectAll()
    .where('terms_id', '=', termsId)
    .executeTakeFirst();
  return row ? publishedOf(row) : null;
}

function publishedOf(row: RecordsTables['history.terms']): PublishedTerms {
  return {
    termsId: row.terms_id,
    version: row.version,
    sections: row.content.sections,
    publishedAt: row.published_at,
    isCurrent: contentHash.equals(row.content_hash),
  };
}
