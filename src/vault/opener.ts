import type { KeyObject } from 'node:crypto';
import type { Sealed } from '../database/records.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { CategoryName } from '../policy/categories.ts';
import { Problem } from '../problem.ts';
import { keyOf } from './apart.ts';
import { openBytes } from './cipher.ts';
import type { Holding, Personal } from './holding.ts';

/** Opens one owner's rows, in the categories that were asked for and allowed. */
export type Opener = {
  readonly owner: OwnerId;
  open<H extends Holding>(
    holding: H,
    row: RowId | OwnerId,
    sealed: Sealed<H['category']>,
  ): Personal<H>;
};

/**
 * For `vault/` only, which has asked the policy and written the look.
 * @param handed the key is not the owner's but that of this one table
 */
export function openerOf(
  owner: OwnerId,
  key: KeyObject,
  categories: readonly CategoryName[],
  handed: string | null = null,
): Opener {
  return {
    owner,
    open<H extends Holding>(holding: H, row: RowId | OwnerId, sealed: Sealed<H['category']>) {
      if (!categories.includes(holding.category)) {
        throw new Problem('not-allowed', `${holding.category} was not asked for`);
      }
      const own = handed === holding.table ? key : keyOf(key, holding);
      const plain = openBytes(own, { owner, table: holding.table, row }, sealed);
      try {
        return withNulls(holding, JSON.parse(plain.toString('utf8'))) as Personal<H>;
      } finally {
        plain.fill(0);
      }
    },
  };
}

/** Brings back what took no room, also for fields that are younger than the row. */
function withNulls({ sealed }: Holding, personal: Record<string, unknown>): object {
  for (const field in sealed) {
    if (sealed[field] === 'optional') personal[field] ??= null;
  }
  return personal;
}
