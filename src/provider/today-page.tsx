import { resourcesOf } from '../accounts/engagements.ts';
import { isPerformingOver } from '../history/performing-window.ts';
import { listProviderBookings } from '../history/provider-bookings.ts';
import type { ProviderBooking } from '../history/provider-bookings.ts';
import type { OwnVisit } from '../http/route.ts';
import { EmptyState } from '../pages/notices.tsx';
import { notice } from '../policy/notice.ts';
import { dayAt, weekdayDate } from '../text/format.ts';
import { providerText } from '../text/provider.ts';
import { BookingList } from './booking-list.tsx';
import { spanOf } from './booking-words.ts';
import { spanOfDays } from './days.ts';
import { providerPage } from './frame.tsx';
import { stoppedNotice } from './stopped-notice.tsx';

/** How far ahead the next booking is looked for. */
const aheadDays = 56;
/** A booking of the day before can still be marked; one that began the evening before that may have ended then. */
const beforeDays = 2;

/** What is booked today, and what of yesterday is still to be marked. */
export async function showToday(visit: OwnVisit): Promise<Response> {
  const { op, owner, language } = visit;
  const words = providerText[language].today;
  const day = dayAt(op.now);
  const today = await listProviderBookings(op, owner, spanOfDays(day, 1));
  const before = await listProviderBookings(
    op,
    owner,
    spanOfDays(day.subtract({ days: beforeDays }), beforeDays),
  );
  const toMark = before.filter(
    (booking) => booking.state === 'booked' && !isPerformingOver(booking, op.now),
  );
  return providerPage(
    visit,
    { title: words.title },
    <>
      {await stoppedNotice(visit)}
      <h1>{weekdayDate(day, language)}</h1>
      {today.length === 0 ? (
        await nothingToday(visit, day)
      ) : (
        <BookingList bookings={today} language={language} />
      )}
      {toMark.length > 0 && <ToMark visit={visit} bookings={toMark} />}
    </>,
  );
}

async function nothingToday(visit: OwnVisit, day: Temporal.PlainDate) {
  const { op, owner, language } = visit;
  const words = providerText[language].today;
  const company = notice.controller.name;
  if ((await resourcesOf(op, owner)).length === 0) {
    return (
      <EmptyState title={words.noCalendars} icon="calendar">
        <p>{words.noCalendarsText(company)}</p>
      </EmptyState>
    );
  }
  const ahead = spanOfDays(day.add({ days: 1 }), aheadDays);
  const [next] = await listProviderBookings(op, owner, ahead);
  return (
    <EmptyState title={words.nothing} icon="calendar">
      <p>{next === undefined ? words.noNext : words.next(whenOf(visit, next))}</p>
    </EmptyState>
  );
}

function whenOf({ language }: OwnVisit, booking: ProviderBooking): string {
  return `${weekdayDate(booking.startsAt, language)}, ${spanOf(booking, language)}`;
}

function ToMark({ visit, bookings }: { visit: OwnVisit; bookings: readonly ProviderBooking[] }) {
  const words = providerText[visit.language].today;
  return (
    <>
      <h2>{words.toMark}</h2>
      <p>{words.toMarkText}</p>
      <BookingList bookings={bookings} language={visit.language} />
    </>
  );
}
