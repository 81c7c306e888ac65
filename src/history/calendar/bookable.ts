import type { RowId } from '../../ids.ts';
import type { BookingRules } from '../catalogue/items.ts';

/** Milliseconds since 1970 in UTC. Instants are numbers here, because a month of free times compares thousands of them. */
export type EpochMs = number;

/** From `from` up to, but not including, `to`. */
export type Interval = { readonly from: EpochMs; readonly to: EpochMs };

export type ResourceId = RowId;
export type SkillId = RowId;

export const minuteMs = 60_000;
export const minutesOfDay = 1440;

/** What a customer can book. */
export type BookableItem = BookingRules & {
  readonly itemId: RowId;
  /** Each takes one resource that has the skill, and no two take the same. Without a need there is no time to book. */
  readonly needs: readonly SkillId[];
};

/** Minutes are wall-clock minutes from local midnight, 0 to 1440. Hours that end before they begin are no hours. */
export type Hours = { readonly opensMinute: number; readonly closesMinute: number };

/** Hours that come back every week. */
export type Opening = Hours & {
  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  readonly weekday: number;
  readonly validFrom: Temporal.PlainDate | null;
  /** The last day on which they hold. */
  readonly validUntil: Temporal.PlainDate | null;
};

/** One day's own hours, which replace its weekly ones; without hours, closed. A day may have several. */
export type OpeningException = {
  readonly day: Temporal.PlainDate;
  readonly opensMinute: number | null;
  readonly closesMinute: number | null;
};

export type Resource = {
  readonly resourceId: ResourceId;
  readonly kind: 'person' | 'room' | 'thing';
  readonly skills: readonly SkillId[];
  readonly openings: readonly Opening[];
  readonly exceptions: readonly OpeningException[];
};

/** When an occasion takes place, and for how long it keeps its resources, buffers included. */
export type Span = {
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  readonly busyFrom: EpochMs;
  readonly busyTo: EpochMs;
};

/** Time of a resource that is taken. Blocked time is a slot with capacity 0 and no item. */
export type TakenSlot = Span & {
  readonly resourceId: ResourceId;
  readonly itemId: RowId | null;
  readonly capacity: number;
  readonly taken: number;
};

/** The time that an item takes when it starts then. What is asked about and what is written are both this. */
export function spanAt(item: BookableItem, startsAt: EpochMs): Span {
  const endsAt = startsAt + item.durationMinutes * minuteMs;
  return {
    startsAt,
    endsAt,
    busyFrom: startsAt - item.bufferBeforeMinutes * minuteMs,
    busyTo: endsAt + item.bufferAfterMinutes * minuteMs,
  };
}
