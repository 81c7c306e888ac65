import type { OwnerId, RowId } from '../ids.ts';
import { newRowId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { disclosures } from '../recipients/disclosures.ts';
import type { Opener } from '../vault/vault.ts';
import { erasureReferences, openCase } from './erasure-case.ts';
import type { ErasureCase } from './erasure-case.ts';
import { note, removeOwner, subjectsOf, takeStep } from './erasure-steps.ts';
import type { Surroundings } from './erasure-steps.ts';

/** References in one page of the case: as many as one request to a recipient carries. */
export const referencesInPage = 500;

/**
 * `fenced -> removed`: first the references that recipients must be asked by go to the case, page by page; then every row
 * of every holding, then the owner. The database objects if one was forgotten.
 */
export async function remove(
  op: Operation,
  erasureId: RowId,
  { passed }: Surroundings,
): Promise<void> {
  const found = await openCaseIfOpen(op, erasureId);
  if (found !== null) {
    for (const subject of await subjectsOf(op, erasureId)) {
      while (await movePage(op, erasureId, subject, found)) passed('references are moved');
    }
  }
  await takeStep(op, erasureId, 'fenced', async (write) => {
    const rows: Record<string, number> = {};
    const moved = found === null ? 0 : await countMoved(write, found.caseOwner);
    if (moved > 0) rows['traces'] = moved;
    // Not locked first: a message under way notes its outcome for the owner, and the removal waits for the message.
    for (const subject of await subjectsOf(write, erasureId)) {
      for (const [category, count] of await removeOwner(write, subject)) {
        rows[category] = (rows[category] ?? 0) + count;
      }
    }
    await note(write, erasureId, 'removed', { rows });
  });
}

/** Null once the case is closed, after a month: then nobody can be asked any more. */
async function openCaseIfOpen(op: Operation, erasureId: RowId): Promise<ErasureCase | null> {
  try {
    return await openCase(op, erasureId);
  } catch (error) {
    if (isProblem(error, 'not-found', 'fenced')) return null;
    throw error;
  }
}

/** Moves some references and deletes what they stood in, in one transaction; false when there are none left. */
async function movePage(
  op: Operation,
  erasureId: RowId,
  subject: OwnerId,
  found: ErasureCase,
): Promise<boolean> {
  const way = { from: subject, to: found.caseOwner, holding: disclosures };
  const key = found.referenceKeys.get(subject);
  if (key === undefined) throw new Error('a subject whose references nobody can open');
  const opener = await op.vault.openHandedOver(op, way, key);
  let isMoved = false;
  await takeStep(op, erasureId, 'fenced', async (write) => {
    // Waits for a letter that is on its way, which has yet to note what became of it.
    await write.db.deleteFrom('messages.outbox').where('owner_id', '=', subject).execute();
    const rows = await write.db
      .selectFrom('recipients.disclosure')
      .select(['disclosure_id', 'recipient_id', 'sealed'])
      .where('owner_id', '=', subject)
      .orderBy('recipient_id')
      .orderBy('disclosure_id')
      .limit(referencesInPage)
      .execute();
    for (const [recipient_id, of] of Map.groupBy(rows, (row) => row.recipient_id)) {
      await writePage(write, found.caseOwner, recipient_id, readReferences(opener, of));
    }
    await deleteDisclosures(write, subject, rows);
    isMoved = rows.length > 0;
  });
  return isMoved;
}

type DisclosureRow = { readonly disclosure_id: RowId; readonly sealed: Uint8Array };

function readReferences(opener: Opener, rows: readonly DisclosureRow[]): string[] {
  return rows.map(
    ({ disclosure_id, sealed }) => opener.open(disclosures, disclosure_id, sealed).reference,
  );
}

async function writePage(
  write: WriteOperation,
  caseOwner: OwnerId,
  recipient_id: RowId,
  references: readonly string[],
): Promise<void> {
  const sealer = await write.vault.sealFor(write, caseOwner);
  const page_id = newRowId(write.now);
  await write.db
    .insertInto('routines.erasure_reference')
    .values({
      owner_id: caseOwner,
      page_id,
      recipient_id,
      removed: references.length,
      // Who was given the same thing several times knows it by one reference.
      sealed: sealer.seal(erasureReferences, page_id, { references: [...new Set(references)] }),
    })
    .execute();
}

async function deleteDisclosures(
  write: WriteOperation,
  subject: OwnerId,
  rows: readonly DisclosureRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ disclosure_id }) => disclosure_id);
  for (const table of ['recipients.outcome', 'recipients.disclosure'] as const) {
    await write.db
      .deleteFrom(table)
      .where('owner_id', '=', subject)
      .where('disclosure_id', 'in', ids)
      .execute();
  }
}

async function countMoved({ db }: WriteOperation, caseOwner: OwnerId): Promise<number> {
  const { moved } = await db
    .selectFrom('routines.erasure_reference')
    .select((row) => row.fn.sum<string | number | null>('removed').as('moved'))
    .where('owner_id', '=', caseOwner)
    .executeTakeFirstOrThrow();
  return Number(moved ?? 0);
}
