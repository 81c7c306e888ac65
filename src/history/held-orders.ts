import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { readOrder } from './orders.ts';
import type { Order, OrderLine } from './orders.ts';

/**
 * Whose an order is for the customer who asks: the account's own, or one that was placed as a guest and taken into it.
 * @throws Problem `not-found` for anybody else's
 */
export async function ownerOfOrder(
  { db }: Operation,
  account: OwnerId,
  orderId: RowId,
): Promise<OwnerId> {
  const own = db
    .selectFrom('history.order')
    .select('owner_id')
    .where('owner_id', '=', account)
    .where('order_id', '=', orderId);
  const held = db
    .selectFrom('vault.held as h')
    .innerJoin('history.order as o', 'o.owner_id', 'h.held_id')
    .select('o.owner_id')
    .where('h.owner_id', '=', account)
    .where('o.order_id', '=', orderId);
  const row = await own.unionAll(held).executeTakeFirst();
  if (!row) throw new Problem('not-found');
  return row.owner_id;
}

export type OpenedOrder = { readonly order: Order; readonly lines: readonly OrderLine[] };

/** Opens an order of the account or of what it holds. @throws Problem `not-found` */
export async function openOrderOf(
  op: Operation,
  of: { readonly owner: OwnerId; readonly orderId: RowId },
): Promise<OpenedOrder> {
  const opener = await op.vault.openFor(op, of.owner, ['history']);
  return readOrder(op, opener, of.orderId);
}

/** The order of an owner that has one, such as a guest; null when it is gone. */
export async function orderOfOwner({ db }: Operation, owner: OwnerId): Promise<RowId | null> {
  const row = await db
    .selectFrom('history.order')
    .select('order_id')
    .where('owner_id', '=', owner)
    .orderBy('placed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.order_id ?? null;
}
