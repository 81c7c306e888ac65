import { Secret, TOTP } from 'otpauth';
import type { StaffRole } from '../database/records.ts';
import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { addOwner } from '../vault/vault.ts';
import type { Sealer } from '../vault/vault.ts';
import { credential, staff } from './holdings.ts';
import { hashPassword } from './passwords.ts';
import { beginSession } from './sessions.ts';
import { checkPassword } from './sign-in.ts';
import type { SignIn } from './sign-in.ts';
import { insertPassword } from './sign-up.ts';

// One-time codes of RFC 6238: six digits of HMAC-SHA-1 each 30 seconds, as all authenticator apps take them.
const periodSeconds = 30;
/** One step of clock error either way. */
const stepsAside = 1;

export type NewStaff = {
  readonly role: StaffRole;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** For the authenticator app, in base32, from `newOneTimeSecret`. */
  readonly secret: string;
};

export function newOneTimeSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** @throws Problem `conflict` when the address has a member of staff already */
export async function addStaff(op: Operation, person: NewStaff): Promise<void> {
  const owner = newOwnerId();
  const password_hash = await hashPassword(person.password);
  await op.vault.createKey(op, owner, [{ kind: 'staff-email', value: person.email }]);
  await inTransaction(op, async (write) => {
    await addOwner(write, owner, 'staff');
    const sealer = await write.vault.sealFor(write, owner);
    await insertStaff(write, sealer, person);
    await insertPassword(write, sealer, password_hash);
    await insertOneTimeSecret(write, sealer, person.secret);
  });
}

/**
 * Signs a member of staff in by password and one-time code. Which of the two was wrong is not told; a code that was
 * used does not work again.
 * @returns the token of the new session, or null
 */
export async function signInStaff(
  op: Operation,
  attempt: SignIn & { readonly code: string },
): Promise<string | null> {
  const owner = await checkPassword(op, 'staff-email', attempt);
  if (owner === null || !(await useCode(op, owner, attempt.code))) return null;
  const role = await readRole(op, owner);
  return inTransaction(op, async (write) =>
    beginSession(write, await write.vault.sealFor(write, owner), attempt.device, role),
  );
}

/** The role as it was given, from the sealed part: who can write to the records cannot raise himself by the column. */
async function readRole(op: Operation, owner: OwnerId): Promise<StaffRole> {
  const row = await op.db
    .selectFrom('accounts.staff')
    .select('sealed')
    .where('owner_id', '=', owner)
    .executeTakeFirstOrThrow();
  const opener = await op.vault.openFor(op, owner, ['staff']);
  return opener.open(staff, owner, row.sealed).role as StaffRole;
}

/** The code of this moment, for the sandbox page and for tests. */
export function codeAt(secret: string, now: Temporal.Instant): string {
  return totpOf(secret).generate({ timestamp: now.epochMilliseconds });
}

async function useCode(op: Operation, owner: OwnerId, code: string): Promise<boolean> {
  const row = await op.db
    .selectFrom('accounts.credential')
    .select(['credential_id', 'sealed'])
    .where('owner_id', '=', owner)
    .where('kind', '=', 'one-time-code')
    .executeTakeFirst();
  if (!row) return false;
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  const secret = opener.open(credential, row.credential_id, row.sealed).one_time_secret ?? '';
  const timestamp = op.now.epochMilliseconds;
  const token = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return false;
  const delta = totpOf(secret).validate({ token, timestamp, window: stepsAside });
  if (delta === null) return false;
  return markUsed(op, owner, Math.floor(timestamp / 1000 / periodSeconds) + delta);
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

function totpOf(secret: string): TOTP {
  return new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: periodSeconds });
}

async function insertStaff(write: WriteOperation, sealer: Sealer, person: NewStaff): Promise<void> {
  const { email, name, role } = person;
  await write.db
    .insertInto('accounts.staff')
    .values({
      owner_id: sealer.owner,
      role,
      created_at: write.now,
      sealed: sealer.seal(staff, sealer.owner, { email, name, role }),
    })
    .execute();
}

async function insertOneTimeSecret(
  write: WriteOperation,
  sealer: Sealer,
  one_time_secret: string,
): Promise<void> {
  const credential_id = newRowId(write.now);
  await write.db
    .insertInto('accounts.credential')
    .values({
      owner_id: sealer.owner,
      credential_id,
      kind: 'one-time-code',
      changed_at: write.now,
      used_step: null,
      sealed: sealer.seal(credential, credential_id, { password_hash: null, one_time_secret }),
    })
    .execute();
}
