import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
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

/** What an account holds beside its own rows, in the order in which it was taken in. */
export async function heldBy({ db }: Operation, account: OwnerId): Promise<OwnerId[]> {
  const rows = await db
    .selectFrom('vault.held')
    .select('held_id')
    .where('owner_id', '=', account)
    .orderBy('since')
    .orderBy('held_id')
    .execute();
  return rows.map(({ held_id }) => held_id);
}

/** Does an account hold this owner? */
export async function isHeldBy(
  { db }: Operation,
  account: OwnerId,
  owner: OwnerId,
): Promise<boolean> {
  const row = await db
    .selectFrom('vault.held')
    .select('held_id')
    .where('owner_id', '=', account)
    .where('held_id', '=', owner)
    .executeTakeFirst();
  return row !== undefined;
}
