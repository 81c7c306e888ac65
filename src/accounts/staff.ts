import type { StaffRole } from '../database/records.ts';
import { newOwnerId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { addOwner } from '../vault/vault.ts';
import type { Sealer } from '../vault/vault.ts';
import { countAttempt } from './attempts.ts';
import { holdFirstStep } from './first-step.ts';
import type { FirstStep } from './first-step.ts';
import { staff } from './holdings.ts';
import { insertOneTimeSecret, useOneTimeCode } from './one-time-codes.ts';
import { checkPasskey } from './passkey-check.ts';
import { hashPassword } from './passwords.ts';
import { beginSession } from './sessions.ts';
import { checkPassword } from './sign-in.ts';
import type { SignIn } from './sign-in.ts';
import { insertPassword } from './sign-up.ts';

export type NewStaff = {
  readonly role: StaffRole;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** For the authenticator app, in base32, from `newOneTimeSecret`. */
  readonly secret: string;
};

/**
 * Adds a member of staff who chose nothing: for the sandbox and for tests. People are invited.
 * @throws Problem `conflict` when the address has a member of staff already
 */
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
 * @throws Problem `too-many`
 */
export async function signInStaff(
  op: Operation,
  attempt: SignIn & { readonly code: string },
): Promise<string | null> {
  const first = await checkPassword(op, 'staff-email', attempt);
  if (first === null) return null;
  const { owner } = first;
  // Whoever has the password must not try out codes.
  await countAttempt(op, `code ${owner}`);
  if (!(await useOneTimeCode(op, owner, attempt.code))) return null;
  return beginStaffSession(op, first, attempt.device);
}

/**
 * Signs a member of staff in by a passkey; finger, face or PIN makes two factors of it.
 * @returns the token of the new session, or null for every answer that is not right
 */
export async function signInStaffByPasskey(
  op: Operation,
  { origin, answer, device }: { origin: string; answer: string; device: string },
): Promise<string | null> {
  const asked = { origin, verification: 'required', kind: 'staff' } as const;
  const came = await checkPasskey(op, asked, answer);
  return came === null ? null : beginStaffSession(op, came, device);
}

/**
 * Begins a session for somebody who has shown who they are.
 * @returns its token, or null for who does not work here any more, or not yet, or when what was shown is gone
 */
export async function beginStaffSession(
  op: Operation,
  first: FirstStep,
  device: string,
): Promise<string | null> {
  const { owner } = first;
  const role = await readRole(op, owner);
  if (role === null) return null;
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    return (await holdFirstStep(write, first)) ? beginSession(write, sealer, device, role) : null;
  });
}

/**
 * The role as it was given, from the sealed part: who can write to the records cannot raise himself by the column. Null
 * for who has left.
 */
export async function readRole(op: Operation, owner: OwnerId): Promise<StaffRole | null> {
  const row = await op.db
    .selectFrom('accounts.staff')
    .select('sealed')
    .where('owner_id', '=', owner)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  const opener = await op.vault.openFor(op, owner, ['staff']);
  return opener.open(staff, owner, row.sealed).role as StaffRole;
}

/** Writes down somebody who works here from now on. */
export async function insertStaff(
  write: WriteOperation,
  sealer: Sealer,
  { email, name, role }: Pick<NewStaff, 'email' | 'name' | 'role'>,
): Promise<void> {
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
