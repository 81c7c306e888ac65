import type { OwnerId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { holding } from './holding.ts';

/** Owners that belong to an account: the orders that its customer placed as a guest and took into it. */
export const held = holding({
  table: 'vault.held',
  category: 'history',
  owners: ['account'],
  row: 'held_id',
  keep: 'account',
  clear: { owner_id: 'owner', held_id: 'reference', since: 'time' },
  sealed: null,
  exported: false,
});

const heldMax = 1000;

/** The owners that an account holds, those that it took last first. */
export async function heldBy({ db }: Operation, account: OwnerId): Promise<OwnerId[]> {
  const rows = await db
    .selectFrom('vault.held')
    .select('held_id')
    .where('owner_id', '=', account)
    .orderBy('since', 'desc')
    .limit(heldMax)
    .execute();
  return rows.map(({ held_id }) => held_id);
}

/** Does the account hold this owner? Then its customer may open it like his own. */
export async function isHeldBy(
  { db }: Operation,
  account: OwnerId,
  owner: OwnerId,
): Promise<boolean> {
  const found = await db
    .selectFrom('vault.held')
    .select('held_id')
    .where('owner_id', '=', account)
    .where('held_id', '=', owner)
    .executeTakeFirst();
  return found !== undefined;
}

/** The account that has taken this owner in; null where none has. */
export async function holderOf({ db }: Operation, owner: OwnerId): Promise<OwnerId | null> {
  const row = await db
    .selectFrom('vault.held')
    .select('owner_id')
    .where('held_id', '=', owner)
    .executeTakeFirst();
  return row?.owner_id ?? null;
}

/** Lets an account hold an owner. Nothing is sealed anew; who erases the account erases both. */
export async function holdFor(
  { db, now }: WriteOperation,
  account: OwnerId,
  owner: OwnerId,
): Promise<void> {
  await db
    .insertInto('vault.held')
    .values({ owner_id: account, held_id: owner, since: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
