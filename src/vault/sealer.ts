import { createHmac } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Sealed } from '../database/records.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { keyOf } from './apart.ts';
import { sealBytes } from './cipher.ts';
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

/** For `vault/` only, which holds the owner's row. */
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

/** What is null takes no room. */
function withoutNulls(personal: object): object {
  return Object.fromEntries(Object.entries(personal).filter(([, value]) => value !== null));
}
