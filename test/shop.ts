// A shop for tests: items with what a test cares about, and orders of them.
import { addItem } from '../src/history/catalogue/add-item.ts';
import type { BookingRules, Item } from '../src/history/catalogue/items.ts';
import { noAnswers } from '../src/history/answers.ts';
import type { OrderWish, WishedLine } from '../src/history/order-wish.ts';
import type { Delivery } from '../src/history/orders.ts';
import type { PayWay } from '../src/database/records-history.ts';
import { newRowId } from '../src/ids.ts';
import type { RowId } from '../src/ids.ts';
import { person } from './system.ts';
import type { TestSystem } from './system.ts';

export const home: Delivery = {
  recipient_name: person.name,
  phone: '070-174 06 05',
  street: person.street,
  postal_code: person.postal_code,
  town: person.town,
  message: null,
};

const words = (text: string) => ({ sv: text, en: text });

const plain = {
  description: words(''),
  priceOre: 12_500,
  vatPercent: 25,
  isSensitive: false,
  withdrawal: 'right',
  paysOnSite: true,
  questions: [],
} as const;

export async function addTestProduct(
  system: TestSystem,
  change: Partial<Item> & { readonly stock?: number | null } = {},
): Promise<Item> {
  const { stock = null, ...of } = change;
  const variant = { variantId: newRowId(system.now), name: words(''), extraOre: 0, stock };
  const item: Item = {
    ...plain,
    itemId: newRowId(system.now),
    kind: 'product',
    name: words('Provfilt'),
    fulfilment: 'shipped',
    variants: [variant],
    booking: null,
    ...of,
  };
  await add(system, item, []);
  return item;
}

export async function addTestService(
  system: TestSystem,
  change: Partial<Item> = {},
): Promise<Item> {
  const item: Item = {
    ...plain,
    itemId: newRowId(system.now),
    kind: 'service',
    name: words('Provtvätt'),
    fulfilment: 'at-customer',
    variants: [],
    booking: null,
    ...change,
  };
  await add(system, item, []);
  return item;
}

const always = { opens_minute: 0, closes_minute: 1440, valid_from: null, valid_until: null };

/** Something to book with a resource of its own that is always open: one hour, free to cancel until a day before. */
export async function addTestBooking(
  system: TestSystem,
  rules: Partial<BookingRules> = {},
  change: Partial<Item> = {},
): Promise<Item> {
  const skill = newRowId(system.now);
  const item: Item = {
    ...plain,
    itemId: newRowId(system.now),
    kind: 'booking',
    name: words('Provkurs'),
    fulfilment: 'on-site',
    withdrawal: 'date-bound',
    variants: [],
    booking: {
      durationMinutes: 60,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      stepMinutes: 30,
      leadMinutes: 0,
      horizonDays: 90,
      capacity: 1,
      freeCancelHours: 24,
      lateFeePercent: 40,
      ...rules,
    },
    ...change,
  };
  await addResource(system, skill);
  await add(system, item, [skill]);
  return item;
}

async function addResource(system: TestSystem, skill_id: RowId): Promise<void> {
  const resource_id = newRowId(system.now);
  await system.db
    .insertInto('history.skill')
    .values({ skill_id, name: words('Provar') })
    .execute();
  await system.db
    .insertInto('history.resource')
    .values({ resource_id, kind: 'person', position: 9, label: words('Provaren') })
    .execute();
  await system.db.insertInto('history.resource_skill').values({ resource_id, skill_id }).execute();
  for (const weekday of [1, 2, 3, 4, 5, 6, 7]) {
    const opening_id = newRowId(system.now);
    await system.db
      .insertInto('history.opening')
      .values({ resource_id, opening_id, weekday, ...always })
      .execute();
  }
}

async function add(system: TestSystem, item: Item, needs: readonly RowId[]): Promise<void> {
  await system.db.transaction().execute((db) => addItem(db, { ...item, needs }, 50));
}

export type TestLine = {
  readonly item: Item;
  readonly quantity?: number;
  readonly startsAt?: Temporal.Instant;
};

/** An order of these things, sent home. */
export function shopWish(
  system: TestSystem,
  lines: readonly TestLine[],
  payWay: PayWay,
): OrderWish {
  return {
    orderId: newRowId(system.now),
    lines: lines.map((line): WishedLine => ({
      item: line.item,
      variantId: line.item.variants[0]?.variantId ?? null,
      quantity: line.quantity ?? 1,
      name: line.item.name.sv,
      startsAt: line.startsAt ?? null,
      answers: noAnswers,
    })),
    delivery: home,
    payWay,
    termsId: null,
  };
}

/** A time to book in so many hours: on the half-hour, where times begin. */
export function timeIn({ now }: TestSystem, hours: number): Temporal.Instant {
  return now.add({ hours }).round({ smallestUnit: 'minute', roundingIncrement: 30 });
}
