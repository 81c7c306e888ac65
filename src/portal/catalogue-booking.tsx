import type { FreeTime } from '../history/calendar/times-to-book.ts';
import { weeksOfMonth } from '../history/calendar/calendar-weeks.ts';
import { swedishHolidays } from '../history/calendar/swedish-holidays.ts';
import type { Item } from '../history/catalogue/items.ts';
import type { Visit } from '../http/route.ts';
import { Button, Field, Form, Hidden } from '../pages/forms.tsx';
import { Icon } from '../pages/icons.tsx';
import { Month } from '../pages/month.tsx';
import type { MonthDay } from '../pages/month.tsx';
import { EmptyState } from '../pages/notices.tsx';
import { TimeChoices } from '../pages/times.tsx';
import type { Language } from '../text/bilingual.ts';
import {
  companyTimeZone,
  dayAt,
  monthAndYear,
  time,
  weekdayDate,
  weekdayDateTime,
  weekdayNames,
} from '../text/format.ts';
import { holidayNames } from '../text/holidays.ts';
import { shopCatalogueText } from '../text/shop-catalogue.ts';
import type { ShownDays } from './catalogue-days.ts';
import type { ShownItem } from './catalogue-item.tsx';

/** More than these come together by calling the company. */
export const placesMax = 8;
const noon = 12;
const evening = 17;
const sunday = 7;

type BookingFormProps = {
  readonly visit: Visit;
  readonly item: Item;
  readonly shown: ShownItem;
  readonly days: ShownDays;
};

/** A month of free times, and the times of one day of it. Links and radio buttons, so that it needs no script. */
export function BookingForm({ visit, item, shown, days }: BookingFormProps) {
  const { language } = visit;
  const words = shopCatalogueText[language].calendar;
  if (days.first === null) {
    return (
      <EmptyState title={words.noneAtAll} icon="calendar">
        <p>{words.noneAtAllText(item.booking?.horizonDays ?? 0)}</p>
      </EmptyState>
    );
  }
  return (
    <>
      <h2 id="calendar">{words.heading}</h2>
      <p>
        {`${words.first} `}
        <a href={timesOf(item, days.first)}>{weekdayDateTime(days.first.startsAt, language)}</a>
      </p>
      <FreeMonth visit={visit} page={pageOf(item)} days={days} />
      {days.free.size === 0 && (
        <EmptyState title={words.noneThisMonth} icon="calendar">
          <p>{words.noneThisMonthText}</p>
        </EmptyState>
      )}
      {days.chosen !== null && (
        <TimesOfDay visit={visit} item={item} shown={shown} days={days} chosen={days.chosen} />
      )}
    </>
  );
}

/** A month whose free days lead to the page of their times, `page` with a day; the calendar of every page on which a time is chosen. */
export function FreeMonth(props: {
  readonly visit: Visit;
  readonly page: string;
  readonly days: ShownDays;
}) {
  const { visit, page, days } = props;
  const { language } = visit;
  const words = shopCatalogueText[language].calendar;
  const { month } = days;
  const monthLink = (wished: Temporal.PlainYearMonth) =>
    `${page}?month=${wished.toString()}#calendar`;
  const holidays = holidaysOf(month, language);
  return (
    <div class="month-calendar">
      <Month
        caption={monthAndYear(month.toPlainDate({ day: 1 }), language)}
        week={{ short: words.week, long: words.weekFull }}
        weekdays={weekdayNames(language)}
        weeks={weeksOfMonth(month).map(({ number, days: ofWeek }) => ({
          number,
          days: ofWeek.map(({ day, isOfMonth }) => ({
            ...dayOf(page, days, { day, holiday: holidays.get(day.toString()) }, language),
            isOfMonth,
          })),
        }))}
      />
      <nav class="month-calendar__months" aria-label={words.months}>
        {days.earlier && (
          <a class="button button--secondary" href={monthLink(days.earlier)} rel="prev">
            <Icon name="arrow-left" />
            {words.previous}
          </a>
        )}
        {days.later && (
          <a class="button button--secondary" href={monthLink(days.later)} rel="next">
            {words.next}
            <Icon name="arrow-right" />
          </a>
        )}
      </nav>
    </div>
  );
}

