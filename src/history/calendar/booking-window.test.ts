import assert from 'node:assert/strict';
import { test } from 'node:test';

import { bookableWindow, slotsWindow } from './booking-window.ts';
import { at, day, item, zone } from './calendar.fixture.ts';

test('booking is open from the end of the lead time to the end of the last local day', () => {
  const now = Temporal.Instant.from('2026-03-27T12:00:00Z');
  const window = bookableWindow(item({ leadMinutes: 24 * 60, horizonDays: 2 }), now, zone);
  assert.deepEqual(window, { from: at('2026-03-28 13:00'), to: at('2026-03-30 00:00') });
});

test('today is the day at the company, not in UTC', () => {
  const today = item({ horizonDays: 0 });
  const before = Temporal.Instant.from('2026-12-31T22:59:59Z');
  assert.equal(bookableWindow(today, before, zone).to, at('2027-01-01 00:00'));
  const after = Temporal.Instant.from('2026-12-31T23:00:00Z');
  assert.equal(bookableWindow(today, after, zone).to, at('2027-01-02 00:00'));
});

test('slots are read for the days, the appointment and its buffers, and a day on each side', () => {
  const treatment = item({ durationMinutes: 60, bufferBeforeMinutes: 10, bufferAfterMinutes: 20 });
  const window = slotsWindow(treatment, { from: day('2026-03-29'), days: 1 }, zone);
  assert.deepEqual(window, { from: at('2026-03-27 23:50'), to: at('2026-03-31 01:20') });
});
