import { sql } from 'kysely';
import type { Records } from '../database/records.ts';
import { limits } from '../policy/limits.ts';

const minutesOfDay = 24 * 60;
const daysKept = 60;

/**
 * Notes that the service is ready in this minute; however many processes say so, the minute counts once. Days that no
 * page and no promise asks for any more are dropped.
 */
export async function noteReady(db: Records, now: Temporal.Instant): Promise<void> {
  const minute = now.round({ smallestUnit: 'minute', roundingMode: 'floor' });
  const day = minute.toZonedDateTimeISO('UTC').toPlainDate();
  await db
    .insertInto('routines.ready_day')
    .values({ day, minutes: 1, first_minute: minute, last_minute: minute })
    .onConflict((conflict) =>
      conflict
        .column('day')
        .doUpdateSet({ minutes: sql`routines.ready_day.minutes + 1`, last_minute: minute })
        .where('routines.ready_day.last_minute', '<', minute)
        .where('routines.ready_day.minutes', '<', minutesOfDay),
    )
    .execute();
  await db
    .deleteFrom('routines.ready_day')
    .where('day', '<', day.subtract({ days: daysKept }))
    .execute();
}

export type ReadyDay = { readonly day: Temporal.PlainDate; readonly percent: number };

export type Availability = {
  /** Null until there has been a whole minute to look at. */
  readonly percent: number | null;
  readonly days: readonly ReadyDay[];
};

/** How available the service was in the last 30 days, or since its first minute when it is younger. */
export async function readAvailability(db: Records, now: Temporal.Instant): Promise<Availability> {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  const from = today.subtract({ days: limits.availability_days - 1 });
  const rows = await db
    .selectFrom('routines.ready_day')
    .select(['day', 'minutes', 'first_minute'])
    .orderBy('day')
    .execute();
  const [first] = rows;
  if (!first) return { percent: null, days: [] };
  const minutesOf = new Map(rows.map(({ day, minutes }) => [day.toString(), minutes]));
  const days = daysFrom(later(first.day, from), today).map((day) => {
    const whole = wholeMinutes(day, first.first_minute, now);
    return { day, whole, minutes: Math.min(minutesOf.get(day.toString()) ?? 0, whole) };
  });
  const whole = days.reduce((sum, day) => sum + day.whole, 0);
  const ready = days.reduce((sum, day) => sum + day.minutes, 0);
  return {
    percent: whole === 0 ? null : (ready * 100) / whole,
    days: days.map((one) => ({
      day: one.day,
      percent: one.whole === 0 ? 100 : (one.minutes * 100) / one.whole,
    })),
  };
}

/** The minutes of a day in which the service could be ready: not before its very first one, and not those to come. */
function wholeMinutes(
  day: Temporal.PlainDate,
  firstMinute: Temporal.Instant,
  now: Temporal.Instant,
): number {
  const midnight = day.toZonedDateTime('UTC').toInstant();
  const start = Temporal.Instant.compare(firstMinute, midnight) > 0 ? firstMinute : midnight;
  const minutes = Math.floor(now.since(start).total('minutes'));
  const end = minutesOfDay - Math.round(start.since(midnight).total('minutes'));
  return Math.min(Math.max(0, minutes), end);
}

function daysFrom(from: Temporal.PlainDate, to: Temporal.PlainDate): Temporal.PlainDate[] {
  const count = Math.max(0, from.until(to).days) + 1;
  return Array.from({ length: count }, (_, index) => from.add({ days: index }));
}

function later(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) > 0 ? one : other;
}
