import { sql } from 'kysely';
import type { Records } from '../../database/records.ts';
import type { Opening, OpeningException, ResourceId } from './bookable.ts';

/** Days from `from` up to, but not including, `to`. */
export type DaySpan = { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate };

/** When some resources are open: their weekly hours, and what holds instead on some days. */
export type KnownHours = {
  readonly openings: ReadonlyMap<ResourceId, Opening[]>;
  readonly exceptions: ReadonlyMap<ResourceId, OpeningException[]>;
  /** In order. */
  readonly closedDays: readonly Temporal.PlainDate[];
};

type Row = {
  readonly kind: 'weekly' | 'own' | 'closed';
  readonly resourceId: ResourceId | null;
  readonly weekday: number | null;
  readonly day: Temporal.PlainDate | null;
  readonly opensMinute: number | null;
  readonly closesMinute: number | null;
  readonly validFrom: Temporal.PlainDate | null;
  readonly validUntil: Temporal.PlainDate | null;
};

/** Asked in one statement, because whoever orders waits for it. */
export async function readHours(
  db: Records,
  resourceIds: readonly ResourceId[],
  { from, to }: DaySpan,
): Promise<KnownHours> {
  const { rows } = await sql<Row>`
    select 'weekly' as kind, resource_id as "resourceId", weekday, null::date as day, opens_minute as "opensMinute",
      closes_minute as "closesMinute", valid_from as "validFrom", valid_until as "validUntil"
    from history.opening where resource_id = any(${resourceIds}::uuid[])
    union all
    select 'own', resource_id, null, day, opens_minute, closes_minute, null, null
    from history.opening_exception
    where resource_id = any(${resourceIds}::uuid[]) and day >= ${from}::date and day < ${to}::date
    union all
    select 'closed', null, null, day, null, null, null, null
    from history.closed_day where day >= ${from}::date and day < ${to}::date
    order by day`.execute(db);
  const byKind = Map.groupBy(rows, ({ kind }) => kind);
  return {
    openings: byResource((byKind.get('weekly') ?? []).map(openingOf)),
    exceptions: byResource((byKind.get('own') ?? []).map(exceptionOf)),
    closedDays: (byKind.get('closed') ?? []).map(({ day }) => day!),
  };
}

function openingOf({ resourceId, weekday, opensMinute, closesMinute, ...row }: Row) {
  return {
    resourceId: resourceId!,
    weekday: weekday!,
    opensMinute: opensMinute!,
    closesMinute: closesMinute!,
    validFrom: row.validFrom,
    // The table has the first day on which they no longer hold.
    validUntil: row.validUntil?.subtract({ days: 1 }) ?? null,
  };
}

function exceptionOf({ resourceId, day, opensMinute, closesMinute }: Row) {
  return { resourceId: resourceId!, day: day!, opensMinute, closesMinute };
}

function byResource<T extends { readonly resourceId: ResourceId }>(
  rows: readonly T[],
): ReadonlyMap<ResourceId, T[]> {
  return Map.groupBy(rows, ({ resourceId }) => resourceId);
}
