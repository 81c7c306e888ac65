import type { AddressChangeState } from '../database/records.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import type { Opener, Sealer } from '../vault/vault.ts';
import { addressChange } from './holdings.ts';
import { hashOf, isTokenOf, readToken } from './tokens.ts';
import type { Token, TokenUse } from './tokens.ts';

export type FoundChange = {
  readonly owner: OwnerId;
  readonly changeId: RowId;
  readonly email: string;
  readonly formerEmail: string;
  readonly language: Language;
};

/** A change as a link finds it, in whatever state it is. */
export async function findChange(
  op: Operation,
  tokenText: string,
  use: Extract<TokenUse, 'change of address' | 'undo a change of address'>,
  hours: number,
): Promise<(FoundChange & { readonly state: AddressChangeState }) | null> {
  const token = readToken(tokenText);
  if (token === null) return null;
  const row = await op.db
    .selectFrom('accounts.address_change as c')
    .innerJoin('vault.owner as o', 'o.owner_id', 'c.owner_id')
    .select(['c.state', 'c.token_hash', 'c.undo_hash', 'c.sealed'])
    .where('c.owner_id', '=', token.owner)
    .where('c.change_id', '=', token.row)
    .where('c.stated_at', '>', op.now.subtract({ hours }))
    .where('o.fenced_at', 'is', null)
    .executeTakeFirst();
  const hash = use === 'change of address' ? row?.token_hash : row?.undo_hash;
  if (!row || !hash || !isTokenOf(op.vault, use, token, hash)) return null;
  // Somebody else's link looks like none at all.
  if (op.actor.party === 'customer' && op.actor.owner !== token.owner) return null;
  const opener = await op.vault.openFor(op, token.owner, ['credentials']);
  return { ...openChange(opener, token.row, row.sealed), state: row.state };
}

/** Of two who go on from a state at once, one does; the other learns that the link has been used. */
export async function moveState(
  write: WriteOperation,
  owner: OwnerId,
  changeId: RowId,
  { from, to }: { readonly from: AddressChangeState; readonly to: AddressChangeState },
): Promise<void> {
  const moved = await write.db
    .updateTable('accounts.address_change')
    .set({ state: to, stated_at: write.now })
    .where('owner_id', '=', owner)
    .where('change_id', '=', changeId)
    .where('state', '=', from)
    .executeTakeFirst();
  if (moved.numUpdatedRows === 0n) throw new Problem('conflict', 'The link has been used.');
}

/** Changes of one account's address come one after the other, in both stores. */
export async function holdAccount(write: WriteOperation, owner: OwnerId): Promise<void> {
  await write.db
    .selectFrom('accounts.account')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .forUpdate()
    .execute();
}

/** A change that is on its way, held until this transaction ends; null when somebody else has finished it. */
export async function holdChange(
  write: WriteOperation,
  opener: Opener,
  changeId: RowId,
): Promise<(FoundChange & { readonly state: AddressChangeState }) | null> {
  const row = await write.db
    .selectFrom('accounts.address_change')
    .select(['state', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .where('change_id', '=', changeId)
    .where('state', 'in', ['making', 'undoing'])
    .forUpdate()
    .executeTakeFirst();
  return row ? { ...openChange(opener, changeId, row.sealed), state: row.state } : null;
}

function openChange(opener: Opener, changeId: RowId, sealed: Uint8Array): FoundChange {
  const { email, former_email, language } = opener.open(addressChange, changeId, sealed);
  const { owner } = opener;
  return { owner, changeId, email, formerEmail: former_email, language: language as Language };
}

/** Forgets a change that cannot be made. */
export async function dropChange(op: Operation, owner: OwnerId, changeId: RowId): Promise<void> {
  await op.db
    .deleteFrom('accounts.address_change')
    .where('owner_id', '=', owner)
    .where('change_id', '=', changeId)
    .execute();
}

/** A new wish; a link that was asked for before stops working. */
export async function insertChange(
  write: WriteOperation,
  sealer: Sealer,
  token: Token,
  wish: { readonly email: string; readonly former_email: string; readonly language: Language },
): Promise<void> {
  const { owner } = sealer;
  await write.db
    .deleteFrom('accounts.address_change')
    .where('owner_id', '=', owner)
    .where('state', '=', 'asked')
    .execute();
  const { email, former_email, language } = wish;
  await write.db
    .insertInto('accounts.address_change')
    .values({
      owner_id: owner,
      change_id: token.row,
      state: 'asked',
      stated_at: write.now,
      token_hash: hashOf(write.vault, 'change of address', token),
      undo_hash: null,
      sealed: sealer.seal(addressChange, token.row, { email, former_email, language }),
    })
    .execute();
}

/** Every other address that the changes of an account name, for those who look for what is left of it. */
export async function otherAddresses(op: Operation, opener: Opener): Promise<string[]> {
  const rows = await op.db
    .selectFrom('accounts.address_change')
    .select(['change_id', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .execute();
  return rows
    .map(({ change_id, sealed }) => openChange(opener, change_id, sealed))
    .flatMap(({ email, formerEmail }) => [email, formerEmail]);
}
