import type { RecordsTransaction } from '../../database/records.ts';
import type { ResourceKind } from '../../database/records-history.ts';
import { newRowId } from '../../ids.ts';
import type { OwnerId, RowId } from '../../ids.ts';
import { companyTimeZone } from '../../text/format.ts';
import type { TestSystem } from '../../../test/system.ts';
import { shopWish } from '../../../test/shop.ts';
import { bookingsOfOrder } from '../booking-rows.ts';
import { addItem } from '../catalogue/add-item.ts';
import type { BookingRules, Item } from '../catalogue/items.ts';
import { placeOrder } from '../place-order.ts';

export type Hours = readonly [opensMinute: number, closesMinute: number];

const words = (text: string) => ({ sv: text, en: text });
const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** On the wall clock of the company: `2026-12-01 09:00`. */
export function when(text: string): Temporal.Instant {
  const wall = Temporal.PlainDateTime.from(text.replace(' ', 'T'));
  return wall.toZonedDateTime(companyTimeZone).toInstant();
}

export async function addSkill({ db, now }: TestSystem, name = 'Vävning'): Promise<RowId> {
  const skill_id = newRowId(now);
  await db
    .insertInto('history.skill')
    .values({ skill_id, name: words(name) })
    .execute();
  return skill_id;
}

export type NewResource = {
  readonly kind?: ResourceKind;
  readonly label?: string;
  readonly skills: readonly RowId[];
  /** The same on all days of the week. */
  readonly hours?: readonly Hours[];
};

export async function addResource(
  { db, now }: TestSystem,
  { kind = 'person', label = 'Vävare', skills, hours = [[9 * 60, 17 * 60]] }: NewResource,
): Promise<RowId> {
  const resource_id = newRowId(now);
  await db
    .insertInto('history.resource')
    .values({ resource_id, kind, position: 100, label: words(label) })
    .execute();
  const able = skills.map((skill_id) => ({ resource_id, skill_id }));
  if (able.length > 0) await db.insertInto('history.resource_skill').values(able).execute();
  const openings = weekdays.flatMap((weekday) =>
    hours.map(([opens_minute, closes_minute]) => ({
      resource_id,
      opening_id: newRowId(now),
      weekday,
      opens_minute,
      closes_minute,
      valid_from: null,
      valid_until: null,
    })),
  );
  if (openings.length > 0) await db.insertInto('history.opening').values(openings).execute();
  return resource_id;
}

export type NewBookable = Partial<BookingRules> & {
  readonly needs: readonly RowId[];
  readonly isSensitive?: boolean;
  readonly name?: string;
};

/** An item of an hour that is booked on the hour. */
export async function addBookable(
  { db, now }: TestSystem,
  { needs, isSensitive = false, name = 'Kurs', ...rules }: NewBookable,
): Promise<Item> {
  const item: Item = {
    itemId: newRowId(now),
    kind: 'booking',
    name: words(name),
    description: words(''),
    priceOre: 40_000,
    vatPercent: 25,
    isSensitive,
    fulfilment: 'on-site',
    withdrawal: 'date-bound',
    paysOnSite: true,
    variants: [],
    questions: [],
    booking: {
      durationMinutes: 60,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      stepMinutes: 60,
      leadMinutes: 0,
      horizonDays: 60,
      capacity: 1,
      freeCancelHours: 24,
      lateFeePercent: 50,
      ...rules,
    },
  };
  await db
    .transaction()
    .execute((tx: RecordsTransaction) => addItem(tx, { ...item, needs }, 1_000));
  return item;
}

/** An order of a customer with a booking at this time. */
export async function book(
  system: TestSystem,
  owner: OwnerId,
  item: Item,
  startsAt: Temporal.Instant,
): Promise<RowId> {
  const op = system.op({ party: 'customer', owner }, 'order');
  const wish = shopWish(system, [{ item, startsAt }], 'on-site');
  await placeOrder(op, owner, wish, () => null);
  const [booking] = await bookingsOfOrder(op, owner, wish.orderId);
  return booking!.bookingId;
}
