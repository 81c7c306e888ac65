import { companyTimeZone } from '../text/format.ts';

/** The end of a day (`2027-03-31`) where the company is: the first moment that is not part of it. Null for no day. */
export function endOfDay(text: string): Temporal.Instant | null {
  try {
    const day = Temporal.PlainDate.from(text.trim());
    return day.add({ days: 1 }).toZonedDateTime(companyTimeZone).toInstant();
  } catch {
    return null;
  }
}
