import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  date,
  dateTime,
  dayAt,
  duration,
  exactMoney,
  list,
  money,
  number,
  percent,
  telephone,
  weekdayDateTime,
  weekdayNames,
} from './format.ts';
import { relativeDay, time, weekdayDate } from './format.ts';

const afternoon = Temporal.Instant.from('2026-11-22T13:00:00Z');

/** Shows no-break spaces as `_`, so that a test also says where a line may break. */
function shown(text: string): string {
  return text.replaceAll('\u00a0', '_');
}

test('a Swedish reader sees kronor after the amount, and ore only when there are some', () => {
  assert.equal(shown(money(125_000, 'sv')), '1_250_kr');
  assert.equal(shown(money(125_050, 'sv')), '1_250,50_kr');
  assert.equal(shown(money(5, 'sv')), '0,05_kr');
  assert.equal(shown(money(0, 'sv')), '0_kr');
  assert.equal(shown(money(123_456_789_00, 'sv')), '123_456_789_kr');
});

test('an English reader sees SEK before the amount', () => {
  assert.equal(shown(money(125_000, 'en')), 'SEK_1,250');
  assert.equal(shown(money(125_050, 'en')), 'SEK_1,250.50');
});

test('an amount in a column has its öre even when there are none', () => {
  assert.equal(shown(exactMoney(125_000, 'sv')), '1_250,00_kr');
  assert.equal(shown(exactMoney(5, 'sv')), '0,05_kr');
  assert.equal(shown(exactMoney(125_000, 'en')), 'SEK_1,250.00');
});

test('money paid back has a minus sign, not a hyphen, in Swedish', () => {
  assert.equal(shown(money(-19_900, 'sv')), '\u2212199_kr');
});

test('counts and shares use the separators of the reader', () => {
  assert.equal(shown(number(12_500, 'sv')), '12_500');
  assert.equal(number(12_500, 'en'), '12,500');
  assert.equal(shown(percent(0.25, 'sv')), '25_%');
  assert.equal(percent(0.125, 'en'), '12.5%');
});

test('days and times are written as the reader writes them', () => {
  assert.equal(date(afternoon, 'sv'), '22 november 2026');
  assert.equal(date(afternoon, 'en'), '22 November 2026');
  assert.equal(weekdayDate(afternoon, 'sv'), 'söndag 22 november 2026');
  assert.equal(weekdayDate(afternoon, 'en'), 'Sunday 22 November 2026');
  assert.equal(shown(time(afternoon, 'sv')), 'kl._14.00');
  assert.equal(time(afternoon, 'en'), '14:00');
  assert.equal(shown(dateTime(afternoon, 'sv')), '22 november 2026, kl._14.00');
  assert.equal(dateTime(afternoon, 'en'), '22 November 2026, 14:00');
});

test('a date without a time is the same day wherever it is read', () => {
  const birthday = Temporal.PlainDate.from('2026-01-01');
  assert.equal(date(birthday, 'sv'), '1 januari 2026');
  assert.equal(date(birthday, 'sv', 'Pacific/Kiritimati'), '1 januari 2026');
  assert.equal(weekdayDate(birthday, 'en', 'America/Los_Angeles'), 'Thursday 1 January 2026');
});

test('the clock goes from 01.59 to 03.00 when summer time begins', () => {
  const begins = Temporal.Instant.from('2026-03-29T01:00:00Z');
  assert.equal(shown(time(begins.subtract({ seconds: 1 }), 'sv')), 'kl._01.59');
  assert.equal(shown(time(begins, 'sv')), 'kl._03.00');
});

test('the clock goes from 02.59 back to 02.00 when summer time ends', () => {
  const ends = Temporal.Instant.from('2026-10-25T01:00:00Z');
  assert.equal(shown(time(ends.subtract({ seconds: 1 }), 'sv')), 'kl._02.59');
  assert.equal(shown(time(ends, 'sv')), 'kl._02.00');
});

test('midnight in Stockholm begins the day, an hour or two before midnight in UTC', () => {
  const winter = Temporal.Instant.from('2026-12-31T23:00:00Z');
  assert.equal(date(winter, 'sv'), '1 januari 2027');
  assert.equal(shown(time(winter, 'sv')), 'kl._00.00');
  assert.equal(date(winter.subtract({ seconds: 1 }), 'sv'), '31 december 2026');
  const summer = Temporal.Instant.from('2026-06-30T22:00:00Z');
  assert.equal(dayAt(summer).toString(), '2026-07-01');
  assert.equal(dayAt(summer.subtract({ seconds: 1 })).toString(), '2026-06-30');
});

test('a company elsewhere keeps its own clock', () => {
  assert.equal(dateTime(afternoon, 'en', 'Europe/Helsinki'), '22 November 2026, 15:00');
});

test('near days have words and others are counted', () => {
  const today = Temporal.PlainDate.from('2026-11-22');
  assert.equal(relativeDay(today, today, 'sv'), 'i dag');
  assert.equal(relativeDay(today.add({ days: 1 }), today, 'sv'), 'i morgon');
  assert.equal(relativeDay(today.subtract({ days: 1 }), today, 'en'), 'yesterday');
  assert.equal(relativeDay(today.add({ days: 40 }), today, 'sv'), 'om 40 dagar');
});

test('words in a row end with and', () => {
  assert.equal(list(['namn', 'adress', 'telefon'], 'sv'), 'namn, adress och telefon');
  assert.equal(list(['name', 'address', 'phone'], 'en'), 'name, address and phone');
  assert.equal(list(['namn'], 'sv'), 'namn');
  assert.equal(list([], 'sv'), '');
});

test('a time to be somewhere has weekday, day and hour', () => {
  assert.equal(shown(weekdayDateTime(afternoon, 'sv')), 'söndag 22 november 2026 kl._14.00');
  assert.equal(shown(weekdayDateTime(afternoon, 'en')), 'Sunday 22 November 2026, 14:00');
});

test('the week begins on Monday', () => {
  assert.deepEqual(weekdayNames('sv')[0], { long: 'måndag', short: 'mån' });
  assert.deepEqual(weekdayNames('en')[6], { long: 'Sunday', short: 'Sun' });
});

test('a length of time is told in hours and minutes', () => {
  assert.equal(shown(duration(45, 'sv')), '45_minuter');
  assert.equal(shown(duration(60, 'sv')), '1_timme');
  assert.equal(shown(duration(150, 'en')), '2_hours 30_minutes');
  assert.equal(shown(duration(0, 'sv')), '0_minuter');
});

test('a Swedish mobile number is shown as it is said, others with their country', () => {
  assert.equal(shown(telephone('+46701234567')), '070-123_45_67');
  assert.equal(telephone('+4681234567'), '+4681234567');
  assert.equal(telephone('+358401234567'), '+358401234567');
});
