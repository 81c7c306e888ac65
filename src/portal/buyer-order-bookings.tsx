import type { Child } from 'hono/jsx';
import { hasTimes } from '../history/booking-rows.ts';
import type { Booking } from '../history/booking-rows.ts';
import { whereInWords } from '../history/rule-words.ts';
import type { LineOptions } from '../history/take-back.ts';
import { Actions, ButtonLink } from '../pages/forms.tsx';
import { DownloadLink } from '../pages/links.tsx';
import { Panel } from '../pages/things.tsx';
import { buyerOrderText } from '../text/buyer-order.ts';
import { time, weekdayDateTime } from '../text/format.ts';
import type { OrderShown } from './buyer-order.tsx';
import { orderPath } from './buyer-visit.ts';
import { ruleInWords } from './buyer-words.ts';

/** The times of an order, each with what can be done with it now. */
export function BookingPanels({ shown }: { shown: OrderShown }): Child {
  return shown.options.flatMap((of) =>
    of.booking === null ? [] : [<BookingPanel shown={shown} of={of} booking={of.booking} />],
  );
}

function BookingPanel(props: { shown: OrderShown; of: LineOptions; booking: Booking }): Child {
  const { shown, of, booking } = props;
  const { visit } = shown;
  const { language } = visit;
  const words = buyerOrderText[language].booking;
  const item = of.line.item && shown.items.get(of.line.item.itemId);
  return (
    <Panel
      id={`booking-${booking.bookingId}`}
      kicker={kickerOf(booking, visit.op.now, words)}
      heading={weekdayDateTime(booking.startsAt, language)}
    >
      <p>{words.until(of.line.description, time(booking.endsAt, language))}</p>
      {item && <p>{whereInWords(item, language)}</p>}
      <WhatCanBeDone {...props} />
    </Panel>
  );
}

function WhatCanBeDone({ shown, of, booking }: Parameters<typeof BookingPanel>[0]): Child {
  const { visit, whole } = shown;
  const { language, op } = visit;
  const words = buyerOrderText[language].booking;
  const path = orderPath(visit);
  const isOpen = booking.state === 'booked' || booking.state === 'held';
  if (!isOpen) return null;
  if (of.cancel === null) return <p>{words.begun}</p>;
  const rule = { booking, priceOre: of.line.unitPriceOre };
  const isMovable = hasTimes(of.line);
  return (
    <>
      <p>{ruleInWords(whole, rule, language, op.now)}</p>
      {!isMovable && <p>{words.noRebook}</p>}
      <Actions>
        {isMovable && (
          <ButtonLink href={`${path}/rebook/${booking.bookingId}`}>{words.rebook}</ButtonLink>
        )}
        <ButtonLink href={`${path}/cancel?line=${booking.lineId}`} kind="secondary">
          {words.cancel}
        </ButtonLink>
      </Actions>
      {booking.state === 'booked' && (
        <p>
          <DownloadLink
            href={`${path}/calendar/${booking.bookingId}`}
            filename={buyerOrderText[language].calendarFile}
          >
            {words.calendar}
          </DownloadLink>
        </p>
      )}
    </>
  );
}

function kickerOf(
  { state, startsAt, endsAt }: Booking,
  now: Temporal.Instant,
  words: (typeof buyerOrderText)['sv']['booking'],
): string {
  switch (state) {
    case 'held':
      return words.held;
    case 'booked':
      if (Temporal.Instant.compare(now, startsAt) < 0) return words.kicker;
      return Temporal.Instant.compare(now, endsAt) < 0 ? words.now : words.over;
    case 'performed':
      return words.over;
    case 'no-show':
      return words.noShow;
    case 'cancelled':
      return words.cancelled;
    case 'lapsed':
      return words.lapsed;
  }
}
