import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayAt } from '../text/format.ts';
import {
  faultOfYear,
  fiscalYearName,
  isWithin,
  keptThrough,
  lengthOfYear,
  mayBeErasedFrom,
  yearAfter,
  yearOf,
} from './fiscal-years.ts';
import type { FiscalYear } from './fiscal-years.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const year = (startsOn: string, endsOn: string): FiscalYear => ({
  startsOn: day(startsOn),
  endsOn: day(endsOn),
});
const calendar2026 = year('2026-01-01', '2026-12-31');
const broken2026 = year('2026-07-01', '2027-06-30');
const today = day('2027-03-01');

test('books are kept through the seventh calendar year after the one in which their year ended', () => {
  for (const [endsOn, through] of [
    ['2026-12-31', '2033-12-31'],
    ['2026-01-31', '2033-12-31'],
    ['2026-06-30', '2033-12-31'],
    ['2027-01-31', '2034-12-31'],
    ['2028-02-29', '2035-12-31'],
  ] as const) {
    assert.equal(keptThrough(day(endsOn)).toString(), through);
    const from = mayBeErasedFrom(day(endsOn));
    assert.equal(from.toString(), `${Number(through.slice(0, 4)) + 1}-01-01`);
  }
});

test('a sale early in a broken year is kept for more than eight years', () => {
  const sold = day('2025-08-02');
  const { endsOn } = year('2025-07-01', '2026-06-30');
  assert.equal(keptThrough(endsOn).toString(), '2033-12-31');
  assert.equal(sold.until(keptThrough(endsOn), { largestUnit: 'years' }).years, 8);
});

test('a moment belongs to the year that Stockholm has then, in winter and in summer', () => {
  const years = [calendar2026, year('2027-01-01', '2027-06-30'), year('2027-07-01', '2028-06-30')];
  const nameAt = (at: string) => {
    const found = yearOf(dayAt(Temporal.Instant.from(at)), years);
    return found && fiscalYearName(found);
  };
  assert.equal(nameAt('2025-12-31T22:59:59Z'), null);
  assert.equal(nameAt('2025-12-31T23:00:00Z'), '2026');
  assert.equal(nameAt('2026-12-31T22:59:59Z'), '2026');
  assert.equal(nameAt('2026-12-31T23:00:00Z'), '2027-01/2027-06');
  assert.equal(nameAt('2027-06-30T21:59:59Z'), '2027-01/2027-06');
  assert.equal(nameAt('2027-06-30T22:00:00Z'), '2027/2028');
  assert.equal(nameAt('2028-06-30T21:59:59Z'), '2027/2028');
  assert.equal(nameAt('2028-06-30T22:00:00Z'), null);
});

test('a year begins with its first day and ends with its last', () => {
  for (const [text, inside] of [
    ['2026-06-30', false],
    ['2026-07-01', true],
    ['2027-06-30', true],
    ['2027-07-01', false],
  ] as const) {
    assert.equal(isWithin(day(text), broken2026), inside, text);
    assert.equal(yearOf(day(text), [broken2026]) !== null, inside, text);
  }
});

test('the next year begins the day after and has twelve months, or as many as it is moved by', () => {
  const next = (...parts: Parameters<typeof yearAfter>) => {
    const { startsOn, endsOn } = yearAfter(...parts);
    return `${startsOn.toString()} ${endsOn.toString()}`;
  };
  assert.equal(next(calendar2026), '2027-01-01 2027-12-31');
  assert.equal(next(broken2026), '2027-07-01 2028-06-30');
  assert.equal(next(year('2026-03-01', '2027-02-28')), '2027-03-01 2028-02-29');
  assert.equal(next(year('2027-03-01', '2028-02-29')), '2028-03-01 2029-02-28');
  assert.equal(next(calendar2026, 6), '2027-01-01 2027-06-30');
  assert.equal(next(calendar2026, 18), '2027-01-01 2028-06-30');
  for (const months of [0, 19, 1.5]) assert.throws(() => next(calendar2026, months), RangeError);
});

test('a year has a name that no other of the same books has', () => {
  assert.equal(fiscalYearName(calendar2026), '2026');
  assert.equal(fiscalYearName(broken2026), '2026/2027');
  assert.equal(fiscalYearName(year('2026-01-01', '2026-04-30')), '2026-01/2026-04');
  assert.equal(fiscalYearName(year('2026-01-01', '2027-06-30')), '2026-01/2027-06');
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 18 }), { maxLength: 12 }), (lengths) => {
      const years = [year('2026-03-17', '2026-08-31')];
      for (const months of lengths) years.push(yearAfter(years.at(-1)!, months));
      assert.equal(new Set(years.map(fiscalYearName)).size, years.length);
    }),
  );
});

test('a year is ordinary with twelve months, and shortened or lengthened a month to either side', () => {
  assert.equal(lengthOfYear(year('2026-05-01', '2027-03-31')), 'shortened');
  assert.equal(lengthOfYear(year('2026-05-01', '2027-04-30')), 'ordinary');
  assert.equal(lengthOfYear(year('2026-05-01', '2027-05-31')), 'lengthened');
  assert.equal(lengthOfYear(year('2027-03-01', '2028-02-29')), 'ordinary');
});

test('the first year may begin on any day, and is at most eighteen months long', () => {
  const fault = (startsOn: string, endsOn: string) =>
    faultOfYear(year(startsOn, endsOn), [], today);
  assert.equal(fault('2026-03-17', '2026-08-31'), null);
  assert.equal(fault('2026-01-01', '2027-06-30'), null);
  assert.equal(fault('2026-01-01', '2027-07-31'), 'too-long');
  assert.equal(fault('2026-03-17', '2027-08-31'), null);
  assert.equal(fault('2026-03-17', '2027-09-30'), 'too-long');
  assert.equal(fault('2026-01-01', '2026-12-30'), 'not-whole-months');
  assert.equal(fault('2027-03-01', '2028-02-28'), 'not-whole-months');
  assert.equal(fault('2026-02-01', '2026-01-31'), 'ends-before-it-starts');
  assert.equal(fault('2026-02-28', '2026-02-28'), null);
});

test('a new year stands directly after the last or directly before the first', () => {
  const existing = [calendar2026, year('2027-01-01', '2027-12-31')];
  const fault = (startsOn: string, endsOn: string) =>
    faultOfYear(year(startsOn, endsOn), existing, today);
  assert.equal(fault('2028-01-01', '2028-12-31'), null);
  assert.equal(fault('2028-01-01', '2028-06-30'), null);
  assert.equal(fault('2028-01-02', '2028-12-31'), 'leaves-a-gap');
  assert.equal(fault('2027-12-31', '2028-12-31'), 'overlaps');
  assert.equal(fault('2028-02-01', '2029-01-31'), 'leaves-a-gap');
  assert.equal(fault('2025-03-17', '2025-12-31'), null);
  assert.equal(fault('2025-01-01', '2025-12-30'), 'leaves-a-gap');
  assert.equal(fault('2025-01-01', '2026-01-01'), 'overlaps');
  assert.equal(fault('2026-05-01', '2026-05-31'), 'overlaps');
  assert.equal(fault('2025-01-01', '2028-12-31'), 'overlaps');
});

test('the first year begins today at the latest, so that there is one for what is sold today', () => {
  const first = year('2027-03-01', '2027-12-31');
  assert.equal(faultOfYear(first, [], day('2027-03-01')), null);
  assert.equal(faultOfYear(first, [], day('2027-02-28')), 'begins-later');
  assert.equal(faultOfYear(first, [year('2026-01-01', '2027-02-28')], day('2027-02-28')), null);
});
