import type { Records } from '../../database/records.ts';
import type { RowId } from '../../ids.ts';
import { Problem } from '../../problem.ts';
import { companyTimeZone } from '../../text/format.ts';
import type { Item } from '../catalogue/items.ts';
import type { Resource } from './bookable.ts';
import type { Days } from './booking-window.ts';
import { freeTimes } from './free-times.ts';

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
  if (item.booking === null) throw new Problem('bad-input', 'nothing to book');
  const needs = await db
    .selectFrom('history.need')
    .select('skill_id')
    .where('item_id', '=', item.itemId)
    .orderBy('skill_id')
    .execute();
  const free = freeTimes({
    item: { ...item.booking, itemId: item.itemId, needs: needs.map(({ skill_id }) => skill_id) },
    resources: await readResources(db),
    slots: await readSlots(db),
    closedDays: (await db.selectFrom('history.closed_day').select('day').execute()).map(
      ({ day }) => day,
    ),
    now,
    zone: companyTimeZone,
    ...span,
  });
  return free.map(({ startsAt, endsAt, seatsLeft }) => ({
    startsAt: Temporal.Instant.fromEpochMilliseconds(startsAt),
    endsAt: Temporal.Instant.fromEpochMilliseconds(endsAt),
    seatsLeft,
  }));
}

async function readResources(db: Records): Promise<Resource[]> {
  const rows = await db
    .selectFrom('history.resource')
    .selectAll()
    .where('offered', '=', true)
    .orderBy('position')
    .execute();
  const skills = await db.selectFrom('history.resource_skill').selectAll().execute();
  const openings = await db.selectFrom('history.opening').selectAll().execute();
  const of = (id: RowId) => (row: { readonly resource_id: RowId }) => row.resource_id === id;
  return rows.map(({ resource_id, kind }) => ({
    resourceId: resource_id,
    kind,
    skills: skills.filter(of(resource_id)).map(({ skill_id }) => skill_id),
    openings: openings.filter(of(resource_id)).map((row) => ({
      weekday: row.weekday,
      opensMinute: row.opens_minute,
      closesMinute: row.closes_minute,
      validFrom: row.valid_from,
      validUntil: row.valid_until,
    })),
    exceptions: [],
  }));
}

async function readSlots(db: Records) {
  const rows = await db.selectFrom('history.slot').selectAll().execute();
  return rows.map((row) => ({
    resourceId: row.resource_id,
    itemId: row.item_id,
    startsAt: row.starts_at.epochMilliseconds,
    endsAt: row.ends_at.epochMilliseconds,
    busyFrom: row.busy_from.epochMilliseconds,
    busyTo: row.busy_to.epochMilliseconds,
    capacity: row.kind === 'blocked' ? 0 : row.capacity,
    taken: row.taken,
  }));
}
