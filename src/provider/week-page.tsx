import { listProviderBookings } from '../history/provider-bookings.ts';
import type { ProviderBooking } from '../history/provider-bookings.ts';
import type { OwnVisit } from '../http/route.ts';
import { Pagination } from '../pages/links.tsx';
import type { Language } from '../text/bilingual.ts';
import { date, dayAt, weekdayDate } from '../text/format.ts';
import { providerText } from '../text/provider.ts';
import { BookingList } from './booking-list.tsx';
import { mondayOf, nearDayIn, spanOfDays } from './days.ts';
import { providerPage, weekPath } from './frame.tsx';
import { stoppedNotice } from './stopped-notice.tsx';

const weekDays = 7;

/** A week, day by day; the one that it is now unless the query names a day of another. */
export async function showWeek(visit: OwnVisit): Promise<Response> {
  const { op, owner, query, language } = visit;
  const words = providerText[language].week;
  const today = dayAt(op.now);
  const monday = mondayOf(nearDayIn(query.get('day'), today) ?? today);
  const bookings = await listProviderBookings(op, owner, spanOfDays(monday, weekDays));
  const byDay = Map.groupBy(bookings, ({ startsAt }) => dayAt(startsAt).toString());
  const days = Array.from({ length: weekDays }, (_, place) => monday.add({ days: place }));
  const isThisWeek = monday.equals(mondayOf(today));
  return providerPage(
    visit,
    { title: words.title },
    <>
      {await stoppedNotice(visit)}
      <h1>{words.heading(monday.weekOfYear ?? 1)}</h1>
      <p class="lead">
        {words.span(date(monday, language), date(monday.add({ days: weekDays - 1 }), language))}
      </p>
      {days.map((day) => (
        <OneDay day={day} bookings={byDay.get(day.toString()) ?? []} language={language} />
      ))}
      <Pagination
        words={{ label: words.label, previous: words.previous, next: words.next }}
        position={isThisWeek ? words.thisWeek : words.otherWeek}
        previousHref={weekOf(monday.subtract({ days: weekDays }))}
        nextHref={weekOf(monday.add({ days: weekDays }))}
      />
    </>,
  );
}

function OneDay(props: {
  day: Temporal.PlainDate;
  bookings: readonly ProviderBooking[];
  language: Language;
}) {
  const { day, bookings, language } = props;
  return (
    <section class="day">
      <h2>{weekdayDate(day, language)}</h2>
      {bookings.length === 0 ? (
        <p class="soft">{providerText[language].week.nothing}</p>
      ) : (
        <BookingList bookings={bookings} language={language} />
      )}
    </section>
  );
}

function weekOf(day: Temporal.PlainDate): string {
  return `${weekPath}?day=${day.toString()}`;
}
