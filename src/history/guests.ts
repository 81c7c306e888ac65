import { timingSafeEqual } from 'node:crypto';
import { readToken } from '../accounts/tokens.ts';
import type { OwnerId } from '../ids.ts';
import type { Records } from '../database/records.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import type { Opener, Vault } from '../vault/vault.ts';
import { guest } from './holdings.ts';

/** How somebody who ordered without an account is reached. */
export type Guest = { readonly email: string; readonly language: Language };

const use = 'order of a guest';

/**
 * The owner of the guest's order that a receipt code leads to, or null. The code is a token that says where its row is;
 * the row keeps a keyed hash of it.
 */
export async function ownerOfGuestCode(
  { db, vault }: { readonly db: Records; readonly vault: Vault },
  code: string,
): Promise<OwnerId | null> {
  const token = readToken(code);
  if (token === null) return null;
  const row = await db
    .selectFrom('history.guest')
    .innerJoin('vault.owner', 'vault.owner.owner_id', 'history.guest.owner_id')
    .select('token_hash')
    .where('history.guest.owner_id', '=', token.owner)
    .where('kind', '=', 'guest_order')
    .executeTakeFirst();
  if (!row) return null;
  const isRight = timingSafeEqual(vault.hashToken(use, token), row.token_hash);
  return isRight ? token.owner : null;
}

/** The hash that a guest's row keeps of its code. @throws Problem `bad-input` for what is no code */
export function hashOfGuestCode(vault: Vault, code: string): { owner: OwnerId; hash: Buffer } {
  const token = readToken(code);
  if (token === null) throw new Problem('bad-input', 'not a receipt code');
  return { owner: token.owner, hash: vault.hashToken(use, token) };
}

/** @throws Problem `not-found` */
export async function readGuest(op: Operation, opener: Opener): Promise<Guest> {
  const row = await op.db
    .selectFrom('history.guest')
    .select('sealed')
    .where('owner_id', '=', opener.owner)
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
  const { email, language } = opener.open(guest, opener.owner, row.sealed);
  return { email, language: language as Language };
}
