import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClockGuard } from './clock-guard.ts';
import type { Reading } from './clock-guard.ts';

const start = Temporal.Instant.from('2026-11-22T12:00:00Z');
const hour = 3_600_000;
const day = 24 * hour;
const ago = (ms: number) => start.subtract({ milliseconds: ms });

/** What is read when so much time has passed, by a clock that is ahead by so much. */
const after = (steadyMs: number, aheadMs = 0): Reading => ({
  wall: start.add({ milliseconds: steadyMs + aheadMs }),
  steadyMs,
});

test('a new installation, one that was off for a day, and one whose clock was ahead are not held up', () => {
  for (const lastSeen of [null, ago(0), ago(day), ago(-400 * day)])
    assert.equal(new ClockGuard(lastSeen, after(0)).doubts(after(0)), false);
});

test('a server that was off for longer goes on by itself after an hour', () => {
  const guard = new ClockGuard(ago(7 * day), after(0));
  assert.equal(guard.doubts(after(0)), true);
  assert.equal(guard.doubts(after(hour - 1)), true);
  assert.equal(guard.doubts(after(hour)), false);
  assert.equal(guard.doubts(after(400 * day)), false);
});

test('a clock that is a moment more than a day ahead at the start is doubted', () => {
  assert.equal(new ClockGuard(ago(day + 1), after(0)).doubts(after(0)), true);
});

test('a clock that jumps in a running server is doubted from then on, for an hour', () => {
  const guard = new ClockGuard(ago(0), after(0));
  assert.equal(guard.doubts(after(100 * day)), false);
  assert.equal(guard.doubts(after(100 * day, day)), false);
  assert.equal(guard.doubts(after(100 * day, day + 1)), true);
  assert.equal(guard.doubts(after(100 * day + hour - 1, day + 1)), true);
  assert.equal(guard.doubts(after(100 * day + hour, day + 1)), false);
});

test('many small jumps are one large one', () => {
  const guard = new ClockGuard(ago(0), after(0));
  for (const [turn, ahead] of [12, 24].entries())
    assert.equal(guard.doubts(after(turn * hour, ahead * hour)), false);
  assert.equal(guard.doubts(after(3 * hour, 36 * hour)), true);
});

test('a clock that is set right again is believed at once', () => {
  const guard = new ClockGuard(ago(0), after(0));
  assert.equal(guard.doubts(after(hour, 400 * day)), true);
  assert.equal(guard.doubts(after(hour + 1)), false);
  assert.equal(guard.doubts(after(2 * hour, 400 * day)), true);
});

test('a clock that does not keep time in that hour is doubted for another one', () => {
  const guard = new ClockGuard(ago(7 * day), after(0));
  assert.equal(guard.doubts(after(0)), true);
  assert.equal(guard.doubts(after(hour, 60_001)), true);
  assert.equal(guard.doubts(after(2 * hour, 60_001)), false);
});
