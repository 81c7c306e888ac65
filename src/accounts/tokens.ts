import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { StaffRole } from '../database/records.ts';
import { idBytes } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Vault } from '../vault/vault.ts';

const secretSize = 32;
const idSize = 16;

/** A random token: where its row is, and 256 bits that only its bearer has. The row keeps a keyed hash. */
export type Token = { readonly owner: OwnerId; readonly row: RowId; readonly secret: Uint8Array };

/** What a token is good for; one for another use, or of a member of staff whose role was changed, is not it. */
export type TokenUse =
  | 'sign-up'
  | 'invitation'
  | 'recovery'
  | 'change of address'
  | 'undo a change of address'
  | 'session of a customer'
  | `session of ${StaffRole}`;

export function newToken(owner: OwnerId, row: RowId): Token {
  return { owner, row, secret: randomBytes(secretSize) };
}

/** 86 characters of base64url, fit for a cookie or a link. */
export function writeToken({ owner, row, secret }: Token): string {
  return Buffer.concat([idBytes(owner), idBytes(row), secret]).toString('base64url');
}

/** Null for anything that is not a token; says nothing about whether its row exists. */
export function readToken(text: string): Token | null {
  if (!/^[A-Za-z0-9_-]{86}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  // The last character has bits to spare; only one way to write them counts.
  if (bytes.toString('base64url') !== text) return null;
  return {
    owner: uuidOf(bytes.subarray(0, idSize)) as OwnerId,
    row: uuidOf(bytes.subarray(idSize, 2 * idSize)) as RowId,
    secret: bytes.subarray(2 * idSize),
  };
}

export function hashOf(vault: Vault, use: TokenUse, token: Token): Buffer {
  return vault.hashToken(use, token);
}

/** Compares in a time that does not tell how much of it was right. */
export function isTokenOf(vault: Vault, use: TokenUse, token: Token, hash: Uint8Array): boolean {
  return timingSafeEqual(hashOf(vault, use, token), hash);
}

/** The id that 16 bytes write, in lower case; of whichever version. */
export function uuidOf(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
