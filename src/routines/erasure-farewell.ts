import { sql } from 'kysely';
import type { FarewellState } from '../database/records.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { oneByOne } from '../one-by-one.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { disclosures } from '../recipients/disclosures.ts';
import { tellToErase } from '../recipients/tell-to-erase.ts';
import { closeCase } from './erasure-complete.ts';
import { isTimeToTell, tellingHours } from './erasure-steps.ts';
import type { Surroundings } from './erasure-steps.ts';

const casesMax = 100;

type OpenCase = { readonly erasureId: RowId; readonly caseOwner: OwnerId };

/** Complete erasures whose last letter has not been dealt with to the end. */
async function farewellsDue(op: Operation): Promise<OpenCase[]> {
  const rows = await op.db
    .selectFrom('routines.erasure_case as c')
    .innerJoin('routines.erasure as e', 'e.erasure_id', 'c.erasure_id')
    .innerJoin('vault.owner as o', 'o.owner_id', 'c.owner_id')
    .select(['c.erasure_id', 'c.owner_id'])
    .where('e.farewell', '=', 'waiting')
    .where('o.fenced_at', 'is', null)
    // In no order: letters that wait for their carrier's answer must not keep others waiting.
    .orderBy(sql`random()`)
    .limit(casesMax)
    .execute();
  return rows.map((row) => ({ erasureId: row.erasure_id, caseOwner: row.owner_id }));
}

/**
 * Once the last letter has left: asks whoever carried it to erase it, and destroys the key of the case, with the address
 * and all that was written down about the letter. Returns how many cases were closed.
 */
export async function endFarewells(op: Operation, around: Surroundings): Promise<number> {
  return oneByOne(await farewellsDue(op), async (due) => {
    const became = await whatBecameOf(op, due, around);
    if (became === 'waiting') return false;
    around.passed('the carrier of the last letter was told');
    await close(op, due, became, around);
    return true;
  });
}

async function whatBecameOf(
  op: Operation,
  { caseOwner }: OpenCase,
  around: Surroundings,
): Promise<FarewellState> {
  if (await isWaiting(op, caseOwner)) return 'waiting';
  const letters = await readLetters(op, caseOwner);
  const answers = [];
  for (const letter of letters) answers.push(await askCarrier(op, caseOwner, letter, around));
  if (answers.includes('waiting')) return 'waiting';
  if (!(await hasLeft(op, caseOwner))) return 'unsent';
  return answers.every((answer) => answer === 'confirmed') ? 'erased' : 'kept';
}

async function isWaiting(op: Operation, caseOwner: OwnerId): Promise<boolean> {
  const row = await op.db
    .selectFrom('messages.outbox')
    .select('message_id')
    .where('owner_id', '=', caseOwner)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function hasLeft(op: Operation, caseOwner: OwnerId): Promise<boolean> {
  const row = await op.db
    .selectFrom('messages.departure')
    .select('departure_id')
    .where('owner_id', '=', caseOwner)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** A letter as one recipient knows it. One that was tried several times goes by the same name. */
type Letter = {
  readonly messageId: RowId;
  readonly recipientId: RowId;
  readonly canBeAsked: boolean;
  readonly disclosureId: RowId;
  readonly sentAt: Temporal.Instant;
  readonly sealed: Uint8Array;
};

async function readLetters(op: Operation, caseOwner: OwnerId): Promise<Letter[]> {
  const rows = await op.db
    .selectFrom('recipients.disclosure as d')
    .innerJoin('recipients.recipient as r', 'r.recipient_id', 'd.recipient_id')
    .select(['d.disclosure_id', 'd.recipient_id', 'd.row_id', 'd.disclosed_at', 'd.sealed'])
    .select('r.erasure_url')
    .where('d.owner_id', '=', caseOwner)
    .where('d.category', '=', 'messages')
    .orderBy('d.disclosure_id')
    .execute();
  const latest = new Map(rows.map((row) => [`${row.recipient_id} ${row.row_id}`, row]));
  return [...latest.values()].map((row) => ({
    messageId: row.row_id,
    recipientId: row.recipient_id,
    canBeAsked: row.erasure_url !== null,
    disclosureId: row.disclosure_id,
    sentAt: row.disclosed_at,
    sealed: row.sealed,
  }));
}

/** Asks again after each silence, for as long as any recipient may be silent. */
async function askCarrier(
  op: Operation,
  caseOwner: OwnerId,
  letter: Letter,
  { tell }: Surroundings,
): Promise<'waiting' | 'confirmed' | 'refused' | 'silent'> {
  const { messageId, recipientId, disclosureId, sealed, sentAt } = letter;
  if (!letter.canBeAsked) return 'silent';
  const earlier = await earlierAnswers(op, caseOwner, messageId);
  if (earlier.includes('accepted')) return 'confirmed';
  if (earlier.includes('refused')) return 'refused';
  const told_at = await lastAsked(op, caseOwner, messageId);
  if (!isTimeToTell(op.now, { attempts: earlier.length, told_at })) return 'waiting';
  const opener = await op.vault.openFor(op, caseOwner, ['traces']);
  const { reference } = opener.open(disclosures, disclosureId, sealed);
  const telling = { caseOwner, erasureId: messageId, recipientId, references: [reference] };
  const answer = await tellToErase(op, telling, tell);
  if (answer !== 'silent') return answer;
  return op.now.since(sentAt).total('hours') >= tellingHours ? 'silent' : 'waiting';
}

async function earlierAnswers(op: Operation, caseOwner: OwnerId, messageId: RowId) {
  const rows = await op.db
    .selectFrom('recipients.outcome as x')
    .innerJoin('recipients.disclosure as d', (join) =>
      join.onRef('d.owner_id', '=', 'x.owner_id').onRef('d.disclosure_id', '=', 'x.disclosure_id'),
    )
    .select('x.outcome')
    .where('d.owner_id', '=', caseOwner)
    .where('d.row_id', '=', messageId)
    .where('d.category', '=', 'erasure')
    .execute();
  return rows.map(({ outcome }) => outcome);
}

async function lastAsked(
  op: Operation,
  caseOwner: OwnerId,
  messageId: RowId,
): Promise<Temporal.Instant | null> {
  const row = await op.db
    .selectFrom('recipients.disclosure')
    .select('disclosed_at')
    .where('owner_id', '=', caseOwner)
    .where('row_id', '=', messageId)
    .where('category', '=', 'erasure')
    .orderBy('disclosed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.disclosed_at ?? null;
}

/** Of two processes the second finds that it has been done. */
async function close(
  op: Operation,
  { erasureId, caseOwner }: OpenCase,
  farewell: FarewellState,
  { passed }: Surroundings,
): Promise<void> {
  await inTransaction(op, async (write) => {
    const row = await write.db
      .selectFrom('routines.erasure')
      .select('farewell')
      .where('erasure_id', '=', erasureId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (row.farewell !== 'waiting') return;
    await closeCase(write, caseOwner, passed);
    await write.db
      .updateTable('routines.erasure')
      .set({ farewell })
      .where('erasure_id', '=', erasureId)
      .execute();
  });
  passed('the case is closed');
}
