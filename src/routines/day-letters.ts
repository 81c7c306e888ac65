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

/**
 * Asks the recipients of letters that led to no account to erase them, before the day's key dies and with it the only
 * list of them. Whoever does not answer is asked again until then.
 * @returns how many letters are gone
 */
export async function tellOfLetters(op: Operation, tell: Teller): Promise<number> {
  let erased = 0;
  for (const { day, recipientId } of await lettersDue(op)) {
    erased += await tellOne(op, day, recipientId, tell);
  }
  return erased;
}

/** Days that are old enough, with each recipient that still has letters of them. */
export async function lettersDue(op: Operation): Promise<{ day: OwnerId; recipientId: RowId }[]> {
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
  return rows.map((row) => ({ day: row.owner_id, recipientId: row.recipient_id }));
}

async function tellOne(
  op: Operation,
  day: OwnerId,
  recipientId: RowId,
  tell: Teller,
): Promise<number> {
  const letters = await readLetters(op, day, recipientId);
  const references = letters.map(({ reference }) => reference);
  const telling = { caseOwner: day, erasureId: newRowId(op.now), recipientId, references };
  if ((await tellToErase(op, telling, tell)) !== 'confirmed') return 0;
  const ids = letters.map(({ disclosureId }) => disclosureId);
  await inTransaction(op, async ({ db }) => {
    await db
      .deleteFrom('messages.departure')
      .where('owner_id', '=', day)
      .where('disclosure_id', 'in', ids)
      .execute();
    await db
      .deleteFrom('recipients.disclosure')
      .where('owner_id', '=', day)
      .where('disclosure_id', 'in', ids)
      .execute();
  });
  return letters.length;
}

async function readLetters(
  op: Operation,
  day: OwnerId,
  recipientId: RowId,
): Promise<{ disclosureId: RowId; reference: string }[]> {
  const rows = await op.db
    .selectFrom('recipients.disclosure')
    .select(['disclosure_id', 'sealed'])
    .where('owner_id', '=', day)
    .where('recipient_id', '=', recipientId)
    .where('purpose', '<>', 'leaving')
    .orderBy('disclosure_id')
    .limit(referencesMax)
    .execute();
  const opener = await op.vault.openFor(op, day, ['traces']);
  return rows.map(({ disclosure_id, sealed }) => ({
    disclosureId: disclosure_id,
    reference: opener.open(disclosures, disclosure_id, sealed).reference,
  }));
}
