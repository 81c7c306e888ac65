import type { RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { insertEngagement } from './engagements.ts';
import { inviteStaff } from './staff-invitations.ts';
import type { StaffLetter } from './staff-invitations.ts';

/** Somebody who is to perform services, for whom, and in which calendars. */
export type NewProvider = {
  readonly email: string;
  readonly name: string;
  readonly recipientId: RowId;
  readonly resourceIds: readonly RowId[];
};

/**
 * Invites somebody who performs services for a recipient of the register. The engagement is written with the
 * invitation; until the link is used there is nobody who could sign in.
 * @returns the token of the link
 * @throws Problem `conflict` when the address has an invitation or a sign-in already, when the recipient performs no
 * services, or when a calendar belongs to a provider of another recipient; `bad-input` for what is no calendar
 */
export function inviteProvider(
  op: Operation,
  { email, name, recipientId, resourceIds }: NewProvider,
  letter: StaffLetter | null,
): Promise<string> {
  return inviteStaff(op, { email, name, role: 'provider' }, letter, (write, owner) =>
    insertEngagement(write, owner, recipientId, resourceIds),
  );
}
