import type { Sealed } from '../database/records.ts';
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
import { agreementOn, obstacleTo, recipientByChannel, today } from './register.ts';
import type { Obstacle, Recipient } from './register.ts';

/** What somebody wants to hand out: one row of one owner, some of its fields, to whoever serves a channel. */
export type Wish<H extends Holding, T> = {
  readonly channel: 'mail';
  readonly owner: OwnerId;
  readonly holding: H;
  readonly row: RowId;
  readonly sealed: Sealed<H['category']>;
  /** How the recipient will know this, so that it can be asked to erase it later. */
  readonly reference: string;
  /** Makes what leaves out of what was opened. */
  readonly shape: (personal: Personal<H>) => T;
};

export type Handed<T> = { readonly disclosureId: RowId; readonly content: Disclosed<T> };

/** What stands in the way of a channel today, without opening or writing anything; null when nothing does. */
export async function obstacleOn(op: Operation, channel: 'mail'): Promise<Obstacle | null> {
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
export async function disclose<H extends Holding, T>(
  op: Operation,
  wish: Wish<H, T>,
): Promise<Handed<T>> {
  const recipient = await recipientByChannel(op.db, wish.channel);
  const obstacle = obstacleTo(recipient, today(op.now));
  if (recipient === null || obstacle !== null) {
    throw new Problem('no-agreement', `${wish.channel}: ${obstacle ?? 'no-recipient'}`);
  }
  const fields = Object.keys(wish.holding.sealed ?? {});
  if (recipient.category === 'performer') await op.vault.assertNotProtected(wish.owner);
  assertMayReceive(op, recipient, wish.holding.category, fields);
  await op.vault.assertMayHandOut(op, wish.owner, wish.holding.category);
  const disclosureId = await commitDisclosure(op, recipient, wish, fields);
  const opener = await op.vault.openForGate(op, wish.owner, wish.holding.category);
  const content = wish.shape(opener.open(wish.holding, wish.row, wish.sealed));
  return { disclosureId, content: content as Disclosed<T> };
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

function commitDisclosure<H extends Holding, T>(
  op: Operation,
  recipient: Recipient,
  wish: Wish<H, T>,
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
