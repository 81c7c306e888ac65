// The rules of free times once more, minute by minute and with Temporal for every step: too slow to use, and too
// simple to be wrong. Everything must lie on whole minutes.
import { minuteMs, spanAt } from './bookable.ts';
import type { EpochMs, Hours, Resource, ResourceId, TakenSlot } from './bookable.ts';
import type { Days } from './booking-window.ts';
import type { Question } from './free-times.ts';

type Asked = Question & Days;

/** With the minutes in which each resource is open. */
type Known = Asked & { readonly open: ReadonlyMap<Resource, ReadonlySet<EpochMs>> };

export type SlowTime = {
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  readonly seatsLeft: number;
  readonly occasion: 'new' | 'planned';
  /** All that could be chosen, the fairest first. */
  readonly choices: readonly (readonly ResourceId[])[];
};

export function slowFreeTimes(question: Asked): SlowTime[] {
  const open = new Map(question.resources.map((one) => [one, openMinutes(question, one)]));
  const asked = { ...question, open };
  const grid = gridOf(asked);
  const planned = asked.slots.map(({ startsAt }) => startsAt);
  return [...new Set([...grid, ...planned])]
    .sort((a, b) => a - b)
    .filter((startsAt) => isInTime(asked, startsAt))
    .flatMap((startsAt) => slowPlanned(asked, startsAt) ?? slowNew(asked, grid, startsAt) ?? []);
}

function isInTime({ item, now, zone, from, days }: Asked, startsAt: EpochMs): boolean {
  const start = Temporal.Instant.fromEpochMilliseconds(startsAt);
  const earliest = now.add({ minutes: item.leadMinutes });
  const localDay = start.toZonedDateTimeISO(zone).toPlainDate();
  const lastDay = now.toZonedDateTimeISO(zone).toPlainDate().add({ days: item.horizonDays });
  return (
    Temporal.Instant.compare(start, earliest) >= 0 &&
    Temporal.PlainDate.compare(localDay, lastDay) <= 0 &&
    Temporal.PlainDate.compare(localDay, from) >= 0 &&
    Temporal.PlainDate.compare(localDay, from.add({ days })) < 0
  );
}

function slowNew(asked: Known, grid: ReadonlySet<EpochMs>, startsAt: EpochMs): SlowTime | null {
  const { item, seats = 1 } = asked;
  if (!grid.has(startsAt) || item.capacity < seats) return null;
  const { endsAt, busyFrom, busyTo } = spanAt(item, startsAt);
  const isFree = (one: Resource) =>
    isOpen(asked, one, startsAt, endsAt) &&
    slotsOf(asked, one).every((slot) => !shareMinute(slot, { busyFrom, busyTo }));
  const choices = combinations(asked, isFree);
  if (choices.length === 0) return null;
  const ranked = choices.toSorted((a, b) => compareRanks(asked, startsAt, a, b));
  return { startsAt, endsAt, seatsLeft: item.capacity, occasion: 'new', choices: ranked.map(ids) };
}

function slowPlanned(asked: Known, startsAt: EpochMs): SlowTime | null {
  const { item, resources, seats = 1 } = asked;
  const open = resources.flatMap((one) =>
    slotsOf(asked, one).filter(
      (slot) =>
        one.skills.some((skill) => item.needs.includes(skill)) &&
        slot.itemId === item.itemId &&
        slot.startsAt === startsAt &&
        slot.capacity - slot.taken >= seats &&
        isOpen(asked, one, slot.startsAt, slot.endsAt) &&
        slotsOf(asked, one).every((other) => other === slot || !shareMinute(slot, other)),
    ),
  );
  const alike = (slot: TakenSlot) => [slot.endsAt, slot.capacity, slot.taken].join();
  const offers = open.flatMap((slot): SlowTime[] => {
    const same = open.filter((other) => alike(other) === alike(slot));
    const occasion = item.needs.length === 1 ? [slot] : same;
    if (occasion.length !== item.needs.length) return [];
    const choices = combinations(asked, (one) =>
      occasion.some(({ resourceId }) => resourceId === one.resourceId),
    );
    if (choices.length === 0) return [];
    const seatsLeft = slot.capacity - slot.taken;
    const { endsAt } = slot;
    return [{ startsAt, endsAt, seatsLeft, occasion: 'planned', choices: choices.map(ids) }];
  });
  const most = Math.max(...offers.map(({ seatsLeft }) => seatsLeft));
  return offers.find(({ seatsLeft }) => seatsLeft === most) ?? null;
}

