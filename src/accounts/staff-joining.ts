import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Sealer } from '../vault/vault.ts';
import { countAttempt } from './attempts.ts';
import { insertOneTimeSecret, isOneTimeSecret, stepOf } from './one-time-codes.ts';
import { addPasskey } from './passkeys.ts';
import type { Ceremony } from './passkeys.ts';
import { hashPassword } from './passwords.ts';
import { beginSession } from './sessions.ts';
import { insertPassword } from './sign-up.ts';
import { insertStaff, readRole } from './staff.ts';
import { takeInvitation } from './staff-invitations.ts';
import type { Invitation } from './staff-invitations.ts';
import { removeCredentials } from './staff-register.ts';

/** What somebody chooses to sign in with: a password, and the key that the authenticator app has. */
export type ChosenSignIn = {
  readonly password: string;
  readonly secret: string;
  /** Shows that the app has the key. */
  readonly code: string;
};

/**
 * Uses an invitation with a password and one-time codes, and signs its holder in.
 * @returns the token of the new session, or null when the code is wrong
 * @throws Problem `conflict` when the link was used, renewed or withdrawn meanwhile, `too-many`, `bad-input` for a key
 * that we did not make
 */
export async function joinWithPassword(
  op: Operation,
  found: Invitation,
  chosen: ChosenSignIn,
  device: string,
): Promise<string | null> {
  if (!isOneTimeSecret(chosen.secret)) throw new Problem('bad-input', 'not a key for codes');
  await countAttempt(op, `new codes ${found.owner}`);
  const step = stepOf(chosen.secret, chosen.code, op.now);
  if (step === null) return null;
  const password_hash = await hashPassword(chosen.password);
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, found.owner);
    await takeInvitation(write, found);
    await removeCredentials(write, found.owner);
    await insertPassword(write, sealer, password_hash);
    await insertOneTimeSecret(write, sealer, chosen.secret, step);
    return begin(write, sealer, found, device);
  });
}

/**
 * Uses an invitation with a passkey, whose device saw to it that it was its holder, and signs them in.
 * @returns the token of the new session, or null for an answer of the device that is not right
 * @throws Problem `conflict` when the link was used, renewed or withdrawn meanwhile
 */
export async function joinWithPasskey(
  op: Operation,
  ceremony: Ceremony,
  found: Invitation,
  { answer, device }: { readonly answer: string; readonly device: string },
): Promise<string | null> {
  let token: string | null = null;
  // In the transaction that stores the passkey, so that both happen or neither.
  const added = await addPasskey(op, ceremony, { answer, name: device }, async (write, sealer) => {
    await takeInvitation(write, found);
    await removeCredentials(write, found.owner, 'older');
    token = await begin(write, sealer, found, device);
  });
  return added === null ? null : token;
}

/** Notes that the holder of an invitation works here, and begins their first session. */
async function begin(
  write: WriteOperation,
  sealer: Sealer,
  found: Invitation,
  device: string,
): Promise<string> {
  if (found.kind === 'new') await insertStaff(write, sealer, found);
  // What somebody may do is what the register says now, not what it said when the link was sent.
  const role = await readRole(write, found.owner);
  if (role === null) throw new Problem('conflict', 'The person has left.');
  return beginSession(write, sealer, device, role);
}
