import type { Span } from '../history/provider-bookings.ts';
import { dayIn } from '../http/fields.ts';
import { companyTimeZone } from '../text/format.ts';

/** Some days of the company's calendar as a span of time, from the first midnight to the one after the last day. */
export function spanOfDays(first: Temporal.PlainDate, days: number): Span {
  return { from: midnight(first), to: midnight(first.add({ days })) };
}

/** The Monday of a day's week (ISO 8601). */
export function mondayOf(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

/** A day as a query names it; null for anything else, and for what is years away. */
export function nearDayIn(
  text: string | null,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  const day = dayIn(text);
  if (day === null) return null;
  const distance = Math.abs(today.until(day, { largestUnit: 'days' }).days);
  return distance <= nearDays ? day : null;
}

/** As far as bookings can lie ahead, and a little more. */
const nearDays = 400;

function midnight(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime(companyTimeZone).toInstant();
}
