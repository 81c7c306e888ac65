import type { Records } from '../../database/records.ts';
import { companyTimeZone } from '../../text/format.ts';
import type { Item } from '../catalogue/items.ts';
import type { Days } from './booking-window.ts';
import { freeTimes } from './free-times.ts';
import type { FreeTime as Offer } from './free-times.ts';
import { readCalendar } from './read-calendar.ts';

/** A time that a customer can book. Who serves it is decided when it is booked. */
export type FreeTime = {
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  /** How many can still come; 1 for what is no group. */
  readonly seatsLeft: number;
};

/**
 * What can be booked of an item on some local days as seen from now, in order.
 * @throws Problem `bad-input` for what is not booked by time, for no days, and for more than `daysMax`
 */
export async function freeTimesOf(
  db: Records,
  item: Item,
  span: Days,
  now: Temporal.Instant,
): Promise<FreeTime[]> {
  return asInstants(freeTimes(await readCalendar(db, item, span, now)));
}

/** The same for staff, whom neither lead time nor horizon binds. */
export async function staffTimesOf(db: Records, item: Item, span: Days): Promise<FreeTime[]> {
  const now = span.from.toZonedDateTime(companyTimeZone).toInstant();
  const calendar = await readCalendar(db, item, span, now);
  return asInstants(freeTimes({ ...calendar, item: { ...calendar.item, leadMinutes: 0 } }));
}

function asInstants(free: readonly Offer[]): FreeTime[] {
  return free.map(({ startsAt, endsAt, seatsLeft }) => ({
    startsAt: Temporal.Instant.fromEpochMilliseconds(startsAt),
    endsAt: Temporal.Instant.fromEpochMilliseconds(endsAt),
    seatsLeft,
  }));
}
