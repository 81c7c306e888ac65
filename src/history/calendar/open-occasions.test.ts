import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { OpeningException } from './bookable.ts';
import { afterBooking, anna, at, blocked, bo, booked, cia, daily } from './calendar.fixture.ts';
import { day, item, massage, question, resource, room, rowId, starts } from './calendar.fixture.ts';
import { chooseResources, freeTimes, isFree } from './free-times.ts';

const hall = rowId(200);
const hall2 = rowId(201);
const yoga = item({ capacity: 8 });
const yogaInHall = item({ capacity: 8, needs: [massage, room] });
const nine = at('2026-06-01 09:00');

function halls() {
  return [hall, hall2].map((resourceId) => resource({ resourceId, kind: 'room', skills: [room] }));
}

test('who comes to a group takes one of its seats, and the next one joins the same group', () => {
  const asked = question('2026-06-01', { item: yoga });
  const empty = chooseResources(nine, asked)!;
  assert.deepEqual([empty.seatsLeft, empty.occasion], [8, 'new']);
  const joined = { ...asked, slots: afterBooking(asked, empty) };
  const second = chooseResources(nine, joined)!;
  assert.deepEqual([second.seatsLeft, second.occasion], [7, 'planned']);
  assert.deepEqual(second.resourceIds, [anna]);
  assert.deepEqual(starts(freeTimes(joined)), ['09:00', '10:00', '11:00']);
});

test('the last seat can be taken once', () => {
  const asked = question('2026-06-01', { item: yoga, slots: [booked(nine, yoga, { taken: 7 })] });
  const last = chooseResources(nine, asked)!;
  assert.equal(last.seatsLeft, 1);
  const full = { ...asked, slots: afterBooking(asked, last) };
  assert.equal(isFree(nine, full), false);
  assert.deepEqual(starts(freeTimes(full)), ['10:00', '11:00']);
});

test('a full group makes way for a second one where somebody else is free', () => {
  const asked = question('2026-06-01', {
    item: yoga,
    resources: [resource(), resource({ resourceId: bo })],
    slots: [booked(nine, yoga, { taken: 8 })],
  });
  const second = chooseResources(nine, asked)!;
  assert.deepEqual([second.seatsLeft, second.occasion], [8, 'new']);
  assert.deepEqual(second.resourceIds, [bo]);
});

test('friends who come together need seats in the same group', () => {
  const asked = question('2026-06-01', {
    item: yoga,
    slots: [booked(nine, yoga, { taken: 6 })],
  });
  assert.equal(isFree(nine, { ...asked, seats: 2 }), true);
  assert.equal(isFree(nine, { ...asked, seats: 3 }), false);
  assert.equal(isFree(at('2026-06-01 10:00'), { ...asked, seats: 8 }), true);
  assert.equal(isFree(at('2026-06-01 10:00'), { ...asked, seats: 9 }), false);
});

test('of two groups at the same time the one with more seats is told', () => {
  const asked = question('2026-06-01', {
    item: yoga,
    resources: [anna, bo, cia].map((resourceId) => resource({ resourceId })),
    slots: [booked(nine, yoga, { taken: 6 }), booked(nine, yoga, { taken: 3, resourceId: bo })],
  });
  const chosen = chooseResources(nine, asked)!;
  assert.deepEqual([chosen.seatsLeft, chosen.resourceIds], [5, [bo]]);
});

test('of two groups with the same seats left the first in the company’s order is told', () => {
  const asked = question('2026-06-01', {
    item: yoga,
    resources: [resource({ resourceId: bo }), resource()],
    slots: [booked(nine, yoga), booked(nine, yoga, { resourceId: bo })],
  });
  assert.deepEqual(chooseResources(nine, asked)!.resourceIds, [bo]);
});

test('a group between two others of the same teacher can be joined', () => {
  const ten = at('2026-06-01 10:00');
  const asked = question('2026-06-01', {
    item: yoga,
    slots: ['09:00', '10:00', '11:00'].map((time) => booked(at(`2026-06-01 ${time}`), yoga)),
  });
  assert.equal(chooseResources(ten, asked)!.seatsLeft, 7);
  const later = at('2026-06-01 09:01');
  const pushed = { ...asked, slots: [booked(later, item()), booked(ten, yoga)] };
  assert.equal(isFree(ten, pushed), false, 'the one before goes on for a minute');
});

test('a group that staff planned beside the usual starts is offered at its own time', () => {
  const odd = at('2026-06-01 09:20');
  const asked = question('2026-06-01', { item: yoga, slots: [booked(odd, yoga, { taken: 0 })] });
  assert.deepEqual(starts(freeTimes(asked)), ['09:20', '11:00']);
  assert.equal(chooseResources(odd, asked)!.occasion, 'planned');
});

