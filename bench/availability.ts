import { sql } from 'kysely';
import type { Records } from '../src/database/records.ts';
import { freeTimesOf } from '../src/history/calendar/times-to-book.ts';
import type { FreeTime } from '../src/history/calendar/times-to-book.ts';
import { companyTimeZone } from '../src/text/format.ts';
import type { Benchmark } from './benchmark.ts';
import { fillCalendar } from './busy-calendar.ts';
import type { BusyCalendar } from './busy-calendar.ts';
import { openBenchInstallation } from './installation.ts';
import { comparedTimes, interleave, timeOf } from './rounds.ts';

const fewBookings = 5_000;
const manyBookings = 50_000;
const rounds = 60;

/** The free times of a month against one statement that asks the database alone and answers the same. */
export const availability: Benchmark = {
  name: 'availability',
  about: 'the free times of a month of 20 people against one SQL statement that says the same',
  target: 0.7,
  async run(progress) {
    await using installation = await openBenchInstallation();
    const { db } = installation;
    progress(`${fewBookings} bookings in a month`);
    const calendar = await fillCalendar(installation, fewBookings);
    await assertSame(db, calendar);
    const figures = await interleave(
      rounds,
      {
        ours: () => timeOf(() => monthOf(db, calendar)),
        baseline: () => timeOf(() => monthBySql(db, calendar)),
      },
      progress,
    );
    return comparedTimes(figures, 'ms a month');
  },
};

/** The same month, when the company is many years old and when it is new. */
export const availabilityGrowth: Benchmark = {
  name: 'availability-growth',
  about: `the free times of a month among ${manyBookings} bookings against ${fewBookings}`,
  target: 0.77,
  async run(progress) {
    await using young = await openBenchInstallation();
    await using old = await openBenchInstallation();
    progress(`${fewBookings} and ${manyBookings} bookings`);
    const ofYoung = await fillCalendar(young, fewBookings);
    const ofOld = await fillCalendar(old, manyBookings);
    const figures = await interleave(
      rounds,
      {
        ours: () => timeOf(() => monthOf(old.db, ofOld)),
        baseline: () => timeOf(() => monthOf(young.db, ofYoung)),
      },
      progress,
    );
    return comparedTimes(figures, 'ms a month');
  },
};

function monthOf(db: Records, { item, month, now }: BusyCalendar): Promise<FreeTime[]> {
  const span = { from: month.toPlainDate({ day: 1 }), days: month.daysInMonth };
  return freeTimesOf(db, item, span, now);
}

/**
 * The baseline: hours as the wall clock has them, starts every so many minutes, and each that somebody who is open has
 * free. It stops at the first who is free, and needs neither lead time nor horizon here.
 */
async function monthBySql(db: Records, { item, month }: BusyCalendar): Promise<FreeTime[]> {
  const first = month.toPlainDate({ day: 1 }).toString();
  const last = month.toPlainDate({ day: month.daysInMonth }).toString();
  const { durationMinutes, bufferBeforeMinutes, bufferAfterMinutes, stepMinutes } = item.booking!;
  const { rows } = await sql<FreeTime>`
    with day as materialized (
      select given::date as day from generate_series(${first}::date, ${last}::date, interval '1 day') given
    ), able as materialized (
      select r.resource_id from history.need n
      join history.resource_skill s on s.skill_id = n.skill_id
      join history.resource r on r.resource_id = s.resource_id and r.offered
      where n.item_id = ${item.itemId}
    ), hours as materialized (
      select resource_id, (day + make_interval(mins => opens_minute)) at time zone ${companyTimeZone} as opens_at,
        (day + make_interval(mins => closes_minute)) at time zone ${companyTimeZone} as closes_at
      from (
        select o.resource_id, d.day, o.opens_minute, o.closes_minute
        from able a join history.opening o on o.resource_id = a.resource_id
        join day d on extract(isodow from d.day) = o.weekday
          and (o.valid_from is null or o.valid_from <= d.day) and (o.valid_until is null or d.day < o.valid_until)
        where not exists (select from history.closed_day c where c.day = d.day)
          and not exists (
            select from history.opening_exception e where e.resource_id = o.resource_id and e.day = d.day
          )
        union all
        select e.resource_id, e.day, e.opens_minute, e.closes_minute
        from able a join history.opening_exception e on e.resource_id = a.resource_id
        join day d on d.day = e.day where e.opens_minute is not null
      ) as wall
    ), busy as materialized (
      select s.resource_id, range_agg(tstzrange(s.busy_from, s.busy_to)) as taken
      from able a join history.slot s on s.resource_id = a.resource_id
      where tstzrange(s.busy_from, s.busy_to) && tstzrange(${first}::date - interval '1 day', ${last}::date + interval '2 days')
      group by s.resource_id
    ), start as (
      select distinct given as starts_at from hours,
        generate_series(opens_at, closes_at - make_interval(mins => ${durationMinutes}),
          make_interval(mins => ${stepMinutes})) as given
    )
    select starts_at as "startsAt", starts_at + make_interval(mins => ${durationMinutes}) as "endsAt", 1 as "seatsLeft"
    from start t
    where exists (
      select from hours h
      where h.opens_at <= t.starts_at and t.starts_at + make_interval(mins => ${durationMinutes}) <= h.closes_at
        and not exists (
          select from busy s where s.resource_id = h.resource_id
            and s.taken && tstzrange(
              t.starts_at - make_interval(mins => ${bufferBeforeMinutes}),
              t.starts_at + make_interval(mins => ${durationMinutes + bufferAfterMinutes}))
        )
    )
    order by starts_at`.execute(db);
  return rows;
}

async function assertSame(db: Records, calendar: BusyCalendar): Promise<void> {
  const written = (times: readonly FreeTime[]) =>
    JSON.stringify(times.map(({ startsAt, endsAt, seatsLeft }) => [startsAt, endsAt, seatsLeft]));
  const ours = await monthOf(db, calendar);
  if (ours.length === 0) throw new Error('there is nothing free to be found');
  if (written(ours) !== written(await monthBySql(db, calendar))) {
    throw new Error('the two sides do not answer the same');
  }
}
