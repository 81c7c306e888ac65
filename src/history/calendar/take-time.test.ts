import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testSystem } from '../../../test/system.ts';
import type { TestSystem } from '../../../test/system.ts';
import type { RowId } from '../../ids.ts';
import { inTransaction } from '../../operation.ts';
import { isProblem } from '../../problem.ts';
import type { Item } from '../catalogue/items.ts';
import { blockTime, unblockTime } from './block-time.ts';
import { addBookable, addResource, addSkill, when } from './calendar-rows.fixture.ts';
import { lockForTimes, moveTime, takeTime } from './take-time.ts';
import type { Taken, TakeOptions } from './take-time.ts';
import { freeTimesOf } from './times-to-book.ts';

let system: TestSystem;
const nine = when('2026-12-01 09:00');
const ten = when('2026-12-01 10:00');
const eleven = when('2026-12-01 11:00');

before(async () => {
  system = await testSystem();
  // One of the nights is that of Easter Day.
  await system.db.deleteFrom('history.closed_day').execute();
});
after(() => system[Symbol.asyncDispose]());

function take(item: Item, startsAt: Temporal.Instant, options?: TakeOptions): Promise<Taken> {
  const op = system.op('routine', 'order');
  return inTransaction(op, (write) => takeTime(write, item, startsAt, options));
}

function move(
  item: Item,
  { slots }: Taken,
  startsAt: Temporal.Instant,
  options?: TakeOptions,
): Promise<Taken> {
  const op = system.op('routine', 'order');
  return inTransaction(op, (write) => moveTime(write, item, slots, startsAt, options));
}

/** Starts on the wall clock, as `09:00`. */
async function free(item: Item, day: string, days = 1): Promise<string[]> {
  const span = { from: Temporal.PlainDate.from(day), days };
  const times = await freeTimesOf(system.db, item, span, system.now);
  return times.map(({ startsAt }) =>
    startsAt
      .toZonedDateTimeISO('Europe/Stockholm')
      .toPlainTime()
      .toString({ smallestUnit: 'minute' }),
  );
}

async function slotsOf(resourceId: RowId) {
  return system.db
    .selectFrom('history.slot')
    .selectAll()
    .where('resource_id', '=', resourceId)
    .orderBy('starts_at')
    .execute();
}

/** How many of those who ask at once get it; the others must be told that it is taken, and nothing else. */
async function successes(asking: readonly Promise<unknown>[]): Promise<number> {
  const settled = await Promise.allSettled(asking);
  for (const one of settled) {
    if (one.status === 'rejected') assert.ok(isProblem(one.reason, 'conflict'), String(one.reason));
  }
  return settled.filter(({ status }) => status === 'fulfilled').length;
}

const fifty = Array.from({ length: 50 }, (_, index) => index);

test('fifty people who want the same time at once: one gets it, the others are told', async () => {
  const skill = await addSkill(system);
  const resource = await addResource(system, { skills: [skill] });
  const item = await addBookable(system, { needs: [skill] });
  assert.equal(await successes(fifty.map(() => take(item, nine))), 1);
  assert.equal((await slotsOf(resource)).length, 1);
  assert.deepEqual(await free(item, '2026-12-01'), [
    '10:00',
    '11:00',
    '12:00',
    '13:00',
    '14:00',
    '15:00',
    '16:00',
  ]);
});

test('a group of eight takes eight of fifty people, all in one slot', async () => {
  const skill = await addSkill(system);
  const resource = await addResource(system, { skills: [skill] });
  const item = await addBookable(system, { needs: [skill], capacity: 8 });
  assert.equal(await successes(fifty.map(() => take(item, nine))), 8);
  const slots = await slotsOf(resource);
  assert.deepEqual(
    slots.map(({ taken, capacity }) => [taken, capacity]),
    [[8, 8]],
  );
});

test('a group that has begun keeps its seats when the item is changed to one person at a time', async () => {
  const skill = await addSkill(system);
  const resource = await addResource(system, { skills: [skill] });
  const item = await addBookable(system, { needs: [skill], capacity: 3 });
  await take(item, nine);
  const alone = { ...item, booking: { ...item.booking!, capacity: 1 } };
  assert.equal((await free(alone, '2026-12-01'))[0], '09:00');
  assert.equal(await successes(fifty.map(() => take(alone, nine))), 2);
  assert.deepEqual(
    (await slotsOf(resource)).map(({ taken, capacity }) => [taken, capacity]),
    [[3, 3]],
  );
  await take(alone, nine.add({ hours: 2 }));
  assert.equal((await slotsOf(resource)).at(-1)?.capacity, 1);
});

