import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { countAttempt } from './attempts.ts';
import {
  insertOneTimeSecret,
  isOneTimeSecret,
  oneTimeCodesSince,
  stepOf,
  useOneTimeCode,
} from './one-time-codes.ts';
import {
  findRecoveryCode,
  removeRecoveryCodes,
  replaceRecoveryCodes,
  takeRecoveryCode,
} from './recovery-codes.ts';
import { tellingOf } from './security-letters.ts';

/** Does this owner sign in with a code besides the password? Then a password alone, or its recovery, is not enough. */
export async function hasSecondFactor(op: Operation, owner: OwnerId): Promise<boolean> {
  return (await oneTimeCodesSince(op, owner)) !== null;
}

/**
 * Uses a code of the authenticator app or a recovery code: true once for each of them. The attempt is counted before
 * it is made, for this owner and where it is made: who knows only the password uses up the tries of signing in, and must
 * not keep out who holds a link or a session. A recovery code that is used is told by letter.
 * @param within signing in, a link from a letter (all of them together), or the session in which the code is given
 * @throws Problem `too-many`
 */
export async function isSecondFactor(
  op: Operation,
  owner: OwnerId,
  code: string,
  within: RowId | 'sign-in' | 'recovery',
): Promise<boolean> {
  await countAttempt(op, `code ${owner} ${within}`);
  return (await useOneTimeCode(op, owner, code)) || (await useRecoveryCode(op, owner, code));
}

/**
 * Turns on codes from an authenticator app, once a code shows that the app has the key.
 * @returns the recovery codes, to be shown once, or null when the code is wrong
 * @throws Problem `conflict` when codes are on already, `too-many`, `bad-input` for a key that we did not make
 */
export async function turnOnCodes(
  op: Operation,
  owner: OwnerId,
  { secret, code }: { readonly secret: string; readonly code: string },
): Promise<string[] | null> {
  if (!isOneTimeSecret(secret)) throw new Problem('bad-input', 'not a key for one-time codes');
  await countAttempt(op, `new codes ${owner}`);
  const step = stepOf(secret, code, op.now);
  if (step === null) return null;
  const tell = await tellingOf(op, owner, 'codes-on');
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const isFirst = await insertOneTimeSecret(write, sealer, secret, step);
    if (!isFirst) throw new Problem('conflict', 'Codes are on.');
    await tell(write, sealer);
    return replaceRecoveryCodes(write, sealer);
  });
}

/** Turns codes off, and the recovery codes with them. Doing it twice is as good as once, and told once. */
export async function turnOffCodes(op: Operation, owner: OwnerId): Promise<void> {
  const tell = await tellingOf(op, owner, 'codes-off');
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const removed = await write.db
      .deleteFrom('accounts.credential')
      .where('owner_id', '=', owner)
      .where('kind', '=', 'one-time-code')
      .executeTakeFirst();
    await removeRecoveryCodes(write, owner);
    if (removed.numDeletedRows > 0n) await tell(write, sealer);
  });
}

/**
 * A new set of recovery codes; the old ones stop working.
 * @throws Problem `conflict` when codes are off, so that there is nothing to recover
 */
export async function newRecoveryCodes(op: Operation, owner: OwnerId): Promise<string[]> {
  const tell = await tellingOf(op, owner, 'recovery-codes-new');
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await holdCodes(write, owner);
    await tell(write, sealer);
    return replaceRecoveryCodes(write, sealer);
  });
}

/** Two who ask at once come one after the other, so that only one set is left. */
async function holdCodes(write: WriteOperation, owner: OwnerId): Promise<void> {
  const held = await write.db
    .selectFrom('accounts.credential')
    .select('credential_id')
    .where('owner_id', '=', owner)
    .where('kind', '=', 'one-time-code')
    .forUpdate()
    .executeTakeFirst();
  if (!held) throw new Problem('conflict', 'Codes are off.');
}

async function useRecoveryCode(op: Operation, owner: OwnerId, code: string): Promise<boolean> {
  const codeId = await findRecoveryCode(op, owner, code);
  if (codeId === null) return false;
  const tell = await tellingOf(op, owner, 'recovery-code-used');
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const isFirst = await takeRecoveryCode(write, owner, codeId);
    if (isFirst) await tell(write, sealer);
    return isFirst;
  });
}
