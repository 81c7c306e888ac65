import { minuteMs, minutesOfDay } from './bookable.ts';
import type { EpochMs } from './bookable.ts';

/** A day on the wall clock of a place, with all that a calendar asks of it worked out once. */
export type LocalDay = {
  /** `20260329`: compares as the day does, and faster. */
  readonly key: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  readonly startsAt: EpochMs;
  /** Where the next day starts: 23 or 25 hours later when the clocks change. */
  readonly endsAt: EpochMs;
  /**
   * The instant of a wall-clock minute, 0 to 1440. A minute that the clocks skip moves forward as far as they do
   * (02:30 becomes 03:30), and of a minute that comes twice it is the first: what Temporal calls `compatible`.
   */
  instantAt(minute: number): EpochMs;
};

/** Days in a row. Everything after this is arithmetic; Temporal is asked once a day, not once a resource. */
export function localDays(
  from: Temporal.PlainDate,
  days: number,
  zone: string,
): readonly LocalDay[] {
  const dates = Array.from({ length: days + 1 }, (_, index) => from.add({ days: index }));
  const starts = dates.map((date) => date.toZonedDateTime(zone).epochMilliseconds);
  return dates.slice(0, days).map((date, index) => ({
    key: dayKey(date),
    weekday: date.dayOfWeek,
    startsAt: starts[index]!,
    endsAt: starts[index + 1]!,
    instantAt: wallClock(date, [starts[index]!, starts[index + 1]!], zone),
  }));
}

/** Greater for later days, and the same for the same day. */
export function dayKey({ year, month, day }: Temporal.PlainDate): number {
  return (year * 100 + month) * 100 + day;
}

/** The local day on which an instant falls. */
export function dayOfInstant(instant: EpochMs, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();
}

function wallClock(
  date: Temporal.PlainDate,
  [startsAt, endsAt]: readonly [EpochMs, EpochMs],
  zone: string,
): LocalDay['instantAt'] {
  // No place changes its clocks twice in a day, so a day of 24 hours is an even one.
  if (endsAt - startsAt === minutesOfDay * minuteMs)
    return (minute) => startsAt + minute * minuteMs;
  const midnight = date.toPlainDateTime();
  return (minute) => midnight.add({ minutes: minute }).toZonedDateTime(zone).epochMilliseconds;
}
