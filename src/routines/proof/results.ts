import type { Records } from '../../database/records.ts';
import type { Operation } from '../../operation.ts';
import type { PromiseId } from '../../policy/promises.ts';
import type { Finding, Status } from './finding.ts';

export type Proof = {
  readonly status: Status;
  readonly provenAt: Temporal.Instant;
  readonly lookedAt: number;
  readonly found: readonly string[];
};

/** What each promise's check saw the last time; promises never looked at are missing. */
export async function latestProofs(db: Records): Promise<Map<PromiseId, Proof>> {
  const rows = await db.selectFrom('routines.proof').selectAll().execute();
  return new Map(
    rows.map((row) => [
      row.promise_id as PromiseId,
      { status: row.status, provenAt: row.proven_at, lookedAt: row.looked_at, found: row.found },
    ]),
  );
}

export async function keepFinding(op: Operation, finding: Finding): Promise<void> {
  const row = {
    status: finding.status,
    proven_at: op.now,
    looked_at: finding.looked_at,
    found: JSON.stringify(finding.found) as never,
  };
  await op.db
    .insertInto('routines.proof')
    .values({ promise_id: finding.id, ...row })
    .onConflict((conflict) => conflict.column('promise_id').doUpdateSet(row))
    .execute();
}
