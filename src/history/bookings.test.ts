import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { readBooking, slotsOfBooking } from './booking-rows.ts';
import { moveBooking } from './bookings.ts';
import type { Moved } from './bookings.ts';
import {
  addBookable,
  addResource,
  addSkill,
  book,
  when,
} from './calendar/calendar-rows.fixture.ts';
import { calendarOf } from './calendar/calendar-of.ts';
import type { Item } from './catalogue/items.ts';

let system: TestSystem;
let owner: OwnerId;
const start = Temporal.Instant.from('2026-11-22T12:00:00Z');
const nine = when('2026-12-01 09:00');
const ten = when('2026-12-01 10:00');
const nobody = () => Promise.resolve();

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
});
after(() => system[Symbol.asyncDispose]());

async function addCourse(capacity = 1, resources = 1): Promise<{ item: Item; ids: RowId[] }> {
  const skill = await addSkill(system);
  const ids: RowId[] = [];
  for (let count = 0; count < resources; count += 1) {
    ids.push(await addResource(system, { skills: [skill] }));
  }
  return { ids, item: await addBookable(system, { needs: [skill], capacity }) };
}

const asCustomer = (): Operation => system.op({ party: 'customer', owner }, 'order');
const asStaff = (): Operation => system.op({ party: 'support', owner }, 'order-handling');

test('a moved booking has its new time everywhere, and one letter tells of it', async () => {
  const { item } = await addCourse();
  const bookingId = await book(system, owner, item, nine);
  const told: Moved[] = [];
  const tell = (_write: unknown, _sealer: unknown, moved: Moved) =>
    Promise.resolve(void told.push(moved));
  await moveBooking(asCustomer(), { owner, bookingId, startsAt: ten }, tell);
  await moveBooking(asCustomer(), { owner, bookingId, startsAt: ten }, tell);
  const booking = await readBooking(asCustomer(), { owner, bookingId });
  assert.equal(booking.startsAt.toString(), ten.toString());
  assert.equal(booking.endsAt.since(booking.startsAt).total('minutes'), 60);
  assert.equal(booking.startsAt.since(booking.freeCancelUntil).total('hours'), 24);
  assert.equal(booking.moves, 1);
  assert.deepEqual(
    told.map(({ from, startsAt }) => [from.toString(), startsAt.toString()]),
    [[nine.toString(), ten.toString()]],
  );
  const events = await system.db
    .selectFrom('history.order_event')
    .select(['kind', 'party'])
    .where('order_id', '=', booking.orderId)
    .orderBy('event_id')
    .execute();
  assert.deepEqual(events.at(-1), { kind: 'rebooked', party: 'customer' });
  assert.equal(events.filter(({ kind }) => kind === 'rebooked').length, 1);
});

test('a booking whose new time is taken, or whose letter fails, keeps the old one', async () => {
  const { item, ids } = await addCourse();
  const bookingId = await book(system, owner, item, nine);
  await book(system, owner, item, ten);
  const before = await slotsOfBooking(asCustomer(), { owner, bookingId });
  await assert.rejects(moveBooking(asCustomer(), { owner, bookingId, startsAt: ten }, nobody), {
    code: 'conflict',
  });
  const startsAt = when('2026-12-01 11:00');
  const fail = () => Promise.reject(new Error('no letter'));
  await assert.rejects(
    moveBooking(asCustomer(), { owner, bookingId, startsAt }, fail),
    /no letter/,
  );
  assert.deepEqual(await slotsOfBooking(asCustomer(), { owner, bookingId }), before);
  const span = { from: nine, to: when('2026-12-01 17:00') };
  assert.equal((await calendarOf(asStaff(), span, ids)).length, 2);
});

