import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { tellToErase } from '../recipients/tell-to-erase.ts';
import type { Teller } from '../recipients/tell-to-erase.ts';
import { erasureReferences, openCaseOf } from './erasure-case.ts';
import { isTimeToTell, note, takeStep, tellingHours } from './erasure-steps.ts';
import type { Surroundings } from './erasure-steps.ts';

type Answer = 'confirmed' | 'refused' | 'silent';

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

/**
 * Page by page, each a request of its own under the page's id, so that one that is repeated is the same one. What is
 * confirmed is forgotten. Once the case is closed nobody knows the references any more, and the recipient stays silent.
 */
async function askRecipient(
  op: Operation,
  erasureId: RowId,
  recipientId: RowId,
  tell: Teller,
): Promise<Answer> {
  const opened = await openCaseOf(op, erasureId);
  if (opened === null) return 'silent';
  const { caseOwner } = opened;
  for (const page of await pagesOf(op, caseOwner, recipientId)) {
    const { references } = opened.opener.open(erasureReferences, page.page_id, page.sealed);
    const telling = { caseOwner, erasureId: page.page_id, recipientId, references };
    const answer = await tellToErase(op, telling, tell);
    if (answer !== 'confirmed') return answer;
    await op.db
      .deleteFrom('routines.erasure_reference')
      .where('owner_id', '=', caseOwner)
      .where('page_id', '=', page.page_id)
      .execute();
  }
  return 'confirmed';
}

function pagesOf(op: Operation, caseOwner: OwnerId, recipientId: RowId) {
  return op.db
    .selectFrom('routines.erasure_reference')
    .select(['page_id', 'sealed'])
    .where('owner_id', '=', caseOwner)
    .where('recipient_id', '=', recipientId)
    .orderBy('page_id')
    .execute();
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
