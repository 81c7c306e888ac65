import type {
  AuthenticationResponseJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import { noteSecurityEvent } from '../availability/security-events.ts';
import type { OwnerKind } from '../database/records.ts';
import { isOwnerId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import type { Opener } from '../vault/vault.ts';
import { countAttempt } from './attempts.ts';
import { findTicket, readAssertion } from './passkey-answers.ts';
import { webauthn } from './webauthn.ts';
import type { FirstStep } from './first-step.ts';
import { passkey } from './holdings.ts';
import {
  backupOf,
  holdPasskey,
  hostOf,
  readPasskeys,
  signInTicket,
  ticketFor,
} from './passkeys.ts';
import type { Ceremony } from './passkeys.ts';
import { uuidOf } from './tokens.ts';
import { useTicket } from './tickets.ts';
import type { TicketFor } from './tickets.ts';

const ownerIdSize = 16;

/** Who came with a passkey, and whether the device saw to it that it was its holder (finger, face or PIN). */
export type Came = FirstStep & { readonly isVerified: boolean };

/**
 * Who it is that signs in with a passkey. A passkey that is gone, is somebody else's kind, was made for another site,
 * or an answer that was used before: all of them are null.
 * @param answer JSON text of `PublicKeyCredential.toJSON()`
 */
export async function checkPasskey(
  op: Operation,
  { origin, verification, kind }: Pick<Ceremony, 'origin' | 'verification'> & { kind: Kind },
  answer: string,
): Promise<Came | null> {
  const response = readAssertion(answer);
  const owner = response === null ? null : ownerIn(response);
  if (response === null || owner === null) return null;
  return use(op, signInTicket, { origin, verification, owner, kind }, response);
}

/**
 * Confirms by passkey that it is the owner who asks, within the session that asked. Another account's passkey is not
 * it, and neither is one whose device did not look who held it.
 * @throws Problem `too-many` after too many tries
 */
export async function isOwnPasskey(
  op: Operation,
  ceremony: Ceremony & { readonly kind: Kind },
  answer: string,
): Promise<boolean> {
  await countAttempt(op, `confirm ${ceremony.owner}`);
  const response = readAssertion(answer);
  if (response === null) return false;
  // Some security keys leave the handle out where they were told which passkey is meant.
  const { userHandle } = response.response;
  if (userHandle !== undefined && ownerIn(response) !== ceremony.owner) return false;
  const wanted = ticketFor('passkey to confirm', ceremony);
  const check = { ...ceremony, verification: 'required' as const };
  return (await use(op, wanted, check, response))?.isVerified === true;
}

/**
 * The id of a passkey that a customer's device showed and nobody has here any more, as after it was removed or its
 * account was closed; null for any other answer. The device may forget such a passkey, and must not forget another.
 */
export async function unknownPasskey(op: Operation, answer: string): Promise<string | null> {
  const response = readAssertion(answer);
  const owner = response === null ? null : ownerIn(response);
  if (response === null || owner === null) return null;
  if (!(await isLiving(op, owner, 'account')))
    return (await isLiving(op, owner, 'staff')) ? null : response.id;
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  const stored = await readPasskeys(op, opener);
  const isHere = stored.some(({ personal }) => personal.credential_id === response.id);
  return isHere ? null : response.id;
}

type Kind = Extract<OwnerKind, 'account' | 'staff'>;
type Check = Pick<Ceremony, 'origin' | 'verification' | 'owner'> & { readonly kind: Kind };

/** Null for an answer that is not right. The ticket is used only by one that is. */
async function use(
  op: Operation,
  wanted: TicketFor,
  { origin, verification, owner, kind }: Check,
  response: AuthenticationResponseJSON,
): Promise<Came | null> {
  const ticket = findTicket(op, wanted, response);
  if (ticket === null || !(await isLiving(op, owner, kind))) return null;
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  const stored = await readPasskeys(op, opener);
  const found = stored.find(({ personal }) => personal.credential_id === response.id);
  if (!found) return null;
  const verified = await (
    await webauthn()
  )
    .verifyAuthenticationResponse({
      response,
      expectedChallenge: ticket.challenge,
      expectedOrigin: origin,
      expectedRPID: hostOf(origin),
      requireUserVerification: verification === 'required',
      credential: {
        id: found.personal.credential_id,
        publicKey: new Uint8Array(Buffer.from(found.personal.public_key, 'base64url')),
        // The library refuses a counter that goes back. Synchronised passkeys are not what it was made for, so it is
        // noted for the owner instead (WebAuthn Level 3, section 6.1.1, leaves it to the relying party).
        counter: 0,
      },
    })
    .catch(() => null);
  if (verified?.verified !== true || !(await useTicket(op, ticket.ticketId))) return null;
  const info = verified.authenticationInfo;
  const shown = found.row.passkey_id;
  if (!(await noteUsed(op, opener, shown, info))) return null;
  return { owner, shown, isVerified: info.userVerified };
}

type Info = Awaited<ReturnType<typeof verifyAuthenticationResponse>>['authenticationInfo'];

/** False when the passkey was removed meanwhile. Two at once come one after the other. */
async function noteUsed(
  op: Operation,
  opener: Opener,
  passkeyId: RowId,
  info: Info,
): Promise<boolean> {
  const { owner } = opener;
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const row = await holdPasskey(write, owner, passkeyId);
    if (row === null) return false;
    const personal = opener.open(passkey, passkeyId, row.sealed);
    const before = Number(personal.passkey_counter);
    const { newCounter } = info;
    const wentBack = (newCounter > 0 || before > 0) && newCounter <= before;
    if (wentBack) await noteSecurityEvent(write.db, 'passkey-counter', op.now);
    await write.db
      .updateTable('accounts.passkey')
      .set({
        used_at: op.now,
        backup: backupOf(info.credentialDeviceType, info.credentialBackedUp),
        ...(wentBack && { went_back_at: op.now }),
        sealed: sealer.seal(passkey, passkeyId, {
          ...personal,
          passkey_counter: String(newCounter),
        }),
      })
      .where('owner_id', '=', owner)
      .where('passkey_id', '=', passkeyId)
      .execute();
    return true;
  });
}

/** Nobody there, somebody of another kind, and who is being erased look alike. */
async function isLiving(op: Operation, owner: OwnerId, kind: Kind): Promise<boolean> {
  const found = await op.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .where('kind', '=', kind)
    .where('fenced_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

/** The user handle is the owner's id: random, so that it says nothing of anybody. */
function ownerIn({ response }: AuthenticationResponseJSON): OwnerId | null {
  const bytes = Buffer.from(response.userHandle ?? '', 'base64url');
  if (bytes.length !== ownerIdSize) return null;
  const id = uuidOf(bytes);
  return isOwnerId(id) ? id : null;
}
