import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { bookingsOfOrder } from './booking-rows.ts';
import type { Booking } from './booking-rows.ts';
import { noteEvent } from './order-events.ts';
import { lockOrder } from './whole-order.ts';

type Place = { readonly owner: OwnerId; readonly orderId: RowId };

/**
 * The goods have been handed over or sent, the services are done: the order is performed, and the days of withdrawal of
 * goods are counted from now (distansavtalslagen 2 kap. 12 §). Times that are over become performed with it. Nothing is
 * opened. Said twice it is done once.
 * @throws Problem `conflict` when the order is not placed, or one of its times is not over; `not-found`, `fenced`
 */
export async function handOver(op: Operation, of: Place): Promise<void> {
  await inTransaction(op, async (write) => {
    await write.vault.sealFor(write, of.owner);
    const state = await lockOrder(write, of);
    if (state !== 'placed') throw new Problem('conflict', 'it is not waiting to be carried out');
    const bookings = await bookingsOfOrder(write, of.owner, of.orderId);
    if (bookings.some((one) => isAhead(one, op.now)))
      throw new Problem('conflict', 'a time of it is not over');
    await endTimes(write, of);
    await write.db
      .updateTable('history.order')
      .set({ state: 'performed', performed_at: op.now })
      .where('owner_id', '=', of.owner)
      .where('order_id', '=', of.orderId)
      .where('state', '=', 'placed')
      .execute();
    await noteEvent(write, of, 'performed');
  });
}

/** A time that is booked and not over: until then its order can not be performed. */
export function isAhead(
  { state, endsAt }: Pick<Booking, 'state' | 'endsAt'>,
  now: Temporal.Instant,
): boolean {
  return (state === 'booked' || state === 'held') && Temporal.Instant.compare(endsAt, now) > 0;
}

async function endTimes({ db }: WriteOperation, { owner, orderId }: Place): Promise<void> {
  await db
    .updateTable('history.booking')
    .set({ state: 'performed' })
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .where('state', '=', 'booked')
    .execute();
}
