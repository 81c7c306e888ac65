// Free times against the same rules worked out minute by minute, on the days on which calendars go wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';
import type { RowId } from '../../ids.ts';
import { minuteMs, spanAt } from './bookable.ts';
import type { BookableItem, Hours, Resource, TakenSlot } from './bookable.ts';
import { slotsWindow } from './booking-window.ts';
import type { Days } from './booking-window.ts';
import { afterBooking, rowId } from './calendar.fixture.ts';
import { chooseResources, freeTimes, isFree } from './free-times.ts';
import type { FreeTime, Question } from './free-times.ts';
import { slowFreeTimes } from './slow-times.fixture.ts';

type Asked = Question & Days;

const skills = [rowId(1), rowId(2), rowId(3)];
const items = [rowId(10), rowId(11)];
const resourceIds = [rowId(100), rowId(101), rowId(102), rowId(103)];

/** Around both changes of the clocks, a leap day, New Year, and where midnight is skipped or half hours are. */
const places = [
  ['Europe/Stockholm', '2026-03-28'],
  ['Europe/Stockholm', '2026-10-24'],
  ['Europe/Stockholm', '2027-03-27'],
  ['Europe/Stockholm', '2027-10-30'],
  ['Europe/Stockholm', '2028-02-28'],
  ['Europe/Stockholm', '2026-12-31'],
  ['America/Sao_Paulo', '2018-11-03'],
  ['America/Sao_Paulo', '2018-02-17'],
  ['Australia/Lord_Howe', '2026-10-03'],
  ['Australia/Lord_Howe', '2026-04-04'],
] as const;

const weekdays = [1, 2, 3, 4, 5, 6, 7];
const quarter = 15;

/** Mostly the first, now and then one of the others. */
function mostly<T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

/** Often on quarters, often where the clocks change, sometimes on any minute. */
const wallMinute = fc.oneof(
  fc.integer({ min: 0, max: 96 }).map((quarters) => quarters * quarter),
  fc.constantFrom(0, 120, 150, 180, 1380, 1440),
  fc.integer({ min: 0, max: 1440 }),
);
const hours: fc.Arbitrary<Hours> = fc
  .tuple(wallMinute, wallMinute)
  .map(([a, b]) => ({ opensMinute: Math.min(a, b), closesMinute: Math.max(a, b) }));
const wholeDay = fc.constant({ opensMinute: 0, closesMinute: 1440 });

const itemOf: fc.Arbitrary<BookableItem> = fc.record({
  itemId: fc.constant(items[0]!),
  durationMinutes: fc.oneof(mostly(60, 15, 30, 240, 1500), fc.integer({ min: 1, max: 300 })),
  bufferBeforeMinutes: mostly(0, 5, 30),
  bufferAfterMinutes: mostly(0, 10, 45),
  stepMinutes: fc.oneof(fc.constantFrom(15, 30, 45, 60, 90), fc.integer({ min: 7, max: 200 })),
  leadMinutes: mostly(0, 60, 1440),
  horizonDays: mostly(30, 0, 1, 2),
  capacity: fc.constantFrom(1, 3),
  freeCancelHours: fc.constant(24),
  lateFeePercent: fc.constant(0),
  needs: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom([skills[0]!], [skills[0]!, skills[1]!]) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...skills), { maxLength: 3 }) },
  ),
});

function resourceOf(resourceId: Resource['resourceId'], from: Temporal.PlainDate) {
  const date = fc.integer({ min: -2, max: 4 }).map((days) => from.add({ days }));
  const limit = fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: date },
  );
  const opening = fc
    .tuple(fc.oneof(wholeDay, hours, hours), limit, limit, fc.subarray(weekdays, { minLength: 5 }))
    .map(([part, validFrom, validUntil, on]) =>
      on.map((weekday) => ({ ...part, weekday, validFrom, validUntil })),
    );
  const closed = fc.constant({ opensMinute: null, closesMinute: null });
  const exception = fc
    .tuple(date, fc.oneof(closed, hours))
    .map(([day, part]) => ({ day, ...part }));
  return fc.record({
    resourceId: fc.constant(resourceId),
    kind: fc.constantFrom('person', 'room', 'thing'),
    skills: fc.oneof(fc.constant(skills.slice(0, 2)), fc.subarray(skills)),
    openings: fc.array(opening, { minLength: 1, maxLength: 3 }).map((parts) => parts.flat()),
    exceptions: fc.array(exception, { maxLength: 2 }),
  });
}

/** One booking takes one or more resources; some lie on top of each other, which a database may not let through. */
function slotsOf(item: BookableItem, first: number): fc.Arbitrary<TakenSlot[]> {
  const start = fc
    .oneof(
      fc.integer({ min: -8, max: 2 * 24 }).map((hours) => hours * 60),
      fc.integer({ min: -1440, max: 4 * 1440 }),
    )
    .map((minutes) => first + minutes * minuteMs);
  const many = Math.max(1, item.needs.length);
  const group = fc
    .record({
      start,
      ids: fc.subarray(resourceIds, { minLength: many, maxLength: many }),
      itemId: mostly<RowId | null>(items[0]!, items[1]!, null),
      capacity: mostly(3, 0, 1, 2),
      taken: fc.constantFrom(0, 1, 2, 3),
      minutes: fc.oneof(fc.constant(item.durationMinutes), fc.integer({ min: 1, max: 300 })),
    })
    .map(({ start, ids, minutes, itemId, capacity, taken }) =>
      ids.map((resourceId) => ({
        ...spanAt({ ...item, durationMinutes: minutes }, start),
        resourceId,
        itemId,
        capacity,
        taken: Math.min(taken, capacity),
      })),
    );
  return fc.array(group, { maxLength: 8 }).map((groups) => groups.flat());
}

