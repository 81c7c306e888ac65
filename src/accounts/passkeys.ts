import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { PasskeyBackup, Sealed } from '../database/records.ts';
import { idBytes, newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import { Problem } from '../problem.ts';
import type { Opener } from '../vault/vault.ts';
import { passkey } from './holdings.ts';
import { findTicket, readAddition } from './passkey-answers.ts';
import { providerOf } from './passkey-providers.ts';
import { tellingNobody } from './security-letters.ts';
import { webauthn } from './webauthn.ts';
import type { Telling } from './security-letters.ts';
import { newTicket, ticketMinutes, useTicket } from './tickets.ts';
import type { TicketFor, TicketUse } from './tickets.ts';

/** More than anybody has devices for; each sign-in by passkey opens them all. */
export const passkeysMax = 20;
export const passkeyNameLengthMax = 60;

/** ES256, EdDSA and RS256 (RFC 9053, RFC 8812): what every authenticator in use has one of. */
const algorithms = [-7, -8, -257];

/**
 * Where and for whom passkeys are used (WebAuthn Level 3). `origin` is the configured one; the relying party's id is
 * its host, so that a passkey of one site is never asked for by another.
 */
export type Ceremony = {
  readonly origin: string;
  readonly owner: OwnerId;
  /** The session that asks, or the invitation that is being taken up: an answer works only within it. */
  readonly within: RowId;
  /** Members of staff always show that they are themselves, by finger, face or PIN; customers where the device can. */
  readonly verification: 'preferred' | 'required';
};

/** A passkey as its owner may know it. */
export type Passkey = {
  readonly passkeyId: RowId;
  /** As the browser knows it, in base64url. */
  readonly credentialId: string;
  readonly name: string;
  readonly provider: string | null;
  readonly backup: PasskeyBackup;
  readonly addedAt: Temporal.Instant;
  readonly usedAt: Temporal.Instant | null;
  /** When its counter went back, as that of a copy would; told to the owner, never a reason to lock anybody out. */
  readonly wentBackAt: Temporal.Instant | null;
};

/** What the browser is asked when a passkey is to be made. Writes nothing. */
export async function askToAdd(
  op: Operation,
  ceremony: Ceremony,
  person: { readonly email: string; readonly name: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const opener = await op.vault.openFor(op, ceremony.owner, ['credentials']);
  const stored = await readPasskeys(op, opener);
  return (await webauthn()).generateRegistrationOptions({
    rpName: notice.controller.name,
    rpID: hostOf(ceremony.origin),
    userName: person.email,
    userDisplayName: person.name,
    userID: new Uint8Array(idBytes(ceremony.owner)),
    challenge: new Uint8Array(newTicket(op, ticketFor('passkey to add', ceremony))),
    timeout: timeoutMs('passkey to add'),
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: stored.map(({ personal }) => ({
      id: personal.credential_id,
      transports: [...personal.transports],
    })),
    authenticatorSelection: {
      residentKey: 'required',
      userVerification: ceremony.verification,
    },
  });
}

/**
 * Stores the passkey that the browser made.
 * @param answer JSON text of `PublicKeyCredential.toJSON()`
 * @param name used where the maker of the passkey is not known, such as the words for the device
 * @returns the new passkey's id, or null for an answer that is not right, whatever is wrong with it
 * @throws Problem `too-many` for an owner with `passkeysMax` already
 */
export async function addPasskey(
  op: Operation,
  ceremony: Ceremony,
  { answer, name }: { readonly answer: string; readonly name: string },
  tell: Telling = tellingNobody,
): Promise<RowId | null> {
  const response = readAddition(answer);
  if (response === null) return null;
  const ticket = findTicket(op, ticketFor('passkey to add', ceremony), response);
  if (ticket === null) return null;
  const made = await (
    await webauthn()
  )
    .verifyRegistrationResponse({
      response,
      expectedChallenge: ticket.challenge,
      expectedOrigin: ceremony.origin,
      expectedRPID: hostOf(ceremony.origin),
      supportedAlgorithmIDs: algorithms,
      requireUserVerification: ceremony.verification === 'required',
    })
    .catch(() => null);
  if (made?.verified !== true || !(await useTicket(op, ticket.ticketId))) return null;
  return inTransaction(op, (write) => insertPasskey(write, ceremony.owner, made, name, tell));
}

/** What the browser is asked on the page where anybody may sign in: any passkey of this site will do. */
export async function askToSignIn(
  op: Operation,
  { origin, verification }: Pick<Ceremony, 'origin' | 'verification'>,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return (await webauthn()).generateAuthenticationOptions({
    rpID: hostOf(origin),
    challenge: new Uint8Array(newTicket(op, signInTicket)),
    timeout: timeoutMs('passkey to sign in'),
    userVerification: verification,
    allowCredentials: [],
  });
}

/** What the browser is asked when somebody who is signed in confirms that it is them; null without any passkey. */
export async function askToConfirm(
  op: Operation,
  ceremony: Ceremony,
): Promise<PublicKeyCredentialRequestOptionsJSON | null> {
  const opener = await op.vault.openFor(op, ceremony.owner, ['credentials']);
  const stored = await readPasskeys(op, opener);
  if (stored.length === 0) return null;
  return (await webauthn()).generateAuthenticationOptions({
    rpID: hostOf(ceremony.origin),
    challenge: new Uint8Array(newTicket(op, ticketFor('passkey to confirm', ceremony))),
    timeout: timeoutMs('passkey to confirm'),
    userVerification: 'required',
    allowCredentials: stored.map(({ personal }) => ({
      id: personal.credential_id,
      transports: [...personal.transports],
    })),
  });
}

/** All passkeys of an owner, the oldest first. */
export async function listPasskeys(op: Operation, opener: Opener): Promise<Passkey[]> {
  const stored = await readPasskeys(op, opener);
  return stored.map(({ row, personal }) => ({
    passkeyId: row.passkey_id,
    credentialId: personal.credential_id,
    name: personal.passkey_name,
    provider: personal.provider,
    backup: row.backup,
    addedAt: row.added_at,
    usedAt: row.used_at,
    wentBackAt: row.went_back_at,
  }));
}

/** How many passkeys an owner has, apart from one. Opens nothing. */
export async function countPasskeys(
  op: Operation,
  owner: OwnerId,
  apartFrom: RowId | null = null,
): Promise<number> {
  const row = await op.db
    .selectFrom('accounts.passkey')
    .select(({ fn }) => fn.countAll<number>().as('passkeys'))
    .where('owner_id', '=', owner)
    .$if(apartFrom !== null, (found) => found.where('passkey_id', '<>', apartFrom))
    .executeTakeFirstOrThrow();
  return row.passkeys;
}

/** @throws Problem `not-found` for a passkey that is not there or is somebody else's */
export async function renamePasskey(
  op: Operation,
  owner: OwnerId,
  { passkeyId, name }: { readonly passkeyId: RowId; readonly name: string },
): Promise<void> {
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const row = await holdPasskey(write, owner, passkeyId);
    if (row === null) throw new Problem('not-found');
    const personal = opener.open(passkey, passkeyId, row.sealed);
    const sealed = sealer.seal(passkey, passkeyId, { ...personal, passkey_name: name });
    await write.db
      .updateTable('accounts.passkey')
      .set({ sealed })
      .where('owner_id', '=', owner)
      .where('passkey_id', '=', passkeyId)
      .execute();
  });
}

