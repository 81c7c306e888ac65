import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hoursIn, hoursText } from './hours-text.ts';

const span = (opensMinute: number, closesMinute: number) => ({ opensMinute, closesMinute });

test('hours are read as people write them', () => {
  const day = [span(480, 720), span(780, 1050)];
  for (const text of [
    '8–12, 13–17.30',
    '08:00-12:00,13:00-17:30',
    ' 13.00 — 17.30 ; 8 - 12 ',
    '8.00−12.00\n13–17:30',
  ]) {
    assert.deepEqual(hoursIn(text), day, text);
  }
  assert.deepEqual(hoursIn(''), []);
  assert.deepEqual(hoursIn(' , '), []);
  assert.deepEqual(hoursIn('0–24'), [span(0, 1440)]);
  assert.deepEqual(hoursIn('8–12,12–13'), [span(480, 720), span(720, 780)]);
});

test('what makes no sense is not taken for closed', () => {
  for (const text of [
    'closed',
    '8',
    '8–',
    '12–8',
    '8–8',
    '8–25',
    '8–24.01',
    '8.60–9',
    '8–12, 11–13',
    '8–12–13',
    '-8–12',
    '8–12 13–17',
    Array.from({ length: 13 }, (_, hour) => `${hour}–${hour + 1}`).join(),
  ]) {
    assert.equal(hoursIn(text), null, text);
  }
});

test('hours that are shown are read again as they were', () => {
  const minutes = fc.uniqueArray(fc.nat(1440), { minLength: 2, maxLength: 8 }).map((found) => {
    const sorted = found.toSorted((one, other) => one - other);
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) =>
      span(sorted[index * 2]!, sorted[index * 2 + 1]!),
    );
  });
  fc.assert(
    fc.property(minutes, fc.constantFrom('sv', 'en'), (hours, language) => {
      assert.deepEqual(hoursIn(hoursText(hours, language)), hours);
    }),
  );
});
