import type { OrderState } from '../database/records.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { heldBy } from '../vault/held.ts';

/** An order as far as it is not sealed. */
export type MaskedOrder = {
  readonly orderId: RowId;
  readonly placedAt: Temporal.Instant;
  readonly state: OrderState;
  readonly totalOre: number;
};

/** For staff: the newest orders of one customer, also those that the account took in, by what is not sealed. Opens nothing. */
export async function listMaskedOrders(
  op: Operation,
  owner: OwnerId,
  limit: number,
): Promise<MaskedOrder[]> {
  const rows = await op.db
    .selectFrom('history.order')
    .select(['order_id', 'placed_at', 'state', 'total_ore'])
    .where('owner_id', 'in', [owner, ...(await heldBy(op, owner))])
    .orderBy('placed_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    orderId: row.order_id,
    placedAt: row.placed_at,
    state: row.state,
    totalOre: row.total_ore,
  }));
}
