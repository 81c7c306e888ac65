import { randomInt } from 'node:crypto';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import type { Vault } from '../vault/vault.ts';

// Crockford's alphabet: no I, L, O or U, so that a number can be read aloud and copied by hand.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const pattern = /^[0-9A-HJKMNP-TV-Z]{8}$/;

/** Eight characters in two groups, such as `K7QF-3M2P`: 40 random bits that say nothing about how many there are. */
export function newOrderNumber(): string {
  const characters = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]);
  return grouped(characters.join(''));
}

/**
 * A number as somebody typed or heard it: small letters, spaces and the letters that look like digits are understood.
 * Null for what is no number.
 */
export function readOrderNumber(typed: string): string | null {
  const plain = typed
    .toUpperCase()
    .replaceAll(/[\s\-–]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return pattern.test(plain) ? grouped(plain) : null;
}

/** By this an order is found; the number itself is sealed. */
export function hashOfNumber(vault: Vault, number: string): Buffer {
  return vault.hashToken('order number', { owner: '', row: '', secret: Buffer.from(number) });
}

/** The orders with a number: one as a rule, several when two numbers were drawn alike. Opens nothing. */
export async function findByNumber(
  op: Operation,
  number: string,
): Promise<{ readonly owner: OwnerId; readonly orderId: RowId }[]> {
  const rows = await op.db
    .selectFrom('history.order')
    .select(['owner_id', 'order_id'])
    .where('number_hash', '=', hashOfNumber(op.vault, number))
    .limit(10)
    .execute();
  return rows.map(({ owner_id, order_id }) => ({ owner: owner_id, orderId: order_id }));
}

function grouped(plain: string): string {
  return `${plain.slice(0, 4)}-${plain.slice(4)}`;
}
