import { createHmac } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Sealed } from '../database/records.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { CategoryName } from '../policy/categories.ts';
import { Problem } from '../problem.ts';
import { keyOf } from './apart.ts';
import { openBytes, sealBytes } from './cipher.ts';
import type { Holding, Personal } from './holding.ts';

/** Seals one owner's rows within one transaction. */
export type Sealer = {
  readonly owner: OwnerId;
  seal<H extends Holding>(
    holding: H,
    row: RowId | OwnerId,
    personal: Personal<H>,
  ): Sealed<H['category']>;
  /** A keyed hash under the owner's key, for counting without naming. */
  mac(label: string, value: string): Uint8Array;
};

/** Opens one owner's rows, in the categories that were asked for and allowed. */
export type Opener = {
  readonly owner: OwnerId;
  open<H extends Holding>(
    holding: H,
    row: RowId | OwnerId,
    sealed: Sealed<H['category']>,
  ): Personal<H>;
};

export function sealerOf(owner: OwnerId, key: KeyObject): Sealer {
  return {
    owner,
    seal(holding, row, personal) {
      const plain = Buffer.from(JSON.stringify(withoutNulls(personal)));
      try {
        return sealBytes(keyOf(key, holding), { owner, table: holding.table, row }, plain);
      } finally {
        plain.fill(0);
      }
    },
    mac: (label, value) => createHmac('sha256', key).update(`${label}\0${value}`).digest(),
  };
}

/** `handed`: the key is not the owner's but that of this one table. */
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

/** What is null takes no room. */
function withoutNulls(personal: object): object {
  return Object.fromEntries(Object.entries(personal).filter(([, value]) => value !== null));
}

/** Brings back what took no room, also for fields that are younger than the row. */
function withNulls({ sealed }: Holding, personal: Record<string, unknown>): object {
  for (const field in sealed) {
    if (sealed[field] === 'optional') personal[field] ??= null;
  }
  return personal;
}
