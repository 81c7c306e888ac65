import type { StaffRole } from '../database/records.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { writeMail } from '../messages/outbox.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import { Problem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import { staffLettersFor } from '../text/console-staff-letters.ts';
import type { Opener } from '../vault/vault.ts';
import { countAttempt } from './attempts.ts';
import { staff } from './holdings.ts';
import { insertOneTimeSecret, isOneTimeSecret, stepOf } from './one-time-codes.ts';
import { countPasskeys, deletePasskey } from './passkeys.ts';
import { hashPassword } from './passwords.ts';
import type { Telling } from './security-letters.ts';
import { insertPassword } from './sign-up.ts';

/** What a member of staff sees of themselves. */
export type OwnStaff = {
  readonly name: string;
  readonly email: string | null;
  readonly role: StaffRole;
  readonly createdAt: Temporal.Instant;
};

/** @throws Problem `not-found` */
export async function readOwnStaff(op: Operation, opener: Opener): Promise<OwnStaff> {
  const row = await op.db
    .selectFrom('accounts.staff')
    .select(['created_at', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
  const { name, email, role } = opener.open(staff, opener.owner, row.sealed);
  return { name, email, role: role as StaffRole, createdAt: row.created_at };
}

/** Since when there is a password, and since when codes; null where there is none. */
export type OwnSignIn = {
  readonly passwordSince: Temporal.Instant | null;
  readonly codesSince: Temporal.Instant | null;
};

export async function readOwnSignIn(op: Operation, owner: OwnerId): Promise<OwnSignIn> {
  const rows = await op.db
    .selectFrom('accounts.credential')
    .select(['kind', 'changed_at'])
    .where('owner_id', '=', owner)
    .execute();
  const since = (kind: string) => rows.find((row) => row.kind === kind)?.changed_at ?? null;
  return { passwordSince: since('password'), codesSince: since('one-time-code') };
}

/** What somebody signs in with from now on besides passkeys; `password` null keeps the one there is. */
export type NewCodes = {
  readonly password: string | null;
  readonly secret: string;
  readonly code: string;
};

/**
 * Gives a member of staff a new key for one-time codes and, where one is given, a new password. They are told.
 * @returns false, and changes nothing, when the code does not show that the app has the key
 * @throws Problem `too-many`, `bad-input` for a key that we did not make
 */
export async function replaceOwnCodes(
  op: Operation,
  owner: OwnerId,
  { password, secret, code }: NewCodes,
  tell: Telling,
): Promise<boolean> {
  if (!isOneTimeSecret(secret)) throw new Problem('bad-input', 'not a key for codes');
  await countAttempt(op, `new codes ${owner}`);
  const step = stepOf(secret, code, op.now);
  if (step === null) return false;
  const password_hash = password === null ? null : await hashPassword(password);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await holdSignIn(write, owner);
    await removeCredential(write, owner, 'one-time-code');
    await insertOneTimeSecret(write, sealer, secret, step);
    if (password_hash !== null) {
      await removeCredential(write, owner, 'password');
      await insertPassword(write, sealer, password_hash);
    }
    await tell(write, sealer);
  });
  return true;
}

/** Gives a member of staff a new password. They are told. */
export async function replaceOwnPassword(
  op: Operation,
  owner: OwnerId,
  password: string,
  tell: Telling,
): Promise<void> {
  const password_hash = await hashPassword(password);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await holdSignIn(write, owner);
    await removeCredential(write, owner, 'password');
    await insertPassword(write, sealer, password_hash);
    await tell(write, sealer);
  });
}

/**
 * Removes one of their own passkeys, while another way to sign in is left.
 * @returns false, and changes nothing, when it is the last way
 */
export async function removeOwnPasskey(
  op: Operation,
  owner: OwnerId,
  passkeyId: RowId,
  tell: Telling,
): Promise<boolean> {
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await holdSignIn(write, owner);
    const { passwordSince, codesSince } = await readOwnSignIn(write, owner);
    const others = await countPasskeys(write, owner, passkeyId);
    const isAnotherWay = (passwordSince !== null && codesSince !== null) || others > 0;
    if (isAnotherWay && (await deletePasskey(write, owner, passkeyId))) await tell(write, sealer);
    return isAnotherWay;
  });
}

/** The letter that follows a change of how somebody signs in. It has no link. */
export async function tellingStaff(
  op: Operation,
  owner: OwnerId,
  language: Language,
): Promise<Telling> {
  const opener = await op.vault.openFor(op, owner, ['staff']);
  const { email, role } = await readOwnStaff(op, opener);
  const { subject, text } = staffLettersFor(role, language).changed;
  return async (write, sealer) => {
    if (email === null) return;
    await writeMail(write, sealer, {
      email,
      language,
      subject,
      text: text(notice.controller.name),
    });
  };
}

/** Two who change at once, in two windows, come one after the other. */
async function holdSignIn(write: WriteOperation, owner: OwnerId): Promise<void> {
  const held = await write.db
    .selectFrom('accounts.staff')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .where('left_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!held) throw new Problem('conflict', 'The person has left.');
}

async function removeCredential(
  write: WriteOperation,
  owner: OwnerId,
  kind: 'password' | 'one-time-code',
): Promise<void> {
  await write.db
    .deleteFrom('accounts.credential')
    .where('owner_id', '=', owner)
    .where('kind', '=', kind)
    .execute();
}
