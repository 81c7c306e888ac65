import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { OpeningException, Resource } from './bookable.ts';
import { clock, daily, day, minute, resource, zone } from './calendar.fixture.ts';
import { openIntervals } from './opening-hours.ts';

const hourMs = 3_600_000;

/** `09:00+01:00-12:00+01:00` for each interval of a day. */
function hours(of: Resource, on: string, closed: readonly string[] = []): string[] {
  const intervals = openIntervals(of, day(on), closed.map(day), zone);
  return intervals.map(({ from, to }) => `${clock(from)}-${clock(to)}`);
}

/** Hours that are open on a day, all in all. */
function openHours(of: Resource, on: string): number {
  const intervals = openIntervals(of, day(on), [], zone);
  return intervals.reduce((sum, { from, to }) => sum + to - from, 0) / hourMs;
}

function exception(on: string, opens: string | null, closes: string | null): OpeningException {
  return {
    day: day(on),
    opensMinute: opens === null ? null : minute(opens),
    closesMinute: closes === null ? null : minute(closes),
  };
}

test('a night opening from one to four lasts two hours when summer time begins and four when it ends', () => {
  const night = resource({ openings: daily('1:00', '4:00') });
  for (const spring of ['2026-03-29', '2027-03-28']) {
    assert.deepEqual(hours(night, spring), ['01:00+01:00-04:00+02:00']);
    assert.equal(openHours(night, spring), 2);
  }
  for (const autumn of ['2026-10-25', '2027-10-31']) {
    assert.deepEqual(hours(night, autumn), ['01:00+02:00-04:00+01:00']);
    assert.equal(openHours(night, autumn), 4);
  }
  assert.equal(openHours(night, '2026-03-28'), 3);
  assert.equal(openHours(night, '2026-10-26'), 3);
});

test('who never closes is open 23, 24 and 25 hours', () => {
  const always = resource({ openings: daily('0:00', '24:00') });
  assert.equal(openHours(always, '2026-03-28'), 24);
  assert.equal(openHours(always, '2026-03-29'), 23);
  assert.equal(openHours(always, '2027-03-28'), 23);
  assert.equal(openHours(always, '2026-10-25'), 25);
  assert.equal(openHours(always, '2027-10-31'), 25);
  assert.equal(openHours(always, '2028-02-29'), 24);
});

test('a time that the clocks skip moves an hour forward', () => {
  const early = resource({ openings: daily('2:15', '5:00') });
  assert.deepEqual(hours(early, '2026-03-29'), ['03:15+02:00-05:00+02:00']);
  const short = resource({ openings: daily('2:15', '2:45') });
  assert.deepEqual(hours(short, '2026-03-29'), ['03:15+02:00-03:45+02:00']);
});

test('hours that end before they begin, because their beginning was skipped, are no hours', () => {
  const across = resource({ openings: daily('2:30', '3:15') });
  assert.deepEqual(hours(across, '2026-03-29'), []);
  assert.deepEqual(hours(across, '2026-03-30'), ['02:30+02:00-03:15+02:00']);
});

test('of a time that comes twice the first is meant', () => {
  const until = resource({ openings: daily('1:00', '2:30') });
  assert.deepEqual(hours(until, '2026-10-25'), ['01:00+02:00-02:30+02:00']);
  const since = resource({ openings: daily('2:30', '5:00') });
  assert.deepEqual(hours(since, '2026-10-25'), ['02:30+02:00-05:00+01:00']);
});

test('weekly hours hold on their weekday only, from their first day to their last', () => {
  const openings = daily('9:00', '12:00', {
    validFrom: day('2026-06-01'),
    validUntil: day('2026-06-08'),
  });
  const mondays = resource({ openings: openings.filter(({ weekday }) => weekday === 1) });
  assert.deepEqual(hours(mondays, '2026-05-25'), []);
  assert.deepEqual(hours(mondays, '2026-06-01'), ['09:00+02:00-12:00+02:00']);
  assert.deepEqual(hours(mondays, '2026-06-02'), []);
  assert.deepEqual(hours(mondays, '2026-06-08'), ['09:00+02:00-12:00+02:00']);
  assert.deepEqual(hours(mondays, '2026-06-15'), []);
});

test('hours that overlap or touch are one opening, and a lunch break makes two', () => {
  const parts = (...pairs: readonly (readonly [string, string])[]) =>
    resource({ openings: pairs.flatMap(([opens, closes]) => daily(opens, closes)) });
  const touching = parts(['12:00', '17:00'], ['9:00', '12:00']);
  assert.deepEqual(hours(touching, '2026-06-01'), ['09:00+02:00-17:00+02:00']);
  const inside = parts(['9:00', '17:00'], ['10:00', '11:00']);
  assert.deepEqual(hours(inside, '2026-06-01'), ['09:00+02:00-17:00+02:00']);
  const lunch = parts(['13:00', '17:00'], ['9:00', '12:00']);
  assert.deepEqual(hours(lunch, '2026-06-01'), [
    '09:00+02:00-12:00+02:00',
    '13:00+02:00-17:00+02:00',
  ]);
});

test('the exceptions of a day replace its weekly hours', () => {
  const other = resource({
    exceptions: [
      exception('2026-06-01', '18:00', '20:00'),
      exception('2026-06-01', '7:00', '8:00'),
      exception('2026-06-02', null, null),
    ],
  });
  assert.deepEqual(hours(other, '2026-06-01'), [
    '07:00+02:00-08:00+02:00',
    '18:00+02:00-20:00+02:00',
  ]);
  assert.deepEqual(hours(other, '2026-06-02'), []);
  assert.deepEqual(hours(other, '2026-06-03'), ['09:00+02:00-12:00+02:00']);
});

test('on a day that the company is closed, only who has hours for that very day is open', () => {
  const closed = ['2026-12-25', '2027-01-01'];
  const guard = resource({ exceptions: [exception('2026-12-25', '8:00', '10:00')] });
  assert.deepEqual(hours(guard, '2026-12-25', closed), ['08:00+01:00-10:00+01:00']);
  assert.deepEqual(hours(guard, '2027-01-01', closed), []);
  assert.deepEqual(hours(resource(), '2026-12-25', closed), []);
  assert.deepEqual(hours(resource(), '2026-12-26', closed), ['09:00+01:00-12:00+01:00']);
});

test('a leap day is a day like others', () => {
  const tuesdays = resource({
    openings: daily('9:00', '12:00').filter(({ weekday }) => weekday === 2),
  });
  assert.deepEqual(hours(tuesdays, '2028-02-29'), ['09:00+01:00-12:00+01:00']);
});

test('other places change their clocks at midnight or by half an hour', () => {
  const always = resource({ openings: daily('0:00', '24:00') });
  const lasts = (on: string, where: string) =>
    openIntervals(always, day(on), [], where).reduce((sum, { from, to }) => sum + to - from, 0) /
    hourMs;
  assert.equal(lasts('2018-11-04', 'America/Sao_Paulo'), 23);
  assert.equal(lasts('2018-02-17', 'America/Sao_Paulo'), 25);
  assert.equal(lasts('2026-10-04', 'Australia/Lord_Howe'), 23.5);
  assert.equal(lasts('2026-04-05', 'Australia/Lord_Howe'), 24.5);
});
