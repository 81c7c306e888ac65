import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Personal } from '../vault/holding.ts';
import { protectedIdentity } from '../vault/protected-identity.ts';
import type { Opener } from '../vault/vault.ts';
import type { Language } from '../text/bilingual.ts';
import { account } from './holdings.ts';

export type Account = {
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  /** Name and address are to be seen by few (skyddade personuppgifter). */
  readonly isProtected: boolean;
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
  const opened = opener.open(account, opener.owner, row.sealed);
  const { email, name, language } = opened;
  return {
    email,
    name,
    language: language as Language,
    isProtected: opened.protected_identity === protectedIdentity,
    createdAt: row.created_at,
    usedAt: row.used_at,
  };
}

/**
 * Changes some of what is sealed of an account and keeps the rest as it is; two at once follow each other.
 * @throws Problem `not-found`, `fenced` when the customer is being erased
 */
export async function changeAccount(
  op: WriteOperation,
  opener: Opener,
  changes: Partial<Personal<typeof account>>,
): Promise<void> {
  const { owner } = opener;
  const sealer = await op.vault.sealFor(op, owner);
  const row = await op.db
    .selectFrom('accounts.account')
    .select('sealed')
    .where('owner_id', '=', owner)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
  const opened = opener.open(account, owner, row.sealed);
  await op.db
    .updateTable('accounts.account')
    .set({ sealed: sealer.seal(account, owner, { ...opened, ...changes }) })
    .where('owner_id', '=', owner)
    .execute();
}
