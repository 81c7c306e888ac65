/** For tests: calendars, something to book, and bookings whose rows are sealed as those of an order are. */
import type { Fulfilment } from '../database/records-history.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { newRowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { WriteOperation } from '../operation.ts';
import type { IntakeField } from '../policy/intake.ts';
import type { Sealer } from '../vault/vault.ts';
import type { TestSystem } from '../../test/system.ts';
import { noAnswers } from './answers.ts';
import { takeSlots } from './calendar/slots.ts';
import { addItem } from './catalogue/add-item.ts';
import type { Item } from './catalogue/items.ts';
import { booking, order, orderLine } from './holdings.ts';

/** What the rows are written to: the stores of a test, or those of a server that runs. */
export type Here = Pick<TestSystem, 'db' | 'now' | 'op'>;

export async function addCalendar(
  system: Here,
  label: string,
  kind: 'person' | 'room' = 'person',
): Promise<RowId> {
  const resource_id = newRowId(system.now);
  await system.db
    .insertInto('history.resource')
    .values({ resource_id, kind, position: 1, label: { sv: label, en: label } })
    .execute();
  return resource_id;
}

type Wanted = {
  readonly name: string;
  readonly fulfilment?: Fulfilment;
  readonly questions?: readonly IntakeField[];
  readonly isSensitive?: boolean;
};

/** Something to book that takes an hour. */
export async function addBookable(system: Here, wanted: Wanted): Promise<Item> {
  const { name, fulfilment = 'on-site', questions = [], isSensitive = false } = wanted;
  const item: Item = {
    itemId: newRowId(system.now),
    kind: 'booking',
    name: { sv: name, en: name },
    description: { sv: '', en: '' },
    priceOre: 50_000,
    vatPercent: 25,
    isSensitive,
    fulfilment,
    withdrawal: 'date-bound',
    paysOnSite: true,
    variants: [],
    questions: questions.map((field) => ({ field, isRequired: false })),
    booking: {
      durationMinutes: 60,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      stepMinutes: 60,
      leadMinutes: 0,
      horizonDays: 90,
      capacity: 1,
      freeCancelHours: 24,
      lateFeePercent: 0,
    },
  };
  await system.db.transaction().execute((db) => addItem(db, item, 50));
  return item;
}

export type Booked = {
  readonly owner: OwnerId;
  readonly orderId: RowId;
  readonly bookingId: RowId;
};

export type BookingWish = {
  readonly item: Item;
  /** On these calendars. */
  readonly on: readonly RowId[];
  readonly startsAt: string;
  readonly person?: Partial<typeof someone>;
  readonly answers?: Partial<Record<IntakeField, string>>;
  /** Beside another booking of the same order. */
  readonly orderId?: RowId;
};

export const someone = {
  recipient_name: 'Maja Lind Testsson',
  phone: '070-174 06 05',
  street: 'Provgatan 17',
  postal_code: '503 32',
  town: 'Borås',
  message: 'Ring på grinden',
};

/** Books for an owner, as an order of one line does; with `orderId` as one more line of that order. */
export async function book(system: Here, owner: OwnerId, wish: BookingWish): Promise<Booked> {
  const op = system.op({ party: 'customer', owner }, 'order');
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const orderId = wish.orderId ?? (await insertOrder(write, sealer, wish));
    const lineId = await insertLine(write, sealer, orderId, wish);
    const bookingId = await insertBooking(write, sealer, { orderId, lineId }, wish);
    return { owner, orderId, bookingId };
  });
}

async function insertOrder(
  write: WriteOperation,
  sealer: Sealer,
  { person }: BookingWish,
): Promise<RowId> {
  const order_id = newRowId(write.now);
  const sealed = sealer.seal(order, order_id, { number: 'K7QF-3M2P', ...someone, ...person });
  await write.db
    .insertInto('history.order')
    .values({
      owner_id: sealer.owner,
      order_id,
      placed_at: write.now,
      state: 'placed',
      total_ore: 50_000,
      vat_ore: 10_000,
      sealed,
    })
    .execute();
  return order_id;
}

async function insertLine(
  write: WriteOperation,
  sealer: Sealer,
  order_id: RowId,
  { item, answers }: BookingWish,
): Promise<RowId> {
  const line_id = newRowId(write.now);
  const own = { description: item.name.sv, item_reference: null };
  await write.db
    .insertInto('history.order_line')
    .values({
      owner_id: sealer.owner,
      order_id,
      line_id,
      item_id: item.isSensitive ? null : item.itemId,
      kind: item.kind,
      variant_id: null,
      withdrawal: item.withdrawal,
      quantity: 1,
      unit_price_ore: item.priceOre,
      vat_percent: item.vatPercent,
      sealed: sealer.seal(orderLine, line_id, { ...own, ...noAnswers, ...answers }),
    })
    .execute();
  return line_id;
}

async function insertBooking(
  write: WriteOperation,
  sealer: Sealer,
  { orderId, lineId }: { readonly orderId: RowId; readonly lineId: RowId },
  { item, on, startsAt: at, person }: BookingWish,
): Promise<RowId> {
  const booking_id = newRowId(write.now);
  const startsAt = Temporal.Instant.from(at);
  const endsAt = startsAt.add({ minutes: item.booking?.durationMinutes ?? 60 });
  const itemId = item.isSensitive ? null : item.itemId;
  await write.db
    .insertInto('history.booking')
    .values({
      owner_id: sealer.owner,
      booking_id,
      order_id: orderId,
      line_id: lineId,
      item_id: itemId,
      state: 'booked',
      starts_at: startsAt,
      ends_at: endsAt,
      free_cancel_until: startsAt.subtract({ hours: 24 }),
      late_fee_percent: 0,
      begin_asked_at: null,
      reminded_at: null,
      sealed: sealer.seal(booking, booking_id, { ...someone, ...person }),
    })
    .execute();
  const span = { startsAt, endsAt, busyFrom: startsAt, busyTo: endsAt };
  const wish = { resourceIds: on, itemId, ...span, capacity: 9, joins: true };
  const taken = await takeSlots(write, wish);
  for (const { resourceId: resource_id, slotId: slot_id } of taken) {
    await write.db
      .insertInto('history.booking_slot')
      .values({ owner_id: sealer.owner, booking_id, resource_id, slot_id })
      .execute();
  }
  return booking_id;
}
