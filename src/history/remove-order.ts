import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { bookingsOfOrder, slotsOf } from './booking-rows.ts';
import type { Booking } from './booking-rows.ts';
import { lockResources, releaseSlots } from './calendar/slots.ts';
import { readOutline } from './order-outline.ts';
import { isUnderWay } from './payments/payment-rows.ts';
import { dueOnSite } from './payments/settle.ts';
import { lockOrder, paidPayment } from './whole-order.ts';

/** Why an order cannot be removed from the history yet. */
export type RemovalObstacle = 'not-over' | 'not-paid' | 'awaits-goods' | 'payment-under-way';

type Place = { readonly owner: OwnerId; readonly orderId: RowId };

/** What stands in the way of removing an order now; null when nothing does. Opens nothing. */
export async function obstacleToRemoval(
  op: Operation,
  { owner, orderId }: Place,
): Promise<RemovalObstacle | null> {
  const outline = await readOutline(op, owner, orderId);
  const { bookings, payments, reversals } = outline;
  const { state } = outline.order;
  if (payments.some(isUnderWay)) return 'payment-under-way';
  if (state === 'unpaid' || state === 'placed') return 'not-over';
  if (state === 'performed' && paidPayment(outline) === null && dueOnSite(outline) > 0)
    return 'not-paid';
  if (bookings.some((booking) => isToCome(booking, op.now))) return 'not-over';
  return reversals.some((one) => one.state === 'awaiting-goods') ? 'awaits-goods' : null;
}

/** Keeps elsewhere what has to outlive the order, in the transaction that removes it. */
type Keep = (write: WriteOperation, of: Place) => Promise<void>;

/**
 * Removes an order that is over, with everything that belongs to it, all of it or nothing; `keep` sees it before it goes. What the books keep of it is
 * theirs, and money that is on its way back arrives all the same.
 * @throws Problem `conflict` when it is not over, `not-found` for an order that is not this owner's or is gone
 */
export async function removeFromHistory(
  op: Operation,
  owner: OwnerId,
  orderId: RowId,
  keep: Keep,
): Promise<void> {
  const of = { owner, orderId };
  await inTransaction(op, async (write) => {
    await write.vault.sealFor(write, owner);
    await lockOrder(write, of);
    const obstacle = await obstacleToRemoval(write, of);
    if (obstacle !== null) throw new Problem('conflict', obstacle);
    await keep(write, of);
    await removeBookings(write, of);
    await removeReversals(write, of);
    for (const table of ofOrder) {
      await write.db
        .deleteFrom(table)
        .where('owner_id', '=', owner)
        .where('order_id', '=', orderId)
        .execute();
    }
  });
}

/** In the order in which they refer to one another. */
const ofOrder = [
  'history.payment',
  'history.receipt',
  'history.order_event',
  'history.order_line',
  'history.order',
] as const;

function isToCome({ state, endsAt }: Booking, now: Temporal.Instant): boolean {
  const isOpen = state === 'booked' || state === 'held';
  return isOpen && Temporal.Instant.compare(now, endsAt) < 0;
}

/** The seats of times that are over are given up with the bookings that had them. */
async function removeBookings(write: WriteOperation, { owner, orderId }: Place): Promise<void> {
  const ids = (await bookingsOfOrder(write, owner, orderId)).map(({ bookingId }) => bookingId);
  if (ids.length === 0) return;
  const slots = await slotsOf(write, owner, ids);
  await lockResources(write, [...new Set(slots.map(({ resourceId }) => resourceId))]);
  await releaseSlots(write, slots);
  for (const table of ['history.booking_slot', 'history.booking'] as const) {
    await write.db
      .deleteFrom(table)
      .where('owner_id', '=', owner)
      .where('booking_id', 'in', ids)
      .execute();
  }
}

async function removeReversals({ db }: WriteOperation, { owner, orderId }: Place): Promise<void> {
  await db
    .deleteFrom('history.reversal_line as l')
    .using('history.reversal as r')
    .whereRef('r.owner_id', '=', 'l.owner_id')
    .whereRef('r.reversal_id', '=', 'l.reversal_id')
    .where('l.owner_id', '=', owner)
    .where('r.order_id', '=', orderId)
    .execute();
  await db
    .deleteFrom('history.reversal')
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .execute();
}
