import { newOwnerId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import type { BlindIndexKind } from '../database/keys.ts';
import { normalised } from '../vault/owner-keys.ts';
import { countAttempt } from './attempts.ts';
import { credential } from './holdings.ts';
import { isPassword } from './passwords.ts';
import { beginSession } from './sessions.ts';

export type SignIn = { readonly email: string; readonly password: string; readonly device: string };

/**
 * Signs a customer in by password. An unknown address takes the same steps and the same time as a wrong password.
 * @returns the token of the new session, or null when address or password is wrong
 * @throws Problem `too-many` after too many tries for one address
 */
export async function signIn(op: Operation, attempt: SignIn): Promise<string | null> {
  const owner = await checkPassword(op, 'account-email', attempt);
  if (owner === null) return null;
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await write.db
      .updateTable('accounts.account')
      .set({ used_at: write.now })
      .where('owner_id', '=', owner)
      .execute();
    return beginSession(write, sealer, attempt.device);
  });
}

/** The owner whose password this is, or null. */
export async function checkPassword(
  op: Operation,
  kind: BlindIndexKind,
  attempt: Pick<SignIn, 'email' | 'password'>,
): Promise<OwnerId | null> {
  await countAttempt(op, `${kind} ${normalised(attempt.email)}`);
  const owner = await op.vault.ownerOf({ kind, value: attempt.email });
  const stored = await storedHash(op, owner ?? newOwnerId());
  return (await isPassword(attempt.password, stored)) ? owner : null;
}

/** Confirms that it is the signed-in customer who asks, bound to that very account. */
export async function isOwnPassword(
  op: Operation,
  owner: OwnerId,
  password: string,
): Promise<boolean> {
  await countAttempt(op, `confirm ${owner}`);
  return isPassword(password, await storedHash(op, owner));
}

async function storedHash(op: Operation, owner: OwnerId): Promise<string | null> {
  const row = await op.db
    .selectFrom('accounts.credential')
    .select(['credential_id', 'sealed'])
    .where('owner_id', '=', owner)
    .where('kind', '=', 'password')
    .executeTakeFirst();
  try {
    const opener = await op.vault.openFor(op, owner, ['credentials']);
    return row ? opener.open(credential, row.credential_id, row.sealed).password_hash : null;
  } catch (error) {
    // Nobody there, or nobody there any more: both look like a wrong password. A lost key is told to staff, not here.
    if (row === undefined && isProblem(error, 'key-missing', 'fenced')) return null;
    throw error;
  }
}
