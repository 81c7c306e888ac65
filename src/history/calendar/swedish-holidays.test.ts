import assert from 'node:assert/strict';
import { test } from 'node:test';

import { holidayNames } from '../../text/holidays.ts';
import { easterSunday, swedishHolidays } from './swedish-holidays.ts';
import type { HolidayOfYear } from './swedish-holidays.ts';

function days(year: number, kind: HolidayOfYear['kind']): string[] {
  return swedishHolidays(year)
    .filter((one) => one.kind === kind)
    .map(({ day, holiday }) => `${day.toString()} ${holidayNames.sv[holiday]}`);
}

test('the holidays of 2026 are those of the almanac', () => {
  assert.deepEqual(days(2026, 'public'), [
    '2026-01-01 nyårsdagen',
    '2026-01-06 trettondedag jul',
    '2026-04-03 långfredagen',
    '2026-04-05 påskdagen',
    '2026-04-06 annandag påsk',
    '2026-05-01 första maj',
    '2026-05-14 Kristi himmelsfärdsdag',
    '2026-05-24 pingstdagen',
    '2026-06-06 nationaldagen',
    '2026-06-20 midsommardagen',
    '2026-10-31 alla helgons dag',
    '2026-12-25 juldagen',
    '2026-12-26 annandag jul',
  ]);
});

test('midsummer, Christmas and New Year have eves on which most places are closed', () => {
  assert.deepEqual(days(2027, 'eve'), [
    '2027-06-25 midsommarafton',
    '2027-12-24 julafton',
    '2027-12-31 nyårsafton',
  ]);
});

test('Easter is on the days on which it was and will be', () => {
  for (const expected of [
    '2008-03-23',
    '2019-04-21',
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
    '2028-04-16',
    '2029-04-01',
    '2030-04-21',
    '2038-04-25',
    '2049-04-18',
    '2076-04-19',
    '2285-03-22',
  ]) {
    assert.equal(easterSunday(Number(expected.slice(0, 4))).toString(), expected);
  }
});

test('what follows Easter, midsummer and All Saints moves with the year', () => {
  const of = (year: number) =>
    Object.fromEntries(
      swedishHolidays(year).map(({ day, holiday }) => [holiday, day.toString().slice(5)]),
    );
  const moving = (year: number) => {
    const { ascension, pentecost, midsummer, 'all-saints': saints } = of(year);
    return [ascension, pentecost, midsummer, saints];
  };
  assert.deepEqual(moving(2024), ['05-09', '05-19', '06-22', '11-02']);
  assert.deepEqual(moving(2025), ['05-29', '06-08', '06-21', '11-01']);
  assert.deepEqual(moving(2027), ['05-06', '05-16', '06-26', '11-06']);
  assert.deepEqual(moving(2028), ['05-25', '06-04', '06-24', '11-04']);
});

test('in 2008 Ascension Day and the first of May were one day', () => {
  const both = swedishHolidays(2008).filter(({ day }) => day.toString() === '2008-05-01');
  assert.deepEqual(both.map(({ holiday }) => holiday).sort(), ['ascension', 'first-of-may']);
});

test('each year has thirteen public holidays and three eves, in order and on their weekdays', () => {
  for (let year = 2005; year <= 2105; year += 1) {
    const all = swedishHolidays(year);
    assert.equal(all.filter(({ kind }) => kind === 'public').length, 13);
    assert.equal(all.length, 16);
    const sorted = all.toSorted((a, b) => Temporal.PlainDate.compare(a.day, b.day));
    assert.deepEqual(all, sorted);
    const weekday = (name: string) => all.find(({ holiday }) => holiday === name)!.day.dayOfWeek;
    assert.deepEqual(
      ['good-friday', 'easter', 'ascension', 'pentecost', 'midsummer-eve', 'midsummer'].map(
        weekday,
      ),
      [5, 7, 4, 7, 5, 6],
    );
    assert.equal(weekday('all-saints'), 6);
  }
});

test('every holiday has a name in both languages', () => {
  for (const { holiday } of swedishHolidays(2026)) {
    assert.ok(holidayNames.sv[holiday].length > 0);
    assert.ok(holidayNames.en[holiday].length > 0);
  }
});
