import type { Channel, Sealed } from '../database/records.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import type { CategoryName } from '../policy/categories.ts';
import { isRecipientCategory, mayReceive } from '../policy/rules.ts';
import { Problem } from '../problem.ts';
import type { Holding, Personal } from '../vault/holding.ts';
import type { Disclosed } from './disclosed.ts';
import { disclosures } from './disclosures.ts';
import { agreementOn, findRecipient, obstacleTo, recipientByChannel, today } from './register.ts';
import type { Obstacle, Recipient } from './register.ts';

/** Whoever serves a channel, or one recipient of the register by its id. */
export type Destination = { readonly channel: Channel } | { readonly recipientId: RowId };

/** What somebody wants to hand out: one row of one owner, some of its fields, to one recipient. */
export type Wish<
  H extends Holding,
  T,
  F extends keyof Personal<H> & string = keyof Personal<H> & string,
> = {
  readonly to: Destination;
  readonly owner: OwnerId;
  readonly holding: H;
  readonly row: RowId;
  readonly sealed: Sealed<H['category']>;
  /** The only fields that are handed on; all of the row unless given. */
  readonly fields?: readonly F[];
  /** How the recipient will know this, so that it can be asked to erase it later. */
  readonly reference: string;
  /** Makes what leaves out of what was opened. */
  readonly shape: (personal: Pick<Personal<H>, F>) => T;
};

export type Handed<T> = { readonly disclosureId: RowId; readonly content: Disclosed<T> };

/** What stands in the way of a channel today, without opening or writing anything; null when nothing does. */
export async function obstacleOn(op: Operation, channel: Channel): Promise<Obstacle | null> {
  return obstacleTo(await recipientByChannel(op.db, channel), today(op.now));
}

/**
 * The only way out. Checks recipient, agreement, transfer tool, purpose and fields; commits the disclosure; only then
 * opens and hands out.
 * Who performs services for customers is given nothing about somebody with a protected identity.
 * @throws Problem `no-agreement` when something about the recipient stands in the way, `not-allowed` when the notice
 * does not let it have this, `restricted` when the customer has stopped the purpose, `protected`; nothing has been
 * written or opened then.
 */
export async function disclose<H extends Holding, T, F extends keyof Personal<H> & string>(
  op: Operation,
  wish: Wish<H, T, F>,
): Promise<Handed<T>> {
  const recipient = await recipientAt(op, wish.to);
  const obstacle = obstacleTo(recipient, today(op.now));
  if (recipient === null || obstacle !== null) {
    const channel = 'channel' in wish.to ? wish.to.channel : 'recipient';
    throw new Problem('no-agreement', `${channel}: ${obstacle ?? 'no-recipient'}`);
  }
  const fields = [...(wish.fields ?? (Object.keys(wish.holding.sealed ?? {}) as F[]))];
  if (recipient.category === 'performer') await op.vault.assertNotProtected(wish.owner);
  assertMayReceive(op, recipient, wish.holding.category, fields);
  await op.vault.assertMayHandOut(op, wish.owner, wish.holding.category);
  const disclosureId = await commitDisclosure(op, recipient, wish, fields);
  const opener = await op.vault.openForGate(op, wish.owner, wish.holding.category);
  const personal = opener.open(wish.holding, wish.row, wish.sealed);
  const given = Object.fromEntries(fields.map((field) => [field, personal[field]]));
  const content = wish.shape(given as Pick<Personal<H>, F>);
  return { disclosureId, content: content as Disclosed<T> };
}

function recipientAt(op: Operation, to: Destination): Promise<Recipient | null> {
  return 'channel' in to
    ? recipientByChannel(op.db, to.channel)
    : findRecipient(op.db, to.recipientId);
}

/** What became of a disclosure. A second row, so that the first stays as it was committed. */
export async function writeOutcome(
  op: Operation,
  disclosed: { readonly owner: OwnerId; readonly disclosureId: RowId },
  outcome: 'accepted' | 'refused' | 'unknown',
): Promise<void> {
  await op.db
    .insertInto('recipients.outcome')
    .values({
      owner_id: disclosed.owner,
      disclosure_id: disclosed.disclosureId,
      outcome_id: newRowId(op.now),
      told_at: op.now,
      outcome,
    })
    .execute();
}

function assertMayReceive(
  op: Operation,
  recipient: Recipient,
  category: CategoryName,
  fields: readonly string[],
): void {
  const allowed = isRecipientCategory(recipient.category)
    ? mayReceive(recipient.category, op.purpose, category)
    : [];
  const refused = fields.find((field) => !allowed.includes(field));
  if (fields.length === 0 || refused !== undefined) {
    throw new Problem(
      'not-allowed',
      `${recipient.category} may not have ${category} for ${op.purpose}`,
    );
  }
}

function commitDisclosure(
  op: Operation,
  recipient: Recipient,
  wish: Pick<Wish<Holding, unknown>, 'owner' | 'row' | 'reference' | 'holding'>,
  fields: string[],
): Promise<RowId> {
  if (op.db.isTransaction)
    throw new Error('a disclosure is committed by itself, not inside a transaction');
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, wish.owner);
    const disclosure_id = newRowId(op.now);
    await write.db
      .insertInto('recipients.disclosure')
      .values({
        owner_id: wish.owner,
        disclosure_id,
        disclosed_at: op.now,
        recipient_id: recipient.recipientId,
        agreement_id: agreementOn(recipient, today(op.now))?.agreementId ?? null,
        row_id: wish.row,
        purpose: op.purpose,
        category: wish.holding.category,
        fields,
        sealed: sealer.seal(disclosures, disclosure_id, { reference: wish.reference }),
      })
      .execute();
    return disclosure_id;
  });
}