test('many who move at once end with a time of their own each, and nobody waits for ever', async () => {
  const { item, ids } = await addCourse(1, 2);
  const starts = [9, 10, 11, 12].map((hour) => nine.add({ hours: hour - 9 }));
  const bookings = await Promise.all(
    [...starts, ...starts.slice(0, 2)].map((startsAt) => book(system, owner, item, startsAt)),
  );
  const moves = Array.from({ length: 60 }, (_, index) =>
    moveBooking(
      asCustomer(),
      {
        owner,
        bookingId: bookings[index % bookings.length]!,
        startsAt: starts[(index * 7) % starts.length]!,
      },
      nobody,
    ),
  );
  for (const one of await Promise.allSettled(moves)) {
    if (one.status === 'rejected') assert.ok(isProblem(one.reason, 'conflict'), String(one.reason));
  }
  const span = { from: nine, to: nine.add({ hours: 8 }) };
  const slots = await calendarOf(asStaff(), span, ids);
  assert.equal(slots.length, bookings.length);
  for (const slot of slots) {
    const [only] = slot.bookings;
    assert.equal(slot.bookings.length, 1);
    const booking = await readBooking(asCustomer(), { owner, bookingId: only!.bookingId });
    assert.equal(booking.startsAt.toString(), slot.startsAt.toString());
  }
});

test('a seat in a group is moved without the others', async () => {
  const { item, ids } = await addCourse(3);
  const mine = await book(system, owner, item, nine);
  await book(system, owner, item, nine);
  await moveBooking(asCustomer(), { owner, bookingId: mine, startsAt: ten }, nobody);
  await book(system, owner, item, ten);
  const slots = await calendarOf(asStaff(), { from: nine, to: when('2026-12-01 17:00') }, ids);
  assert.deepEqual(
    slots.map(({ taken, bookings }) => [taken, bookings.length]),
    [
      [1, 1],
      [2, 2],
    ],
  );
});

test('moving a booking late does not make it free to cancel again, unless the company moves it', async () => {
  const { item } = await addCourse();
  const bookingId = await book(system, owner, item, nine);
  const { freeCancelUntil } = await readBooking(asCustomer(), { owner, bookingId });
  const later = when('2026-12-08 09:00');
  try {
    system.now = nine.subtract({ hours: 2 });
    await moveBooking(asCustomer(), { owner, bookingId, startsAt: later }, nobody);
    const kept = await readBooking(asCustomer(), { owner, bookingId });
    assert.equal(kept.freeCancelUntil.toString(), freeCancelUntil.toString());
  } finally {
    system.now = start;
  }
  const other = await book(system, owner, item, nine);
  try {
    system.now = nine.subtract({ hours: 2 });
    await moveBooking(
      asStaff(),
      { owner, bookingId: other, startsAt: when('2026-12-09 09:00') },
      nobody,
    );
    const moved = await readBooking(asCustomer(), { owner, bookingId: other });
    assert.equal(moved.startsAt.since(moved.freeCancelUntil).total('hours'), 24);
  } finally {
    system.now = start;
  }
});

test('what has begun is moved by staff alone, and what is over by nobody', async () => {
  const { item } = await addCourse();
  const bookingId = await book(system, owner, item, nine);
  const move = { owner, bookingId, startsAt: when('2026-12-02 09:00') };
  try {
    system.now = nine.add({ minutes: 10 });
    await assert.rejects(moveBooking(asCustomer(), move, nobody), { code: 'conflict' });
    await moveBooking(asStaff(), move, nobody);
  } finally {
    system.now = start;
  }
  for (const state of ['performed', 'no-show', 'cancelled', 'lapsed'] as const) {
    await system.db
      .updateTable('history.booking')
      .set({ state })
      .where('booking_id', '=', bookingId)
      .execute();
    await assert.rejects(moveBooking(asStaff(), { ...move, startsAt: ten }, nobody), {
      code: 'conflict',
    });
  }
});

test('a booking of somebody else, and one of something sensitive, cannot be moved', async () => {
  const { item } = await addCourse();
  const bookingId = await book(system, owner, item, nine);
  const other = await system.newCustomer({ email: 'tova.alm@example.se' });
  const op = system.op({ party: 'customer', owner: other }, 'order');
  await assert.rejects(moveBooking(op, { owner: other, bookingId, startsAt: ten }, nobody), {
    code: 'not-found',
  });
  const skill = await addSkill(system);
  await addResource(system, { skills: [skill] });
  const secret = await addBookable(system, { needs: [skill], isSensitive: true });
  const hidden = await book(system, owner, secret, nine);
  await assert.rejects(
    moveBooking(asStaff(), { owner, bookingId: hidden, startsAt: ten }, nobody),
    {
      code: 'conflict',
    },
  );
  // Its customer knows what it is, from the line of the order.
  const move = { owner, bookingId: hidden, startsAt: ten, itemId: secret.itemId };
  await moveBooking(asCustomer(), move, nobody);
});
