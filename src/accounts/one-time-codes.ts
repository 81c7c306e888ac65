import { Secret, TOTP } from 'otpauth';
import { newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import type { Sealer } from '../vault/vault.ts';
import { credential } from './holdings.ts';

// One-time codes of RFC 6238: six digits of HMAC-SHA-1 each 30 seconds, as all authenticator apps take them.
const periodSeconds = 30;
/** One step of clock error either way. */
const stepsAside = 1;
/** What RFC 4226 (section 4) recommends, in bytes; 32 characters of base32. */
const secretSize = 20;

/** A key for an authenticator app, in base32. */
export function newOneTimeSecret(): string {
  return new Secret({ size: secretSize }).base32;
}

/** Is this a key as `newOneTimeSecret` makes them? */
export function isOneTimeSecret(text: string): boolean {
  return /^[A-Z2-7]{32}$/.test(text);
}

/** The code of this moment, for the sandbox page and for tests. */
export function codeAt(secret: string, now: Temporal.Instant): string {
  return totpOf(secret).generate({ timestamp: now.epochMilliseconds });
}

/** What an authenticator app reads from a QR code: `otpauth://totp/…`. */
export function oneTimeAddress(secret: string, issuer: string, label: string): string {
  return totpOf(secret, { issuer, label }).toString();
}

/** The step of a right code, one aside at most; null for any other text. */
export function stepOf(secret: string, code: string, now: Temporal.Instant): number | null {
  const token = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const timestamp = now.epochMilliseconds;
  const aside = totpOf(secret).validate({ token, timestamp, window: stepsAside });
  return aside === null ? null : Math.floor(timestamp / 1000 / periodSeconds) + aside;
}

/**
 * Uses a code of the owner's authenticator app: true once for each. Does not count attempts; the caller does.
 * @throws Problem as `openFor`
 */
export async function useOneTimeCode(
  op: Operation,
  owner: OwnerId,
  code: string,
): Promise<boolean> {
  const row = await op.db
    .selectFrom('accounts.credential')
    .select(['credential_id', 'sealed'])
    .where('owner_id', '=', owner)
    .where('kind', '=', 'one-time-code')
    .executeTakeFirst();
  if (!row) return false;
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  const secret = opener.open(credential, row.credential_id, row.sealed).one_time_secret ?? '';
  const step = stepOf(secret, code, op.now);
  return step !== null && markUsed(op, owner, step);
}

/** When the owner turned on codes from an authenticator app, or null. */
export async function oneTimeCodesSince(
  op: Operation,
  owner: OwnerId,
): Promise<Temporal.Instant | null> {
  const row = await op.db
    .selectFrom('accounts.credential')
    .select('changed_at')
    .where('owner_id', '=', owner)
    .where('kind', '=', 'one-time-code')
    .executeTakeFirst();
  return row?.changed_at ?? null;
}

/**
 * Stores the key of an authenticator app; `usedStep` is the step of a code that has been used already.
 * @returns false, and changes nothing, when the owner has one
 */
export async function insertOneTimeSecret(
  write: WriteOperation,
  sealer: Sealer,
  one_time_secret: string,
  usedStep: number | null = null,
): Promise<boolean> {
  const credential_id = newRowId(write.now);
  const inserted = await write.db
    .insertInto('accounts.credential')
    .values({
      owner_id: sealer.owner,
      credential_id,
      kind: 'one-time-code',
      changed_at: write.now,
      used_step: usedStep,
      sealed: sealer.seal(credential, credential_id, { password_hash: null, one_time_secret }),
    })
    .onConflict((conflict) => conflict.columns(['owner_id', 'kind']).doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** True for the first who comes with this step. In one statement, so that two at once cannot both be first. */
async function markUsed(op: Operation, owner: OwnerId, step: number): Promise<boolean> {
  const marked = await op.db
    .updateTable('accounts.credential')
    .set({ used_step: step })
    .where('owner_id', '=', owner)
    .where('kind', '=', 'one-time-code')
    .where((row) => row.or([row('used_step', 'is', null), row('used_step', '<', step)]))
    .executeTakeFirst();
  return marked.numUpdatedRows === 1n;
}

function totpOf(secret: string, shown: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({
    ...shown,
    secret: Secret.fromBase32(secret),
    digits: 6,
    period: periodSeconds,
  });
}