/** The row of a passkey, held until the transaction ends; null when it is not there. */
export async function holdPasskey(
  write: WriteOperation,
  owner: OwnerId,
  passkeyId: RowId,
): Promise<{ readonly sealed: Sealed<'credentials'> } | null> {
  const row = await write.db
    .selectFrom('accounts.passkey')
    .select('sealed')
    .where('owner_id', '=', owner)
    .where('passkey_id', '=', passkeyId)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Removes a passkey: nobody signs in with it any more. One that is not there is as good as removed. */
export async function removePasskey(
  op: Operation,
  owner: OwnerId,
  passkeyId: RowId,
  tell: Telling = tellingNobody,
): Promise<void> {
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    if (await deletePasskey(write, owner, passkeyId)) await tell(write, sealer);
  });
}

/** As `removePasskey`, within a transaction. True for the first who does it. */
export async function deletePasskey(
  write: WriteOperation,
  owner: OwnerId,
  passkeyId: RowId,
): Promise<boolean> {
  const removed = await write.db
    .deleteFrom('accounts.passkey')
    .where('owner_id', '=', owner)
    .where('passkey_id', '=', passkeyId)
    .executeTakeFirst();
  return removed.numDeletedRows === 1n;
}

/** The relying party's id of an origin: its host without a port. */
export function hostOf(origin: string): string {
  return new URL(origin).hostname;
}

export const signInTicket: TicketFor = { use: 'passkey to sign in', owner: null, within: null };

export function ticketFor(use: TicketUse, { owner, within }: Ceremony): TicketFor {
  return { use, owner, within };
}

/** The rows of an owner with what is sealed in them, the oldest first. */
export async function readPasskeys(op: Operation, opener: Opener) {
  const rows = await op.db
    .selectFrom('accounts.passkey')
    .selectAll()
    .where('owner_id', '=', opener.owner)
    .orderBy('passkey_id')
    .limit(passkeysMax)
    .execute();
  return rows.map((row) => ({ row, personal: opener.open(passkey, row.passkey_id, row.sealed) }));
}

type Made = Extract<Awaited<ReturnType<typeof verifyRegistrationResponse>>, { verified: true }>;

async function insertPasskey(
  write: WriteOperation,
  owner: OwnerId,
  { registrationInfo }: Made,
  name: string,
  tell: Telling,
): Promise<RowId> {
  const sealer = await write.vault.sealFor(write, owner);
  if ((await countPasskeys(write, owner)) >= passkeysMax) throw new Problem('too-many', 'passkeys');
  const { credential, aaguid, credentialBackedUp, credentialDeviceType } = registrationInfo;
  const passkey_id = newRowId(write.now);
  const provider = providerOf(aaguid);
  await write.db
    .insertInto('accounts.passkey')
    .values({
      owner_id: owner,
      passkey_id,
      added_at: write.now,
      used_at: null,
      went_back_at: null,
      backup: backupOf(credentialDeviceType, credentialBackedUp),
      sealed: sealer.seal(passkey, passkey_id, {
        credential_id: credential.id,
        public_key: Buffer.from(credential.publicKey).toString('base64url'),
        passkey_counter: String(credential.counter),
        passkey_name: (provider ?? name).slice(0, passkeyNameLengthMax),
        provider,
        transports: credential.transports ?? [],
      }),
    })
    .execute();
  await tell(write, sealer);
  return passkey_id;
}

export function backupOf(
  deviceType: 'singleDevice' | 'multiDevice',
  isBackedUp: boolean,
): PasskeyBackup {
  if (deviceType === 'singleDevice') return 'one-device';
  return isBackedUp ? 'backed-up' : 'not-yet';
}

function timeoutMs(use: TicketUse): number {
  return ticketMinutes[use] * 60_000;
}