const asked: fc.Arbitrary<Asked> = fc
  .tuple(fc.constantFrom(...places), itemOf, fc.integer({ min: 1, max: 2 }))
  .chain(([[zone, date], item, days]) => {
    const from = Temporal.PlainDate.from(date);
    const midnight = from.toZonedDateTime(zone).toInstant();
    const resources = fc
      .tuple(...resourceIds.map((id) => resourceOf(id, from)))
      .chain((all) => fc.shuffledSubarray(all, { minLength: 2 }));
    return fc.record({
      item: fc.constant(item),
      resources,
      slots: slotsOf(item, midnight.epochMilliseconds),
      closedDays: mostly<Temporal.PlainDate[]>([], [from], [from.add({ days: 1 })]),
      now: mostly(-3000, -1440, -15, 0, 47, 600).map((minutes) => midnight.add({ minutes })),
      zone: fc.constant(zone),
      seats: mostly(1, 2),
      from: fc.constant(from),
      days: fc.constant(days),
    });
  });

const offersTried = 15;
const runs = { numRuns: 300 };

function withoutChoice({ startsAt, endsAt, seatsLeft, occasion }: Omit<FreeTime, 'resourceIds'>) {
  return { startsAt, endsAt, seatsLeft, occasion };
}

test('free times are those that counting every minute finds, and as fair', () => {
  const seen = { none: 0, new: 0, planned: 0 };
  fc.assert(
    fc.property(asked, (question) => {
      const found = freeTimes(question);
      const expected = slowFreeTimes(question);
      assert.deepEqual(found.map(withoutChoice), expected.map(withoutChoice));
      for (const [index, { resourceIds, occasion }] of found.entries()) {
        seen[occasion] += 1;
        const { choices } = expected[index]!;
        if (occasion === 'new' && resourceIds.length < 3)
          assert.deepEqual(resourceIds, choices[0], 'the fairest');
        assert.ok(choices.some((choice) => choice.join() === resourceIds.join()));
      }
      if (found.length === 0) seen.none += 1;
    }),
    runs,
  );
  assert.ok(seen.none < 250 && seen.new > 1000 && seen.planned > 10, JSON.stringify(seen));
});

test('what is offered can be booked, and nothing else', () => {
  const anyTime = fc.array(fc.integer({ min: 0, max: 2 * 1500 }), { maxLength: 10 });
  fc.assert(
    fc.property(asked, anyTime, (question, minutes) => {
      const { days: _days, from, ...rest } = question;
      const found = freeTimes(question);
      const offers = new Map(found.map((one) => [one.startsAt, one]));
      for (const one of found.slice(0, offersTried)) {
        assert.deepEqual(chooseResources(one.startsAt, rest), one);
      }
      const first = from.toZonedDateTime(rest.zone).epochMilliseconds;
      const last = from.add({ days: question.days }).toZonedDateTime(rest.zone).epochMilliseconds;
      for (const startsAt of minutes.map((minute) => first + minute * minuteMs)) {
        if (startsAt < first || startsAt >= last) continue;
        assert.equal(isFree(startsAt, rest), offers.has(startsAt));
      }
    }),
    runs,
  );
});

test('nothing that is offered overlaps anything that is taken, buffers included', () => {
  fc.assert(
    fc.property(asked, (question) => {
      for (const { startsAt, resourceIds, occasion } of freeTimes(question)) {
        if (occasion === 'planned') continue;
        const { busyFrom, busyTo } = spanAt(question.item, startsAt);
        const hit = question.slots.filter(
          (slot) =>
            resourceIds.includes(slot.resourceId) &&
            slot.busyFrom < slot.busyTo &&
            slot.busyFrom < busyTo &&
            busyFrom < slot.busyTo,
        );
        assert.deepEqual(hit, []);
      }
    }),
    runs,
  );
});

test('what has been booked is offered with fewer seats, with others, or no more', () => {
  const pick = fc.nat();
  fc.assert(
    fc.property(asked, pick, (question, number) => {
      const found = freeTimes(question);
      if (found.length === 0) return;
      const { startsAt } = found[number % found.length]!;
      const left: string[] = [];
      let slots = question.slots;
      for (;;) {
        const offer = chooseResources(startsAt, { ...question, slots });
        if (offer === null) break;
        left.push(`${offer.resourceIds.join()} ${offer.seatsLeft}`);
        slots = afterBooking({ ...question, slots }, offer);
      }
      // Four resources with three seats each, and those that stand in the slots already.
      assert.ok(left.length > 0 && left.length <= 2 * 4 * 3);
      assert.equal(new Set(left).size, left.length, left.join('; '));
      assert.equal(isFree(startsAt, { ...question, slots }), false);
    }),
    runs,
  );
});

test('slots outside the window that has to be read change nothing', () => {
  fc.assert(
    fc.property(asked, (question) => {
      const { from, to } = slotsWindow(question.item, question, question.zone);
      const slots = question.slots.filter((slot) => slot.busyFrom < to && from < slot.busyTo);
      assert.deepEqual(freeTimes({ ...question, slots }), freeTimes(question));
    }),
    runs,
  );
});

test('the order in which slots are read changes nothing', () => {
  fc.assert(
    fc.property(asked, (question) => {
      const slots = question.slots.toReversed();
      assert.deepEqual(freeTimes({ ...question, slots }), freeTimes(question));
    }),
    runs,
  );
});
