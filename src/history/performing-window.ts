import { companyTimeZone } from '../text/format.ts';

/**
 * How long a booking is its provider's work: until the end of the day after it, on the clock of the company. So long
 * what is needed for it is handed out, and so long it can be marked; afterwards it is nobody's to look up any more.
 */
export function performingEnds({
  endsAt,
}: {
  readonly endsAt: Temporal.Instant;
}): Temporal.Instant {
  const day = endsAt.toZonedDateTimeISO(companyTimeZone).toPlainDate();
  return day.add({ days: 2 }).toZonedDateTime(companyTimeZone).toInstant();
}

/** Is it over by now? */
export function isPerformingOver(
  booking: { readonly endsAt: Temporal.Instant },
  now: Temporal.Instant,
): boolean {
  return Temporal.Instant.compare(now, performingEnds(booking)) >= 0;
}
