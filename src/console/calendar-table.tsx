import type { CalendarSlot } from '../history/calendar/calendar-of.ts';
import { bookingNumber } from '../history/booking-number.ts';
import type { OwnVisit } from '../http/route.ts';
import { href } from '../pages/href.ts';
import type { Language } from '../text/bilingual.ts';
import { calendarText } from '../text/console-calendar.ts';
import { dayAt, number, shortWeekdayDate, time } from '../text/format.ts';
import { gridOf } from './calendar-grid.ts';
import type { CalendarColumn, GridCell, GridRow } from './calendar-grid.ts';
import type { ShownCalendar } from './calendar-view.ts';
import { hoursText } from './hours-text.ts';

type Shown = { readonly visit: OwnVisit; readonly shown: ShownCalendar };

/** The calendar as a table: times down, resources or days across. It scrolls sideways in itself. */
export function CalendarTable({ visit, shown }: Shown) {
  const { language } = visit;
  const words = calendarText[language];
  return (
    <div class="calendar" role="region" aria-label={words.title} tabindex={0}>
      <table class="calendar__table">
        <caption class="visually-hidden">{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.time}</th>
            {shown.columns.map((column) => (
              <th scope="col">
                {columnName(shown, column, language)}
                <span class="calendar__hours">{openWords(column, language)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {gridOf(shown.columns).map((row) => (
            <Row visit={visit} shown={shown} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The same as a list, for a phone. */
export function CalendarList({ visit, shown }: Shown) {
  const { language } = visit;
  const words = calendarText[language];
  return (
    <div class="calendar-list">
      {shown.columns.map((column) => (
        <>
          <h3>{columnName(shown, column, language)}</h3>
          <p class="soft">{openWords(column, language)}</p>
          {column.slots.length === 0 ? (
            <p>{words.nothing}</p>
          ) : (
            <ul class="calendar-list__slots">
              {column.slots.map((slot) => (
                <li>
                  <Slot visit={visit} shown={shown} slot={slot} />
                </li>
              ))}
            </ul>
          )}
        </>
      ))}
    </div>
  );
}

/** What a column is called: its day in a week, its resource on a day. */
function columnName({ name }: ShownCalendar, column: CalendarColumn, language: Language): string {
  return name === 'week' ? shortWeekdayDate(column.day, language) : column.resource.label[language];
}

/** When a column is open, so that closed time is told by more than how it looks. */
function openWords({ open }: CalendarColumn, language: Language): string {
  return open.length === 0 ? calendarText[language].closed : hoursText(open, language);
}

function Row({ visit, shown, row }: Shown & { row: GridRow }) {
  const isHour = row.minute % 60 === 0;
  return (
    <tr class={isHour ? 'calendar__hour' : undefined}>
      <th scope="row">{clock(row.minute, visit.language)}</th>
      {row.cells.map((cell, index) => (
        <Cell visit={visit} shown={shown} cell={cell} row={row} column={shown.columns[index]!} />
      ))}
    </tr>
  );
}

function Cell(props: Shown & { cell: GridCell; row: GridRow; column: CalendarColumn }) {
  const { visit, shown, cell, row, column } = props;
  switch (cell.kind) {
    case 'covered':
      return null;
    case 'free':
      return (
        <td
          class={cell.isOpen ? undefined : 'calendar__closed'}
          data-day={column.day.toString()}
          data-time={clock(row.minute, 'en')}
          data-with={column.resource.resourceId}
        />
      );
    case 'slots':
      return (
        <td rowspan={cell.rows} class="calendar__taken">
          {cell.slots.map((slot) => (
            <Slot visit={visit} shown={shown} slot={slot} draggable />
          ))}
        </td>
      );
  }
}

function Slot(props: Shown & { slot: CalendarSlot; draggable?: boolean }) {
  const { visit, shown, slot, draggable } = props;
  const { language } = visit;
  const words = calendarText[language];
  return (
    <div class={`slot slot--${slot.kind}`}>
      <span>{spanWords(slot, language)}</span>
      <SlotName visit={visit} shown={shown} slot={slot} draggable={draggable} />
      {slot.capacity > 1 && (
        <span>{words.seats(number(slot.taken, language), number(slot.capacity, language))}</span>
      )}
      <Busy slot={slot} language={language} />
    </div>
  );
}

/** From when to when, with the days where it is longer than one. */
function spanWords({ startsAt, endsAt }: CalendarSlot, language: Language): string {
  const [first, last] = [dayAt(startsAt), dayAt(endsAt)];
  const [from, to] = [plainTime(startsAt, language), plainTime(endsAt, language)];
  if (first.equals(last)) return `${from}–${to}`;
  const [one, other] = [first, last].map((day) => shortWeekdayDate(day, language));
  return `${one} ${from} – ${other} ${to}`;
}

/** A booking is a link; so is each of a group; blocked time leads to where it is opened. */
function SlotName({
  visit,
  shown,
  slot,
  draggable,
}: Shown & { slot: CalendarSlot; draggable?: boolean | undefined }) {
  const { language } = visit;
  const words = calendarText[language];
  if (slot.kind === 'blocked') {
    return (
      <a href={href(`/console/calendar/blocked/${slot.resourceId}/${slot.slotId}`)}>
        {words.blocked}
      </a>
    );
  }
  const item = slot.itemId === null ? undefined : shown.itemNames.get(slot.itemId);
  const isMovable = draggable === true && slot.bookings.length === 1 && slot.itemId !== null;
  return (
    <>
      <span class="slot__name">{item?.[language] ?? words.booked}</span>
      {slot.bookings.map(({ owner, bookingId, state }) => (
        <>
          <a
            href={href(addressOfBooking(owner, bookingId))}
            data-booking={isMovable ? addressOfBooking(owner, bookingId) : undefined}
          >
            <span class="visually-hidden">{`${words.booking.title} `}</span>
            {bookingNumber(bookingId)}
          </a>
          {state !== 'booked' && <span>{words.states[state]}</span>}
        </>
      ))}
    </>
  );
}

/** Tells how long it is taken where that is longer than the appointment. */
function Busy({ slot, language }: { slot: CalendarSlot; language: Language }) {
  const isLonger = !slot.busyFrom.equals(slot.startsAt) || !slot.busyTo.equals(slot.endsAt);
  if (!isLonger) return null;
  const [from, to] = [slot.busyFrom, slot.busyTo].map((at) => plainTime(at, language));
  return <span class="soft">{calendarText[language].busy(from!, to!)}</span>;
}

export function addressOfBooking(owner: string, bookingId: string): string {
  return `/console/calendar/bookings/${owner}/${bookingId}`;
}

/** `09.30` or `09:30`: the same as on a page, without the word for o'clock. */
export function plainTime(at: Temporal.Instant, language: Language): string {
  return time(at, language).replace(/^kl\.\s/u, '');
}

/** A minute of the day as the clock shows it. */
export function clock(minute: number, language: Language): string {
  const parts = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0'));
  return parts.join(language === 'sv' ? '.' : ':');
}
