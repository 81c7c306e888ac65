import { holdings } from '../holdings.ts';
import type { ErasureState } from '../database/records.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { tellToErase } from '../recipients/tell-to-erase.ts';
import type { Teller } from '../recipients/tell-to-erase.ts';
import type { Passed } from '../vault/owner-keys.ts';
import { caseOwnerOf, openCase, referencesOf } from './erasure-case.ts';
import { buildReceipt } from './erasure-receipt.ts';
import { lookEverywhere } from './erasure-verify.ts';
import { donePayload } from '../ledger/ledger.ts';

/** What the steps need beside the operation. */
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

/** `asked -> fencing`: written down before anything irreversible begins. */
export async function begin(op: Operation, erasureId: RowId): Promise<void> {
  await takeStep(op, erasureId, 'asked', (write) => note(write, erasureId, 'fencing', {}));
}

/** `fencing -> fenced`: the ledger first, then the keys; unreadable from here on. */
export async function fence(
  op: Operation,
  erasureId: RowId,
  { passed }: Surroundings,
): Promise<void> {
  await takeStep(op, erasureId, 'fencing', async (write) => {
    const subjects = await lockSubjects(write, erasureId);
    let fenceIndex = 0;
    for (const subject of subjects) {
      fenceIndex = (await write.vault.fence(write, subject, passed)).ledgerIndex;
    }
    await write.db
      .updateTable('routines.erasure')
      .set({ fence_index: fenceIndex })
      .where('erasure_id', '=', erasureId)
      .execute();
    await noteApplied(write, fenceIndex);
    await note(write, erasureId, 'fenced', { keys: subjects.length, ledger_index: fenceIndex });
  });
}

/** `fenced -> removed`: every row of every holding, then the owner; the database objects if one was forgotten. */
export async function remove(op: Operation, erasureId: RowId): Promise<void> {
  await takeStep(op, erasureId, 'fenced', async (write) => {
    const rows: Record<string, number> = {};
    // Not locked first: a message under way notes its outcome for the owner, and the removal waits for the message.
    for (const subject of await subjectsOf(write, erasureId)) {
      for (const [category, count] of await removeOwner(write, subject)) {
        rows[category] = (rows[category] ?? 0) + count;
      }
    }
    await note(write, erasureId, 'removed', { rows });
  });
}

/** `removed -> told`: once each recipient has answered, or has been silent for a day. */
export async function tellRecipients(
  op: Operation,
  erasureId: RowId,
  { tell }: Surroundings,
): Promise<boolean> {
  const waiting = await op.db
    .selectFrom('routines.erasure_telling')
    .select(['recipient_id', 'attempts', 'told_at'])
    .where('erasure_id', '=', erasureId)
    .where('state', '=', 'waiting')
    .execute();
  for (const telling of waiting.filter((one) => isTimeToTell(op.now, one))) {
    await tellOne(op, erasureId, telling.recipient_id, tell);
  }
  const still = await countWaiting(op, erasureId);
  if (still > 0) return false;
  await takeStep(op, erasureId, 'removed', (write) => note(write, erasureId, 'told', {}));
  return true;
}

/** Twice as long after each silence, an hour at most. */
function isTimeToTell(
  now: Temporal.Instant,
  { attempts, told_at }: { readonly attempts: number; readonly told_at: Temporal.Instant | null },
): boolean {
  if (told_at === null) return true;
  const wait = Math.min(firstWaitSeconds * 2 ** Math.min(attempts, 10), longestWaitSeconds);
  return now.since(told_at).total('seconds') >= wait;
}

/** `told -> verified`: only if nothing is found anywhere. */
export async function verify(
  op: Operation,
  erasureId: RowId,
  { logFolder }: Surroundings,
): Promise<boolean> {
  const strings = await searchStringsOf(op, erasureId);
  const ids = await subjectsOf(op, erasureId);
  const seen = await lookEverywhere(op, { ids, strings }, logFolder);
  await op.db
    .insertInto('routines.run')
    .values({ routine: 'verifier', ran_at: op.now, done: seen.found.length })
    .onConflict((conflict) =>
      conflict.column('routine').doUpdateSet({ ran_at: op.now, done: seen.found.length }),
    )
    .execute();
  if (seen.found.length > 0) return false;
  const evidence = { places: seen.lookedAt };
  await takeStep(op, erasureId, 'told', (write) => note(write, erasureId, 'verified', evidence));
  return true;
}

