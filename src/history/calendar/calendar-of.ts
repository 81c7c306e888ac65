import { sql } from 'kysely';
import type { BookingState } from '../../database/records-history.ts';
import type { OwnerId, RowId } from '../../ids.ts';
import type { Operation } from '../../operation.ts';

/** A booking as staff sees it in the calendar: nothing of it is opened. */
export type CalendarBooking = {
  readonly owner: OwnerId;
  readonly bookingId: RowId;
  readonly orderId: RowId;
  readonly state: BookingState;
  readonly moves: number;
};

/** Time of a resource that is taken, and by which bookings. */
export type CalendarSlot = {
  readonly resourceId: RowId;
  readonly slotId: RowId;
  readonly kind: 'booked' | 'blocked';
  /** Null for blocked time and for what is sensitive. */
  readonly itemId: RowId | null;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  /** With the time to make ready and to clean. */
  readonly busyFrom: Temporal.Instant;
  readonly busyTo: Temporal.Instant;
  readonly capacity: number;
  readonly taken: number;
  readonly bookings: readonly CalendarBooking[];
};

export type InstantSpan = { readonly from: Temporal.Instant; readonly to: Temporal.Instant };

/** More than a year of full days of one resource. */
const rowsMax = 10_000;

/** What is taken of some resources' time, by when it begins; only what is not sealed. */
export async function calendarOf(
  { db }: Operation,
  { from, to }: InstantSpan,
  resourceIds: readonly RowId[],
): Promise<CalendarSlot[]> {
  const rows = await db
    .selectFrom('history.slot as s')
    .leftJoin('history.booking_slot as t', (join) =>
      join.onRef('t.resource_id', '=', 's.resource_id').onRef('t.slot_id', '=', 's.slot_id'),
    )
    .leftJoin('history.booking as b', (join) =>
      join.onRef('b.owner_id', '=', 't.owner_id').onRef('b.booking_id', '=', 't.booking_id'),
    )
    .select(['s.resource_id', 's.slot_id', 's.kind', 's.item_id', 's.starts_at', 's.ends_at'])
    .select(['s.busy_from', 's.busy_to', 's.capacity', 's.taken'])
    .select(['b.owner_id', 'b.booking_id', 'b.order_id', 'b.state', 'b.moves'])
    .where(sql<boolean>`s.resource_id = any(${resourceIds}::uuid[])`)
    .where(sql<boolean>`tstzrange(s.busy_from, s.busy_to) && tstzrange(${from}, ${to})`)
    .orderBy('s.starts_at')
    .orderBy('s.slot_id')
    .orderBy('b.booking_id')
    .limit(rowsMax)
    .execute();
  return [...Map.groupBy(rows, ({ slot_id }) => slot_id).values()].map((own) => ({
    ...slotOf(own[0]!),
    bookings: own.flatMap(bookingOf),
  }));
}

type SlotRow = {
  readonly resource_id: RowId;
  readonly slot_id: RowId;
  readonly kind: 'booked' | 'blocked';
  readonly item_id: RowId | null;
  readonly starts_at: Temporal.Instant;
  readonly ends_at: Temporal.Instant;
  readonly busy_from: Temporal.Instant;
  readonly busy_to: Temporal.Instant;
  readonly capacity: number;
  readonly taken: number;
};

function slotOf(row: SlotRow): Omit<CalendarSlot, 'bookings'> {
  return {
    resourceId: row.resource_id,
    slotId: row.slot_id,
    kind: row.kind,
    itemId: row.item_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    busyFrom: row.busy_from,
    busyTo: row.busy_to,
    capacity: row.capacity,
    taken: row.taken,
  };
}

type BookingRow = {
  readonly owner_id: OwnerId | null;
  readonly booking_id: RowId | null;
  readonly order_id: RowId | null;
  readonly state: BookingState | null;
  readonly moves: number | null;
};

function bookingOf({ owner_id, booking_id, order_id, state, moves }: BookingRow) {
  if (owner_id === null || booking_id === null || order_id === null || state === null) return [];
  return [{ owner: owner_id, bookingId: booking_id, orderId: order_id, state, moves: moves ?? 0 }];
}
