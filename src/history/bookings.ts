import type { RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Sealer } from '../vault/vault.ts';
import { moveArranged } from './arrange.ts';
import { isMovable, isStaff, readBooking, slotsOfBooking, slotsWrite } from './booking-rows.ts';
import type { Booking, BookingKey } from './booking-rows.ts';
import type { TakenSlot } from './calendar/slots.ts';
import { moveTime } from './calendar/take-time.ts';
import { findKnownItem } from './catalogue/known-items.ts';
import { noteEvent } from './order-events.ts';
import { lockOrder } from './whole-order.ts';

export type BookingMove = BookingKey & {
  readonly startsAt: Temporal.Instant;
  /** What is booked, from its order line, where the item is sensitive and the booking does not say it. */
  readonly itemId?: RowId;
  /** The customer has asked for it to begin at a time within the days of withdrawal. */
  readonly asksToBegin?: boolean;
  /** With this resource and no other that could do the same; for staff. */
  readonly with?: RowId;
};

/** What a letter about a moved booking tells. */
export type Moved = Pick<Booking, 'orderId' | 'startsAt' | 'endsAt' | 'freeCancelUntil'> & {
  readonly from: Temporal.Instant;
};

/**
 * Moves a booking to another time. The old time is given up only together with taking the new one. `tell` writes the
 * letter in the same transaction; a booking that is there already is not moved, and nobody is told. A customer moves
 * what has not begun, by the rules for booking; staff are bound neither by lead time nor by horizon.
 * @throws Problem `not-found` for a booking that is not this owner's or whose item is not known, `conflict` when the time
 *   is not free or the booking can be moved no more
 */
export async function moveBooking(
  op: Operation,
  move: BookingMove,
  tell: (write: WriteOperation, sealer: Sealer, moved: Moved) => Promise<void>,
): Promise<void> {
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, move.owner);
    const booking = await lockBooking(write, move);
    const old = await slotsOfBooking(write, move);
    if (isThere(booking, old, move)) return;
    const moved = await moveLocked(write, { booking, old }, move);
    await tell(write, sealer, moved);
  });
}

/** Whoever changes a booking holds its order first, so that two who want to do different things do not wait for each other. */
async function lockBooking(write: WriteOperation, move: BookingMove): Promise<Booking> {
  const { orderId } = await readBooking(write, move);
  await lockOrder(write, { owner: move.owner, orderId });
  const booking = await readBooking(write, move);
  if (!isMovable(write, { ...booking, itemId: booking.itemId ?? move.itemId ?? null }))
    throw new Problem('conflict', 'The booking can be moved no more.');
  return booking;
}

function isThere(booking: Booking, old: readonly TakenSlot[], move: BookingMove): boolean {
  const isWithWished = old.some(({ resourceId }) => resourceId === move.with);
  return booking.startsAt.equals(move.startsAt) && (move.with === undefined || isWithWished);
}

async function moveLocked(
  op: WriteOperation,
  { booking, old }: { readonly booking: Booking; readonly old: readonly TakenSlot[] },
  { startsAt, with: wished, itemId, asksToBegin }: BookingMove,
): Promise<Moved> {
  const known = booking.itemId ?? itemId ?? null;
  const item = known === null ? null : await findKnownItem(op.db, known);
  if (item === null) throw new Problem('not-found');
  const byStaff = isStaff(op.actor);
  if (item.booking === null && !byStaff)
    throw new Problem('conflict', 'The company moves what it arranged.');
  const { slots, endsAt } =
    item.booking === null
      ? await moveArranged(op, { booking, old, startsAt, with: wished })
      : await moveTime(op, item, old, startsAt, {
          ...(byStaff && { byStaff }),
          ...(wished !== undefined && { with: wished }),
        });
  const freeCancelUntil = freeCancelAfter(op, booking, startsAt);
  const beginAskedAt = booking.beginAskedAt ?? (asksToBegin === true ? op.now : null);
  await writeTimes(op, booking, { startsAt, endsAt, freeCancelUntil, beginAskedAt });
  await replaceSlots(op, booking, slots);
  await noteEvent(op, booking, 'rebooked');
  return { orderId: booking.orderId, startsAt, endsAt, freeCancelUntil, from: booking.startsAt };
}

/**
 * As long before the new start as it was agreed for the old one. Safety: a customer who moves a booking when cancelling
 * it already costs something still has that cost; otherwise moving it far away and cancelling it there would be free.
 */
function freeCancelAfter(
  { actor, now }: Operation,
  { startsAt: oldStart, freeCancelUntil }: Booking,
  startsAt: Temporal.Instant,
): Temporal.Instant {
  const isOver = Temporal.Instant.compare(now, freeCancelUntil) > 0;
  if (isOver && !isStaff(actor)) return freeCancelUntil;
  return startsAt.subtract(oldStart.since(freeCancelUntil));
}

async function writeTimes(
  { db }: WriteOperation,
  { owner, bookingId, moves }: Booking,
  times: Pick<Booking, 'startsAt' | 'endsAt' | 'freeCancelUntil' | 'beginAskedAt'>,
): Promise<void> {
  await db
    .updateTable('history.booking')
    .set({
      starts_at: times.startsAt,
      ends_at: times.endsAt,
      free_cancel_until: times.freeCancelUntil,
      begin_asked_at: times.beginAskedAt,
      moves: moves + 1,
      // The new time has a day before of its own.
      reminded_at: null,
    })
    .where('owner_id', '=', owner)
    .where('booking_id', '=', bookingId)
    .execute();
}

async function replaceSlots(
  write: WriteOperation,
  key: BookingKey,
  slots: readonly TakenSlot[],
): Promise<void> {
  await write.db
    .deleteFrom('history.booking_slot')
    .where('owner_id', '=', key.owner)
    .where('booking_id', '=', key.bookingId)
    .execute();
  await slotsWrite(write, key, slots).execute();
}
