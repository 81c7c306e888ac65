import type { OwnerId, RowId } from '../ids.ts';
import { donePayload } from '../ledger/ledger.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import type { Passed } from '../vault/owner-keys.ts';
import { caseOwnerOf, openCase } from './erasure-case.ts';
import type { ErasureCase } from './erasure-case.ts';
import { writeFarewell } from './erasure-farewell-letter.ts';
import { buildReceipt } from './erasure-receipt.ts';
import { note, noteApplied, removeOwner, takeStep } from './erasure-steps.ts';
import type { Surroundings } from './erasure-steps.ts';

/**
 * `verified -> complete`: the receipt's hash goes into the ledger. Then the last letter is written, if the customer wanted
 * one; without one the case dies at once, with all that it still knew.
 */
export async function complete(
  op: Operation,
  erasureId: RowId,
  around: Surroundings,
): Promise<void> {
  const found = await findCase(op, erasureId);
  // Under the lock of the step, so that two processes cannot state two receipts.
  await takeStep(op, erasureId, 'verified', async (write) => {
    const receipt = await buildReceipt(write, erasureId, {
      sandbox: around.sandbox,
      hasFarewell: found?.farewell != null,
    });
    const payload = donePayload(receipt);
    const doneIndex = await write.vault.ledger.append({ kind: 'done', payload }, write.now);
    around.passed('ledger has the receipt');
    if (found !== null) await leaveCase(write, erasureId, found, around.passed);
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

type LeftCase = Pick<ErasureCase, 'caseOwner' | 'farewell'>;

/** A case whose key was destroyed by a try that was cut off has nothing left to tell, and is closed. */
async function findCase(op: Operation, erasureId: RowId): Promise<LeftCase | null> {
  const caseOwner = await caseOwnerOf(op, erasureId);
  if (caseOwner === null) return null;
  try {
    return await openCase(op, erasureId);
  } catch (error) {
    if (isProblem(error, 'fenced')) return { caseOwner, farewell: null };
    throw error;
  }
}

async function leaveCase(
  write: WriteOperation,
  erasureId: RowId,
  { caseOwner, farewell }: LeftCase,
  passed: Passed,
): Promise<void> {
  if (farewell === null) {
    await closeCase(write, caseOwner, passed);
    return;
  }
  await writeFarewell(write, erasureId, caseOwner, farewell);
  await write.db
    .updateTable('routines.erasure')
    .set({ farewell: 'waiting' })
    .where('erasure_id', '=', erasureId)
    .execute();
}

/** Destroys the key of the case and deletes all that it has: references, the last letter, who was told. */
export async function closeCase(
  write: WriteOperation,
  caseOwner: OwnerId,
  passed: Passed,
): Promise<void> {
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
