import { account } from '../accounts/holdings.ts';
import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import type { Language } from '../text/bilingual.ts';
import { holderOf } from '../vault/held.ts';
import { protectedIdentity } from '../vault/protected-identity.ts';
import type { Opener } from '../vault/vault.ts';
import { readGuest } from './guests.ts';

/** How whoever ordered is written to: by the account's address, or the guest's own. */
export type Contact = {
  readonly email: string;
  readonly language: Language;
  /** Name and address are to be seen by few. */
  readonly isProtected: boolean;
  readonly isGuest: boolean;
};

/**
 * An order that an account has taken in is written about to the account, whose address is confirmed and may have changed
 * since; the account is opened for that, with its own look, rights and protection. The opener has `credentials` and
 * `history`.
 * @throws Problem `not-found` for an owner that orders nothing; what `openFor` throws of the account
 */
export async function contactOf(op: Operation, opener: Opener): Promise<Contact> {
  const own = await accountContact(op, opener);
  if (own !== null) return own;
  const holder = isByCode(op, opener.owner) ? null : await holderOf(op, opener.owner);
  if (holder !== null) {
    const held = await accountContact(op, await op.vault.openFor(op, holder, ['credentials']));
    if (held !== null) return held;
  }
  return { ...(await readGuest(op, opener)), isProtected: false, isGuest: true };
}

/**
 * Safety: the code of an order opens that order and nothing of the account that takes it in, not even to write to it. It ends
 * with that; who came by it a moment before is written to where the code was sent.
 */
function isByCode({ actor }: Operation, ordered: OwnerId): boolean {
  return actor.party === 'customer' && actor.owner === ordered;
}

/** Null for who is no account. */
async function accountContact({ db }: Operation, opener: Opener): Promise<Contact | null> {
  const row = await db
    .selectFrom('accounts.account')
    .select('sealed')
    .where('owner_id', '=', opener.owner)
    .executeTakeFirst();
  if (!row) return null;
  const { email, language, protected_identity } = opener.open(account, opener.owner, row.sealed);
  return {
    email,
    language: language as Language,
    isProtected: protected_identity === protectedIdentity,
    isGuest: false,
  };
}
