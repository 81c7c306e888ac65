import type { Hours } from '../history/calendar/bookable.ts';
import type { Language } from '../text/bilingual.ts';

const minutesOfHour = 60;
const minutesOfDay = 1440;
/** More spans than this are no day. */
const spansMax = 12;
export const hoursLengthMax = 120;

/**
 * Hours as people write them: `8–12, 13–17.30`, with any dash, and a dot or a colon before the minutes. Nothing is
 * closed. Null for what is not that, for a span that ends before it begins, and for spans that run into each other.
 */
export function hoursIn(text: string): Hours[] | null {
  const parts = text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length > spansMax) return null;
  const spans: Hours[] = [];
  for (const part of parts) {
    const span = spanIn(part);
    if (span === null) return null;
    spans.push(span);
  }
  const sorted = spans.toSorted((one, other) => one.opensMinute - other.opensMinute);
  const isApart = sorted.every(
    ({ opensMinute }, index) => index === 0 || sorted[index - 1]!.closesMinute <= opensMinute,
  );
  return isApart ? sorted : null;
}

/** The same, as the reader would write it. */
export function hoursText(hours: readonly Hours[], language: Language): string {
  return hours
    .map(({ opensMinute, closesMinute }) =>
      [opensMinute, closesMinute].map((minute) => clockText(minute, language)).join('–'),
    )
    .join(', ');
}

/** A minute of the day as short as it goes: `8`, `13.30` or `13:30`. */
function clockText(minute: number, language: Language): string {
  const minutes = minute % minutesOfHour;
  const hours = String(Math.floor(minute / minutesOfHour));
  if (minutes === 0) return hours;
  return `${hours}${language === 'sv' ? '.' : ':'}${String(minutes).padStart(2, '0')}`;
}

/** The minute of the day in a text such as `13.30`; null for anything else. */
export function minuteIn(text: string): number | null {
  const found = /^(\d{1,2})(?:[.:](\d{2}))?$/.exec(text.trim());
  if (found === null) return null;
  const minutes = Number(found[2] ?? 0);
  const minute = Number(found[1]) * minutesOfHour + minutes;
  return minutes < minutesOfHour && minute <= minutesOfDay ? minute : null;
}

/** The time of day in such a text; null for anything else, and for the end of the day. */
export function timeIn(text: string): Temporal.PlainTime | null {
  const minute = minuteIn(text);
  if (minute === null || minute === minutesOfDay) return null;
  return new Temporal.PlainTime(Math.floor(minute / minutesOfHour), minute % minutesOfHour);
}

function spanIn(part: string): Hours | null {
  const ends = part.split(/[-\u2010-\u2015\u2212]/);
  if (ends.length !== 2) return null;
  const [opensMinute, closesMinute] = ends.map(minuteIn);
  if (opensMinute == null || closesMinute == null || opensMinute >= closesMinute) return null;
  return { opensMinute, closesMinute };
}
