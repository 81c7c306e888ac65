import { holdings } from '../holdings.ts';
import type { ErasureState } from '../database/records.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import type { Teller } from '../recipients/tell-to-erase.ts';
import type { Passed } from '../vault/owner-keys.ts';

/** What the steps need beside the operation. Each step is in a file of its own; what they have in common is here. */
export type Surroundings = {
  readonly tell: Teller;
  readonly logFolder: string;
  readonly sandbox: boolean;
  readonly clock: () => Temporal.Instant;
  /** Called after each durable part; tests stop the process there. */
  readonly passed: Passed;
};

/** How long a recipient may stay silent before the receipt says so and the erasure goes on. */
export const tellingHours = 24;
const firstWaitSeconds = 30;
const longestWaitSeconds = 3600;

/** Twice as long after each silence, an hour at most. */
export function isTimeToTell(
  now: Temporal.Instant,
  { attempts, told_at }: { readonly attempts: number; readonly told_at: Temporal.Instant | null },
): boolean {
  if (told_at === null) return true;
  const wait = Math.min(firstWaitSeconds * 2 ** Math.min(attempts, 10), longestWaitSeconds);
  return now.since(told_at).total('seconds') >= wait;
}

/**
 * One step in one transaction, by whoever comes first: the request that asked, a routine of this process or of
 * another. Who comes second finds another state and does nothing.
 */
export async function takeStep(
  op: Operation,
  erasureId: RowId,
  from: ErasureState,
  work: (write: WriteOperation) => Promise<void>,
): Promise<void> {
  await inTransaction(op, async (write) => {
    const { state } = await write.db
      .selectFrom('routines.erasure')
      .select('state')
      .where('erasure_id', '=', erasureId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (state === from) await work(write);
  });
}

/** The step as evidence, and the state it leads to, in the transaction that took it. */
export async function note(
  write: WriteOperation,
  erasure_id: RowId,
  state: ErasureState,
  evidence: Record<string, unknown>,
): Promise<void> {
  await write.db
    .insertInto('routines.erasure_step')
    .values({ erasure_id, step: state, at: write.now, evidence })
    .onConflict((conflict) => conflict.columns(['erasure_id', 'step']).doNothing())
    .execute();
  await write.db
    .updateTable('routines.erasure')
    .set({ state })
    .where('erasure_id', '=', erasure_id)
    .execute();
}

export async function subjectsOf(op: Operation, erasureId: RowId): Promise<OwnerId[]> {
  const rows = await op.db
    .selectFrom('routines.erasure_subject')
    .select('subject_id')
    .where('erasure_id', '=', erasureId)
    .orderBy('subject_id')
    .execute();
  return rows.map(({ subject_id }) => subject_id);
}

/** Deletes all that an owner has, by the list of holdings, and the owner. Returns the rows by category. */
export async function removeOwner(
  write: WriteOperation,
  owner: OwnerId,
): Promise<[string, number][]> {
  const removed: [string, number][] = [];
  // A sign-up that was cut off and begun anew leaves a second link to the same account, under the key of its day.
  await write.db.deleteFrom('accounts.signup').where('account_id', '=', owner).execute();
  for (const { table, category } of holdings) {
    const result = await write.db
      .deleteFrom(table)
      .where('owner_id' as never, '=', owner as never)
      .executeTakeFirst();
    if (result.numDeletedRows > 0n) removed.push([category, Number(result.numDeletedRows)]);
  }
  await write.db.deleteFrom('vault.owner').where('owner_id', '=', owner).execute();
  return removed;
}

/** What the records store has taken in of the ledger; compared at every start. */
export async function noteApplied(write: WriteOperation, index: number): Promise<void> {
  await write.db
    .updateTable('system.store')
    .set({ applied_ledger: index })
    .where('applied_ledger', '<', index)
    .execute();
}
