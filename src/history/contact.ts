import { account } from '../accounts/holdings.ts';
import type { Operation } from '../operation.ts';
import type { Language } from '../text/bilingual.ts';
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

/** The opener has `credentials` and `history`. @throws Problem `not-found` for an owner that orders nothing */
export async function contactOf(op: Operation, opener: Opener): Promise<Contact> {
  const row = await op.db
    .selectFrom('accounts.account')
    .select('sealed')
    .where('owner_id', '=', opener.owner)
    .executeTakeFirst();
  if (!row) return { ...(await readGuest(op, opener)), isProtected: false, isGuest: true };
  const { email, language, ...of } = opener.open(account, opener.owner, row.sealed);
  return {
    email,
    language: language as Language,
    isProtected: of.protected_identity === protectedIdentity,
    isGuest: false,
  };
}
