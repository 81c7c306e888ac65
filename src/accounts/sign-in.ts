import { newOwnerId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import type { BlindIndexKind } from '../database/keys.ts';
import { normalised } from '../vault/owner-keys.ts';
import { countGuess, forgetGuesses } from './guesses.ts';
import type { Guess } from './guesses.ts';
import type { FirstStep } from './first-step.ts';
import { credential } from './holdings.ts';
import { isKnownNetwork } from './known-networks.ts';
import { hashPassword, isCheaperThanNow, isPassword } from './passwords.ts';
import { hasSecondFactor } from './second-factor.ts';
import { askForCode, beginCustomerSession } from './sign-in-steps.ts';
import type { SignInOutcome } from './sign-in-steps.ts';

export type SignIn = { readonly email: string; readonly password: string; readonly device: string };

/**
 * Signs a customer in by password. An unknown address takes the same steps and the same time as a wrong password.
 * @returns null when address or password is wrong
 * @throws Problem `too-many` when this guess comes too early or too often
 */
export async function signIn(op: Operation, attempt: SignIn): Promise<SignInOutcome | null> {
  const first = await checkPassword(op, 'account-email', attempt);
  if (first === null) return null;
  if (await hasSecondFactor(op, first.owner))
    return { kind: 'code-needed', pending: askForCode(op, first) };
  const token = await beginCustomerSession(op, first, attempt.device);
  return token === null ? null : { kind: 'signed-in', token };
}

/** The owner whose password this is and which password that was, or null. */
export async function checkPassword(
  op: Operation,
  kind: BlindIndexKind,
  attempt: Pick<SignIn, 'email' | 'password'>,
): Promise<FirstStep | null> {
  const owner = await op.vault.ownerOf({ kind, value: attempt.email });
  const guess = guessOfSignIn(op, kind, attempt.email);
  const right = await checkGuess(op, owner, guess, attempt.password);
  return right && { owner: right.owner, shown: right.credentialId };
}

/** Confirms that it is the signed-in customer who asks, bound to that very account. */
export async function isOwnPassword(
  op: Operation,
  owner: OwnerId,
  password: string,
): Promise<boolean> {
  return (await checkGuess(op, owner, guessOfOwner(op, owner), password)) !== null;
}

/** What is counted when somebody signs in. */
export function guessOfSignIn(op: Operation, kind: BlindIndexKind, email: string): Guess {
  return { at: `${kind} ${normalised(email)}`, from: op.network };
}

/** What is counted when somebody who is signed in, or holds a link, shows that they know the password. */
export function guessOfOwner(op: Operation, owner: OwnerId): Guess {
  return { at: `confirm ${owner}`, from: op.network };
}

/**
 * Counts the guess and checks the password, of nobody in the same time as of somebody. A right one makes what went
 * wrong before forgotten, and a hash that was made more cheaply than today is made anew.
 */
async function checkGuess(
  op: Operation,
  owner: OwnerId | null,
  guess: Guess,
  password: string,
): Promise<StoredPassword | null> {
  await countGuess(op, guess, () => isKnownNetwork(op, owner, op.network));
  const stored = await findPassword(op, owner ?? newOwnerId());
  const isRight = await isPassword(password, stored?.hash ?? null);
  if (stored === null || !isRight) return null;
  await forgetGuesses(op, guess);
  if (isCheaperThanNow(stored.hash)) await hashAnew(op, stored, password);
  return stored;
}

type StoredPassword = {
  readonly owner: OwnerId;
  readonly credentialId: RowId;
  readonly hash: string;
  readonly sealed: Uint8Array;
};

/** Only in place of the very hash that was checked: somebody may choose another password at this moment. */
async function hashAnew(op: Operation, stored: StoredPassword, password: string): Promise<void> {
  const { owner, credentialId } = stored;
  const password_hash = await hashPassword(password);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const sealed = sealer.seal(credential, credentialId, { password_hash, one_time_secret: null });
    await write.db
      .updateTable('accounts.credential')
      .set({ sealed })
      .where('owner_id', '=', owner)
      .where('credential_id', '=', credentialId)
      .where('sealed', '=', stored.sealed)
      .execute();
  });
}

async function findPassword(op: Operation, owner: OwnerId): Promise<StoredPassword | null> {
  const row = await op.db
    .selectFrom('accounts.credential')
    .select(['credential_id', 'sealed'])
    .where('owner_id', '=', owner)
    .where('kind', '=', 'password')
    .executeTakeFirst();
  try {
    const opener = await op.vault.openFor(op, owner, ['credentials']);
    if (!row) return null;
    const { credential_id: credentialId, sealed } = row;
    const hash = opener.open(credential, credentialId, sealed).password_hash;
    return hash === null ? null : { owner, credentialId, hash, sealed };
  } catch (error) {
    // Nobody there, or nobody there any more: both look like a wrong password. A lost key is told to staff, not here.
    if (row === undefined && isProblem(error, 'key-missing', 'fenced')) return null;
    throw error;
  }
}
