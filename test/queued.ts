// Who comes first for a row, decided by the test.
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { RecordsTransaction } from '../src/database/records.ts';
import type { OwnerId } from '../src/ids.ts';
import type { TestSystem } from './system.ts';

/** Keeps the row of an owner until everybody has come for it, one after the other, and lets them go in that order. */
export function queuedFor(
  system: TestSystem,
  table: 'bookkeeping.fiscal_year' | 'routines.hold' | 'vault.owner',
  owner: OwnerId,
  comers: readonly (() => Promise<unknown>)[],
): Promise<PromiseSettledResult<unknown>[]> {
  const keep = (db: RecordsTransaction) =>
    db.selectFrom(table).select('owner_id').where('owner_id', '=', owner).forUpdate().execute();
  return queuedBehind(system, keep, comers);
}

/** The same, with whatever lock is taken first. */
export async function queuedBehind(
  system: TestSystem,
  keep: (db: RecordsTransaction) => Promise<unknown>,
  comers: readonly (() => Promise<unknown>)[],
): Promise<PromiseSettledResult<unknown>[]> {
  const begun = await system.db.transaction().execute(async (db) => {
    await keep(db);
    const all: Promise<PromiseSettledResult<unknown>[]>[] = [];
    for (const come of comers) {
      all.push(Promise.allSettled([come()]));
      await waiting(system, all.length);
    }
    return all;
  });
  return (await Promise.all(begun)).flat();
}

/** Until so many wait for a lock. */
export async function waiting({ db }: TestSystem, count: number): Promise<void> {
  const since = Date.now();
  for (;;) {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    if (rows.length === count) return;
    assert.ok(Date.now() - since < 10_000, `${rows.length} of ${count} wait`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
