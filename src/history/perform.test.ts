import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { OwnerId, RowId } from '../ids.ts';
import { newRowId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { addPerformer, addProvider } from '../accounts/provider.fixture.ts';
import type { TestProvider } from '../accounts/provider.fixture.ts';
import { addBookable, addCalendar, book } from './bookings.fixture.ts';
import type { Booked } from './bookings.fixture.ts';
import type { Item } from './catalogue/items.ts';
import { performBooking } from './perform.ts';
import type { PerformOutcome } from './perform.ts';

let system: TestSystem;
let provider: TestProvider;
let customer: OwnerId;
let calendar: RowId;
let item: Item;
let minutes = 0;

// A Sunday at 13.00 in Sweden.
const start = '2026-11-22T12:00:00Z';

before(async () => {
  system = await testSystem();
  calendar = await addCalendar(system, 'Vävare 1');
  provider = await addProvider(system, await addPerformer(system, 'Vävstugan AB'), [calendar]);
  customer = await system.newCustomer();
  item = await addBookable(system, { name: 'Vävkurs' });
});
after(() => system[Symbol.asyncDispose]());

/** A booking that began just now, at a time of its own. */
function begun(orderId?: RowId): Promise<Booked> {
  minutes += 60;
  const at = Temporal.Instant.from(start).subtract({ hours: 20 }).add({ minutes });
  system.now = at.add({ minutes: 5 });
  const wish = { item, on: [calendar], startsAt: at.toString() };
  return book(system, customer, orderId === undefined ? wish : { ...wish, orderId });
}

function mark({ owner, bookingId }: Booked, outcome: PerformOutcome) {
  const op = system.op({ party: 'provider', owner: provider.owner }, 'performing');
  return performBooking(op, { owner, bookingId, outcome });
}

async function stateOf({ bookingId, orderId }: Booked) {
  const booking = await system.db
    .selectFrom('history.booking')
    .select('state')
    .where('booking_id', '=', bookingId)
    .executeTakeFirstOrThrow();
  const order = await system.db
    .selectFrom('history.order')
    .select(['state', 'performed_at'])
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow();
  return { booking: booking.state, order: order.state, performedAt: order.performed_at };
}

async function eventsOf({ orderId }: Booked): Promise<string[]> {
  const rows = await system.db
    .selectFrom('history.order_event')
    .select(['kind', 'party'])
    .where('order_id', '=', orderId)
    .orderBy('happened_at')
    .orderBy('event_id')
    .execute();
  return rows.map(({ kind, party }) => `${kind} by ${party}`);
}

test('a booking is performed, once, and its order with it', async () => {
  const booked = await begun();
  assert.equal(await mark(booked, 'performed'), 'done');
  const performedAt = system.now;
  assert.deepEqual(await stateOf(booked), {
    booking: 'performed',
    order: 'performed',
    performedAt,
  });
  system.now = system.now.add({ minutes: 1 });
  assert.equal(await mark(booked, 'performed'), 'done');
  assert.deepEqual(await eventsOf(booked), ['performed by provider']);
  assert.deepEqual((await stateOf(booked)).performedAt, performedAt);
});

test('whoever marks the same booking several times at once has marked it once', async () => {
  const booked = await begun();
  const answers = await Promise.all(Array.from({ length: 5 }, () => mark(booked, 'performed')));
  assert.deepEqual(new Set(answers), new Set(['done']));
  assert.deepEqual(await eventsOf(booked), ['performed by provider']);
});

test('of two different marks at once one stands, and the other is told', async () => {
  const booked = await begun();
  const tries = await Promise.allSettled([mark(booked, 'performed'), mark(booked, 'no-show')]);
  const refused = tries.filter((one) => one.status === 'rejected');
  assert.equal(refused.length, 1);
  assert.ok(isProblem(refused[0]?.reason, 'conflict'));
  assert.equal((await eventsOf(booked)).length, 1);
});

test('nobody marks a booking before it begins, and its provider not after the end of the next day', async () => {
  const booked = await begun();
  const startsAt = system.now.subtract({ minutes: 5 });
  system.now = startsAt.subtract({ milliseconds: 1 });
  assert.equal(await mark(booked, 'performed'), 'too-early');
  system.now = startsAt;
  assert.equal(await mark(booked, 'no-show'), 'done');
  // The day after the one on which it ends, by the clocks of Sweden.
  const zoned = startsAt.add({ hours: 1 }).toZonedDateTimeISO('Europe/Stockholm');
  const over = zoned.startOfDay().add({ days: 2 }).toInstant();
  system.now = over.subtract({ milliseconds: 1 });
  assert.equal(await mark(booked, 'booked'), 'done');
  assert.equal(await mark(booked, 'no-show'), 'done');
  system.now = over;
  assert.equal(await mark(booked, 'booked'), 'too-late');
  assert.equal((await stateOf(booked)).booking, 'no-show');
  const { owner, bookingId } = booked;
  const support = system.op({ party: 'support', owner: provider.owner }, 'order-handling');
  assert.equal(await performBooking(support, { owner, bookingId, outcome: 'booked' }), 'done');
  assert.equal((await eventsOf(booked)).at(-1), 'changed by support');
});

test('a mark is taken back, and the order is to be done again', async () => {
  const booked = await begun();
  await mark(booked, 'performed');
  await assert.rejects(mark(booked, 'no-show'), (error) => isProblem(error, 'conflict'));
  system.now = system.now.add({ minutes: 1 });
  assert.equal(await mark(booked, 'booked'), 'done');
  assert.deepEqual(await stateOf(booked), {
    booking: 'booked',
    order: 'placed',
    performedAt: null,
  });
  system.now = system.now.add({ minutes: 1 });
  assert.equal(await mark(booked, 'no-show'), 'done');
  const { booking, order } = await stateOf(booked);
  assert.deepEqual([booking, order], ['no-show', 'performed']);
  assert.deepEqual(await eventsOf(booked), [
    'performed by provider',
    'changed by provider',
    'no-show by provider',
  ]);
});

test('an order of several bookings is performed with the last of them, also when two end at once', async () => {
  const first = await begun();
  const second = await begun(first.orderId);
  await mark(first, 'performed');
  assert.equal((await stateOf(first)).order, 'placed');
  await mark(second, 'no-show');
  assert.equal((await stateOf(first)).order, 'performed');
  for (let round = 0; round < 5; round += 1) {
    const one = await begun();
    const other = await begun(one.orderId);
    await Promise.all([mark(one, 'performed'), mark(other, 'performed')]);
    assert.equal((await stateOf(one)).order, 'performed');
  }
});

test('a booking that was taken back does not keep its order from being performed', async () => {
  const first = await begun();
  const second = await begun(first.orderId);
  await system.db
    .updateTable('history.booking')
    .set({ state: 'cancelled' })
    .where('booking_id', '=', second.bookingId)
    .execute();
  await mark(first, 'performed');
  assert.equal((await stateOf(first)).order, 'performed');
  await assert.rejects(mark(second, 'performed'), (error) => isProblem(error, 'conflict'));
});

test('goods and services that are left keep an order open, and those that were taken back do not', async () => {
  for (const [reversed, order] of [
    [null, 'placed'],
    [1, 'placed'],
    [2, 'performed'],
  ] as const) {
    const booked = await begun();
    const lineId = await addProduct(booked);
    if (reversed !== null) await takeBack(booked, lineId, reversed);
    await mark(booked, 'performed');
    const state = await stateOf(booked);
    assert.deepEqual([state.booking, state.order], ['performed', order], `${reversed} taken back`);
  }
});

/** Two of some product in the same order. */
async function addProduct({ owner, orderId }: Booked): Promise<RowId> {
  const row = await system.db
    .selectFrom('history.order_line')
    .selectAll()
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow();
  const line_id = newRowId(system.now);
  await system.db
    .insertInto('history.order_line')
    .values({ ...row, owner_id: owner, line_id, item_id: null, kind: 'product', quantity: 2 })
    .execute();
  return line_id;
}

async function takeBack({ owner, orderId }: Booked, line_id: RowId, quantity: number) {
  const reversal_id = newRowId(system.now);
  await system.db
    .insertInto('history.reversal')
    .values({
      owner_id: owner,
      reversal_id,
      order_id: orderId,
      kind: 'cancellation',
      state: 'settled',
      amount_ore: 0,
      asked_at: system.now,
      settled_at: system.now,
      refund_id: null,
      sealed: Buffer.alloc(64),
    })
    .execute();
  await system.db
    .insertInto('history.reversal_line')
    .values({ owner_id: owner, reversal_id, line_id, quantity, amount_ore: 0 })
    .execute();
}

test('what is nobody’s booking, or another owner’s, is not there', async () => {
  const booked = await begun();
  const other = await system.newCustomer({ email: 'erik.berg@example.com' });
  for (const wrong of [
    { ...booked, owner: other },
    { ...booked, bookingId: newRowId(system.now) },
  ])
    await assert.rejects(mark(wrong, 'performed'), (error) => isProblem(error, 'not-found'));
});
