import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { isOwnPasskey } from './passkey-check.ts';
import { hasSecondFactor, isSecondFactor } from './second-factor.ts';
import { noteConfirmed, renewToken } from './sessions.ts';
import type { SignedIn } from './sessions.ts';
import { isOwnPassword } from './sign-in.ts';

/**
 * Confirms by password, and a code where the account has them, that it is the owner of this very session who asks.
 * A code is not used up by a wrong password.
 * @returns the session's new token, or null when password or code is wrong
 * @throws Problem `too-many` after too many tries
 */
export async function confirmByPassword(
  op: Operation,
  session: SignedIn,
  { password, code }: { readonly password: string; readonly code: string },
): Promise<string | null> {
  const { owner, sessionId } = session;
  if (!(await isOwnPassword(op, owner, password))) return null;
  const needsCode = await hasSecondFactor(op, owner);
  if (needsCode && !(await isSecondFactor(op, owner, code, sessionId))) return null;
  return confirmSession(op, session);
}

/**
 * Confirms by one of the account's own passkeys, whose device saw to it that it was its holder.
 * @returns the session's new token, or null for an answer that is not right
 * @throws Problem `too-many` after too many tries
 */
export async function confirmByPasskey(
  op: Operation,
  session: SignedIn,
  { origin, answer }: { readonly origin: string; readonly answer: string },
): Promise<string | null> {
  const { owner, sessionId, role } = session;
  const kind = role === null ? 'account' : 'staff';
  const ceremony = { origin, owner, within: sessionId, verification: 'required', kind } as const;
  return (await isOwnPasskey(op, ceremony, answer)) ? confirmSession(op, session) : null;
}

/** Whoever shows anew who they are gets a new token, so that one that was stolen before ends here. */
function confirmSession(op: Operation, session: SignedIn): Promise<string> {
  return inTransaction(op, async (write) => {
    await noteConfirmed(write.db, session, write.now);
    return renewToken(write, session);
  });
}
