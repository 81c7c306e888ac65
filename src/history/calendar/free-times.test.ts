import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isProblem } from '../../problem.ts';
import { anna, at, blocked, bo, booked, cia, clock, daily, day, item } from './calendar.fixture.ts';
import { massage, minute, question, resource, room, rowId, starts } from './calendar.fixture.ts';
import { chooseResources, daysMax, freeTimes, isFree } from './free-times.ts';

test('a morning of three hours has room for three appointments of an hour', () => {
  const times = freeTimes(question('2026-06-01'));
  assert.deepEqual(starts(times), ['09:00', '10:00', '11:00']);
  assert.deepEqual(times[0], {
    startsAt: at('2026-06-01 09:00'),
    endsAt: at('2026-06-01 10:00'),
    seatsLeft: 1,
    resourceIds: [anna],
    occasion: 'new',
  });
});

test('an appointment ends before closing time, to the minute', () => {
  const fits = (durationMinutes: number) =>
    starts(freeTimes(question('2026-06-01', { item: item({ durationMinutes }) })));
  assert.deepEqual(fits(120), ['09:00', '10:00']);
  assert.deepEqual(fits(121), ['09:00']);
  assert.deepEqual(fits(180), ['09:00']);
  assert.deepEqual(fits(181), []);
});

test('starts are counted from where each opening begins', () => {
  const openings = [...daily('9:10', '10:30'), ...daily('13:00', '14:00')];
  const asked = question('2026-06-01', {
    item: item({ durationMinutes: 20, stepMinutes: 30 }),
    resources: [resource({ openings })],
  });
  assert.deepEqual(starts(freeTimes(asked)), ['09:10', '09:40', '10:10', '13:00', '13:30']);
});

test('what is taken is not offered, and what touches it is', () => {
  const slots = [booked(at('2026-06-01 10:00'))];
  assert.deepEqual(starts(freeTimes(question('2026-06-01', { slots }))), ['09:00', '11:00']);
  const lunch = [blocked(at('2026-06-01 10:59'), 1)];
  assert.deepEqual(starts(freeTimes(question('2026-06-01', { slots: lunch }))), ['09:00', '11:00']);
});

test('buffers add up: the time after one appointment and the time before the next', () => {
  const treatment = item({ stepMinutes: 5, bufferBeforeMinutes: 10, bufferAfterMinutes: 15 });
  const asked = question('2026-06-01', {
    item: treatment,
    slots: [booked(at('2026-06-01 09:00'), treatment)],
  });
  assert.equal(starts(freeTimes(asked))[0], '10:25', '15 minutes after the first, 10 before this');
  assert.equal(isFree(at('2026-06-01 10:20'), asked), false);
});

test('making ready and cleaning may happen before opening and after closing, but not in taken time', () => {
  const treatment = item({ bufferBeforeMinutes: 30, bufferAfterMinutes: 30, durationMinutes: 180 });
  const asked = question('2026-06-01', { item: treatment });
  assert.deepEqual(starts(freeTimes(asked)), ['09:00']);
  assert.equal(isFree(at('2026-06-01 09:00'), asked), true);
  const early = { ...asked, slots: [blocked(at('2026-06-01 08:00'), 31)] };
  assert.deepEqual(freeTimes(early), []);
  assert.equal(isFree(at('2026-06-01 09:00'), early), false);
  const before = { ...asked, slots: [blocked(at('2026-06-01 08:00'), 30)] };
  assert.deepEqual(starts(freeTimes(before)), ['09:00']);
});

test('a booking can be made until the lead time begins, and that instant is still in time', () => {
  const lead = item({ leadMinutes: 24 * 60 });
  const asked = (now: string) =>
    question('2026-06-01', { item: lead, now: Temporal.Instant.from(now) });
  const inTime = asked('2026-05-31T08:00:00Z');
  assert.deepEqual(starts(freeTimes(inTime)), ['10:00', '11:00']);
  assert.equal(isFree(at('2026-06-01 10:00'), inTime), true);
  const late = asked('2026-05-31T08:00:00.001Z');
  assert.deepEqual(starts(freeTimes(late)), ['11:00']);
  assert.equal(isFree(at('2026-06-01 10:00'), late), false);
});

test('what has begun cannot be booked', () => {
  const asked = (now: string) => question('2026-06-01', { now: Temporal.Instant.from(now) });
  assert.deepEqual(starts(freeTimes(asked('2026-06-01T08:00:00Z'))), ['10:00', '11:00']);
  assert.deepEqual(starts(freeTimes(asked('2026-06-01T08:00:01Z'))), ['11:00']);
});

