import type { OwnerKind } from '../database/records.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { bookingsOfOrder } from './booking-rows.ts';
import type { Booking } from './booking-rows.ts';
import { listEvents } from './order-events.ts';
import type { OrderEvent } from './order-events.ts';
import type { Order, OrderLine } from './orders.ts';
import { paymentsOfOrder } from './payments/payment-rows.ts';
import type { Payment } from './payments/payment-rows.ts';
import { reversalsOfOrder } from './whole-order.ts';
import type { Reversal } from './whole-order.ts';

/** An order as far as it is not sealed: what it comes to and what has become of it, and not of what, for whom or where. */
export type OrderOutline = {
  readonly owner: OwnerId;
  readonly ownerKind: OwnerKind;
  readonly order: Omit<Order, 'number' | 'delivery'>;
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
  const head = await readHead(op, owner, orderId);
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

async function readHead(op: Operation, owner: OwnerId, orderId: RowId) {
  const row = await op.db
    .selectFrom('history.order as o')
    .innerJoin('vault.owner as v', 'v.owner_id', 'o.owner_id')
    .select([
      'v.kind',
      'o.placed_at',
      'o.state',
      'o.total_ore',
      'o.vat_ore',
      'o.pay_way',
      'o.pay_by',
      'o.performed_at',
      'o.terms_id',
    ])
    .where('o.owner_id', '=', owner)
    .where('o.order_id', '=', orderId)
    .where('v.fenced_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
  const order = {
    orderId,
    placedAt: row.placed_at,
    state: row.state,
    totalOre: row.total_ore,
    vatOre: row.vat_ore,
    payWay: row.pay_way,
    payBy: row.pay_by,
    performedAt: row.performed_at,
    termsId: row.terms_id,
  };
  return { ownerKind: row.kind, order };
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
