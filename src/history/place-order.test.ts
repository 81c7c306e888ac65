import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { newToken, writeToken } from '../accounts/tokens.ts';
import { openClient } from '../database/pool.ts';
import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { payBackAll } from '../../test/books.ts';
import { addTestBooking, addTestProduct, home, shopWish, timeIn } from '../../test/shop.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { bookingsOfOrder } from './booking-rows.ts';
import type { Item } from './catalogue/items.ts';
import { ownerOfGuestCode, readGuest } from './guests.ts';
import { placeGuestOrder } from './guests-order.ts';
import { listEvents } from './order-events.ts';
import { findByNumber, readOrderNumber } from './order-number.ts';
import type { OrderWish } from './order-wish.ts';
import { placeOrder } from './place-order.ts';
import type { Confirm } from './place-order.ts';
import { readOrder } from './orders.ts';

let system: TestSystem;
let owner: OwnerId;

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
});
after(() => system[Symbol.asyncDispose]());

const ordering = (whose = owner) => system.op({ party: 'customer', owner: whose }, 'order');
const place = (wish: OrderWish, confirm: Confirm = () => null) =>
  placeOrder(ordering(), owner, wish, confirm);
/** Says what was confirmed, and writes no letter. */
const noting = (noted: string[]): Confirm => {
  return ({ state }) => {
    noted.push(state);
    return null;
  };
};

async function read(orderId: RowId, whose = owner) {
  const op = system.op({ party: 'customer', owner: whose }, 'history');
  return readOrder(op, await op.vault.openFor(op, whose, ['history']), orderId);
}

async function stockOf({ itemId }: Item): Promise<number | null> {
  const row = await system.db
    .selectFrom('history.variant')
    .select('stock')
    .where('item_id', '=', itemId)
    .executeTakeFirstOrThrow();
  return row.stock;
}

async function slotsOf({ itemId }: Item): Promise<number> {
  const rows = await system.db
    .selectFrom('history.slot')
    .select('taken')
    .where('item_id', '=', itemId)
    .execute();
  return rows.reduce((sum, { taken }) => sum + taken, 0);
}

const isConflict = (error: unknown) => isProblem(error, 'conflict');
const tomorrow = () => system.now.add({ hours: 24 });

test('what is paid on site is placed and confirmed at once', async () => {
  const product = await addTestProduct(system, { stock: 3 });
  const confirmed: string[] = [];
  const wish = shopWish(system, [{ item: product, quantity: 2 }], 'on-site');
  await place(wish, noting(confirmed));
  const { order, lines } = await read(wish.orderId);
  assert.deepEqual([order.state, order.payBy, confirmed], ['placed', null, ['placed']]);
  assert.equal(lines[0]?.item?.itemId, product.itemId);
  assert.equal(await stockOf(product), 1);
});

test('what is paid first is confirmed as unpaid, and waits for the money with stock and time taken', async () => {
  const product = await addTestProduct(system, { stock: 3 });
  const course = await addTestBooking(system);
  const lines = [
    { item: product, quantity: 1 },
    { item: course, startsAt: tomorrow() },
  ];
  const wish = shopWish(system, lines, 'swish');
  const confirmed: string[] = [];
  await place(wish, noting(confirmed));
  assert.deepEqual(confirmed, ['unpaid']);
  const { order } = await read(wish.orderId);
  assert.equal(order.state, 'unpaid');
  assert.equal(order.payBy?.toString(), system.now.add({ minutes: 40 }).toString());
  const [booked] = await bookingsOfOrder(ordering(), owner, wish.orderId);
  assert.equal(booked?.state, 'held');
  assert.equal(booked?.freeCancelUntil.toString(), system.now.toString());
  assert.deepEqual([await stockOf(product), await slotsOf(course)], [2, 1]);
});

