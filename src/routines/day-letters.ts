import type { OwnerId, RowId } from '../ids.ts';
import { newRowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { disclosures } from '../recipients/disclosures.ts';
import { tellToErase } from '../recipients/tell-to-erase.ts';
import type { Teller } from '../recipients/tell-to-erase.ts';

/** After this time every link in a letter of the day is too old to be confirmed, whenever in the day it was written. */
const lettersHours = 48;
/** References in one request; the rest goes with the next one. */
const referencesMax = 500;

/** Whose letters, and who has them. */
type LettersOf = { readonly owner: OwnerId; readonly recipientId: RowId };

/**
 * Asks the recipients of letters that led to no account, and of letters to staff who are gone, to erase them, before the
 * owner's key dies and with it the only list of them. Whoever does not answer is asked again until then.
 * @returns how many letters are gone
 */
export async function tellOfLetters(op: Operation, tell: Teller): Promise<number> {
  let erased = 0;
  for (const { owner, recipientId } of [
    ...(await lettersDue(op)),
    ...(await staffLettersDue(op)),
  ]) {
    erased += await tellOne(op, owner, recipientId, tell);
  }
  return erased;
}

/** Days that are old enough, with each recipient that still has letters of them. */
export async function lettersDue(op: Operation): Promise<LettersOf[]> {
  const rows = await op.db
    .selectFrom('vault.owner as o')
    .innerJoin('recipients.disclosure as d', 'd.owner_id', 'o.owner_id')
    .select(['o.owner_id', 'd.recipient_id'])
    .distinct()
    .where('o.kind', '=', 'day')
    .where('o.fenced_at', 'is', null)
    .where('o.created_at', '<', op.now.subtract({ hours: lettersHours }))
    .where('d.purpose', '<>', 'leaving')
    .execute();
  return rows.map((row) => ({ owner: row.owner_id, recipientId: row.recipient_id }));
}

/** Members of staff who have left, and invitations that led to nothing, with each recipient of their letters. */
export async function staffLettersDue(op: Operation): Promise<LettersOf[]> {
  const rows = await op.db
    .selectFrom('vault.owner as o')
    .innerJoin('recipients.disclosure as d', 'd.owner_id', 'o.owner_id')
    .leftJoin('accounts.staff as s', 's.owner_id', 'o.owner_id')
    .leftJoin('accounts.invitation as i', 'i.owner_id', 'o.owner_id')
    .select(['o.owner_id', 'd.recipient_id'])
    .distinct()
    .where('o.kind', '=', 'staff')
    .where('o.fenced_at', 'is', null)
    .where('i.owner_id', 'is', null)
    .where((row) => row.or([row('s.owner_id', 'is', null), row('s.left_at', 'is not', null)]))
    .where('d.purpose', '<>', 'leaving')
    .execute();
  return rows.map((row) => ({ owner: row.owner_id, recipientId: row.recipient_id }));
}

async function tellOne(
  op: Operation,
  owner: OwnerId,
  recipientId: RowId,
  tell: Teller,
): Promise<number> {
  const letters = await readLetters(op, owner, recipientId);
  const references = letters.map(({ reference }) => reference);
  const telling = { caseOwner: owner, erasureId: newRowId(op.now), recipientId, references };
  if ((await tellToErase(op, telling, tell)) !== 'confirmed') return 0;
  const ids = letters.map(({ disclosureId }) => disclosureId);
  await inTransaction(op, async ({ db }) => {
    await db
      .deleteFrom('messages.departure')
      .where('owner_id', '=', owner)
      .where('disclosure_id', 'in', ids)
      .execute();
    await db
      .deleteFrom('recipients.disclosure')
      .where('owner_id', '=', owner)
      .where('disclosure_id', 'in', ids)
      .execute();
  });
  return letters.length;
}

async function readLetters(
  op: Operation,
  owner: OwnerId,
  recipientId: RowId,
): Promise<{ disclosureId: RowId; reference: string }[]> {
  const rows = await op.db
    .selectFrom('recipients.disclosure')
    .select(['disclosure_id', 'sealed'])
    .where('owner_id', '=', owner)
    .where('recipient_id', '=', recipientId)
    .where('purpose', '<>', 'leaving')
    .orderBy('disclosure_id')
    .limit(referencesMax)
    .execute();
  const opener = await op.vault.openFor(op, owner, ['traces']);
  return rows.map(({ disclosure_id, sealed }) => ({
    disclosureId: disclosure_id,
    reference: opener.open(disclosures, disclosure_id, sealed).reference,
  }));
}
