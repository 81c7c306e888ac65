import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';

/** Somebody who has shown who they are, and the row of the password or passkey by which they did. */
export type FirstStep = { readonly owner: OwnerId; readonly shown: RowId };

/**
 * Is the password or passkey that was shown still there? A new password is a new row. In a transaction it stays until
 * the transaction ends, so that no session begins by something that is being taken away: whoever takes it away ends
 * the sessions after that.
 */
export async function holdFirstStep(op: Operation, { owner, shown }: FirstStep): Promise<boolean> {
  const password = await op.db
    .selectFrom('accounts.credential')
    .select('credential_id')
    .where('owner_id', '=', owner)
    .where('credential_id', '=', shown)
    .where('kind', '=', 'password')
    .forKeyShare()
    .executeTakeFirst();
  if (password) return true;
  const passkey = await op.db
    .selectFrom('accounts.passkey')
    .select('passkey_id')
    .where('owner_id', '=', owner)
    .where('passkey_id', '=', shown)
    .forKeyShare()
    .executeTakeFirst();
  return passkey !== undefined;
}
