import { createSecretKey } from 'node:crypto';
import { idBytes } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import type { CategoryName } from '../policy/categories.ts';
import { Problem } from '../problem.ts';
import { openerOf } from './opener.ts';
import type { Opener } from './opener.ts';

const idSize = 16;
const keySize = 32;

/**
 * Opens what an owner has in one category with its key as it was wrapped for recovery, when the keys store is lost. It
 * asks no policy and writes no look: there is nothing left to write to, and whoever has the identity can do without us.
 * @param unseal opens an age file with the recovery identity; null when that does not fit
 * @returns null when the identity does not fit
 * @throws Problem `sealed-damaged` for the key of somebody else
 */
export async function recoverOwner(
  owner: OwnerId,
  category: CategoryName,
  wrapped: Uint8Array,
  unseal: (sealed: Uint8Array) => Promise<Uint8Array | null>,
): Promise<Opener | null> {
  const opened = await unseal(wrapped);
  if (opened === null) return null;
  const plain = Buffer.from(opened);
  opened.fill(0);
  try {
    const isOwners = plain.subarray(0, idSize).equals(idBytes(owner));
    if (plain.length !== idSize + keySize || !isOwners)
      throw new Problem('sealed-damaged', 'A recovery key is not the one of its year.');
    return openerOf(owner, createSecretKey(plain.subarray(idSize)), [category]);
  } finally {
    plain.fill(0);
  }
}
