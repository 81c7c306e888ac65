import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';

/** For staff: how many orders wait to be carried out, and how many came since an instant. Counts only. */
export async function countOrders(
  op: Operation,
  since: Temporal.Instant,
): Promise<{ readonly toPerform: number; readonly placedSince: number }> {
  const row = await op.db
    .selectFrom('history.order')
    .select((column) => [
      column.fn.countAll<string>().filterWhere('state', '=', 'placed').as('to_perform'),
      column.fn.countAll<string>().filterWhere('placed_at', '>=', since).as('placed_since'),
    ])
    .executeTakeFirstOrThrow();
  return { toPerform: Number(row.to_perform), placedSince: Number(row.placed_since) };
}

/** For staff: how many orders one customer has, and when the latest was placed. Opens nothing. */
export async function countOrdersOf(
  op: Operation,
  owner: OwnerId,
): Promise<{ readonly orders: number; readonly latestAt: Temporal.Instant | null }> {
  const row = await op.db
    .selectFrom('history.order')
    .select((column) => [
      column.fn.countAll<string>().as('orders'),
      column.fn.max('placed_at').as('latest_at'),
    ])
    .where('owner_id', '=', owner)
    .executeTakeFirstOrThrow();
  return { orders: Number(row.orders), latestAt: row.latest_at };
}
