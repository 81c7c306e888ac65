import type { BookingState } from '../database/records-history.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { TakenSlot } from './calendar/slots.ts';

/** Which booking, and whose. */
export type BookingKey = { readonly owner: OwnerId; readonly bookingId: RowId };

/** A booking by what of it is not sealed. */
export type Booking = BookingKey & {
  readonly orderId: RowId;
  /** Null for what is sensitive. */
  readonly itemId: RowId | null;
  readonly state: BookingState;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  /** Until when it costs nothing to cancel. */
  readonly freeCancelUntil: Temporal.Instant;
  /** How often it has been moved. */
  readonly moves: number;
};

/** @throws Problem `not-found` for a booking that is not this owner's */
export async function readBooking(
  { db }: Operation,
  { owner, bookingId }: BookingKey,
): Promise<Booking> {
  const row = await db
    .selectFrom('history.booking')
    .select(bookingColumns)
    .where('owner_id', '=', owner)
    .where('booking_id', '=', bookingId)
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
  return bookingOf(row);
}

/** The times on resources that a booking has taken. */
export async function slotsOfBooking(
  { db }: Operation,
  { owner, bookingId }: BookingKey,
): Promise<TakenSlot[]> {
  const rows = await db
    .selectFrom('history.booking_slot')
    .select(['resource_id', 'slot_id'])
    .where('owner_id', '=', owner)
    .where('booking_id', '=', bookingId)
    .orderBy('resource_id')
    .execute();
  return rows.map((row) => ({ resourceId: row.resource_id, slotId: row.slot_id }));
}

/** Can this booking be moved by whoever asks? The time that it is moved to is another question. */
export function isMovable({ actor, now }: Operation, booking: Booking): boolean {
  const { itemId, state, startsAt } = booking;
  if (itemId === null || (state !== 'booked' && state !== 'held')) return false;
  return isStaff(actor) || Temporal.Instant.compare(now, startsAt) < 0;
}

export const bookingColumns = [
  'owner_id',
  'booking_id',
  'order_id',
  'item_id',
  'state',
  'starts_at',
  'ends_at',
  'free_cancel_until',
  'moves',
] as const;

type BookingRow = {
  readonly owner_id: OwnerId;
  readonly booking_id: RowId;
  readonly order_id: RowId;
  readonly item_id: RowId | null;
  readonly state: BookingState;
  readonly starts_at: Temporal.Instant;
  readonly ends_at: Temporal.Instant;
  readonly free_cancel_until: Temporal.Instant;
  readonly moves: number;
};

export function bookingOf(row: BookingRow): Booking {
  return {
    owner: row.owner_id,
    bookingId: row.booking_id,
    orderId: row.order_id,
    itemId: row.item_id,
    state: row.state,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    freeCancelUntil: row.free_cancel_until,
    moves: row.moves,
  };
}

export function isStaff({ party }: Operation['actor']): boolean {
  return party === 'support' || party === 'administrator';
}
