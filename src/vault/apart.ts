import { createHmac, createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Holding } from './holding.ts';

/**
 * The key under which rows of a holding are sealed: the owner's, or for a holding that stands apart one that is derived
 * from it (HMAC-SHA-256 as a pseudo-random function), from which the owner's cannot be computed back.
 */
export function keyOf(
  owners: KeyObject,
  { table, apart }: Pick<Holding, 'table' | 'apart'>,
): KeyObject {
  if (apart !== true) return owners;
  const key = createHmac('sha256', owners).update(`varsam key apart\0${table}`).digest();
  try {
    return createSecretKey(key);
  } finally {
    key.fill(0);
  }
}
