import type { Sealed } from '../database/records.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { isRecipientCategory, mayReceive } from '../policy/rules.ts';
import { Problem } from '../problem.ts';
import type { Disclosed } from './disclosed.ts';
import { disclosures } from './disclosures.ts';
import { listRecipients } from './register.ts';
import type { Recipient } from './register.ts';

/** What a recipient is sent: an id that makes a repeated request the same one, and its own references. */
export type ErasureRequest = { readonly requestId: string; readonly references: readonly string[] };

/** Carries a request to where the recipient takes them. `silent`: no answer that says either. */
export type Teller = (
  recipient: { readonly recipientId: RowId; readonly url: string },
  request: Disclosed<ErasureRequest>,
) => Promise<'confirmed' | 'refused' | 'silent'>;

export type Telling = {
  readonly caseOwner: OwnerId;
  readonly erasureId: RowId;
  readonly recipientId: RowId;
  readonly references: readonly string[];
};

/**
 * Asks a recipient to erase. Passes the gate even when the agreement has ended: then it matters most. Only the
 * references that the recipient knows already leave, and the disclosure is committed first like any other.
 */
export async function tellToErase(
  op: Operation,
  telling: Telling,
  tell: Teller,
): Promise<'confirmed' | 'refused' | 'silent'> {
  const recipient = (await listRecipients(op.db)).find(
    ({ recipientId }) => recipientId === telling.recipientId,
  );
  if (!recipient || recipient.erasureUrl === null) return 'silent';
  assertMayBeTold(op, recipient);
  const disclosureId = await commitTelling(op, telling);
  const request = { requestId: telling.erasureId, references: telling.references };
  const answer = await tell(
    { recipientId: recipient.recipientId, url: recipient.erasureUrl },
    request as unknown as Disclosed<ErasureRequest>,
  );
  await op.db
    .insertInto('recipients.outcome')
    .values({
      owner_id: telling.caseOwner,
      disclosure_id: disclosureId,
      outcome_id: newRowId(op.now),
      told_at: op.now,
      outcome: ({ confirmed: 'accepted', refused: 'refused', silent: 'unknown' } as const)[answer],
    })
    .execute();
  return answer;
}

function assertMayBeTold(op: Operation, recipient: Recipient): void {
  const fields = isRecipientCategory(recipient.category)
    ? mayReceive(recipient.category, op.purpose, 'erasure')
    : [];
  if (!fields.includes('references'))
    throw new Problem('not-allowed', 'the notice does not let it be told');
}

function commitTelling(op: Operation, telling: Telling): Promise<RowId> {
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, telling.caseOwner);
    const disclosure_id = newRowId(op.now);
    const sealed: Sealed<'traces'> = sealer.seal(disclosures, disclosure_id, {
      reference: telling.erasureId,
    });
    await write.db
      .insertInto('recipients.disclosure')
      .values({
        owner_id: telling.caseOwner,
        disclosure_id,
        disclosed_at: op.now,
        recipient_id: telling.recipientId,
        agreement_id: null,
        row_id: telling.erasureId,
        purpose: op.purpose,
        category: 'erasure',
        fields: ['references'],
        sealed,
      })
      .execute();
    return disclosure_id;
  });
}
