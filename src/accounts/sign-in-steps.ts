import { idBytes, isOwnerId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { isProblem } from '../problem.ts';
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

/** Over: the first step was taken too long ago, or was completed already. */
export type CodeOutcome = 'wrong' | 'over' | { readonly token: string };

/** Remembers in the browser alone, for some minutes, that somebody took the first step for this owner. */
export function askForCode(op: Operation, owner: OwnerId): string {
  return Buffer.concat([idBytes(owner), newTicket(op, ticketOf(owner))]).toString('base64url');
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
    if (!(await isSecondFactor(op, found.owner, code))) return 'wrong';
    if (!(await useTicket(op, found.ticketId))) return 'over';
    return { token: await beginCustomerSession(op, found.owner, device) };
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
  const { owner, isVerified } = came;
  if (!isVerified && (await hasSecondFactor(op, owner))) {
    return { kind: 'code-needed', pending: askForCode(op, owner) };
  }
  return { kind: 'signed-in', token: await beginCustomerSession(op, owner, device) };
}

/**
 * Begins the session of a customer who has shown who they are.
 * @returns the token for the cookie
 */
export function beginCustomerSession(
  op: Operation,
  owner: OwnerId,
  device: string,
): Promise<string> {
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await write.db
      .updateTable('accounts.account')
      .set({ used_at: write.now })
      .where('owner_id', '=', owner)
      .execute();
    return beginSession(write, sealer, device);
  });
}

function ticketOf(owner: OwnerId): TicketFor {
  return { use: 'sign-in to complete', owner, within: null };
}

const ownerIdSize = 16;

function readPending(op: Operation, pending: string): { owner: OwnerId; ticketId: RowId } | null {
  const bytes = Buffer.from(pending, 'base64url');
  if (bytes.length <= ownerIdSize) return null;
  const owner = uuidOf(bytes.subarray(0, ownerIdSize));
  if (!isOwnerId(owner)) return null;
  const ticketId = readTicket(op, ticketOf(owner), bytes.subarray(ownerIdSize));
  return ticketId === null ? null : { owner, ticketId };
}
