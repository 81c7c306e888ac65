import { minuteMs, spanAt } from './bookable.ts';
import type { BookableItem, EpochMs, Interval } from './bookable.ts';
import { dayOfInstant } from './local-days.ts';

/** Local days in a row. */
export type Days = { readonly from: Temporal.PlainDate; readonly days: number };

/**
 * When a booking may start as seen from now: from the end of the lead time, that instant included, to the end of the
 * last local day of the horizon.
 */
export function bookableWindow(item: BookableItem, now: Temporal.Instant, zone: string): Interval {
  const today = dayOfInstant(now.epochMilliseconds, zone);
  return {
    from: now.epochMilliseconds + item.leadMinutes * minuteMs,
    to: midnightOf(today.add({ days: item.horizonDays + 1 }), zone),
  };
}

/**
 * Every slot that can matter for these days overlaps this interval with its `busyFrom` to `busyTo`. There is a day more
 * on both sides for what lies in the way of occasions that were planned when the item was longer.
 */
export function slotsWindow(item: BookableItem, { from, days }: Days, zone: string): Interval {
  return {
    from: spanAt(item, midnightOf(from.subtract({ days: 1 }), zone)).busyFrom,
    to: spanAt(item, midnightOf(from.add({ days: days + 1 }), zone)).busyTo,
  };
}

function midnightOf(day: Temporal.PlainDate, zone: string): EpochMs {
  return day.toZonedDateTime(zone).epochMilliseconds;
}
