import type { Hours, Interval, Opening, Resource } from './bookable.ts';
import { dayKey, localDays } from './local-days.ts';
import type { LocalDay } from './local-days.ts';

/** The hours that a resource keeps on a day, as they were entered: in any order, and they may overlap. */
export type Timetable = (day: LocalDay) => readonly Hours[];

/**
 * When a resource is open on a local day: in order, with hours that overlap or touch joined to one. A day's exceptions
 * replace its weekly hours; a closed day has no weekly hours, but an exception with hours opens it.
 */
export function openIntervals(
  resource: Resource,
  day: Temporal.PlainDate,
  closedDays: readonly Temporal.PlainDate[],
  zone: string,
): Interval[] {
  const hoursOn = timetableOf(resource, new Set(closedDays.map(dayKey)));
  return joined(localDays(day, 1, zone).flatMap((local) => intervalsOn(local, hoursOn(local))));
}

/** Prepares a resource, so that asking for a day compares numbers only. `closedDays` are keys of days. */
export function timetableOf(resource: Resource, closedDays: ReadonlySet<number>): Timetable {
  const exceptions = Map.groupBy(resource.exceptions, ({ day }) => dayKey(day));
  const weekly = Map.groupBy(resource.openings.map(dated), ({ weekday }) => weekday);
  return ({ key, weekday }) => {
    const own = exceptions.get(key);
    if (own !== undefined) return own.flatMap(hoursOf);
    if (closedDays.has(key)) return [];
    return (weekly.get(weekday) ?? []).filter(({ first, last }) => first <= key && key <= last);
  };
}

/** Hours as instants. The clocks may have skipped them, and then there is nothing. */
export function intervalsOn(day: LocalDay, hours: readonly Hours[]): Interval[] {
  return hours.map(({ opensMinute, closesMinute }) => ({
    from: day.instantAt(opensMinute),
    to: day.instantAt(closesMinute),
  }));
}

/** Intervals in order, without the empty ones; those that overlap or touch become one. */
export function joined(intervals: readonly Interval[]): Interval[] {
  const found: { from: number; to: number }[] = [];
  for (const { from, to } of intervals.toSorted((a, b) => a.from - b.from)) {
    if (to <= from) continue;
    const last = found.at(-1);
    if (last === undefined || from > last.to) found.push({ from, to });
    else last.to = Math.max(last.to, to);
  }
  return found;
}

function dated({ weekday, opensMinute, closesMinute, validFrom, validUntil }: Opening) {
  return {
    weekday,
    opensMinute,
    closesMinute,
    first: validFrom === null ? -Infinity : dayKey(validFrom),
    last: validUntil === null ? Infinity : dayKey(validUntil),
  };
}

function hoursOf({ opensMinute, closesMinute }: Resource['exceptions'][number]): Hours[] {
  return opensMinute === null || closesMinute === null ? [] : [{ opensMinute, closesMinute }];
}
