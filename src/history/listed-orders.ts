import { sql } from 'kysely';
import type { Expression, SqlBool } from 'kysely';
import type { OrderState } from '../database/records.ts';
import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { companyTimeZone, dayAt } from '../text/format.ts';
import type { Order } from './orders.ts';

/** An order as staff sees it in the list: nothing of it is opened. */
export type ListedOrder = Pick<Order, 'orderId' | 'placedAt' | 'state' | 'totalOre'> & {
  readonly owner: OwnerId;
};

/** Which orders staff asks for: all, those in one state, or those with something to be done today. */
export type OrderChoice = 'all' | 'today' | OrderState;

/** Rows of one page of the orders of everybody. */
export const listedOrdersSize = 50;

/**
 * For staff: the orders of everybody, the newest first, without anything that is sealed; `after` is the last one of the
 * page before.
 */
export async function listOrdersFor(
  op: Operation,
  choice: OrderChoice,
  after: Pick<Order, 'orderId' | 'placedAt'> | null = null,
): Promise<ListedOrder[]> {
  const rows = await op.db
    .selectFrom('history.order as o')
    .select(['o.owner_id', 'o.order_id', 'o.placed_at', 'o.state', 'o.total_ore'])
    .$if(choice === 'today', (query) => query.where(isDue(op)))
    .$if(choice !== 'today' && choice !== 'all', (query) =>
      query.where('o.state', '=', choice as OrderState),
    )
    .$if(after !== null, (query) =>
      query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('o.placed_at', 'o.order_id'), '<', tuple(after!.placedAt, after!.orderId)),
      ),
    )
    .orderBy('o.placed_at', 'desc')
    .orderBy('o.order_id', 'desc')
    .limit(listedOrdersSize)
    .execute();
  return rows.map((row) => ({
    owner: row.owner_id,
    orderId: row.order_id,
    placedAt: row.placed_at,
    state: row.state,
    totalOre: row.total_ore,
  }));
}

/** For staff: how many orders have something to be done today. A count, and nothing opened. */
export async function countDue(op: Operation): Promise<number> {
  const row = await op.db
    .selectFrom('history.order as o')
    .select((column) => column.fn.countAll<string>().as('due'))
    .where(isDue(op))
    .executeTakeFirstOrThrow();
  return Number(row.due);
}

/**
 * Is there something to be done with an order today? It is placed, and it has a time that begins today or is over, or
 * something that has no time (goods to be sent, a service to be arranged), or nothing that waits for a later day.
 */
function isDue(op: Operation): Expression<SqlBool> {
  const tomorrow = dayAt(op.now).add({ days: 1 }).toZonedDateTime(companyTimeZone).toInstant();
  return sql<SqlBool>`(o.state = 'placed' and (
    exists (
      select from history.booking b
      where b.owner_id = o.owner_id and b.order_id = o.order_id
        and b.state = 'booked' and b.starts_at < ${tomorrow})
    or exists (
      select from history.order_line l
      where l.owner_id = o.owner_id and l.order_id = o.order_id and l.kind <> 'booking'
        and not exists (
          select from history.booking b
          where b.owner_id = l.owner_id and b.order_id = l.order_id and b.line_id = l.line_id)
        and l.quantity > (
          select coalesce(sum(r.quantity), 0) from history.reversal_line r
          where r.owner_id = l.owner_id and r.line_id = l.line_id))
    or not exists (
      select from history.booking b
      where b.owner_id = o.owner_id and b.order_id = o.order_id and b.state = 'booked')))`;
}
