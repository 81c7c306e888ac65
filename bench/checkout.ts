import type { PoolClient } from 'pg';
import { noAnswers } from '../src/history/answers.ts';
import { addItem } from '../src/history/catalogue/add-item.ts';
import type { Item } from '../src/history/catalogue/items.ts';
import { totalsOf } from '../src/history/order-wish.ts';
import type { OrderWish } from '../src/history/order-wish.ts';
import { takeOnSite } from '../src/history/payments/settle.ts';
import { placeOrder } from '../src/history/place-order.ts';
import { newRowId } from '../src/ids.ts';
import type { OwnerId } from '../src/ids.ts';
import type { Benchmark } from './benchmark.ts';
import { newCustomer } from './customers.ts';
import { clock, openBenchInstallation } from './installation.ts';
import type { BenchInstallation } from './installation.ts';
import { comparedRates, interleave, timeOf } from './rounds.ts';

const customers = 16;
const ordersOfEach = 8;
const rounds = 10;
/** An order runs through much code, which a server that has just started has not compiled for speed: both sides are run warm first. */
const warmUps = 6;
const msPerSecond = 1_000;

/**
 * Orders of a product and a time, confirmed by letter and paid, by sixteen customers at once: sealed, with voucher and
 * receipt. Against the same rows of orders, times and
 * payments, in clear and in one transaction, without vault, gate and books.
 */
export const checkout: Benchmark = {
  name: 'checkout',
  about:
    'orders a second by 16 customers at once against the same inserts in clear, in one transaction',
  target: 0.4,
  async run(progress) {
    await using installation = await openBenchInstallation();
    const shop = await openShop(installation);
    const owners: OwnerId[] = [];
    for (let n = 0; n < customers; n += 1) owners.push((await newCustomer(installation, '')).owner);
    await installation.administrator.query(clearTables);
    const ours = () => perSecond((owner) => orderOurs(installation, shop, owner), owners);
    const baseline = () => perSecond((owner) => orderInClear(installation, shop, owner), owners);
    for (let count = 0; count < warmUps; count += 1) {
      await ours();
      await baseline();
    }
    const figures = await interleave(rounds, { ours, baseline }, progress);
    await assertNothingTwice(installation);
    return comparedRates(figures, 'orders/s');
  },
};

type Shop = { readonly product: Item; readonly course: Item; hour: number };

async function perSecond(
  order: (owner: OwnerId) => Promise<void>,
  owners: readonly OwnerId[],
): Promise<number> {
  const all = async (owner: OwnerId) => {
    for (let n = 0; n < ordersOfEach; n += 1) await order(owner);
  };
  const ms = await timeOf(() => Promise.all(owners.map(all)));
  return (owners.length * ordersOfEach * msPerSecond) / ms;
}

/** Each order takes an hour of its own, within the horizon. */
function nextHour(shop: Shop): Temporal.Instant {
  shop.hour += 1;
  return clock()
    .round({ smallestUnit: 'hour', roundingMode: 'floor' })
    .add({ hours: 24 + shop.hour });
}

async function orderOurs({ op }: BenchInstallation, shop: Shop, owner: OwnerId): Promise<void> {
  const wish = wishOf(shop, nextHour(shop));
  const customer = op({ party: 'customer', owner }, 'order');
  await placeOrder(customer, owner, wish, ({ number }) => ({
    email: 'kund@example.se',
    subject: 'Tack',
    text: letter(number),
    language: 'sv',
  }));
  const paying = op({ party: 'customer', owner }, 'payment');
  const seenDueOre = totalsOf(wish.lines).totalOre;
  await takeOnSite(paying, { owner, orderId: wish.orderId, seenDueOre }, 'terminal');
}

function wishOf({ product, course }: Shop, startsAt: Temporal.Instant): OrderWish {
  const line = { quantity: 1, answers: noAnswers };
  return {
    orderId: newRowId(clock()),
    lines: [
      {
        ...line,
        item: product,
        variantId: product.variants[0]!.variantId,
        name: 'Filt',
        startsAt: null,
      },
      { ...line, item: course, variantId: null, name: 'Kurs', startsAt },
    ],
    delivery,
    payWay: 'on-site',
    termsId: null,
  };
}

