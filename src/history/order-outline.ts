import type { OwnerKind } from '../database/records.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { bookingsOfOrder } from './booking-rows.ts';
import type { Booking } from './booking-rows.ts';
import { listEvents } from './order-events.ts';
import type { OrderEvent } from './order-events.ts';
import { readClearOrder } from './orders.ts';
import type { ClearOrder, OrderLine } from './orders.ts';
import { paymentsOfOrder } from './payments/payment-rows.ts';
import type { Payment } from './payments/payment-rows.ts';
import { reversalsOfOrder } from './whole-order.ts';
import type { Reversal } from './whole-order.ts';

/** An order as far as it is not sealed: what it comes to and what has become of it, and not of what, for whom or where. */
export type OrderOutline = {
  readonly owner: OwnerId;
  readonly ownerKind: OwnerKind;
  readonly order: ClearOrder;
  readonly lines: readonly Pick<OrderLine, 'lineId' | 'kind' | 'quantity' | 'unitPriceOre'>[];
  readonly bookings: readonly Booking[];
  readonly payments: readonly Payment[];
  readonly reversals: readonly Reversal[];
  readonly events: readonly OrderEvent[];
};

/** For staff: one order with nothing opened. @throws Problem `not-found`, also for who is being erased */
export async function readOutline(
  op: Operation,
  owner: OwnerId,
  orderId: RowId,
): Promise<OrderOutline> {
  const head = await readClearOrder(op, owner, orderId);
  return {
    owner,
    ...head,
    lines: await readLines(op, owner, orderId),
    bookings: await bookingsOfOrder(op, owner, orderId),
    payments: await paymentsOfOrder(op, owner, orderId),
    reversals: await reversalsOfOrder(op, owner, orderId),
    events: await listEvents(op, owner, orderId),
  };
}

async function readLines({ db }: Operation, owner: OwnerId, orderId: RowId) {
  const rows = await db
    .selectFrom('history.order_line')
    .select(['line_id', 'kind', 'quantity', 'unit_price_ore'])
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .orderBy('line_id')
    .execute();
  return rows.map((row) => ({
    lineId: row.line_id,
    kind: row.kind,
    quantity: row.quantity,
    unitPriceOre: row.unit_price_ore,
  }));
}
