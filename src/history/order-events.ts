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

/** Writes down what happens, in the transaction in which it happens. */
export async function noteEvent(
  op: WriteOperation,
  { owner, orderId }: { readonly owner: OwnerId; readonly orderId: RowId },
  kind: OrderEventKind,
): Promise<void> {
  await op.db
    .insertInto('history.order_event')
    .values({
      owner_id: owner,
      order_id: orderId,
      event_id: newRowId(op.now),
      happened_at: op.now,
      kind,
      // Who orders without an account is nobody to the system until the order is there.
      party: op.actor.party === 'nobody' ? 'customer' : op.actor.party,
    })
    .execute();
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
