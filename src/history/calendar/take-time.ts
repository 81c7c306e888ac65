import type { RowId } from '../../ids.ts';
import type { WriteOperation } from '../../operation.ts';
import { Problem } from '../../problem.ts';
import { companyTimeZone } from '../../text/format.ts';
import type { Item } from '../catalogue/items.ts';
import { spanAt } from './bookable.ts';
import { chooseResources } from './free-times.ts';
import type { FreeTime, Question } from './free-times.ts';
import { dayOfInstant } from './local-days.ts';
import { readCandidates, readOffered, readSlots } from './read-calendar.ts';
import type { Offered } from './read-calendar.ts';
import { lockResources, releaseSlots, takeSlots } from './slots.ts';
import type { TakenSlot } from './slots.ts';

export type TakeOptions = {
  /** Staff may book at short notice, beyond the horizon and after the fact; all other rules hold for everybody. */
  readonly byStaff?: true;
  /** With this resource and no other that could do the same. */
  readonly with?: RowId;
};

export type Taken = { readonly slots: TakenSlot[]; readonly endsAt: Temporal.Instant };

/**
 * Keeps everybody else from taking times of these items until the transaction ends. Who takes several times locks for
 * all of them first, so that two who want the same do not wait for each other.
 */
export async function lockForTimes(op: WriteOperation, items: readonly Item[]): Promise<void> {
  const ids = new Set<RowId>();
  for (const { itemId } of items) {
    const { resources } = await readCandidates(op.db, itemId);
    for (const { resourceId } of resources) ids.add(resourceId);
  }
  await lockResources(op, [...ids]);
}

/**
 * Takes a seat at this time, with whoever is free by the rules by which it was offered. What was free on the page is
 * looked at anew under the lock, so that nobody gets what somebody else has got.
 * @throws Problem `conflict` when the time is not free, `bad-input` for what is not booked by time
 */
export async function takeTime(
  op: WriteOperation,
  item: Item,
  startsAt: Temporal.Instant,
  options: TakeOptions = {},
): Promise<Taken> {
  const offered = await offeredAt(op, item, startsAt);
  await lockResources(op, resourcesOf(offered));
  return takeUnderLock(op, item, offered, { startsAt, options });
}

/**
 * Gives back the time of a booking and takes another one, which may overlap it. Both happen or neither: when the new one
 * is not free, the transaction ends with the error and the old one is still there.
 * @throws Problem `conflict` when the time is not free, `bad-input` for what is not booked by time
 */
export async function moveTime(
  op: WriteOperation,
  item: Item,
  from: readonly TakenSlot[],
  startsAt: Temporal.Instant,
  options: TakeOptions = {},
): Promise<Taken> {
  const offered = await offeredAt(op, item, startsAt);
  const old = from.map(({ resourceId }) => resourceId);
  await lockResources(op, [...new Set([...old, ...resourcesOf(offered)])]);
  await releaseSlots(op, from);
  return takeUnderLock(op, item, offered, { startsAt, options });
}

/** Read before the lock, because others wait behind it: hours and skills change seldom, and only by hand. */
function offeredAt(
  { db, now }: WriteOperation,
  item: Item,
  startsAt: Temporal.Instant,
): Promise<Offered> {
  const from = dayOfInstant(startsAt.epochMilliseconds, companyTimeZone);
  return readOffered(db, item, { from, days: 1 }, now);
}

function resourcesOf({ resources }: Offered): RowId[] {
  return resources.map(({ resourceId }) => resourceId);
}

async function takeUnderLock(
  op: WriteOperation,
  item: Item,
  offered: Offered,
  { startsAt, options }: { readonly startsAt: Temporal.Instant; readonly options: TakeOptions },
): Promise<Taken> {
  const calendar = { ...offered, slots: await readSlots(op.db, offered) };
  const question = askedBy(calendar, startsAt, options);
  const chosen = chooseResources(startsAt.epochMilliseconds, question);
  if (chosen === null) throw new Problem('conflict', 'The time is not free.');
  const slots = await takeSlots(op, wishFor(item, question, chosen));
  return { slots, endsAt: instantOf(chosen.endsAt) };
}

function askedBy(question: Question, startsAt: Temporal.Instant, options: TakeOptions): Question {
  const asked = options.byStaff === true ? asIfNow(question, startsAt) : question;
  return options.with === undefined ? asked : onlyWith(asked, options.with);
}

/** Neither lead time nor horizon stand in the way of who asks at the very moment. */
function asIfNow({ item, ...rest }: Question, now: Temporal.Instant): Question {
  return { ...rest, now, item: { ...item, leadMinutes: 0 } };
}

function onlyWith(question: Question, wished: RowId): Question {
  const skills = question.resources.find(({ resourceId }) => resourceId === wished)?.skills;
  if (skills === undefined) throw new Problem('conflict', 'The resource cannot do it.');
  const resources = question.resources.filter(
    (one) => one.resourceId === wished || !one.skills.some((skill) => skills.includes(skill)),
  );
  return { ...question, resources };
}

function wishFor({ itemId, isSensitive }: Item, { item }: Question, chosen: FreeTime) {
  const span = spanAt(item, chosen.startsAt);
  return {
    resourceIds: chosen.resourceIds,
    itemId: isSensitive ? null : itemId,
    startsAt: instantOf(chosen.startsAt),
    endsAt: instantOf(chosen.endsAt),
    busyFrom: instantOf(span.busyFrom),
    // A planned occasion may be longer than the item is now; its slot is there already and keeps its own.
    busyTo: instantOf(Math.max(span.busyTo, chosen.endsAt)),
    capacity: item.capacity,
    joins: chosen.occasion === 'planned',
  };
}

function instantOf(epochMs: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(epochMs);
}
