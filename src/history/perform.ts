import type { BookingState, OrderEventKind } from '../database/records-history.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { noteEvent } from './order-events.ts';
import { lockOrder } from './whole-order.ts';
import { isPerformingOver } from './performing-window.ts';

/** What became of a booking; `booked` takes it back. */
export type PerformOutcome = Extract<BookingState, 'booked' | 'performed' | 'no-show'>;

export type Performed = {
  readonly owner: OwnerId;
  readonly bookingId: RowId;
  readonly outcome: PerformOutcome;
};

/** What became of marking it: it has not begun, or it is too long ago for a provider. */
export type PerformAnswer = 'done' | 'too-early' | 'too-late';

const eventOf: Readonly<Record<PerformOutcome, OrderEventKind>> = {
  performed: 'performed',
  'no-show': 'no-show',
  booked: 'changed',
};

/**
 * Marks a booking as performed, or its customer as not come, or takes that back. Possible from its start on; for who
 * performs it until the end of the next day, for staff as long as it is there. An order of which nothing is left to do
 * becomes performed with its last booking. The same mark twice is one; of two different marks at once one stands.
 * @throws Problem `not-found` for what is no booking of this owner, `conflict` when it is in no state to be marked so,
 * `fenced` when the owner is being erased
 */
export async function performBooking(
  op: Operation,
  { owner, bookingId, outcome }: Performed,
): Promise<PerformAnswer> {
  return inTransaction(op, async (write) => {
    await write.vault.sealFor(write, owner);
    const orderId = await orderIdOf(write, owner, bookingId);
    // Whoever ends the last two bookings of an order at once comes one after the other, so that one sees it is done.
    await lockOrder(write, { owner, orderId });
    const booking = await readBooking(write, owner, bookingId);
    if (booking.state === outcome) return 'done';
    const obstacle = obstacleTo(write, booking);
    if (obstacle !== null) return obstacle;
    // From a mark one comes only back, so that nobody writes over what somebody else has just said.
    const from = outcome === 'booked' ? (['performed', 'no-show'] as const) : (['booked'] as const);
    const marked = await write.db
      .updateTable('history.booking')
      .set({ state: outcome })
      .where('owner_id', '=', owner)
      .where('booking_id', '=', bookingId)
      .where('state', 'in', from)
      .executeTakeFirst();
    if (marked.numUpdatedRows !== 1n)
      throw new Problem('conflict', 'The booking is not in a state to be marked so.');
    await noteEvent(write, { owner, orderId }, eventOf[outcome]);
    await (outcome === 'booked'
      ? reopenOrder(write, owner, orderId)
      : performIfDone(write, owner, orderId));
    return 'done';
  });
}

async function orderIdOf(write: WriteOperation, owner: OwnerId, bookingId: RowId): Promise<RowId> {
  const booking = await write.db
    .selectFrom('history.booking')
    .select('order_id')
    .where('owner_id', '=', owner)
    .where('booking_id', '=', bookingId)
    .executeTakeFirst();
  if (!booking) throw new Problem('not-found');
  return booking.order_id;
}

type Booking = {
  readonly state: BookingState;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
};

/** As it is now that nobody else marks it. */
async function readBooking(
  write: WriteOperation,
  owner: OwnerId,
  bookingId: RowId,
): Promise<Booking> {
  const row = await write.db
    .selectFrom('history.booking')
    .select(['state', 'starts_at', 'ends_at'])
    .where('owner_id', '=', owner)
    .where('booking_id', '=', bookingId)
    .executeTakeFirstOrThrow();
  return { state: row.state, startsAt: row.starts_at, endsAt: row.ends_at };
}

function obstacleTo(op: Operation, booking: Booking): Exclude<PerformAnswer, 'done'> | null {
  if (Temporal.Instant.compare(op.now, booking.startsAt) < 0) return 'too-early';
  const isLate = op.actor.party === 'provider' && isPerformingOver(booking, op.now);
  return isLate ? 'too-late' : null;
}

/**
 * An order becomes performed when nothing of it is left to do, whatever ended last: a mark, or what was left being taken
 * back. The caller holds the order.
 */
export async function performIfDone(
  write: WriteOperation,
  owner: OwnerId,
  orderId: RowId,
): Promise<void> {
  if (await hasBookingsLeft(write, owner, orderId)) return;
  if (await hasOthersLeft(write, owner, orderId)) return;
  await write.db
    .updateTable('history.order')
    .set({ state: 'performed', performed_at: write.now })
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .where('state', '=', 'placed')
    .execute();
}

/** A mark that is taken back leaves something to do; where there are goods, somebody else has said that all is done. */
async function reopenOrder(write: WriteOperation, owner: OwnerId, orderId: RowId): Promise<void> {
  if (await hasOthersLeft(write, owner, orderId)) return;
  await write.db
    .updateTable('history.order')
    .set({ state: 'placed', performed_at: null })
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .where('state', '=', 'performed')
    .execute();
}

async function hasBookingsLeft(
  { db }: WriteOperation,
  owner: OwnerId,
  orderId: RowId,
): Promise<boolean> {
  const left = await db
    .selectFrom('history.booking')
    .select('booking_id')
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .where('state', 'in', ['held', 'booked'])
    .limit(1)
    .executeTakeFirst();
  return left !== undefined;
}

/** Goods and services that were not taken back: somebody else carries them out, and says when. */
async function hasOthersLeft(
  { db }: WriteOperation,
  owner: OwnerId,
  orderId: RowId,
): Promise<boolean> {
  const lines = await db
    .selectFrom('history.order_line')
    .select(['line_id', 'quantity'])
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .where('kind', '<>', 'booking')
    .execute();
  const reversed = await db
    .selectFrom('history.reversal as r')
    .innerJoin('history.reversal_line as l', (join) =>
      join.onRef('l.owner_id', '=', 'r.owner_id').onRef('l.reversal_id', '=', 'r.reversal_id'),
    )
    .select(['l.line_id', 'l.quantity'])
    .where('r.owner_id', '=', owner)
    .where('r.order_id', '=', orderId)
    .execute();
  const takenBack = (lineId: RowId) =>
    reversed.filter((one) => one.line_id === lineId).reduce((sum, one) => sum + one.quantity, 0);
  return lines.some(({ line_id, quantity }) => takenBack(line_id) < quantity);
}
