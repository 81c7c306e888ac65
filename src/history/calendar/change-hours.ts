import type { Records } from '../../database/records.ts';
import { newRowId } from '../../ids.ts';
import type { RowId } from '../../ids.ts';
import { inTransaction } from '../../operation.ts';
import type { Operation } from '../../operation.ts';
import type { Words } from '../../policy/shape.ts';
import type { Hours } from './bookable.ts';
import { swedishHolidays } from './swedish-holidays.ts';
import { holidayNames } from '../../text/holidays.ts';

/** Weekly hours that hold in the same time; a resource may have others in another. */
export type Schedule = {
  readonly validFrom: Temporal.PlainDate | null;
  /** The first day on which they no longer hold. */
  readonly validUntil: Temporal.PlainDate | null;
  /** By weekday, Monday first. */
  readonly week: readonly (readonly Hours[])[];
};

/** A day with hours of its own; without hours, closed. */
export type OwnDay = { readonly day: Temporal.PlainDate; readonly hours: readonly Hours[] };
export type ClosedDay = { readonly day: Temporal.PlainDate; readonly name: Words };

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const ownDaysMax = 500;

/** The weekly hours of a resource: those without an end first, then by when they begin. */
export async function schedulesOf(db: Records, resourceId: RowId): Promise<Schedule[]> {
  const rows = await db
    .selectFrom('history.opening')
    .select(['weekday', 'opens_minute', 'closes_minute', 'valid_from', 'valid_until'])
    .where('resource_id', '=', resourceId)
    .orderBy('valid_from', (order) => order.asc().nullsFirst())
    .orderBy('opens_minute')
    .execute();
  const periods = Map.groupBy(rows, periodOf);
  return [...periods.values()].map((own) => ({
    validFrom: own[0]!.valid_from,
    validUntil: own[0]!.valid_until,
    week: weekdays.map((day) => own.filter(({ weekday }) => weekday === day).map(hoursOf)),
  }));
}

/** Writes the weekly hours of one time in place of those that were there for `old`; null for new ones. */
export async function writeSchedule(
  op: Operation,
  resourceId: RowId,
  { old, schedule }: { readonly old: Schedule | null; readonly schedule: Schedule },
): Promise<void> {
  await inTransaction(op, async ({ db, now }) => {
    // The same time twice would be two sets of hours that nobody can tell apart.
    for (const one of [schedule, ...(old === null ? [] : [old])]) {
      await db
        .deleteFrom('history.opening')
        .where('resource_id', '=', resourceId)
        .where('valid_from', 'is not distinct from', one.validFrom)
        .where('valid_until', 'is not distinct from', one.validUntil)
        .execute();
    }
    const rows = schedule.week.flatMap((hours, index) =>
      hours.map(({ opensMinute, closesMinute }) => ({
        resource_id: resourceId,
        opening_id: newRowId(now),
        weekday: index + 1,
        opens_minute: opensMinute,
        closes_minute: closesMinute,
        valid_from: schedule.validFrom,
        valid_until: schedule.validUntil,
      })),
    );
    if (rows.length > 0) await db.insertInto('history.opening').values(rows).execute();
  });
}

/** Days with hours of their own, from a day on. */
export async function ownDaysOf(
  db: Records,
  resourceId: RowId,
  from: Temporal.PlainDate,
): Promise<OwnDay[]> {
  const rows = await db
    .selectFrom('history.opening_exception')
    .select(['day', 'opens_minute', 'closes_minute'])
    .where('resource_id', '=', resourceId)
    .where('day', '>=', from)
    .orderBy('day')
    .orderBy('opens_minute')
    .limit(ownDaysMax)
    .execute();
  return [...Map.groupBy(rows, ({ day }) => day.toString()).values()].map((own) => ({
    day: own[0]!.day,
    hours: own.flatMap(({ opens_minute, closes_minute }) =>
      opens_minute === null || closes_minute === null
        ? []
        : [{ opensMinute: opens_minute, closesMinute: closes_minute }],
    ),
  }));
}

/** Gives a day hours of its own, in place of those it had. */
export async function writeOwnDay(
  op: Operation,
  resourceId: RowId,
  { day, hours }: OwnDay,
): Promise<void> {
  await inTransaction(op, async ({ db, now }) => {
    await removeOwnDay({ ...op, db }, resourceId, day);
    const base = { resource_id: resourceId, day };
    const rows = hours.map(({ opensMinute, closesMinute }) => ({
      ...base,
      exception_id: newRowId(now),
      opens_minute: opensMinute as number | null,
      closes_minute: closesMinute as number | null,
    }));
    const closed = {
      ...base,
      exception_id: newRowId(now),
      opens_minute: null,
      closes_minute: null,
    };
    await db
      .insertInto('history.opening_exception')
      .values(rows.length === 0 ? [closed] : rows)
      .execute();
  });
}

/** The day has the hours of its weekday again. */
export async function removeOwnDay(
  { db }: Operation,
  resourceId: RowId,
  day: Temporal.PlainDate,
): Promise<void> {
  await db
    .deleteFrom('history.opening_exception')
    .where('resource_id', '=', resourceId)
    .where('day', '=', day)
    .execute();
}

/** Days on which the company is closed, from a day on. */
export async function listClosedDays(db: Records, from: Temporal.PlainDate): Promise<ClosedDay[]> {
  return db
    .selectFrom('history.closed_day')
    .select(['day', 'name'])
    .where('day', '>=', from)
    .orderBy('day')
    .limit(ownDaysMax)
    .execute();
}

/** A day that is closed already keeps its name. @returns how many were added */
export async function addClosedDays(
  { db }: Pick<Operation, 'db'>,
  days: readonly ClosedDay[],
): Promise<number> {
  const added = await db
    .insertInto('history.closed_day')
    .values([...days])
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows ?? 0n);
}

/** Sweden's public holidays of a year and the three eves on which most places are closed. */
export function holidaysOf(year: number): ClosedDay[] {
  const named = swedishHolidays(year).map(({ day, holiday }) => ({
    day,
    name: { sv: holidayNames.sv[holiday], en: holidayNames.en[holiday] },
  }));
  // Two can fall on one day; the first names it.
  return named.filter(({ day }, index) => index === 0 || !named[index - 1]!.day.equals(day));
}

export async function removeClosedDay({ db }: Operation, day: Temporal.PlainDate): Promise<void> {
  await db.deleteFrom('history.closed_day').where('day', '=', day).execute();
}

function hoursOf(row: { readonly opens_minute: number; readonly closes_minute: number }): Hours {
  return { opensMinute: row.opens_minute, closesMinute: row.closes_minute };
}

function periodOf(row: {
  readonly valid_from: Temporal.PlainDate | null;
  readonly valid_until: Temporal.PlainDate | null;
}): string {
  return [row.valid_from, row.valid_until].map((day) => day?.toString() ?? '').join('_');
}
