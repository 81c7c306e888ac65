import { minutesOfDay } from './bookable.ts';
import type { EpochMs, Interval } from './bookable.ts';
import type { LocalDay } from './local-days.ts';
import type { ResourceTime } from './resource-time.ts';

/**
 * Starts `stepMinutes` apart on the wall clock, from the beginning of each opening of each resource; not in order, and
 * twice where skipped minutes fall on those after them. Minutes are marked first, because the resources of a company
 * mostly keep the same hours.
 */
export function gridStarts(
  days: readonly LocalDay[],
  times: readonly ResourceTime[],
  stepMinutes: number,
): EpochMs[] {
  const found: EpochMs[] = [];
  const marks = new Uint8Array(minutesOfDay);
  for (const [index, day] of days.entries()) {
    marks.fill(0);
    for (const { hours } of times) {
      for (const { opensMinute, closesMinute } of hours[index]!) {
        for (let at = opensMinute; at < closesMinute; at += stepMinutes) marks[at] = 1;
      }
    }
    for (let at = 0; at < minutesOfDay; at += 1) {
      if (marks[at] === 1) found.push(day.instantAt(at));
    }
  }
  return found;
}

/** Those inside the interval, in order, each once. */
export function inOrder(starts: readonly EpochMs[], { from, to }: Interval): EpochMs[] {
  const sorted = starts.filter((start) => start >= from && start < to).toSorted((a, b) => a - b);
  return sorted.filter((start, index) => start !== sorted[index - 1]);
}
