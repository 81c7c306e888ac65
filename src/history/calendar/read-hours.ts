import { sql } from 'kysely';
import type { Records } from '../../database/records.ts';
import type { Opening, OpeningException, ResourceId } from './bookable.ts';

/** Days from `from` up to, but not including, `to`. */
export type DaySpan = { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate };

/** The weekly hours of some resources. */
export async function readOpenings(
  db: Records,
  resourceIds: readonly ResourceId[],
): Promise<ReadonlyMap<ResourceId, Opening[]>> {
  const rows = await db
    .selectFrom('history.opening')
    .select(['resource_id', 'weekday', 'opens_minute', 'closes_minute'])
    .select(['valid_from', 'valid_until'])
    .where(sql<boolean>`resource_id = any(${resourceIds}::uuid[])`)
    .execute();
  const openings = rows.map((row) => ({
    resourceId: row.resource_id,
    weekday: row.weekday,
    opensMinute: row.opens_minute,
    closesMinute: row.closes_minute,
    validFrom: row.valid_from,
    // The table has the first day on which they no longer hold.
    validUntil: row.valid_until?.subtract({ days: 1 }) ?? null,
  }));
  return Map.groupBy(openings, ({ resourceId }) => resourceId);
}

/** Days with hours of their own. */
export async function readExceptions(
  db: Records,
  resourceIds: readonly ResourceId[],
  { from, to }: DaySpan,
): Promise<ReadonlyMap<ResourceId, OpeningException[]>> {
  const rows = await db
    .selectFrom('history.opening_exception')
    .select(['resource_id', 'day', 'opens_minute', 'closes_minute'])
    .where(sql<boolean>`resource_id = any(${resourceIds}::uuid[])`)
    .where('day', '>=', from)
    .where('day', '<', to)
    .execute();
  const exceptions = rows.map((row) => ({
    resourceId: row.resource_id,
    day: row.day,
    opensMinute: row.opens_minute,
    closesMinute: row.closes_minute,
  }));
  return Map.groupBy(exceptions, ({ resourceId }) => resourceId);
}

/** Days on which the company is closed. */
export async function readClosedDays(
  db: Records,
  { from, to }: DaySpan,
): Promise<Temporal.PlainDate[]> {
  const rows = await db
    .selectFrom('history.closed_day')
    .select('day')
    .where('day', '>=', from)
    .where('day', '<', to)
    .orderBy('day')
    .execute();
  return rows.map(({ day }) => day);
}
