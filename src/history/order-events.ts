import type { OrderEventKind } from '../database/records-history.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { newRowId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';

/** Something that happened to an order, and who did it. */
export type OrderEvent = {
  readonly eventId: RowId;
  readonly happenedAt: Temporal.Instant;
  readonly kind: OrderEventKind;
  readonly party: string;
};

const eventsMax = 200;

type OfOrder = { readonly owner: OwnerId; readonly orderId: RowId };

/** Writes down what happens, in the transaction in which it happens. */
export async function noteEvent(
  write: WriteOperation,
  of: OfOrder,
  kind: OrderEventKind,
): Promise<void> {
  await eventWrite(write, of, kind).execute();
}

/** The same, to be sent together with others. */
export function eventWrite(
  { db, now, actor }: WriteOperation,
  { owner, orderId }: OfOrder,
  kind: OrderEventKind,
) {
  return db.insertInto('history.order_event').values({
    owner_id: owner,
    order_id: orderId,
    event_id: newRowId(now),
    happened_at: now,
    kind,
    // Who orders without an account is nobody to the system until the order is there.
    party: actor.party === 'nobody' ? 'customer' : actor.party,
  });
}

/** What has happened to an order, in the order in which it did. Opens nothing. */
export async function listEvents(
  op: Operation,
  owner: OwnerId,
  orderId: RowId,
): Promise<OrderEvent[]> {
  const rows = await op.db
    .selectFrom('history.order_event')
    .select(['event_id', 'happened_at', 'kind', 'party'])
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .orderBy('happened_at')
    .orderBy('event_id')
    .limit(eventsMax)
    .execute();
  return rows.map((row) => ({
    eventId: row.event_id,
    happenedAt: row.happened_at,
    kind: row.kind,
    party: row.party,
  }));
}
