import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Opener } from '../vault/vault.ts';
import type { Language } from '../text/bilingual.ts';
import { account } from './holdings.ts';

export type Account = {
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly createdAt: Temporal.Instant;
  readonly usedAt: Temporal.Instant;
};

/** @throws Problem `not-found` */
export async function readAccount(op: Operation, opener: Opener): Promise<Account> {
  const row = await op.db
    .selectFrom('accounts.account')
    .select(['created_at', 'used_at', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
  const { email, name, language } = opener.open(account, opener.owner, row.sealed);
  return {
    email,
    name,
    language: language as Language,
    createdAt: row.created_at,
    usedAt: row.used_at,
  };
}