const delivery = {
  recipient_name: 'Prov Provsson',
  phone: '070-174 06 05',
  street: 'Provgatan 1',
  postal_code: '503 32',
  town: 'Borås',
  message: null,
};

const letter = (number: string) =>
  `Tack för din beställning ${number}. ${'Så går det till. '.repeat(40)}`;

/** What a shop without a vault does: the same rows of orders, times and payments, as text. */
async function orderInClear(
  { databases }: BenchInstallation,
  shop: Shop,
  owner: OwnerId,
): Promise<void> {
  const client = await databases.records.pool.connect();
  try {
    await client.query('begin');
    await insertInClear(client, shop, owner);
    await client.query('commit');
  } finally {
    client.release();
  }
}

async function insertInClear(client: PoolClient, shop: Shop, owner: OwnerId): Promise<void> {
  const now = clock().toString();
  const startsAt = nextHour(shop);
  const endsAt = startsAt.add({ hours: 1 }).toString();
  const [orderId, slotId, bookingId] = [newRowId(clock()), newRowId(clock()), newRowId(clock())];
  const text = JSON.stringify(delivery);
  await client.query('update bench.variant set stock = stock - 1 where stock >= 1');
  await client.query('insert into bench.shop_order values ($1, $2, $3, $4, 25000, 5000, $5)', [
    owner,
    orderId,
    now,
    'placed',
    text,
  ]);
  for (const [item, name] of [
    [shop.product.itemId, 'Filt'],
    [shop.course.itemId, 'Kurs'],
  ]) {
    await client.query('insert into bench.order_line values ($1, $2, $3, $4, 1, 12500, 25, $5)', [
      owner,
      orderId,
      newRowId(clock()),
      item,
      JSON.stringify({ description: name }),
    ]);
  }
  await client.query('insert into bench.slot values ($1, $2, $3, $4)', [
    shop.course.itemId,
    slotId,
    startsAt.toString(),
    endsAt,
  ]);
  await client.query('insert into bench.booking values ($1, $2, $3, $4, $5, $6)', [
    owner,
    bookingId,
    orderId,
    startsAt.toString(),
    endsAt,
    text,
  ]);
  await client.query('insert into bench.booking_slot values ($1, $2, $3, $4)', [
    owner,
    bookingId,
    shop.course.itemId,
    slotId,
  ]);
  for (const kind of ['placed', 'paid']) {
    await client.query('insert into bench.order_event values ($1, $2, $3, $4, $5)', [
      owner,
      orderId,
      newRowId(clock()),
      now,
      kind,
    ]);
  }
  await client.query('insert into bench.payment values ($1, $2, $3, 25000, $4)', [
    owner,
    newRowId(clock()),
    orderId,
    now,
  ]);
  for (const part of ['confirmation', 'receipt']) {
    await client.query('insert into bench.outbox values ($1, $2, $3, $4)', [
      owner,
      newRowId(clock()),
      now,
      `${part} ${letter('ABCD-EFGH')}`,
    ]);
  }
}

