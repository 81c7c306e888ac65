import { idBytes, isOwnerId, isRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { holdFirstStep } from './first-step.ts';
import type { FirstStep } from './first-step.ts';
import { checkPasskey } from './passkey-check.ts';
import { hasSecondFactor, isSecondFactor } from './second-factor.ts';
import { beginSession } from './sessions.ts';
import { newTicket, readTicket, useTicket } from './tickets.ts';
import type { TicketFor } from './tickets.ts';
import { uuidOf } from './tokens.ts';

/** Signed in, or known by the first step and asked for the second; there is no session before that. */
export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly token: string }
  | { readonly kind: 'code-needed'; readonly pending: string };

/** Over: the first step was taken too long ago, was completed already, or its password or passkey is gone. */
export type CodeOutcome = 'wrong' | 'over' | { readonly token: string };

/** Remembers in the browser alone, for some minutes, that somebody took the first step, and by what. */
export function askForCode(op: Operation, first: FirstStep): string {
  const { owner, shown } = first;
  const ticket = newTicket(op, ticketOf(first));
  return Buffer.concat([idBytes(owner), idBytes(shown), ticket]).toString('base64url');
}

/** Is there a first step in this browser that can still be completed? */
export function isPending(op: Operation, pending: string | null): boolean {
  return pending !== null && readPending(op, pending) !== null;
}

/**
 * Takes the second step of a sign-in: a code of the authenticator app, or a recovery code.
 * @throws Problem `too-many` after too many codes for one owner
 */
export async function completeSignIn(
  op: Operation,
  { pending, code, device }: { pending: string; code: string; device: string },
): Promise<CodeOutcome> {
  const found = readPending(op, pending);
  if (found === null) return 'over';
  try {
    // Asked before as well, so that an old first step uses up no code and no tries.
    if (!(await holdFirstStep(op, found.first))) return 'over';
    if (!(await isSecondFactor(op, found.first.owner, code, 'sign-in'))) return 'wrong';
    if (!(await useTicket(op, found.ticketId))) return 'over';
    const token = await beginCustomerSession(op, found.first, device);
    return token === null ? 'over' : { token };
  } catch (error) {
    // Whoever closed the account meanwhile is nobody any more.
    if (isProblem(error, 'fenced')) return 'over';
    throw error;
  }
}

/**
 * Signs a customer in by passkey. Where the device saw to it that it was its holder, that is two factors in one; where
 * it did not, a customer with codes is asked for one.
 * @returns null for every answer that is not right, whatever is wrong with it
 */
export async function signInByPasskey(
  op: Operation,
  { origin, answer, device }: { origin: string; answer: string; device: string },
): Promise<SignInOutcome | null> {
  const asked = { origin, verification: 'preferred', kind: 'account' } as const;
  const came = await checkPasskey(op, asked, answer);
  if (came === null) return null;
  if (!came.isVerified && (await hasSecondFactor(op, came.owner))) {
    return { kind: 'code-needed', pending: askForCode(op, came) };
  }
  const token = await beginCustomerSession(op, came, device);
  return token === null ? null : { kind: 'signed-in', token };
}

/**
 * Begins the session of a customer who has shown who they are.
 * @returns the token for the cookie, or null when what was shown is gone, as after a new password
 */
export function beginCustomerSession(
  op: Operation,
  first: FirstStep,
  device: string,
): Promise<string | null> {
  const { owner } = first;
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    if (!(await holdFirstStep(write, first))) return null;
    await write.db
      .updateTable('accounts.account')
      .set({ used_at: write.now })
      .where('owner_id', '=', owner)
      .execute();
    return beginSession(write, sealer, device);
  });
}

function ticketOf({ owner, shown }: FirstStep): TicketFor {
  return { use: 'sign-in to complete', owner, within: shown };
}

const idSize = 16;

function readPending(op: Operation, pending: string): { first: FirstStep; ticketId: RowId } | null {
  const bytes = Buffer.from(pending, 'base64url');
  if (bytes.length <= 2 * idSize) return null;
  const owner = uuidOf(bytes.subarray(0, idSize));
  const shown = uuidOf(bytes.subarray(idSize, 2 * idSize));
  if (!isOwnerId(owner) || !isRowId(shown)) return null;
  const first = { owner, shown };
  const ticketId = readTicket(op, ticketOf(first), bytes.subarray(2 * idSize));
  return ticketId === null ? null : { first, ticketId };
}
