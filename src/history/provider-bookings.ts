import { sql } from 'kysely';
import type { BookingState, Fulfilment } from '../database/records-history.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import type { Words } from '../policy/shape.ts';
import { Problem } from '../problem.ts';

/** A booking as its provider sees it: when, what and where, and nothing about whom. */
export type ProviderBooking = {
  readonly owner: OwnerId;
  readonly bookingId: RowId;
  readonly orderId: RowId;
  readonly lineId: RowId;
  readonly state: BookingState;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  /** Null where the item is sensitive: then a list does not say what is booked. */
  readonly itemId: RowId | null;
  readonly name: Words | null;
  readonly fulfilment: Fulfilment | null;
  /** The public labels of the rooms it takes. */
  readonly rooms: readonly Words[];
};

/** A span of time, half-open. */
export type Span = { readonly from: Temporal.Instant; readonly to: Temporal.Instant };

const listedMax = 500;
/** What is only held, taken back or lapsed is no work for anybody. */
const shownStates: readonly BookingState[] = ['booked', 'performed', 'no-show'];

/** The bookings in a provider's calendars that begin within a span, in their order. Opens nothing. */
export async function listProviderBookings(
  op: Operation,
  provider: OwnerId,
  { from, to }: Span,
): Promise<ProviderBooking[]> {
  const rows = await bookingsOf(op, provider)
    .innerJoin('history.slot as s', (join) =>
      join.onRef('s.resource_id', '=', 't.resource_id').onRef('s.slot_id', '=', 't.slot_id'),
    )
    // Found by the index that keeps slots from overlapping; the buffers around them are busy as well.
    .where(sql<boolean>`tstzrange(s.busy_from, s.busy_to) && tstzrange(${from}, ${to})`)
    .where('b.starts_at', '>=', from)
    .where('b.starts_at', '<', to)
    .orderBy('b.starts_at')
    .orderBy('b.booking_id')
    .limit(listedMax)
    .execute();
  return withRooms(op, rows);
}

/**
 * One booking in a provider's calendars.
 * @throws Problem `not-found` for every other booking, and for what is none
 */
export async function readProviderBooking(
  op: Operation,
  provider: OwnerId,
  bookingId: RowId,
): Promise<ProviderBooking> {
  const row = await bookingsOf(op, provider)
    .where('b.booking_id', '=', bookingId)
    .executeTakeFirst();
  const [found] = row ? await withRooms(op, [row]) : [];
  if (!found) throw new Problem('not-found');
  return found;
}

function bookingsOf({ db }: Operation, provider: OwnerId) {
  return (
    db
      .selectFrom('accounts.provider_resource as p')
      .innerJoin('history.booking_slot as t', 't.resource_id', 'p.resource_id')
      .innerJoin('history.booking as b', (join) =>
        join.onRef('b.owner_id', '=', 't.owner_id').onRef('b.booking_id', '=', 't.booking_id'),
      )
      .innerJoin('vault.owner as o', 'o.owner_id', 'b.owner_id')
      .leftJoin('history.item as i', 'i.item_id', 'b.item_id')
      .select(['b.owner_id', 'b.booking_id', 'b.order_id', 'b.line_id', 'b.state'])
      .select(['b.starts_at', 'b.ends_at', 'i.item_id', 'i.name', 'i.fulfilment', 'i.sensitive'])
      // A booking that takes two of the provider's calendars is one booking.
      .distinct()
      .where('p.owner_id', '=', provider)
      .where('b.state', 'in', shownStates)
      .where('o.fenced_at', 'is', null)
  );
}

type Row = Awaited<ReturnType<ReturnType<typeof bookingsOf>['execute']>>[number];

async function withRooms(op: Operation, rows: readonly Row[]): Promise<ProviderBooking[]> {
  const rooms = await roomsOf(op, rows);
  return rows.map((row) => {
    const isOpen = row.sensitive === false;
    return {
      owner: row.owner_id,
      bookingId: row.booking_id,
      orderId: row.order_id,
      lineId: row.line_id,
      state: row.state,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      itemId: isOpen ? row.item_id : null,
      name: isOpen ? row.name : null,
      fulfilment: isOpen ? row.fulfilment : null,
      rooms: rooms.get(row.booking_id) ?? [],
    };
  });
}

async function roomsOf(
  { db }: Operation,
  rows: readonly Row[],
): Promise<ReadonlyMap<RowId, Words[]>> {
  if (rows.length === 0) return new Map();
  const found = await db
    .selectFrom('history.booking_slot as t')
    .innerJoin('history.resource as r', 'r.resource_id', 't.resource_id')
    .select(['t.booking_id', 'r.label'])
    .where('t.owner_id', 'in', [...new Set(rows.map((row) => row.owner_id))])
    .where(
      't.booking_id',
      'in',
      rows.map((row) => row.booking_id),
    )
    .where('r.kind', '=', 'room')
    .orderBy('r.position')
    .execute();
  const rooms = new Map<RowId, Words[]>();
  for (const { booking_id, label } of found)
    rooms.set(booking_id, [...(rooms.get(booking_id) ?? []), label]);
  return rooms;
}
