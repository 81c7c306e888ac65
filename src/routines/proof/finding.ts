import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { RecordsTables } from '../../database/records.ts';
import type { Operation } from '../../operation.ts';
import type { PromiseId } from '../../policy/promises.ts';

export type Status = 'kept' | 'broken' | 'not yet checked';

/** What a check saw: at how many things it looked, and what was wrong, by place and never by content. */
export type Finding = {
  readonly id: PromiseId;
  readonly status: Status;
  readonly looked_at: number;
  readonly found: readonly string[];
};

/** What checks need beside the operation. */
export type ProofParts = {
  readonly logFolder: string;
  /** Where the site is, as a visitor reaches it. */
  readonly origin: string;
  /** Folders with keys and passwords, which nobody else may read. */
  readonly secretFolders: readonly string[];
  readonly sandbox: boolean;
  /** Where the records store is, as ISO 3166-1; null in a sandbox, which is nowhere. */
  readonly recordsCountry: string | null;
  /** Asks our own site as a visitor would: for a page, or with a form. Redirects are not followed. */
  readonly fetchPage: (path: string, request?: RequestInit) => Promise<Response>;
};

export type Seen = { readonly lookedAt: number; readonly found: readonly string[] };

/** Looks at the running system, not at what the code means to do. Throws nothing for a broken promise: it reports it. */
export type Check = (op: Operation, parts: ProofParts) => Promise<Seen>;

/** Places of one kind that a check names: enough to see what is wrong, and no more to read than a page. */
export const foundMax = 50;

/** The places that a query names in its column `place`. */
export async function placesOf({ db }: Operation, query: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ place: string }>`${query} limit ${foundMax}`.execute(db);
  return rows.map(({ place }) => place);
}

/** How much there is to look at. */
export async function countRows({ db }: Operation, table: keyof RecordsTables): Promise<number> {
  const { count } = await db
    .selectFrom(table)
    .select((row) => row.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** What several looks saw, as one. */
export function together(seen: readonly Seen[]): Seen {
  return {
    lookedAt: seen.reduce((sum, { lookedAt }) => sum + lookedAt, 0),
    found: seen.flatMap(({ found }) => found),
  };
}

/** A check that found nothing to look at has proven nothing, and says so. */
export function findingOf(id: PromiseId, { lookedAt, found }: Seen): Finding {
  const status = found.length > 0 ? 'broken' : lookedAt > 0 ? 'kept' : 'not yet checked';
  return { id, status, looked_at: lookedAt, found: found.slice(0, foundMax) };
}