const clearTables = `
  create schema if not exists bench;
  create table bench.variant (variant_id uuid primary key, stock integer not null check (stock >= 0));
  insert into bench.variant values (gen_random_uuid(), 1000000);
  create table bench.shop_order (owner_id uuid, order_id uuid, placed_at timestamptz, state text, total_ore integer,
    vat_ore integer, personal text, primary key (owner_id, order_id));
  create index on bench.shop_order (owner_id, placed_at desc);
  create index on bench.shop_order (placed_at desc, order_id desc);
  create table bench.order_line (owner_id uuid, order_id uuid, line_id uuid, item_id uuid, quantity integer,
    unit_price_ore integer, vat_percent integer, personal text, primary key (owner_id, order_id, line_id));
  create table bench.slot (resource_id uuid, slot_id uuid, starts_at timestamptz, ends_at timestamptz,
    primary key (resource_id, slot_id),
    exclude using gist (resource_id with =, tstzrange(starts_at, ends_at) with &&));
  create table bench.booking (owner_id uuid, booking_id uuid, order_id uuid, starts_at timestamptz, ends_at timestamptz,
    personal text, primary key (owner_id, booking_id));
  create index on bench.booking (starts_at);
  create table bench.booking_slot (owner_id uuid, booking_id uuid, resource_id uuid, slot_id uuid,
    primary key (owner_id, booking_id, resource_id));
  create table bench.order_event (owner_id uuid, order_id uuid, event_id uuid, happened_at timestamptz, kind text,
    primary key (owner_id, order_id, event_id));
  create table bench.payment (owner_id uuid, payment_id uuid, order_id uuid, amount_ore integer, paid_at timestamptz,
    primary key (owner_id, payment_id));
  create table bench.outbox (owner_id uuid, message_id uuid, due_at timestamptz, message text,
    primary key (owner_id, message_id));
  create index on bench.outbox (due_at);
  grant usage on schema bench to varsam;
  grant all on all tables in schema bench to varsam;`;

async function openShop({ db }: BenchInstallation): Promise<Shop> {
  const now = clock();
  const skill_id = newRowId(now);
  const resource_id = newRowId(now);
  const words = (text: string) => ({ sv: text, en: text });
  await db
    .insertInto('history.skill')
    .values({ skill_id, name: words('Lär ut') })
    .execute();
  await db
    .insertInto('history.resource')
    .values({ resource_id, kind: 'person', position: 0, label: words('Läraren') })
    .execute();
  await db.insertInto('history.resource_skill').values({ resource_id, skill_id }).execute();
  for (const weekday of [1, 2, 3, 4, 5, 6, 7]) {
    const hours = { opens_minute: 0, closes_minute: 1440, valid_from: null, valid_until: null };
    const opening_id = newRowId(now);
    await db
      .insertInto('history.opening')
      .values({ resource_id, opening_id, weekday, ...hours })
      .execute();
  }
  const shared = {
    description: words(''),
    priceOre: 12_500,
    vatPercent: 25,
    isSensitive: false,
    paysOnSite: true,
    questions: [],
  } as const;
  const variant = { variantId: newRowId(now), name: words(''), extraOre: 0, stock: 1_000_000 };
  const product: Item = {
    ...shared,
    itemId: newRowId(now),
    kind: 'product',
    name: words('Filt'),
    fulfilment: 'shipped',
    withdrawal: 'right',
    variants: [variant],
    booking: null,
  };
  const course: Item = {
    ...shared,
    itemId: newRowId(now),
    kind: 'booking',
    name: words('Kurs'),
    fulfilment: 'on-site',
    withdrawal: 'date-bound',
    variants: [],
    booking: rules,
  };
  await db.transaction().execute(async (tx) => {
    await addItem(tx, product, 1);
    await addItem(tx, { ...course, needs: [skill_id] }, 2);
  });
  return { product, course, hour: 0 };
}

const rules = {
  durationMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  stepMinutes: 60,
  leadMinutes: 0,
  horizonDays: 366,
  capacity: 1,
  freeCancelHours: 24,
  lateFeePercent: 0,
};

/** As many seats are taken as there are bookings, and every number of the books is there once. */
async function assertNothingTwice({ administrator }: BenchInstallation): Promise<void> {
  const { rows } = await administrator.query<{ slots: string; bookings: string; gaps: string }>(`
    select (select sum(taken) from history.slot) as slots, (select count(*) from history.booking) as bookings,
      (select max(number) - count(*) from bookkeeping.voucher) as gaps`);
  const [seen] = rows;
  if (seen?.slots !== seen?.bookings || Number(seen?.gaps) !== 0)
    throw new Error('a time was taken twice, or a number of the books is missing');
}