test('people who want several things in another order than each other do not wait for each other', async () => {
  const [one, two] = [await addSkill(system), await addSkill(system)];
  await addResource(system, { skills: [one] });
  await addResource(system, { skills: [two] });
  const first = await addBookable(system, { needs: [one] });
  const second = await addBookable(system, { needs: [two] });
  const both = (items: readonly Item[]) =>
    inTransaction(system.op('routine', 'order'), async (write) => {
      await lockForTimes(write, items);
      for (const item of items) await takeTime(write, item, nine);
    });
  const asking = fifty.map((index) => both(index % 2 === 0 ? [first, second] : [second, first]));
  assert.equal(await successes(asking), 1);
});

test('what takes a teacher and a room takes both or neither, and each is chosen fairly', async () => {
  const [teaching, room] = [await addSkill(system), await addSkill(system)];
  const people = [
    await addResource(system, { skills: [teaching] }),
    await addResource(system, { skills: [teaching] }),
  ];
  const hall = await addResource(system, { kind: 'room', skills: [room] });
  const item = await addBookable(system, { needs: [teaching, room] });
  assert.equal(await successes(fifty.map(() => take(item, nine))), 1);
  await take(item, ten);
  await take(item, eleven);
  const counts = await Promise.all(people.map(async (id) => (await slotsOf(id)).length));
  assert.deepEqual(new Set(counts), new Set([1, 2]));
  assert.equal((await slotsOf(hall)).length, 3);
});

test('a person is taken once although two needs could both take her', async () => {
  const [weaving, dyeing] = [await addSkill(system), await addSkill(system)];
  const both = await addResource(system, { skills: [weaving, dyeing] });
  const weaver = await addResource(system, { skills: [weaving] });
  const item = await addBookable(system, { needs: [weaving, dyeing] });
  const { slots } = await take(item, nine);
  assert.deepEqual(slots.map(({ resourceId }) => resourceId).toSorted(), [both, weaver].toSorted());
});

test('a booking moves to a time that overlaps its own, and keeps the old one where it cannot', async () => {
  const skill = await addSkill(system);
  const resource = await addResource(system, { skills: [skill] });
  const item = await addBookable(system, { needs: [skill], durationMinutes: 90, stepMinutes: 30 });
  const mine = await take(item, nine);
  const moved = await move(item, mine, when('2026-12-01 09:30'));
  assert.equal(moved.endsAt.toString(), ten.add({ minutes: 60 }).toString());
  const other = await take(item, when('2026-12-01 13:00'));
  await assert.rejects(move(item, moved, when('2026-12-01 12:00')), { code: 'conflict' });
  const slots = await slotsOf(resource);
  assert.deepEqual(
    slots.map(({ slot_id }) => slot_id),
    [moved.slots[0]?.slotId, other.slots[0]?.slotId],
  );
});

test('only with the resource that was wished for', async () => {
  const skill = await addSkill(system);
  const [one, other] = [
    await addResource(system, { skills: [skill] }),
    await addResource(system, { skills: [skill] }),
  ];
  const item = await addBookable(system, { needs: [skill] });
  const mine = await take(item, nine, { with: other });
  assert.deepEqual(mine.slots[0]?.resourceId, other);
  await assert.rejects(take(item, nine, { with: other }), { code: 'conflict' });
  const stranger = item.itemId;
  await assert.rejects(take(item, nine, { with: stranger }), { code: 'conflict' });
  const moved = await move(item, mine, nine, { with: one });
  assert.deepEqual(moved.slots[0]?.resourceId, one);
});

test('time to make ready and to clean keeps the next one away, also outside the opening hours', async () => {
  const skill = await addSkill(system);
  await addResource(system, { skills: [skill], hours: [[9 * 60, 13 * 60]] });
  const item = await addBookable(system, {
    needs: [skill],
    stepMinutes: 30,
    bufferBeforeMinutes: 30,
    bufferAfterMinutes: 15,
  });
  await take(item, nine);
  assert.deepEqual(await free(item, '2026-12-01'), ['11:00', '11:30', '12:00']);
  await take(item, when('2026-12-01 12:00'));
  assert.deepEqual(await free(item, '2026-12-01'), []);
});

test('blocked time cannot be booked until it is free again, and no booking is pushed aside', async () => {
  const skill = await addSkill(system);
  const resourceId = await addResource(system, { skills: [skill], hours: [[9 * 60, 12 * 60]] });
  const item = await addBookable(system, { needs: [skill] });
  const op = system.op('routine', 'employment');
  const slotId = await blockTime(op, { resourceId, startsAt: ten, endsAt: eleven });
  assert.deepEqual(await free(item, '2026-12-01'), ['09:00', '11:00']);
  await assert.rejects(take(item, ten), { code: 'conflict' });
  await take(item, eleven);
  const over = { resourceId, startsAt: nine, endsAt: when('2026-12-01 12:00') };
  await assert.rejects(blockTime(op, over), { code: 'conflict' });
  await assert.rejects(blockTime(op, { ...over, endsAt: nine }), { code: 'bad-input' });
  await assert.rejects(blockTime(op, { ...over, resourceId: slotId }), { code: 'not-found' });
  await unblockTime(op, { resourceId, slotId });
  await unblockTime(op, { resourceId, slotId });
  assert.deepEqual(await free(item, '2026-12-01'), ['09:00', '10:00']);
});

