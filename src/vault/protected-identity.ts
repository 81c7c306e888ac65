import type { KeyObject } from 'node:crypto';
import type { Records } from '../database/records.ts';
import type { OwnerId } from '../ids.ts';
import { openBytes } from './cipher.ts';

const table = 'accounts.account';
const field = 'protected_identity';
/** What the sealed field says of somebody whose name and address are to be seen by few; else it is empty. */
export const protectedIdentity = 'yes';

/**
 * Does this account belong to somebody with a protected identity (skyddade personuppgifter)? It stands sealed among
 * their other data, because a column in clear would point them out. Who is no account has none.
 */
export async function readProtected(
  records: Records,
  owner: OwnerId,
  keyOf: (owner: OwnerId) => Promise<KeyObject>,
): Promise<boolean> {
  const row = await records
    .selectFrom(table)
    .select('sealed')
    .where('owner_id', '=', owner)
    .executeTakeFirst();
  if (!row) return false;
  const plain = openBytes(await keyOf(owner), { owner, table, row: owner }, row.sealed);
  try {
    const account = JSON.parse(plain.toString('utf8')) as Readonly<Record<string, unknown>>;
    return account[field] === protectedIdentity;
  } finally {
    plain.fill(0);
  }
}
