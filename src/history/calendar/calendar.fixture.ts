import type { RowId } from '../../ids.ts';
import { minuteMs, spanAt } from './bookable.ts';
import type { BookableItem, EpochMs, Opening, Resource, TakenSlot } from './bookable.ts';
import type { FreeTime, Question } from './free-times.ts';

export const zone = 'Europe/Stockholm';

/** Ids that can be told apart by eye. */
export function rowId(number: number): RowId {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}` as RowId;
}

export const massage = rowId(1);
export const room = rowId(2);
export const itemId = rowId(10);
export const anna = rowId(100);
export const bo = rowId(101);
export const cia = rowId(102);

export function day(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text);
}

/** `2026-03-29 08:00` on the wall clock of the company, or with `+01:00` where it comes twice. */
export function at(text: string): EpochMs {
  const [date, time, offset] = text.split(' ');
  if (offset !== undefined)
    return Temporal.Instant.from(`${date}T${time}${offset}`).epochMilliseconds;
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone, {
    disambiguation: 'reject',
  }).epochMilliseconds;
}

/** `08:00+01:00`, or with the day before it. */
export function clock(instant: EpochMs): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return `${zoned.toPlainTime().toString({ smallestUnit: 'minute' })}${zoned.offset}`;
}

/** Starts as `08:00`, for days on which no time comes twice. */
export function starts(times: readonly FreeTime[]): string[] {
  return times.map(({ startsAt }) => clock(startsAt).slice(0, 5));
}

/** Minutes from midnight of `8:30`. */
export function minute(text: string): number {
  const [hours, minutes] = text.split(':').map(Number);
  return hours! * 60 + minutes!;
}

export function item(over: Partial<BookableItem> = {}): BookableItem {
  return {
    itemId,
    durationMinutes: 60,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    stepMinutes: 60,
    leadMinutes: 0,
    horizonDays: 365,
    capacity: 1,
    freeCancelHours: 24,
    lateFeePercent: 50,
    needs: [massage],
    ...over,
  };
}

/** The same hours on all days of the week. */
export function daily(opens: string, closes: string, over: Partial<Opening> = {}): Opening[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    opensMinute: minute(opens),
    closesMinute: minute(closes),
    validFrom: null,
    validUntil: null,
    ...over,
  }));
}

export function resource(over: Partial<Resource> = {}): Resource {
  return {
    resourceId: anna,
    kind: 'person',
    skills: [massage],
    openings: daily('9:00', '12:00'),
    exceptions: [],
    ...over,
  };
}

/** Booked by somebody, for an item that starts then. */
export function booked(startsAt: EpochMs, of = item(), over: Partial<TakenSlot> = {}): TakenSlot {
  return {
    ...spanAt(of, startsAt),
    resourceId: anna,
    itemId: of.itemId,
    capacity: of.capacity,
    taken: 1,
    ...over,
  };
}

export function blocked(from: EpochMs, minutes: number, over: Partial<TakenSlot> = {}): TakenSlot {
  const to = from + minutes * minuteMs;
  const span = { startsAt: from, endsAt: to, busyFrom: from, busyTo: to };
  return { ...span, resourceId: anna, itemId: null, capacity: 0, taken: 0, ...over };
}

/** Asked a week before, on a Monday that nothing happens on. */
export function question(
  from: string,
  over: Partial<Question> & { readonly days?: number } = {},
): Question & { from: Temporal.PlainDate; days: number } {
  const first = day(from);
  return {
    item: item(),
    resources: [resource()],
    slots: [],
    closedDays: [],
    now: first.subtract({ days: 7 }).toZonedDateTime(zone).toInstant(),
    zone,
    from: first,
    days: 1,
    ...over,
  };
}

/** The slots after somebody has taken an offer: what a booking writes. */
export function afterBooking(asked: Question, offer: FreeTime): TakenSlot[] {
  const seats = asked.seats ?? 1;
  if (offer.occasion === 'planned') {
    return asked.slots.map((slot) =>
      offer.resourceIds.includes(slot.resourceId) &&
      slot.itemId === asked.item.itemId &&
      slot.startsAt === offer.startsAt
        ? { ...slot, taken: slot.taken + seats }
        : slot,
    );
  }
  const made = offer.resourceIds.map((resourceId) =>
    booked(offer.startsAt, asked.item, { resourceId, taken: seats }),
  );
  return [...asked.slots, ...made];
}
