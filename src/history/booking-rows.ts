import type { BookingState, HistoryTables } from '../database/records-history.ts';
import { writeTogether } from '../database/together.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { newRowId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Sealer } from '../vault/vault.ts';
import type { TakenSlot } from './calendar/slots.ts';
import type { BookingRules, Item } from './catalogue/items.ts';
import { booking } from './holdings.ts';
import type { Delivery, Order, OrderLine } from './orders.ts';
import { isEarly } from './rule-words.ts';

/** Which booking, and whose. */
export type BookingKey = { readonly owner: OwnerId; readonly bookingId: RowId };

/** A time that belongs to an order, as far as it is not sealed. */
export type Booking = BookingKey & {
  readonly orderId: RowId;
  readonly lineId: RowId;
  /** Null where the item is sensitive. */
  readonly itemId: RowId | null;
  readonly state: BookingState;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  readonly freeCancelUntil: Temporal.Instant;
  readonly lateFeePercent: number;
  readonly moves: number;
  /** When its customer asked for it to begin within the days of withdrawal (2 kap. 15 §); null for who has not. */
  readonly beginAskedAt: Temporal.Instant | null;
};

export type BookedTime = {
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  readonly slots: readonly TakenSlot[];
};

/** What a booking needs to know of what is booked. */
export type BookedItem = Pick<
  Item,
  'itemId' | 'isSensitive' | 'fulfilment' | 'booking' | 'withdrawal'
>;

/** Writes down a time that was taken in this transaction: kept for who has to pay first, else booked. */
export async function insertBooking(
  write: WriteOperation,
  sealer: Sealer,
  of: {
    readonly placed: Pick<Order, 'orderId' | 'state' | 'delivery'>;
    readonly lineId: RowId;
    readonly item: BookedItem;
    readonly time: BookedTime;
  },
): Promise<RowId> {
  const { placed, lineId, item, time } = of;
  const booking_id = newRowId(write.now);
  const bookingWrite = write.db.insertInto('history.booking').values({
    owner_id: sealer.owner,
    booking_id,
    order_id: placed.orderId,
    line_id: lineId,
    item_id: item.isSensitive ? null : item.itemId,
    state: placed.state === 'unpaid' ? 'held' : 'booked',
    starts_at: time.startsAt,
    ends_at: time.endsAt,
    ...cancelRules(item.booking, time.startsAt),
    begin_asked_at: asksToBegin(item, time, write.now) ? write.now : null,
    reminded_at: null,
    sealed: sealer.seal(booking, booking_id, neededToPerform(item, placed.delivery)),
  });
  const key = { owner: sealer.owner, bookingId: booking_id };
  await writeTogether(write.db, [bookingWrite, slotsWrite(write, key, time.slots)]);
  return booking_id;
}

/** The slots that a booking has. */
export function slotsWrite(
  { db }: WriteOperation,
  { owner, bookingId }: BookingKey,
  slots: readonly TakenSlot[],
) {
  return db.insertInto('history.booking_slot').values(
    slots.map(({ resourceId, slotId }) => ({
      owner_id: owner,
      booking_id: bookingId,
      resource_id: resourceId,
      slot_id: slotId,
    })),
  );
}

/** Until when a booking is cancelled for nothing, and what it costs then, as the rules are when it is booked. */
export function cancelRules(
  rules: BookingRules | null,
  startsAt: Temporal.Instant,
): { free_cancel_until: Temporal.Instant; late_fee_percent: number } {
  return {
    free_cancel_until: startsAt.subtract({ hours: rules?.freeCancelHours ?? 0 }),
    late_fee_percent: rules?.lateFeePercent ?? 0,
  };
}

/** Whoever books such a time agrees to it at the checkout (see `consentsFor`). What the company arranges nobody has asked for. */
function asksToBegin(item: BookedItem, time: BookedTime, now: Temporal.Instant): boolean {
  return item.booking !== null && isEarly({ withdrawal: item.withdrawal, time }, now);
}

/** Whoever performs it is told where to go only when they have to go there. */
function neededToPerform(item: BookedItem, delivery: Delivery) {
  const { recipient_name, phone, message, street, postal_code, town } = delivery;
  const isAtCustomer = item.fulfilment === 'at-customer';
  return {
    recipient_name,
    phone,
    message,
    street: isAtCustomer ? street : null,
    postal_code: isAtCustomer ? postal_code : null,
    town: isAtCustomer ? town : null,
  };
}

export const bookingColumns = [
  'owner_id',
  'booking_id',
  'order_id',
  'line_id',
  'item_id',
  'state',
  'starts_at',
  'ends_at',
  'free_cancel_until',
  'late_fee_percent',
  'moves',
  'begin_asked_at',
] as const;

export type BookingRow = Pick<HistoryTables['history.booking'], (typeof bookingColumns)[number]>;

export function bookingOf(row: Omit<BookingRow, 'moves'> & { readonly moves: number }): Booking {
  return {
    owner: row.owner_id,
    bookingId: row.booking_id,
    orderId: row.order_id,
    lineId: row.line_id,
    itemId: row.item_id,
    state: row.state,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    freeCancelUntil: row.free_cancel_until,
    lateFeePercent: row.late_fee_percent,
    moves: row.moves,
    beginAskedAt: row.begin_asked_at,
  };
}

/** The bookings of one order. Opens nothing. */
export async function bookingsOfOrder(
  op: Operation,
  owner: OwnerId,
  orderId: RowId,
): Promise<Booking[]> {
  const rows = await op.db
    .selectFrom('history.booking')
    .select(bookingColumns)
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .orderBy('starts_at')
    .orderBy('booking_id')
    .execute();
  return rows.map(bookingOf);
}

/** The slots of bookings, to be given back. */
export async function slotsOf(
  { db }: Operation,
  owner: OwnerId,
  bookingIds: readonly RowId[],
): Promise<TakenSlot[]> {
  if (bookingIds.length === 0) return [];
  const rows = await db
    .selectFrom('history.booking_slot')
    .select(['resource_id', 'slot_id'])
    .where('owner_id', '=', owner)
    .where('booking_id', 'in', bookingIds)
    .orderBy('resource_id')
    .execute();
  return rows.map(({ resource_id, slot_id }) => ({ resourceId: resource_id, slotId: slot_id }));
}

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
export function slotsOfBooking(
  op: Operation,
  { owner, bookingId }: BookingKey,
): Promise<TakenSlot[]> {
  return slotsOf(op, owner, [bookingId]);
}

/** Can this booking be moved by whoever asks? The time that it is moved to is another question. */
export function isMovable({ actor, now }: Operation, booking: Booking): boolean {
  const { itemId, state, startsAt } = booking;
  if (itemId === null || (state !== 'booked' && state !== 'held')) return false;
  return isStaff(actor) || Temporal.Instant.compare(now, startsAt) < 0;
}

/** Are there other times that its customer could choose? What the company has arranged, it moves itself. */
export function hasTimes(line: Pick<OrderLine, 'kind' | 'item'>): boolean {
  return line.kind === 'booking' && line.item !== null;
}

export function isStaff({ party }: Operation['actor']): boolean {
  return party === 'support' || party === 'administrator';
}
