import { performingEnds } from '../history/performing-window.ts';
import type { ProviderBooking } from '../history/provider-bookings.ts';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { companyTimeZone, date, dayAt, list } from '../text/format.ts';
import { providerText } from '../text/provider.ts';

/** From when until when, on the company's clock: `kl. 09.00–10.30` or `09:00–10:30`. */
export function spanOf({ startsAt, endsAt }: ProviderBooking, language: Language): string {
  const words = providerText[language];
  const clock = (at: Temporal.Instant) => {
    const { hour, minute } = at.toZonedDateTimeISO(companyTimeZone);
    return words.clock(twoDigits(hour), twoDigits(minute));
  };
  return words.span(clock(startsAt), clock(endsAt));
}

/** What is booked; of a sensitive item only that something is. */
export function nameOf({ name }: ProviderBooking, language: Language): string {
  return name === null ? providerText[language].booking : name[language];
}

/** Where it is performed; null where the booking does not say. */
export function placeOf(booking: ProviderBooking, language: Language): string | null {
  const words = providerText[language];
  const { fulfilment, rooms } = booking;
  if (rooms.length > 0) {
    return list(
      rooms.map((room) => room[language]),
      language,
    );
  }
  switch (fulfilment) {
    case 'at-customer':
      return words.atCustomer;
    case 'on-site':
    case 'pick-up':
      return words.onSite(notice.controller.name);
    case 'shipped':
    case null:
      return null;
  }
}

/** The last day on which it is its provider's work, in words. */
export function lastDayOf(booking: ProviderBooking, language: Language): string {
  return date(dayAt(performingEnds(booking)).subtract({ days: 1 }), language);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