test('an order of which one thing is gone takes nothing of the others', async () => {
  const product = await addTestProduct(system, { stock: 3 });
  const course = await addTestBooking(system);
  await place(shopWish(system, [{ item: course, startsAt: tomorrow() }], 'on-site'));
  const lines = [
    { item: product, quantity: 1 },
    { item: course, startsAt: tomorrow() },
  ];
  const wish = shopWish(system, lines, 'on-site');
  await assert.rejects(place(wish), isConflict);
  assert.equal(await stockOf(product), 3);
  await assert.rejects(read(wish.orderId), (error) => isProblem(error, 'not-found'));
});

test('the last one in stock is sold once, whoever asks at the same time', async () => {
  const product = await addTestProduct(system, { stock: 1 });
  const wishes = Array.from({ length: 8 }, () =>
    shopWish(system, [{ item: product, quantity: 1 }], 'on-site'),
  );
  const outcomes = await Promise.allSettled(wishes.map((wish) => place(wish)));
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal(await stockOf(product), 0);
});

test('fifty people want one time at once: one has it, and the others are told that it is gone', async () => {
  const course = await addTestBooking(system);
  const wishes = Array.from({ length: 50 }, () =>
    shopWish(system, [{ item: course, startsAt: tomorrow() }], 'on-site'),
  );
  const outcomes = await Promise.allSettled(wishes.map((wish) => place(wish)));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  assert.equal(refused.length, 49);
  for (const { reason } of refused) assert.ok(isConflict(reason), String(reason));
  assert.equal(await slotsOf(course), 1);
});

test('a group takes as many as it has seats', async () => {
  const course = await addTestBooking(system, { capacity: 8 });
  const wishes = Array.from({ length: 20 }, () =>
    shopWish(system, [{ item: course, startsAt: tomorrow() }], 'on-site'),
  );
  const outcomes = await Promise.allSettled(wishes.map((wish) => place(wish)));
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 8);
  assert.equal(await slotsOf(course), 8);
});

test('an order that costs nothing has nothing to wait for', async () => {
  const free = await addTestProduct(system, { priceOre: 0 });
  const wish = shopWish(system, [{ item: free, quantity: 1 }], 'card');
  await place(wish);
  assert.equal((await read(wish.orderId)).order.state, 'placed');
});

test('what happens to an order is written down with who did it', async () => {
  const product = await addTestProduct(system);
  const wish = shopWish(system, [{ item: product, quantity: 1 }], 'on-site');
  await place(wish);
  const events = await listEvents(ordering(), owner, wish.orderId);
  assert.deepEqual(
    events.map(({ kind, party }) => [kind, party]),
    [['placed', 'customer']],
  );
});

test('an order is found by its number as somebody says it, and by no other', async () => {
  const product = await addTestProduct(system);
  const wish = shopWish(system, [{ item: product, quantity: 1 }], 'on-site');
  await place(wish);
  const { order } = await read(wish.orderId);
  const said = order.number
    .toLowerCase()
    .replace('-', ' ')
    .replaceAll('0', 'o')
    .replaceAll('1', 'l');
  const number = readOrderNumber(said);
  assert.equal(number, order.number);
  assert.deepEqual(await findByNumber(ordering(), number ?? ''), [
    { owner, orderId: wish.orderId },
  ]);
  assert.deepEqual(await findByNumber(ordering(), '0000-0000'), []);
  assert.equal(readOrderNumber('not a number'), null);
});

