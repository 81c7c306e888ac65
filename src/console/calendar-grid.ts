import type { Hours } from '../history/calendar/bookable.ts';
import type { CalendarSlot } from '../history/calendar/calendar-of.ts';
import type { KnownResource } from '../history/calendar/resources.ts';
import { companyTimeZone } from '../text/format.ts';

/** One resource on one day: a column of the calendar. */
export type CalendarColumn = {
  readonly resource: KnownResource;
  readonly day: Temporal.PlainDate;
  /** When it is open, on the wall clock. */
  readonly open: readonly Hours[];
  /** What is taken of it that day, by when it begins. */
  readonly slots: readonly CalendarSlot[];
};

/** What stands in one place of the grid: slots over some rows, or free time; nothing where slots reach down from above. */
export type GridCell =
  | { readonly kind: 'slots'; readonly rows: number; readonly slots: readonly CalendarSlot[] }
  | { readonly kind: 'free'; readonly isOpen: boolean }
  | { readonly kind: 'covered' };

export type GridRow = { readonly minute: number; readonly cells: readonly GridCell[] };

/** Fine enough to see where a booking lies, coarse enough for a day to fit on a screen. */
export const rowMinutes = 30;
const minutesOfHour = 60;
const minutesOfDay = 1440;
const usualDay: Hours = { opensMinute: 8 * minutesOfHour, closesMinute: 17 * minutesOfHour };

/**
 * The calendar as a table: a row for each half-hour from the first hour in which anything is open or booked to the last,
 * and a cell for each column. Blocked time outside of them stands at the edge. Slots that share a row share a cell, so that no time is shown twice.
 */
export function gridOf(columns: readonly CalendarColumn[]): GridRow[] {
  const { opensMinute, closesMinute } = shownHours(columns);
  const count = (closesMinute - opensMinute) / rowMinutes;
  const cells = columns.map((column) => cellsOf(column, opensMinute, count));
  return Array.from({ length: count }, (_, row) => ({
    minute: opensMinute + row * rowMinutes,
    cells: cells.map((ofColumn) => ofColumn[row]!),
  }));
}

/** Where a moment stands on the wall clock of a day, in minutes: 0 before it, 1440 after it. */
export function wallMinute(at: Temporal.Instant, day: Temporal.PlainDate): number {
  const local = at.toZonedDateTimeISO(companyTimeZone);
  const order = Temporal.PlainDate.compare(local.toPlainDate(), day);
  if (order !== 0) return order < 0 ? 0 : minutesOfDay;
  return local.hour * minutesOfHour + local.minute;
}

function shownHours(columns: readonly CalendarColumn[]): Hours {
  const all = columns.flatMap(({ open, slots, day }) => [
    ...open,
    ...slots.filter(({ kind }) => kind === 'booked').map((slot) => minutesOf(slot, day)),
  ]);
  const spans = all.length === 0 ? [usualDay] : all;
  const first = Math.min(...spans.map(({ opensMinute }) => opensMinute));
  const last = Math.max(...spans.map(({ closesMinute }) => closesMinute));
  return {
    opensMinute: Math.floor(first / minutesOfHour) * minutesOfHour,
    closesMinute: Math.ceil(last / minutesOfHour) * minutesOfHour,
  };
}

function minutesOf({ startsAt, endsAt }: CalendarSlot, day: Temporal.PlainDate): Hours {
  return { opensMinute: wallMinute(startsAt, day), closesMinute: wallMinute(endsAt, day) };
}

function cellsOf(column: CalendarColumn, firstMinute: number, count: number): GridCell[] {
  const cells: GridCell[] = Array.from({ length: count }, (_, row) => ({
    kind: 'free',
    isOpen: isOpenAt(column, firstMinute + row * rowMinutes),
  }));
  for (const { from, to, slots } of groupsOf(column, firstMinute, count)) {
    for (let row = from + 1; row < to; row += 1) cells[row] = { kind: 'covered' };
    cells[from] = { kind: 'slots', rows: to - from, slots };
  }
  return cells;
}

type Group = { from: number; to: number; slots: CalendarSlot[] };

/** Rows that slots take, joined where they meet in one. */
function groupsOf({ slots, day }: CalendarColumn, firstMinute: number, count: number): Group[] {
  const groups: Group[] = [];
  for (const slot of slots) {
    const { opensMinute, closesMinute } = minutesOf(slot, day);
    const first = Math.floor((opensMinute - firstMinute) / rowMinutes);
    const from = Math.max(0, Math.min(count - 1, first));
    const end = Math.ceil((closesMinute - firstMinute) / rowMinutes);
    const to = Math.max(from + 1, Math.min(count, end));
    const last = groups.at(-1);
    if (last !== undefined && from < last.to) {
      last.slots.push(slot);
      last.to = Math.max(last.to, to);
    } else groups.push({ from, to, slots: [slot] });
  }
  return groups;
}

function isOpenAt({ open }: CalendarColumn, minute: number): boolean {
  return open.some(
    ({ opensMinute, closesMinute }) => opensMinute <= minute && minute < closesMinute,
  );
}
