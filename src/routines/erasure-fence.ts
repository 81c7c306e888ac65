import type { OwnerId, RowId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { note, noteApplied, subjectsOf, takeStep } from './erasure-steps.ts';
import type { Surroundings } from './erasure-steps.ts';

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
    await note(write, erasureId, 'fenced', {
      keys: subjects.length,
      ledger_index: fenceIndex,
      ...(await fingerprintIn(write, fenceIndex)),
    });
  });
}

/** The name of the key that was destroyed, as the ledger has it; nothing once its payload is pruned. */
async function fingerprintIn(
  { vault }: Operation,
  index: number,
): Promise<{ key_fingerprint?: string }> {
  const payload = await vault.ledger.log.payload(index);
  if (payload === null || !('key_fingerprint' in payload)) return {};
  return payload.key_fingerprint === null ? {} : { key_fingerprint: payload.key_fingerprint };
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