/** Every way of giving each need a resource of its own. */
function combinations({ item, resources }: Asked, isUsable: (one: Resource) => boolean) {
  let found: Resource[][] = [[]];
  for (const need of item.needs) {
    found = found.flatMap((chosen) =>
      resources
        .filter((one) => one.skills.includes(need) && !chosen.includes(one) && isUsable(one))
        .map((one) => [...chosen, one]),
    );
  }
  return item.needs.length === 0 ? [] : found;
}

function compareRanks(asked: Asked, startsAt: EpochMs, a: Resource[], b: Resource[]): number {
  const date = (instant: EpochMs) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(asked.zone).toPlainDate();
  const minutes = (one: Resource) =>
    slotsOf(asked, one)
      .filter((slot) => slot.capacity > 0 && date(slot.startsAt).equals(date(startsAt)))
      .reduce((sum, slot) => sum + slot.endsAt - slot.startsAt, 0);
  for (const [index, one] of a.entries()) {
    const other = b[index]!;
    const order =
      minutes(one) - minutes(other) ||
      asked.resources.indexOf(one) - asked.resources.indexOf(other);
    if (order !== 0) return order;
  }
  return 0;
}

function gridOf(asked: Asked): Set<EpochMs> {
  const { item, resources } = asked;
  const useful = resources.filter(({ skills }) =>
    skills.some((skill) => item.needs.includes(skill)),
  );
  const found = new Set<EpochMs>();
  for (const one of useful) {
    for (const date of datesAround(asked)) {
      for (const { opensMinute, closesMinute } of slowHours(asked, one, date)) {
        for (let at = opensMinute; at < closesMinute; at += item.stepMinutes) {
          found.add(wallInstant(asked, date, at));
        }
      }
    }
  }
  return found;
}

function isOpen({ open }: Known, one: Resource, from: EpochMs, to: EpochMs): boolean {
  for (let at = from; at < to; at += minuteMs) {
    if (!open.get(one)!.has(at)) return false;
  }
  return true;
}

function openMinutes(asked: Asked, one: Resource): Set<EpochMs> {
  const minutes = new Set<EpochMs>();
  for (const date of datesAround(asked)) {
    for (const { opensMinute, closesMinute } of slowHours(asked, one, date)) {
      const closes = wallInstant(asked, date, closesMinute);
      for (let at = wallInstant(asked, date, opensMinute); at < closes; at += minuteMs) {
        minutes.add(at);
      }
    }
  }
  return minutes;
}

function slowHours({ closedDays }: Asked, one: Resource, date: Temporal.PlainDate): Hours[] {
  const own = one.exceptions.filter((exception) => exception.day.equals(date));
  if (own.length > 0) {
    return own.flatMap(({ opensMinute, closesMinute }) =>
      opensMinute === null || closesMinute === null ? [] : [{ opensMinute, closesMinute }],
    );
  }
  if (closedDays.some((closed) => closed.equals(date))) return [];
  const { compare } = Temporal.PlainDate;
  return one.openings.filter(
    ({ weekday, validFrom, validUntil }) =>
      weekday === date.dayOfWeek &&
      (validFrom === null || compare(validFrom, date) <= 0) &&
      (validUntil === null || compare(date, validUntil) <= 0),
  );
}

function wallInstant({ zone }: Asked, date: Temporal.PlainDate, minute: number): EpochMs {
  const wall = date.toPlainDateTime().add({ minutes: minute });
  return wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

function datesAround({ from, days }: Asked): Temporal.PlainDate[] {
  return Array.from({ length: days + 5 }, (_, index) => from.add({ days: index - 2 }));
}

function slotsOf({ slots }: Asked, { resourceId }: Resource): TakenSlot[] {
  return slots.filter((slot) => slot.resourceId === resourceId && slot.busyFrom < slot.busyTo);
}

function shareMinute(
  a: Pick<TakenSlot, 'busyFrom' | 'busyTo'>,
  b: Pick<TakenSlot, 'busyFrom' | 'busyTo'>,
): boolean {
  for (let at = a.busyFrom; at < a.busyTo; at += minuteMs) {
    if (b.busyFrom <= at && at < b.busyTo) return true;
  }
  return false;
}

function ids(chosen: readonly Resource[]): ResourceId[] {
  return chosen.map(({ resourceId }) => resourceId);
}