function dayOf(
  page: string,
  { free, chosen, today }: ShownDays,
  { day, holiday }: { readonly day: Temporal.PlainDate; readonly holiday: string | undefined },
  language: Language,
): Omit<MonthDay, 'isOfMonth'> {
  const words = shopCatalogueText[language].calendar;
  const count = free.get(day.toString())?.length ?? 0;
  const isToday = day.equals(today);
  const isChosen = chosen !== null && day.equals(chosen);
  const about = [
    weekdayDate(day, language),
    ...(isToday ? [words.today] : []),
    ...(holiday === undefined ? [] : [holiday]),
    count === 0 ? words.none : words.free(count),
  ];
  return {
    day,
    about: about.join(', '),
    isToday,
    isChosen,
    isHoliday: holiday !== undefined || day.dayOfWeek === sunday,
    ...(count > 0 && { href: `${page}?day=${day.toString()}#times` }),
  };
}

function TimesOfDay(props: BookingFormProps & { readonly chosen: Temporal.PlainDate }) {
  const { visit, item, shown, days, chosen } = props;
  const { language } = visit;
  const { calendar: words, item: of } = shopCatalogueText[language];
  const times = days.free.get(chosen.toString()) ?? [];
  const errorOf = (field: string) => shown.errors?.find((error) => error.field === field)?.text;
  const isGroup = (item.booking?.capacity ?? 1) > 1;
  return (
    <section aria-labelledby="times">
      <h2 id="times">{words.times(weekdayDate(chosen, language))}</h2>
      {times.length === 0 ? (
        <EmptyState title={words.noneThatDay} icon="calendar">
          <p>{words.noneThatDayText}</p>
        </EmptyState>
      ) : (
        <Form action="/basket/add">
          <Hidden name="item" value={item.itemId} />
          <Hidden name="day" value={chosen.toString()} />
          <TimeChoices
            name="start"
            legend={words.pick}
            parts={partsOfDay(times, isGroup, language)}
            chosen={shown.values.get('start') ?? undefined}
            error={errorOf('start')}
          />
          {isGroup && (
            <Field
              name="quantity"
              label={of.places}
              value={shown.values.get('quantity') ?? '1'}
              inputmode="numeric"
              autocomplete="off"
              width="short"
              maxlength={String(placesMax).length}
              required
              error={errorOf('quantity')}
            />
          )}
          <Button icon="shopping-basket">{of.add}</Button>
        </Form>
      )}
      <p class="soft">{words.zone}</p>
    </section>
  );
}

/** The times of a day, by the part of it in which they begin. */
export function partsOfDay(times: readonly FreeTime[], isGroup: boolean, language: Language) {
  const words = shopCatalogueText[language].calendar;
  const hourOf = ({ startsAt }: FreeTime) => startsAt.toZonedDateTimeISO(companyTimeZone).hour;
  const between = (from: number, to: number) =>
    times
      .filter((free) => from <= hourOf(free) && hourOf(free) < to)
      .map(({ startsAt, seatsLeft }) => ({
        value: startsAt.toString(),
        time: time(startsAt, language),
        note: isGroup ? words.seats(seatsLeft) : undefined,
      }));
  return [
    { name: words.parts.morning, times: between(0, noon) },
    { name: words.parts.afternoon, times: between(noon, evening) },
    { name: words.parts.evening, times: between(evening, 24) },
  ];
}

function pageOf(item: Item): string {
  return `/catalogue/${item.itemId}`;
}

/** To the day of a time, with the time chosen. */
function timesOf(item: Item, { startsAt }: FreeTime): string {
  const query = new URLSearchParams({
    day: dayAt(startsAt).toString(),
    start: startsAt.toString(),
  });
  return `${pageOf(item)}?${query.toString()}#times`;
}

/** The red days of a month by name; eves are working days. */
function holidaysOf(month: Temporal.PlainYearMonth, language: Language): Map<string, string> {
  const red = swedishHolidays(month.year).filter(({ kind }) => kind === 'public');
  return new Map(red.map(({ day, holiday }) => [day.toString(), holidayNames[language][holiday]]));
}
