import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Sealer } from '../vault/vault.ts';
import { bookingsOfOrder, insertBooking } from './booking-rows.ts';
import type { BookedItem, Booking } from './booking-rows.ts';
import { lockResources, releaseSlots, takeSlots } from './calendar/slots.ts';
import type { SlotWish, TakenSlot } from './calendar/slots.ts';
import type { Taken } from './calendar/take-time.ts';
import { contactOf } from './contact.ts';
import type { Contact } from './contact.ts';
import { noteEvent } from './order-events.ts';
import { readOrder } from './orders.ts';
import type { Order, OrderLine } from './orders.ts';
import { lockOrder } from './whole-order.ts';
import { reversalsOfOrder, reversedOf } from './whole-order.ts';

/** Shorter or longer is a slip of the hand. */
export const arrangedMinutes = { min: 15, max: 12 * 60 } as const;
/** A service is arranged for some day soon; further away is a slip of the hand. */
export const arrangedDaysMax = 366;

/** The time and the resource that a member of staff sets for a service that was ordered without a time. */
export type Arrangement = {
  readonly owner: OwnerId;
  readonly orderId: RowId;
  readonly lineId: RowId;
  readonly resourceId: RowId;
  readonly startsAt: Temporal.Instant;
  readonly minutes: number;
};

/** What was arranged, for the letter that says so. */
export type Arranged = {
  readonly contact: Contact;
  readonly order: Order;
  readonly line: OrderLine;
  readonly fulfilment: BookedItem['fulfilment'];
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
};
type Tell = (write: WriteOperation, sealer: Sealer, arranged: Arranged) => Promise<void>;

/**
 * Sets a time for a service of an order: the resource is taken, the customer has a booking, and `tell` writes the letter
 * with time and place, all of it or nothing. The company chooses the hour, also outside its opening hours.
 * @throws Problem `conflict` when the time is taken, the line has a time already or is taken back, or the order is not
 * placed; `bad-input` for a time that is past, too far away, too short or too long; `not-found`
 */
export async function arrange(op: Operation, of: Arrangement, tell: Tell): Promise<void> {
  assertSensible(op, of);
  const opener = await op.vault.openFor(op, of.owner, ['credentials', 'history']);
  const contact = await contactOf(op, opener);
  const { order, lines } = await readOrder(op, opener, of.orderId);
  const line = lines.find(({ lineId }) => lineId === of.lineId);
  if (line?.kind !== 'service') throw new Problem('not-found');
  const item = await itemOf(op, line);
  const endsAt = of.startsAt.add({ minutes: of.minutes });
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, of.owner);
    await assertOpen(write, of, line);
    const { startsAt } = of;
    const resourceIds = [of.resourceId];
    await lockResources(write, resourceIds);
    const itemId = item.isSensitive ? null : item.itemId;
    const slots = await takeByHand(write, { resourceIds, itemId, startsAt, endsAt });
    const time = { startsAt, endsAt, slots };
    await insertBooking(write, sealer, { placed: order, lineId: line.lineId, item, time });
    await noteEvent(write, of, 'arranged');
    await tell(write, sealer, {
      contact,
      order,
      line,
      fulfilment: item.fulfilment,
      startsAt,
      endsAt,
    });
  });
}

/** What a booking that was arranged has now, and when and with whom it is to be; with the same where nobody is named. */
export type ArrangedMove = {
  readonly booking: Pick<Booking, 'itemId' | 'startsAt' | 'endsAt'>;
  readonly old: readonly TakenSlot[];
  readonly startsAt: Temporal.Instant;
  readonly with: RowId | undefined;
};

/**
 * What was arranged by hand has no rules for its times: it keeps its length, and the company moves it as it set it.
 * @throws Problem `conflict` when the time is taken, past or too far away
 */
export async function moveArranged(write: WriteOperation, move: ArrangedMove): Promise<Taken> {
  const { booking, old, startsAt } = move;
  if (!isSoon(write, startsAt)) throw new Problem('conflict', 'not a time for a service');
  const before = old.map(({ resourceId }) => resourceId);
  const resourceIds = move.with === undefined ? before : [move.with];
  await lockResources(write, [...new Set([...before, ...resourceIds])]);
  await releaseSlots(write, old);
  const endsAt = startsAt.add(booking.endsAt.since(booking.startsAt));
  const { itemId } = booking;
  return { slots: await takeByHand(write, { resourceIds, itemId, startsAt, endsAt }), endsAt };
}

/** The caller has locked the resources. */
function takeByHand(
  write: WriteOperation,
  time: Pick<SlotWish, 'resourceIds' | 'itemId' | 'startsAt' | 'endsAt'>,
): Promise<TakenSlot[]> {
  const { startsAt: busyFrom, endsAt: busyTo } = time;
  return takeSlots(write, { ...time, busyFrom, busyTo, capacity: 1, joins: false });
}

function isSoon({ now }: Operation, startsAt: Temporal.Instant): boolean {
  const days = startsAt.since(now).total('hours') / 24;
  return days > 0 && days <= arrangedDaysMax;
}

function assertSensible(op: Operation, { startsAt, minutes }: Arrangement): void {
  const isLong = minutes < arrangedMinutes.min || minutes > arrangedMinutes.max;
  if (!isSoon(op, startsAt) || isLong || !Number.isInteger(minutes))
    throw new Problem('bad-input', 'not a time for a service');
}

/** Under the lock of the order, so that two members of staff do not set two times. */
async function assertOpen(write: WriteOperation, of: Arrangement, line: OrderLine): Promise<void> {
  const state = await lockOrder(write, of);
  const bookings = await bookingsOfOrder(write, of.owner, of.orderId);
  const reversals = await reversalsOfOrder(write, of.owner, of.orderId);
  const isLeft = line.quantity > reversedOf({ reversals }, line.lineId).quantity;
  const isArranged = bookings.some(({ lineId }) => lineId === line.lineId);
  if (state !== 'placed' || isArranged || !isLeft)
    throw new Problem('conflict', 'it can not be arranged any more');
}

/** Also what is not offered any more is carried out. */
async function itemOf({ db }: Operation, { item }: OrderLine): Promise<BookedItem> {
  if (item === null) throw new Problem('conflict', 'it is not in the catalogue any more');
  const row = await db
    .selectFrom('history.item')
    .select(['sensitive', 'fulfilment', 'withdrawal'])
    .where('item_id', '=', item.itemId)
    .executeTakeFirst();
  if (!row) throw new Problem('conflict', 'it is not in the catalogue any more');
  const { sensitive: isSensitive, fulfilment, withdrawal } = row;
  return { itemId: item.itemId, isSensitive, fulfilment, withdrawal, booking: null };
}

/** Who and what can be taken for a service, in the order in which the company shows them. */
export async function listResources({ db }: Pick<Operation, 'db'>) {
  const rows = await db
    .selectFrom('history.resource')
    .select(['resource_id', 'label'])
    .where('offered', '=', true)
    .orderBy('position')
    .orderBy('resource_id')
    .limit(200)
    .execute();
  return rows.map(({ resource_id, label }) => ({ resourceId: resource_id, label }));
}
