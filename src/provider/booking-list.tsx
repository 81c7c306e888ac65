import type { ProviderBooking } from '../history/provider-bookings.ts';
import { href } from '../pages/href.ts';
import { Badge } from '../pages/tables.tsx';
import type { BadgeKind } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { providerText } from '../text/provider.ts';
import { nameOf, placeOf, spanOf } from './booking-words.ts';

type Listed = { readonly bookings: readonly ProviderBooking[]; readonly language: Language };

/** Bookings in their order, each a link: when, what, where and how far it is. Nothing about whom. */
export function BookingList({ bookings, language }: Listed) {
  return (
    <ul class="bookings">
      {bookings.map((booking) => (
        <li>
          <a class="bookings__link" href={href(addressOf(booking))}>
            <span class="bookings__time">{spanOf(booking, language)}</span>
            <span class="bookings__what">{titleOf(booking, bookings, language)}</span>
            <span class="bookings__where">{placeOf(booking, language)}</span>
          </a>
          <StateBadge booking={booking} language={language} />
        </li>
      ))}
    </ul>
  );
}

export function addressOf({ bookingId }: ProviderBooking): string {
  return `/provider/bookings/${bookingId}`;
}

const badges = {
  booked: 'waiting',
  performed: 'done',
  'no-show': 'stopped',
} as const satisfies Record<string, BadgeKind>;

/** How far a booking is, in a word. */
export function StateBadge({
  booking,
  language,
}: {
  booking: ProviderBooking;
  language: Language;
}) {
  const state = markOf(booking);
  return <Badge kind={badges[state]}>{providerText[language].states[state]}</Badge>;
}

/** What a provider has said of a booking; others are not listed. */
export function markOf({ state }: ProviderBooking): 'booked' | 'performed' | 'no-show' {
  return state === 'performed' || state === 'no-show' ? state : 'booked';
}

/** Several who come to the same are told apart by a number, because nothing else is known of them. */
function titleOf(
  booking: ProviderBooking,
  among: readonly ProviderBooking[],
  language: Language,
): string {
  const together = among.filter(
    ({ startsAt, endsAt, itemId }) =>
      startsAt.equals(booking.startsAt) &&
      endsAt.equals(booking.endsAt) &&
      itemId === booking.itemId,
  );
  const name = nameOf(booking, language);
  if (together.length < 2) return name;
  const number = together.indexOf(booking) + 1;
  return `${name}, ${providerText[language].participant(number, together.length)}`;
}