/** `verified -> complete`: the receipt's hash goes into the ledger, then the case dies and the last references with it. */
export async function complete(
  op: Operation,
  erasureId: RowId,
  around: Surroundings,
): Promise<void> {
  // Under the lock of the step, so that two processes cannot state two receipts.
  await takeStep(op, erasureId, 'verified', async (write) => {
    const caseOwner = await caseOwnerOf(write, erasureId);
    const receipt = await buildReceipt(write, erasureId, around.sandbox);
    const payload = donePayload(receipt);
    const doneIndex = await write.vault.ledger.append({ kind: 'done', payload }, write.now);
    around.passed('ledger has the receipt');
    if (caseOwner !== null) await closeCase(write, caseOwner, around.passed);
    await write.db
      .deleteFrom('routines.erasure_subject')
      .where('erasure_id', '=', erasureId)
      .execute();
    await write.db
      .updateTable('routines.erasure')
      .set({ done_index: doneIndex, receipt })
      .where('erasure_id', '=', erasureId)
      .execute();
    await noteApplied(write, doneIndex);
    await note(write, erasureId, 'complete', {});
  });
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

async function closeCase(write: WriteOperation, caseOwner: OwnerId, passed: Passed): Promise<void> {
  await write.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', '=', caseOwner)
    .forUpdate()
    .execute();
  const { ledgerIndex } = await write.vault.fence(write, caseOwner, passed);
  await removeOwner(write, caseOwner);
  await noteApplied(write, ledgerIndex);
}

/** What to look for besides ids. A case that was closed after a month has forgotten it, as it must. */
async function searchStringsOf(op: Operation, erasureId: RowId): Promise<readonly string[]> {
  const isClosed = (await caseOwnerOf(op, erasureId)) === null;
  return isClosed ? [] : (await openCase(op, erasureId)).searchStrings;
}

async function tellOne(
  op: Operation,
  erasureId: RowId,
  recipientId: RowId,
  tell: Teller,
): Promise<void> {
  const answer = await askRecipient(op, erasureId, recipientId, tell);
  const { asked_at } = await op.db
    .selectFrom('routines.erasure')
    .select('asked_at')
    .where('erasure_id', '=', erasureId)
    .executeTakeFirstOrThrow();
  const isOver = op.now.since(asked_at).total('hours') >= tellingHours;
  const state = answer === 'silent' && !isOver ? 'waiting' : answer;
  await op.db
    .updateTable('routines.erasure_telling')
    .set((row) => ({ state, told_at: op.now, attempts: row('attempts', '+', 1) }))
    .where('erasure_id', '=', erasureId)
    .where('recipient_id', '=', recipientId)
    .execute();
}

/** Once the case is closed nobody knows the references any more, and the recipient stays silent. */
async function askRecipient(
  op: Operation,
  erasureId: RowId,
  recipientId: RowId,
  tell: Teller,
): Promise<'confirmed' | 'refused' | 'silent'> {
  if ((await caseOwnerOf(op, erasureId)) === null) return 'silent';
  const found = await openCase(op, erasureId);
  const references = referencesOf(found, recipientId);
  return tellToErase(op, { caseOwner: found.caseOwner, erasureId, recipientId, references }, tell);
}

async function countWaiting(op: Operation, erasureId: RowId): Promise<number> {
  const rows = await op.db
    .selectFrom('routines.erasure_telling')
    .select('recipient_id')
    .where('erasure_id', '=', erasureId)
    .where('state', '=', 'waiting')
    .execute();
  return rows.length;
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

async function lockSubjects(write: WriteOperation, erasureId: RowId): Promise<OwnerId[]> {
  const subjects = await subjectsOf(write, erasureId);
  await write.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', 'in', subjects)
    .orderBy('owner_id')
    .forUpdate()
    .execute();
  return subjects;
}

/**
 * One step in one transaction, by whoever comes first: the request that asked, a routine of this process or of
 * another. Who comes second finds another state and does nothing.
 */
async function takeStep(
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
async function note(
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