test('a guest orders under an owner of its own, to which only the code leads, once per form', async () => {
  const product = await addTestProduct(system);
  const wish = shopWish(system, [{ item: product, quantity: 1 }], 'on-site');
  const code = writeToken(newToken(newOwnerId(), newRowId(system.now)));
  const newGuest = { code, email: 'gast@example.se', language: 'sv' } as const;
  const op = system.op('nobody', 'order');
  let letters = 0;
  const thanks: Confirm = () => {
    letters += 1;
    return { email: newGuest.email, subject: 'Tack', text: '', language: 'sv' };
  };
  const twice = [1, 2].map(() => placeGuestOrder(op, newGuest, wish, thanks));
  const [made, again] = await Promise.all(twice);
  assert.equal(made, again);
  assert.equal(letters, 2, 'each has a letter ready, and one is written');
  const written = system.db.selectFrom('messages.outbox').selectAll().where('owner_id', '=', made!);
  assert.equal((await written.execute()).length, 1);
  assert.equal(await ownerOfGuestCode(system, code), made);
  const other = writeToken(newToken(made!, newRowId(system.now)));
  assert.equal(await ownerOfGuestCode(system, other), null);
  const own = system.op({ party: 'customer', owner: made! }, 'history');
  const opener = await own.vault.openFor(own, made!, ['history']);
  assert.deepEqual(await readGuest(own, opener), { email: 'gast@example.se', language: 'sv' });
  assert.equal((await readOrder(own, opener, wish.orderId)).order.delivery.street, home.street);
});

test('a code that names somebody else’s account or guest order places nothing, and opens nothing', async () => {
  const product = await addTestProduct(system);
  const other = shopWish(system, [{ item: product, quantity: 1 }], 'on-site');
  const theirs = writeToken(newToken(newOwnerId(), newRowId(system.now)));
  const asNobody = system.op('nobody', 'order');
  const guestOwner = await placeGuestOrder(asNobody, newGuestWith(theirs), other, () => null);
  for (const victim of [owner, guestOwner]) {
    const forged = writeToken(newToken(victim, newRowId(system.now)));
    const wish = shopWish(system, [{ item: product, quantity: 1 }], 'on-site');
    const attempt = placeGuestOrder(asNobody, newGuestWith(forged), wish, () => null);
    await assert.rejects(attempt, (error) => isProblem(error, 'bad-input'));
    assert.equal(await ownerOfGuestCode(system, forged), null);
    assert.equal(await findOrderRow(victim, wish.orderId), undefined);
  }
  assert.equal(await ownerOfGuestCode(system, theirs), guestOwner);
});

test('the store itself takes no guest under an account', async () => {
  const bytes = { token_hash: Buffer.alloc(32), sealed: Buffer.alloc(40, 1) };
  const insert = system.db
    .insertInto('history.guest')
    .values({ owner_id: owner, created_at: system.now, ...bytes })
    .execute();
  await assert.rejects(insert, /guest_is_a_guest/);
});

function newGuestWith(code: string) {
  return { code, email: 'gast@example.se', language: 'sv' } as const;
}

function findOrderRow(of: OwnerId, orderId: RowId) {
  return system.db
    .selectFrom('history.order')
    .select('state')
    .where('owner_id', '=', of)
    .where('order_id', '=', orderId)
    .executeTakeFirst();
}

test('goods and times that one cancels and another one orders in the same moment keep neither of them waiting for ever', async () => {
  const product = await addTestProduct(system, { stock: 9 });
  const course = await addTestBooking(system);
  const both = (hours: number) =>
    shopWish(
      system,
      [{ item: product }, { item: course, startsAt: timeIn(system, hours) }],
      'on-site',
    );
  const cancelled = both(30);
  await place(cancelled);
  const keeper = await openClient(system.fresh.records.administrator);
  try {
    // Whoever orders is stopped at the lines, until the one who cancels has got as far as he gets.
    await keeper.query('begin');
    await keeper.query('select from history.item where item_id = $1 for update', [product.itemId]);
    const placing = place(both(32));
    await waiters(1);
    const cancelling = payBackAll(system, { owner, orderId: cancelled.orderId });
    await Promise.race([cancelling, waiters(2)]);
    await keeper.query('rollback');
    await Promise.all([placing, cancelling]);
  } finally {
    await keeper.end();
  }
  assert.equal(await stockOf(product), 8);
  assert.equal(await slotsOf(course), 1);
});

/** Until so many connections wait for others. */
async function waiters(wanted: number): Promise<void> {
  for (let looks = 0; looks < 300; looks += 1) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(system.db);
    if ((rows[0]?.n ?? 0) >= wanted) return;
    // The other one may be done without waiting for anybody.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
