import { sql } from 'kysely';
import type { Compilable, OperationNodeSource } from 'kysely';
import type { RecordsTransaction } from './records.ts';

/** An insert or update that has not been sent. */
export type Write = OperationNodeSource & Compilable;

/**
 * Several writes as one statement (PostgreSQL, data-modifying statements in WITH): one round trip instead of one each.
 * Foreign keys among them are checked when all are written. None sees what another has written, none asks what became of
 * it, and no two may change the same row; what must be seen or counted is a statement of its own.
 */
export async function writeTogether(
  db: RecordsTransaction,
  writes: readonly [Write, ...Write[]],
): Promise<void> {
  const named = writes.map((write, index) => sql`${sql.id(`write_${index}`)} as (${write})`);
  await sql`with ${sql.join(named)} select`.execute(db);
}
