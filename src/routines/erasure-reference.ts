import { idBytes } from '../ids.ts';
import type { RowId } from '../ids.ts';

// Crockford's alphabet: no I, L, O or U, so that a number can be read aloud and copied by hand.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bitsInCharacter = 5n;
const characters = 8;

/**
 * The number by which people talk of an erasure, such as `K7QF-3M2P`: 40 of the random bits of its id. It opens nothing
 * and names nobody; staff find the erasure by it.
 */
export function erasureNumber(erasureId: RowId): string {
  let bits = BigInt(`0x${Buffer.from(idBytes(erasureId).subarray(11)).toString('hex')}`);
  let text = '';
  for (let index = 0; index < characters; index += 1) {
    text = `${alphabet[Number(bits & 31n)]}${text}`;
    bits >>= bitsInCharacter;
  }
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}
