import type { Days } from '../history/calendar/booking-window.ts';
import { freeTimesOf } from '../history/calendar/times-to-book.ts';
import type { FreeTime } from '../history/calendar/times-to-book.ts';
import type { Item } from '../history/catalogue/items.ts';
import type { Operation } from '../operation.ts';
import { dayAt } from '../text/format.ts';

/** A bookable item as its page shows it: a month, what is free in it, and perhaps one of its days. */
export type ShownDays = {
  readonly today: Temporal.PlainDate;
  readonly month: Temporal.PlainYearMonth;
  /** The months beside it in which times can be booked. */
  readonly earlier: Temporal.PlainYearMonth | null;
  readonly later: Temporal.PlainYearMonth | null;
  /** What is free in the month, by the text of its day. */
  readonly free: ReadonlyMap<string, readonly FreeTime[]>;
  readonly chosen: Temporal.PlainDate | null;
  /** The first free time of all; null when there is none. */
  readonly first: FreeTime | null;
};

/** What an address asks for: a day, a month, or nothing. */
export type WishedDays = {
  readonly day: string | null;
  readonly month: string | null;
  /** A time that is no choice, though there are seats left: whoever asks has it already. */
  readonly except?: Temporal.Instant;
};

/** The first free time is looked for in pieces of so many days, each longer than the one before. */
const lookAheadDays = 31;
const growth = 4;

/**
 * What is free of an item around a day or in a month, within the days that can be booked. Without a wish it is the day
 * of the first free time.
 */
export async function readDays(
  op: Operation,
  item: Item,
  horizonDays: number,
  wished: WishedDays,
): Promise<ShownDays> {
  const today = dayAt(op.now);
  const last = today.add({ days: horizonDays });
  const freeOf = async (days: Days): Promise<FreeTime[]> => {
    const times = await freeTimesOf(op.db, item, days, op.now);
    return times.filter(({ startsAt }) => wished.except?.equals(startsAt) !== true);
  };
  const first = await firstFree(freeOf, { today, last });
  const day = within(dayIn(wished.day), today, last);
  const month = day?.toPlainYearMonth() ?? monthWithin(monthIn(wished.month), today, last);
  const nearest = first === null ? today : dayAt(first.startsAt);
  const chosen = day ?? (month === null ? nearest : null);
  const shown = month ?? nearest.toPlainYearMonth();
  const { compare } = Temporal.PlainYearMonth;
  return {
    today,
    month: shown,
    earlier: compare(shown, today.toPlainYearMonth()) > 0 ? shown.subtract({ months: 1 }) : null,
    later: compare(shown, last.toPlainYearMonth()) < 0 ? shown.add({ months: 1 }) : null,
    free: await freeIn(freeOf, shown, today),
    chosen: first === null ? null : chosen,
    first,
  };
}

type FreeOf = (days: Days) => Promise<FreeTime[]>;

async function freeIn(
  freeOf: FreeOf,
  month: Temporal.PlainYearMonth,
  today: Temporal.PlainDate,
): Promise<Map<string, FreeTime[]>> {
  const end = month.toPlainDate({ day: month.daysInMonth });
  const begin = month.toPlainDate({ day: 1 });
  const from = Temporal.PlainDate.compare(begin, today) < 0 ? today : begin;
  const days = from.until(end, { largestUnit: 'days' }).days + 1;
  const times = await freeOf({ from, days });
  return Map.groupBy(times, ({ startsAt }) => dayAt(startsAt).toString());
}

async function firstFree(
  freeOf: FreeOf,
  { today, last }: { readonly today: Temporal.PlainDate; readonly last: Temporal.PlainDate },
): Promise<FreeTime | null> {
  let piece = lookAheadDays;
  for (let from = today; Temporal.PlainDate.compare(from, last) <= 0;) {
    const left = from.until(last, { largestUnit: 'days' }).days + 1;
    const days = Math.min(left, piece);
    const [first] = await freeOf({ from, days });
    if (first) return first;
    from = from.add({ days });
    piece *= growth;
  }
  return null;
}

function within(
  day: Temporal.PlainDate | null,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
): Temporal.PlainDate | null {
  const { compare } = Temporal.PlainDate;
  return day !== null && compare(first, day) <= 0 && compare(day, last) <= 0 ? day : null;
}

function monthWithin(
  month: Temporal.PlainYearMonth | null,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
): Temporal.PlainYearMonth | null {
  const { compare } = Temporal.PlainYearMonth;
  if (month === null) return null;
  const isWithin =
    compare(first.toPlainYearMonth(), month) <= 0 && compare(month, last.toPlainYearMonth()) <= 0;
  return isWithin ? month : null;
}

function dayIn(text: string | null): Temporal.PlainDate | null {
  return orNull(() =>
    /^\d{4}-\d\d-\d\d$/.test(text ?? '') ? Temporal.PlainDate.from(text as string) : null,
  );
}

function monthIn(text: string | null): Temporal.PlainYearMonth | null {
  return orNull(() =>
    /^\d{4}-\d\d$/.test(text ?? '') ? Temporal.PlainYearMonth.from(text as string) : null,
  );
}

/** A day that no calendar has is no wish. */
function orNull<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
