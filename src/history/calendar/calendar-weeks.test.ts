import assert from 'node:assert/strict';
import { test } from 'node:test';

import { weekOf, weeksOfMonth } from './calendar-weeks.ts';
import type { CalendarWeek } from './calendar-weeks.ts';

/** `v9 28 29 1 2 3 4 5`, days of other months in brackets. */
function shown({ number, days }: CalendarWeek): string {
  const words = days.map(({ day, isOfMonth }) => (isOfMonth ? `${day.day}` : `(${day.day})`));
  return `v${number} ${words.join(' ')}`;
}

function month(text: string): string[] {
  return weeksOfMonth(Temporal.PlainYearMonth.from(text)).map(shown);
}

test('a month is shown in whole weeks from Monday to Sunday with their numbers', () => {
  assert.deepEqual(month('2026-03'), [
    'v9 (23) (24) (25) (26) (27) (28) 1',
    'v10 2 3 4 5 6 7 8',
    'v11 9 10 11 12 13 14 15',
    'v12 16 17 18 19 20 21 22',
    'v13 23 24 25 26 27 28 29',
    'v14 30 31 (1) (2) (3) (4) (5)',
  ]);
});

test('a leap February has its 29th day', () => {
  assert.deepEqual(month('2028-02'), [
    'v5 (31) 1 2 3 4 5 6',
    'v6 7 8 9 10 11 12 13',
    'v7 14 15 16 17 18 19 20',
    'v8 21 22 23 24 25 26 27',
    'v9 28 29 (1) (2) (3) (4) (5)',
  ]);
});

test('a February that begins on a Monday takes four weeks', () => {
  assert.deepEqual(month('2027-02'), [
    'v5 1 2 3 4 5 6 7',
    'v6 8 9 10 11 12 13 14',
    'v7 15 16 17 18 19 20 21',
    'v8 22 23 24 25 26 27 28',
  ]);
});

test('the first week of January can be the last of the year before, and the other way round', () => {
  assert.deepEqual(month('2027-01')[0], 'v53 (28) (29) (30) (31) 1 2 3');
  assert.deepEqual(month('2026-12').at(-1), 'v53 28 29 30 31 (1) (2) (3)');
  assert.deepEqual(month('2025-12').at(-1), 'v1 29 30 31 (1) (2) (3) (4)');
  assert.deepEqual(month('2023-01')[0], 'v52 (26) (27) (28) (29) (30) (31) 1');
});

test('a day is in the week from the Monday before it to the Sunday after it', () => {
  const week = (text: string) => shown(weekOf(Temporal.PlainDate.from(text)));
  assert.equal(week('2026-06-01'), 'v23 1 2 3 4 5 6 7');
  assert.equal(week('2026-06-07'), 'v23 1 2 3 4 5 6 7');
  assert.equal(week('2026-06-08'), 'v24 8 9 10 11 12 13 14');
  assert.equal(week('2028-02-29'), 'v9 28 29 (1) (2) (3) (4) (5)');
});