test('letting blocked time go does not let go of a booking', async () => {
  const skill = await addSkill(system);
  const resourceId = await addResource(system, { skills: [skill] });
  const item = await addBookable(system, { needs: [skill] });
  const { slots } = await take(item, nine);
  await unblockTime(system.op('routine', 'employment'), slots[0]!);
  assert.equal((await slotsOf(resourceId)).length, 1);
});

test('what is sensitive is booked by one at a time, and its slot does not say what it is', async () => {
  const skill = await addSkill(system);
  const resource = await addResource(system, { skills: [skill] });
  const item = await addBookable(system, { needs: [skill], isSensitive: true, capacity: 8 });
  assert.equal(await successes(fifty.slice(0, 10).map(() => take(item, nine))), 1);
  assert.deepEqual(
    (await slotsOf(resource)).map(({ item_id, capacity, taken }) => [item_id, capacity, taken]),
    [[null, 1, 1]],
  );
});

test('customers keep to lead time, horizon and grid; staff only to the grid and the hours', async () => {
  const skill = await addSkill(system);
  await addResource(system, { skills: [skill] });
  const item = await addBookable(system, { needs: [skill], leadMinutes: 24 * 60, horizonDays: 7 });
  const past = when('2026-11-20 09:00');
  const soon = when('2026-11-22 15:00');
  const far = when('2027-03-01 09:00');
  for (const start of [past, soon, far]) {
    await assert.rejects(take(item, start), { code: 'conflict' });
    await take(item, start, { byStaff: true });
  }
  for (const start of [when('2026-11-25 09:15'), when('2026-11-25 17:00')]) {
    await assert.rejects(take(item, start, { byStaff: true }), { code: 'conflict' });
  }
});

test('hidden resources, closed days, exceptions and hours that have ended are not offered', async () => {
  const skill = await addSkill(system);
  const resource_id = await addResource(system, { skills: [skill], hours: [[540, 600]] });
  const item = await addBookable(system, { needs: [skill] });
  const day = (text: string) => Temporal.PlainDate.from(text);
  const { db } = system;
  await db
    .insertInto('history.closed_day')
    .values({ day: day('2026-12-03'), name: { sv: 'Stängt', en: 'Closed' } })
    .execute();
  await db
    .insertInto('history.opening_exception')
    .values({
      resource_id,
      exception_id: resource_id,
      day: day('2026-12-04'),
      opens_minute: 780,
      closes_minute: 840,
    })
    .execute();
  await db
    .insertInto('history.opening')
    .values({
      resource_id,
      opening_id: resource_id,
      weekday: 2,
      opens_minute: 900,
      closes_minute: 960,
      valid_from: day('2026-12-01'),
      valid_until: day('2026-12-08'),
    })
    .execute();
  assert.deepEqual(await free(item, '2026-12-01'), ['09:00', '15:00']);
  assert.deepEqual(await free(item, '2026-12-03'), []);
  assert.deepEqual(await free(item, '2026-12-04'), ['13:00']);
  assert.deepEqual(await free(item, '2026-12-08'), ['09:00']);
  await db
    .updateTable('history.resource')
    .set({ offered: false })
    .where('resource_id', '=', resource_id)
    .execute();
  assert.deepEqual(await free(item, '2026-12-01'), []);
  await assert.rejects(take(item, nine), { code: 'conflict' });
});

test('on the nights when the clocks change each hour that exists is booked once', async () => {
  const skill = await addSkill(system);
  await addResource(system, { skills: [skill], hours: [[0, 5 * 60]] });
  const item = await addBookable(system, { needs: [skill], horizonDays: 366 });
  const spring = await free(item, '2027-03-28');
  assert.deepEqual(spring, ['00:00', '01:00', '03:00', '04:00']);
  for (const time of spring) await take(item, when(`2027-03-28 ${time}`));
  assert.deepEqual(await free(item, '2027-03-28'), []);
  const autumn = await free(item, '2027-10-31');
  assert.deepEqual(autumn, ['00:00', '01:00', '02:00', '03:00', '04:00']);
  for (const time of autumn) await take(item, when(`2027-10-31 ${time}`));
  assert.deepEqual(await free(item, '2027-10-31'), []);
});

test('what is not booked by time, and what nobody can serve, has no times', async () => {
  const skill = await addSkill(system);
  const item = await addBookable(system, { needs: [skill] });
  assert.deepEqual(await free(item, '2026-12-01', 30), []);
  await assert.rejects(take(item, nine), { code: 'conflict' });
  const product = { ...item, booking: null };
  await assert.rejects(free(product, '2026-12-01'), { code: 'bad-input' });
  await assert.rejects(take(product, nine), { code: 'bad-input' });
});