test('neither a group of something else nor one at another time can be joined', () => {
  const slots = [booked(nine, yoga, { itemId: rowId(11), taken: 1 })];
  const asked = question('2026-06-01', { item: yoga, slots });
  assert.deepEqual(starts(freeTimes(asked)), ['10:00', '11:00']);
});

test('a group on a day that was closed afterwards, or in blocked time, takes nobody more', () => {
  const slots = [booked(nine, yoga)];
  const asked = question('2026-06-01', { item: yoga, slots });
  assert.equal(isFree(nine, asked), true);
  assert.equal(isFree(nine, { ...asked, closedDays: [day('2026-06-01')] }), false);
  const ill: OpeningException = { day: day('2026-06-01'), opensMinute: null, closesMinute: null };
  const away = { ...asked, resources: [resource({ exceptions: [ill] })] };
  assert.equal(isFree(nine, away), false);
  const block = blocked(at('2026-06-01 09:59'), 5);
  assert.equal(isFree(nine, { ...asked, slots: [...slots, block] }), false);
  assert.equal(isFree(nine, { ...asked, slots: [block, ...slots] }), false);
  const long = [blocked(at('2026-06-01 08:00'), 240), blocked(at('2026-06-01 08:10'), 10)];
  assert.equal(isFree(nine, { ...asked, slots: [...slots, ...long] }), false);
});

test('a group with a teacher and a hall is joined with both', () => {
  const asked = question('2026-06-01', {
    item: yogaInHall,
    resources: [...halls(), resource()],
    slots: [
      booked(nine, yogaInHall, { resourceId: hall2, taken: 2 }),
      booked(nine, yogaInHall, { taken: 2 }),
    ],
  });
  const chosen = chooseResources(nine, asked)!;
  assert.deepEqual([chosen.seatsLeft, chosen.resourceIds], [6, [anna, hall2]]);
});

test('nobody is sent to the teacher of one group in the hall of another', () => {
  const people = [resource(), resource({ resourceId: bo })];
  const groups = (taken: number) => [
    booked(nine, yogaInHall, { taken: 5 }),
    booked(nine, yogaInHall, { resourceId: hall, taken: 5 }),
    booked(nine, yogaInHall, { resourceId: bo, taken }),
    booked(nine, yogaInHall, { resourceId: hall2, taken }),
  ];
  const asked = (taken: number) =>
    question('2026-06-01', {
      item: yogaInHall,
      resources: [...people, ...halls()],
      slots: groups(taken),
    });
  assert.deepEqual(chooseResources(nine, asked(4))!.resourceIds, [bo, hall2]);
  assert.deepEqual(chooseResources(nine, asked(6))!.resourceIds, [anna, hall]);
  assert.equal(chooseResources(nine, asked(5)), null, 'they cannot be told apart');
  const longer = asked(5).slots.map((slot) =>
    slot.resourceId === bo || slot.resourceId === hall2
      ? { ...slot, endsAt: slot.endsAt + 1 }
      : slot,
  );
  assert.deepEqual(chooseResources(nine, { ...asked(5), slots: longer })!.resourceIds, [
    anna,
    hall,
  ]);
  const larger = asked(5).slots.map((slot) =>
    slot.resourceId === bo || slot.resourceId === hall2 ? { ...slot, capacity: 9 } : slot,
  );
  assert.deepEqual(chooseResources(nine, { ...asked(5), slots: larger })!.resourceIds, [bo, hall2]);
});

test('a planned group keeps its own length when the item has been changed since', () => {
  const asked = question('2026-06-01', {
    item: yoga,
    resources: [resource({ openings: daily('9:00', '10:30') })],
    slots: [booked(nine, { ...yoga, durationMinutes: 90 })],
  });
  assert.equal(chooseResources(nine, asked)!.endsAt, at('2026-06-01 10:30'));
});

test('a planned group that lasts for days is shown and can be booked, however short the item is now', () => {
  const camp = booked(nine, { ...yoga, durationMinutes: 5 * 1440 });
  const asked = question('2026-06-01', {
    item: yoga,
    resources: [resource({ openings: daily('0:00', '24:00') })],
    slots: [camp],
    days: 30,
  });
  assert.deepEqual(freeTimes(asked).find(({ startsAt }) => startsAt === nine)!.occasion, 'planned');
  assert.equal(chooseResources(nine, asked)!.endsAt, camp.endsAt);
});
