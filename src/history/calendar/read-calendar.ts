import { sql } from 'kysely';
import type { Records } from '../../database/records.ts';
import type { RowId } from '../../ids.ts';
import { Problem } from '../../problem.ts';
import { companyTimeZone } from '../../text/format.ts';
import type { Item } from '../catalogue/items.ts';
import type { BookableItem, Resource, SkillId, TakenSlot } from './bookable.ts';
import { slotsWindow } from './booking-window.ts';
import type { Days } from './booking-window.ts';
import type { Question } from './free-times.ts';
import { readClosedDays, readExceptions, readOpenings } from './read-hours.ts';

/** What a booking of an item takes, and who and what can be taken, in the company's order. */
export type Candidates = {
  readonly needs: readonly SkillId[];
  readonly resources: readonly Pick<Resource, 'resourceId' | 'kind' | 'skills'>[];
};

/** Days before and after those that were asked for whose hours can matter: appointments reach over midnight. */
const marginDays = 3;

/** All that free times depend on but what is taken: it changes seldom, and only by hand. */
export type Offered = Omit<Question, 'slots'> & Days;

/**
 * Everything that the free times of an item on some days depend on. Five small queries by index, however many bookings
 * there have been.
 * @throws Problem `bad-input` for what cannot be booked
 */
export async function readCalendar(
  db: Records,
  item: Item,
  days: Days,
  now: Temporal.Instant,
): Promise<Question & Days> {
  const offered = await readOffered(db, item, days, now);
  return { ...offered, slots: await readSlots(db, offered) };
}

/** @throws Problem `bad-input` for what cannot be booked */
export async function readOffered(
  db: Records,
  item: Item,
  days: Days,
  now: Temporal.Instant,
): Promise<Offered> {
  const candidates = await readCandidates(db, item.itemId);
  const bookable = bookableOf(item, candidates.needs);
  const ids = candidates.resources.map(({ resourceId }) => resourceId);
  const around = {
    from: days.from.subtract({ days: marginDays }),
    to: days.from.add({ days: days.days + marginDays }),
  };
  const openings = await readOpenings(db, ids);
  const exceptions = await readExceptions(db, ids, around);
  return {
    ...days,
    item: bookable,
    resources: candidates.resources.map((one) => ({
      ...one,
      openings: openings.get(one.resourceId) ?? [],
      exceptions: exceptions.get(one.resourceId) ?? [],
    })),
    closedDays: await readClosedDays(db, around),
    now,
    zone: companyTimeZone,
  };
}

/** What is taken of the resources' time. The condition is that of `slots_do_not_overlap`, so that its index answers. */
export async function readSlots(
  db: Records,
  { item, resources, zone, from, days }: Offered,
): Promise<TakenSlot[]> {
  const ids = resources.map(({ resourceId }) => resourceId);
  if (ids.length === 0) return [];
  const window = slotsWindow(item, { from, days }, zone);
  const [first, last] = [window.from, window.to].map((ms) =>
    Temporal.Instant.fromEpochMilliseconds(ms),
  );
  const { rows } = await sql<TakenSlot>`
    select resource_id as "resourceId", item_id as "itemId", capacity, taken,
      date_part('epoch', starts_at) * 1000 as "startsAt",
      date_part('epoch', ends_at) * 1000 as "endsAt",
      date_part('epoch', busy_from) * 1000 as "busyFrom",
      date_part('epoch', busy_to) * 1000 as "busyTo"
    from history.slot
    where resource_id = any(${ids}::uuid[])
      and tstzrange(busy_from, busy_to) && tstzrange(${first}::timestamptz, ${last}::timestamptz)
  `.execute(db);
  return rows;
}

/** Needs without anybody who can serve them are told as well: then there is no time. */
export async function readCandidates(db: Records, itemId: RowId): Promise<Candidates> {
  const rows = await db
    .selectFrom('history.need as n')
    .leftJoin('history.resource_skill as s', 's.skill_id', 'n.skill_id')
    .leftJoin('history.resource as r', (join) =>
      join.onRef('r.resource_id', '=', 's.resource_id').on('r.offered', '=', true),
    )
    .select(['n.skill_id', 'r.resource_id', 'r.kind'])
    .where('n.item_id', '=', itemId)
    .orderBy('r.position')
    .orderBy('r.resource_id')
    .orderBy('n.skill_id')
    .execute();
  const needs = new Set(rows.map(({ skill_id }) => skill_id));
  const able = rows.flatMap(({ resource_id, kind, skill_id }) =>
    resource_id === null || kind === null ? [] : [{ resource_id, kind, skill_id }],
  );
  const resources = [...Map.groupBy(able, ({ resource_id }) => resource_id)].map(
    ([resourceId, own]) => ({
      resourceId,
      kind: own[0]!.kind,
      skills: own.map(({ skill_id }) => skill_id),
    }),
  );
  return { needs: [...needs].toSorted(), resources };
}

/** What is sensitive is never shared: its slots do not say what they are for. */
function bookableOf({ itemId, booking, isSensitive }: Item, needs: readonly SkillId[]) {
  if (booking === null) throw new Problem('bad-input', 'the item is not booked by time');
  const capacity = isSensitive ? 1 : booking.capacity;
  return { ...booking, capacity, itemId, needs } satisfies BookableItem;
}