test('the last day of the horizon is bookable to its end, and the next day is not', () => {
  const always = resource({ openings: daily('0:00', '24:00') });
  const asked = question('2026-03-28', {
    item: item({ horizonDays: 1 }),
    resources: [always],
    now: Temporal.Instant.from('2026-03-28T22:30:00Z'),
    days: 3,
  });
  const times = freeTimes(asked);
  assert.equal(clock(times.at(-1)!.startsAt), '23:00+02:00');
  assert.equal(times.length, 23, 'Saturday has passed, Sunday has 23 hours');
  assert.equal(isFree(at('2026-03-29 23:00'), asked), true);
  assert.equal(isFree(at('2026-03-30 00:00'), asked), false);
  const laterByAnHour = { ...asked, now: Temporal.Instant.from('2026-03-28T23:00:00Z') };
  assert.equal(isFree(at('2026-03-30 00:00'), laterByAnHour), true);
});

test('a horizon of no days is today alone', () => {
  const asked = question('2026-06-01', {
    item: item({ horizonDays: 0 }),
    now: Temporal.Instant.from('2026-06-01T00:00:00Z'),
    days: 2,
  });
  assert.deepEqual(
    freeTimes(asked).map(({ startsAt }) => startsAt),
    [at('2026-06-01 09:00'), at('2026-06-01 10:00'), at('2026-06-01 11:00')],
  );
});

test('when summer time begins, skipped starts fall on those after them', () => {
  const night = resource({ openings: daily('1:00', '4:00') });
  for (const date of ['2026-03-29', '2027-03-28']) {
    const asked = question(date, { item: item({ stepMinutes: 30 }), resources: [night] });
    const clocks = freeTimes(asked).map(({ startsAt }) => clock(startsAt));
    assert.deepEqual(clocks, ['01:00+01:00', '01:30+01:00', '03:00+02:00']);
  }
});

test('when summer time ends, each start is offered once, and an appointment over it lasts its hours', () => {
  const night = resource({ openings: daily('1:00', '4:00') });
  for (const date of ['2026-10-25', '2027-10-31']) {
    const asked = question(date, { item: item({ stepMinutes: 30 }), resources: [night] });
    const clocks = freeTimes(asked).map(({ startsAt }) => clock(startsAt));
    assert.deepEqual(clocks, [
      '01:00+02:00',
      '01:30+02:00',
      '02:00+02:00',
      '02:30+02:00',
      '03:00+01:00',
    ]);
    const long = { ...asked, item: item({ durationMinutes: 240 }) };
    const [only, ...others] = freeTimes(long);
    assert.deepEqual(others, []);
    assert.deepEqual([only!.startsAt, only!.endsAt].map(clock), ['01:00+02:00', '04:00+01:00']);
  }
});

test('where doors never close, an appointment goes over midnight, into the new year and over a leap day', () => {
  const always = resource({ openings: daily('0:00', '24:00') });
  const asked = (date: string) =>
    question(date, { item: item({ durationMinutes: 120, stepMinutes: 90 }), resources: [always] });
  for (const date of ['2026-12-31', '2028-02-28', '2028-02-29', '2026-03-28']) {
    assert.equal(starts(freeTimes(asked(date))).at(-1), '22:30', date);
  }
  const closed = { ...asked('2026-12-31'), closedDays: [day('2027-01-01')] };
  assert.equal(starts(freeTimes(closed)).at(-1), '21:00');
});

test('a day and a night over the beginning of summer time end an hour later on the clock', () => {
  const asked = question('2026-03-28', {
    item: item({ durationMinutes: 1440, stepMinutes: 1410 }),
    resources: [resource({ openings: daily('0:00', '24:00') })],
  });
  const late = freeTimes(asked).at(-1)!;
  assert.deepEqual([late.startsAt, late.endsAt], [at('2026-03-28 23:30'), at('2026-03-30 00:30')]);
});

test('something can be lent for days', () => {
  const boat = resource({ openings: daily('0:00', '24:00'), kind: 'thing' });
  const asked = question('2026-06-01', {
    item: item({ durationMinutes: 3 * 1440, stepMinutes: 1440 }),
    resources: [boat],
    slots: [blocked(at('2026-06-04 00:00'), 60)],
    days: 3,
  });
  const days = freeTimes(asked).map(({ startsAt }) => startsAt);
  assert.deepEqual(days, [at('2026-06-01 00:00')]);
  assert.deepEqual(freeTimes({ ...asked, closedDays: [day('2026-06-03')] }), []);
});

const withRoom = item({ needs: [massage, room] });
const smallRoom = resource({ resourceId: rowId(200), kind: 'room', skills: [room] });

test('a treatment that needs a person and a room waits for both', () => {
  const both = question('2026-06-01', {
    item: withRoom,
    resources: [resource(), smallRoom],
    slots: [
      booked(at('2026-06-01 09:00')),
      blocked(at('2026-06-01 10:00'), 60, { resourceId: smallRoom.resourceId }),
    ],
  });
  const times = freeTimes(both);
  assert.deepEqual(starts(times), ['11:00']);
  assert.deepEqual(times[0]!.resourceIds, [anna, smallRoom.resourceId]);
  assert.deepEqual(freeTimes({ ...both, resources: [resource()] }), []);
});

