import { sql } from 'kysely';
import type { RecordsTransaction } from '../database/records.ts';

/** Lists of the whole company that have a limit, each with the number of its lock. */
const locks = { items: 7_301, resources: 7_302, skills: 7_303 } as const;

/**
 * Keeps everybody else from adding to a list until the transaction ends. What is counted after this is still so when
 * something is added; a list without rows has no row to lock.
 */
export async function lockList(db: RecordsTransaction, list: keyof typeof locks): Promise<void> {
  await sql`select pg_advisory_xact_lock(${locks[list]})`.execute(db);
}
