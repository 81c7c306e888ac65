import { randomInt, timingSafeEqual } from 'node:crypto';
import { newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import type { Sealer } from '../vault/vault.ts';
import { recoveryCode } from './holdings.ts';

/** Crockford's base32: digits and letters that nobody takes for one another. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
/** 125 bits: far more than the 112 from which a keyed hash is enough (NIST SP 800-63B-4, section 3.1.2.2). */
const codeLength = 25;
export const recoveryCodesMade = 10;

/** A code as it is shown and written down: five groups of five. */
export function newRecoveryCode(): string {
  const letters = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]);
  return letters.join('').replaceAll(/(.{5})(?=.)/g, '$1-');
}

/** The code as it was given out, from however it was typed; null when it cannot be one. */
export function readRecoveryCode(text: string): string | null {
  const bare = text
    .toLowerCase()
    .replaceAll(/[\s–-]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1');
  const isOne =
    bare.length === codeLength && [...bare].every((letter) => alphabet.includes(letter));
  return isOne ? bare.replaceAll(/(.{5})(?=.)/g, '$1-') : null;
}

/**
 * Gives the owner a new set of codes in place of the old one.
 * @returns the codes, which are stored nowhere: only their check values are
 */
export async function replaceRecoveryCodes(
  write: WriteOperation,
  sealer: Sealer,
): Promise<string[]> {
  await removeRecoveryCodes(write, sealer.owner);
  const codes = Array.from({ length: recoveryCodesMade }, newRecoveryCode);
  for (const code of codes) {
    const recovery_code_id = newRowId(write.now);
    const recovery_code = checkValue(sealer.mac('recovery code', code));
    await write.db
      .insertInto('accounts.recovery_code')
      .values({
        owner_id: sealer.owner,
        recovery_code_id,
        made_at: write.now,
        sealed: sealer.seal(recoveryCode, recovery_code_id, { recovery_code }),
      })
      .execute();
  }
  return codes;
}

export async function removeRecoveryCodes(write: WriteOperation, owner: OwnerId): Promise<void> {
  await write.db.deleteFrom('accounts.recovery_code').where('owner_id', '=', owner).execute();
}

export type RecoveryCodesLeft = { readonly left: number; readonly madeAt: Temporal.Instant | null };

/** How many codes an owner has left, and since when. */
export async function recoveryCodesLeft(op: Operation, owner: OwnerId): Promise<RecoveryCodesLeft> {
  const row = await op.db
    .selectFrom('accounts.recovery_code')
    .select(({ fn }) => [fn.countAll<number>().as('left'), fn.max('made_at').as('made_at')])
    .where('owner_id', '=', owner)
    .executeTakeFirstOrThrow();
  return { left: row.left, madeAt: row.made_at };
}

/** The owner's unused code that was typed, or null. */
export async function findRecoveryCode(
  op: Operation,
  owner: OwnerId,
  typed: string,
): Promise<RowId | null> {
  const code = readRecoveryCode(typed);
  if (code === null) return null;
  const rows = await op.db
    .selectFrom('accounts.recovery_code')
    .select(['recovery_code_id', 'sealed'])
    .where('owner_id', '=', owner)
    .execute();
  if (rows.length === 0) return null;
  const wanted = Buffer.from(checkValue(await op.vault.mac(owner, 'recovery code', code)));
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  const found = rows.find(({ recovery_code_id, sealed }) => {
    const { recovery_code } = opener.open(recoveryCode, recovery_code_id, sealed);
    const stored = Buffer.from(recovery_code);
    return stored.length === wanted.length && timingSafeEqual(stored, wanted);
  });
  return found?.recovery_code_id ?? null;
}

/** True for the first who uses the code; the row goes with it. */
export async function takeRecoveryCode(
  write: WriteOperation,
  owner: OwnerId,
  codeId: RowId,
): Promise<boolean> {
  const taken = await write.db
    .deleteFrom('accounts.recovery_code')
    .where('owner_id', '=', owner)
    .where('recovery_code_id', '=', codeId)
    .executeTakeFirst();
  return taken.numDeletedRows === 1n;
}

function checkValue(mac: Uint8Array): string {
  return Buffer.from(mac).toString('base64url');
}
