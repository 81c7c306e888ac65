import { spanAt } from './bookable.ts';
import type { BookableItem, EpochMs, Hours, Interval, Resource, TakenSlot } from './bookable.ts';
import type { LocalDay } from './local-days.ts';
import { intervalsOn, joined, timetableOf } from './opening-hours.ts';

/** What of a resource's time is open and what is taken, for some days in a row. */
export type ResourceTime = {
  readonly resource: Resource;
  /** The hours of each of the days, as they were entered. */
  readonly hours: readonly (readonly Hours[])[];
  /** How much of each of the days is booked. */
  readonly bookedMs: readonly number[];
  readonly open: readonly Interval[];
  readonly busy: readonly Interval[];
  /** Sorted by `busyFrom`. */
  readonly slots: readonly TakenSlot[];
};

export function resourceTime(
  resource: Resource,
  slots: readonly TakenSlot[],
  { days, closedDays }: { days: readonly LocalDay[]; closedDays: ReadonlySet<number> },
): ResourceTime {
  const hours = days.map(timetableOf(resource, closedDays));
  const sorted = slots
    .filter(({ busyFrom, busyTo }) => busyFrom < busyTo)
    .sort((a, b) => a.busyFrom - b.busyFrom);
  return {
    resource,
    hours,
    bookedMs: bookedMs(sorted, days),
    open: joined(days.flatMap((day, index) => intervalsOn(day, hours[index]!))),
    busy: joined(sorted.map(({ busyFrom, busyTo }) => ({ from: busyFrom, to: busyTo }))),
    slots: sorted,
  };
}

/**
 * Answers whether an item can start then: the appointment itself lies inside the opening hours, and nothing is taken
 * from the buffer before it to the buffer after it. Buffers may reach outside the opening hours, because making ready
 * and cleaning is work before the door opens and after it closes. Starts are asked in ascending order: each answer
 * goes on from where the last one stopped.
 */
export function freeStarts(
  { open, busy }: ResourceTime,
  item: BookableItem,
): (startsAt: EpochMs) => boolean {
  const { endsAt: durationMs, busyFrom: beforeMs, busyTo: afterMs } = spanAt(item, 0);
  let opened = 0;
  let taken = 0;
  return (startsAt) => {
    while (opened < open.length && open[opened]!.to < startsAt + durationMs) opened += 1;
    if (opened === open.length || open[opened]!.from > startsAt) return false;
    while (taken < busy.length && busy[taken]!.to <= startsAt + beforeMs) taken += 1;
    return taken === busy.length || busy[taken]!.from >= startsAt + afterMs;
  };
}

/** Slots that lie inside the opening hours and share no time with another one of the same resource. */
export function undisturbed({ slots, open }: ResourceTime): TakenSlot[] {
  let latestEnd = -Infinity;
  return slots.filter((slot, index) => {
    const next = slots[index + 1];
    const isAfterAll = latestEnd <= slot.busyFrom;
    const isBeforeNext = next === undefined || slot.busyTo <= next.busyFrom;
    latestEnd = Math.max(latestEnd, slot.busyTo);
    const isApart = isAfterAll && isBeforeNext;
    return isApart && open.some(({ from, to }) => from <= slot.startsAt && slot.endsAt <= to);
  });
}

/** By where appointments start. Blocked time does not count, because it is not work for a customer. */
function bookedMs(slots: readonly TakenSlot[], days: readonly LocalDay[]): number[] {
  const sums = days.map(() => 0);
  let at = 0;
  for (const { startsAt, endsAt, capacity } of slots) {
    // In the order of the slots the days go forward, but for buffers of different length.
    while (at > 0 && startsAt < days[at]!.startsAt) at -= 1;
    while (at < days.length - 1 && startsAt >= days[at]!.endsAt) at += 1;
    const isThatDay = startsAt >= days[at]!.startsAt && startsAt < days[at]!.endsAt;
    if (capacity > 0 && isThatDay) sums[at]! += endsAt - startsAt;
  }
  return sums;
}