test('one resource never serves two needs, and gives way when it is the only one for the other', () => {
  const flexible = resource({ skills: [massage, room] });
  const alone = question('2026-06-01', { item: withRoom, resources: [flexible] });
  assert.deepEqual(freeTimes(alone), []);
  const masseur = resource({ resourceId: bo });
  const pair = { ...alone, resources: [flexible, masseur] };
  assert.deepEqual(freeTimes(pair)[0]!.resourceIds, [bo, anna]);
});

test('for four hands two different persons are taken', () => {
  const fourHands = item({ needs: [massage, massage] });
  const one = question('2026-06-01', { item: fourHands });
  assert.deepEqual(freeTimes(one), []);
  const two = { ...one, resources: [resource(), resource({ resourceId: bo })] };
  assert.deepEqual(freeTimes(two)[0]!.resourceIds, [anna, bo]);
});

test('who has least to do that day is chosen, and between equals the company’s order decides', () => {
  const staff = [anna, bo, cia].map((resourceId) => resource({ resourceId }));
  const asked = question('2026-06-01', {
    resources: staff,
    slots: [
      booked(at('2026-06-01 09:00')),
      blocked(at('2026-06-01 09:00'), 60, { resourceId: bo }),
      booked(at('2026-05-31 09:00'), item({ durationMinutes: 180 }), { resourceId: bo }),
    ],
  });
  const chosen = freeTimes(asked).map(({ resourceIds }) => resourceIds[0]);
  assert.deepEqual(chosen, [cia, bo, bo]);
});

test('an appointment counts on the day on which it starts, whatever lies on top of it', () => {
  const night = item({ bufferBeforeMinutes: 60 });
  const asked = question('2026-06-01', {
    resources: [resource(), resource({ resourceId: bo })],
    slots: [
      booked(at('2026-06-02 00:30'), night),
      booked(at('2026-06-01 23:45'), item()),
      booked(at('2026-06-02 00:30'), night, { resourceId: bo }),
    ],
  });
  assert.deepEqual(freeTimes(asked)[0]!.resourceIds, [bo]);
});

test('who has only the other skills is not asked', () => {
  const cleaner = resource({
    resourceId: bo,
    skills: [rowId(3)],
    openings: daily('0:00', '24:00'),
  });
  const asked = question('2026-06-01', { resources: [cleaner, resource()] });
  assert.deepEqual(starts(freeTimes(asked)), ['09:00', '10:00', '11:00']);
});

test('an item without a need has no times', () => {
  assert.deepEqual(freeTimes(question('2026-06-01', { item: item({ needs: [] }) })), []);
});

test('a time that nobody offered cannot be booked, and neither can what is no time', () => {
  const asked = question('2026-06-01');
  for (const wrong of [
    at('2026-06-01 09:30'),
    at('2026-06-01 12:00'),
    at('2026-06-01 09:00') + 1,
    at('2026-06-01 09:00') + 0.5,
    Number.NaN,
    Infinity,
    -Infinity,
    9e15,
  ]) {
    assert.equal(chooseResources(wrong, asked), null, String(wrong));
  }
});

test('no more than a year or so is looked through at once, and steps are at least a minute', () => {
  const refused = (error: unknown) => isProblem(error, 'bad-input');
  assert.doesNotThrow(() => freeTimes(question('2026-06-01', { days: daysMax })));
  assert.throws(() => freeTimes(question('2026-06-01', { days: daysMax + 1 })), refused);
  assert.throws(() => freeTimes(question('2026-06-01', { days: 0 })), refused);
  const noStep = question('2026-06-01', { item: item({ stepMinutes: 0 }) });
  assert.throws(() => freeTimes(noStep), refused);
});

test('a month for twenty persons with five thousand taken times is found at once', () => {
  const persons = Array.from({ length: 20 }, (_, index) =>
    resource({ resourceId: rowId(100 + index), openings: daily('8:00', '20:00') }),
  );
  const quarters = 30 * 96;
  const first = at('2026-06-01 00:00');
  const slots = Array.from({ length: 5000 }, (_, index) =>
    blocked(first + ((index * 7919) % quarters) * minute('0:15') * 60_000, 30, {
      resourceId: rowId(100 + (index % 20)),
    }),
  );
  const asked = question('2026-06-01', {
    item: item({ stepMinutes: 15, durationMinutes: 30 }),
    resources: persons,
    slots,
    days: 30,
  });
  const rounds = 10;
  const before = process.threadCpuUsage();
  for (let round = 0; round < rounds; round += 1) freeTimes(asked);
  const { user, system } = process.threadCpuUsage(before);
  const tookMs = (user + system) / 1000 / rounds;
  // It takes about five. Time of the processor is counted, because the machine may have much else to do.
  assert.ok(tookMs < 50, `${tookMs} ms`);
});
