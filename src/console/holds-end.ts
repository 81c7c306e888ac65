import { dayIn } from '../http/fields.ts';
import { companyTimeZone } from '../text/format.ts';

/** The end of a day (`2027-03-31`) where the company is: the first moment that is not part of it. Null for no day. */
export function endOfDay(text: string): Temporal.Instant | null {
  const day = dayIn(text.trim());
  return day === null ? null : day.add({ days: 1 }).toZonedDateTime(companyTimeZone).toInstant();
}
