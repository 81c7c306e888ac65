import { Problem } from '../../problem.ts';
import { minuteMs, minutesOfDay, spanAt } from './bookable.ts';
import type { BookableItem, EpochMs, Resource, ResourceId, TakenSlot } from './bookable.ts';
import { bookableWindow } from './booking-window.ts';
import type { Days } from './booking-window.ts';
import { gridStarts, inOrder } from './candidate-starts.ts';
import { fairChoice } from './fair-choice.ts';
import { dayKey, dayOfInstant, localDays } from './local-days.ts';
import type { LocalDay } from './local-days.ts';
import { openOccasions } from './open-occasions.ts';
import type { OpenOccasion } from './open-occasions.ts';
import { resourceTime } from './resource-time.ts';
import type { ResourceTime } from './resource-time.ts';

/** More than a year at once is nobody's calendar. */
export const daysMax = 400;
const stepMinutesMin = 1;

/** What is known when somebody asks for a time: plain data, because nothing here reads or writes. */
export type Question = {
  readonly item: BookableItem;
  /**
   * Who and what may be chosen, in the company's order, which decides between equals. For "only with Anna", leave out
   * the others with her skill.
   */
  readonly resources: readonly Resource[];
  /** At least those in `slotsWindow`. Who moves a booking leaves out its own slots, or gives back its seats. */
  readonly slots: readonly TakenSlot[];
  /** Days on which the company is closed. */
  readonly closedDays: readonly Temporal.PlainDate[];
  readonly now: Temporal.Instant;
  readonly zone: string;
  /** How many want to come together; 1 unless said. */
  readonly seats?: number;
};

export type FreeTime = {
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  readonly seatsLeft: number;
  /** One for each need of the item, in the order of the needs. */
  readonly resourceIds: readonly ResourceId[];
  /** `planned`: its slots are there and have seats left. `new`: they are yet to be made. */
  readonly occasion: 'new' | 'planned';
};

type Plan = {
  readonly starts: readonly EpochMs[];
  readonly occasions: ReadonlyMap<EpochMs, OpenOccasion>;
  readonly chooseAt: (startsAt: EpochMs) => ResourceId[] | null;
};

/**
 * What can be booked on some local days: sorted, each start once. Starts are `stepMinutes` apart on the wall clock from
 * the beginning of an opening of any resource that can take a need. When the clocks go forward, the times that they
 * skip fall on those after them; when they go back, the hour that comes twice is offered the first time only, so that
 * no two starts look the same. A planned occasion of the item with seats left comes before a new one.
 * @throws Problem `bad-input` for no days or more than `daysMax`, and for steps of less than a minute
 */
export function freeTimes(question: Question & Days): FreeTime[] {
  const plan = planFor(question, question);
  return plan.starts.flatMap((startsAt) => offerAt(startsAt, plan, question) ?? []);
}

/** The offer that `freeTimes` makes for this start, or nothing. The rules are the same, because the code is. */
export function chooseResources(startsAt: EpochMs, question: Question): FreeTime | null {
  const { item, now, zone } = question;
  const { from, to } = bookableWindow(item, now, zone);
  if (!Number.isSafeInteger(startsAt) || startsAt < from || startsAt >= to) return null;
  const plan = planFor(question, { from: dayOfInstant(startsAt, zone), days: 1 });
  return plan.starts.includes(startsAt) ? offerAt(startsAt, plan, question) : null;
}

/** Whether `freeTimes` offers this start. */
export function isFree(startsAt: EpochMs, question: Question): boolean {
  return chooseResources(startsAt, question) !== null;
}

function planFor(question: Question, asked: Days): Plan {
  const { item, now, zone, seats = 1 } = question;
  if (asked.days < 1 || asked.days > daysMax) throw new Problem('bad-input', 'number of days');
  if (item.stepMinutes < stepMinutesMin) throw new Problem('bad-input', 'step too small');
  const days = daysAround(asked, question);
  const times = timesOf(question, days);
  const window = bookableWindow(item, now, zone);
  const within = {
    from: Math.max(window.from, days[1]!.startsAt),
    to: Math.min(window.to, days[asked.days]!.endsAt),
  };
  const occasions = openOccasions({ item, seats, within }, times);
  const starts = [...gridStarts(days, times, item.stepMinutes), ...occasions.keys()];
  return {
    starts: inOrder(starts, within),
    occasions,
    chooseAt: fairChoice(item, times, days),
  };
}

/**
 * One day before, because where midnight is skipped its times fall into the next day, and as many after as an
 * appointment may reach into, be it one that was planned when the item was longer.
 */
function daysAround({ from, days }: Days, { item, slots, zone }: Question): readonly LocalDay[] {
  let longestMs = item.durationMinutes * minuteMs;
  for (const { itemId, startsAt, endsAt } of slots) {
    if (itemId === item.itemId) longestMs = Math.max(longestMs, endsAt - startsAt);
  }
  const after = 1 + Math.ceil(longestMs / (minutesOfDay * minuteMs));
  return localDays(from.subtract({ days: 1 }), 1 + days + Math.min(after, daysMax), zone);
}

/** Of the resources that can take a need; the others are of no importance. */
function timesOf(question: Question, days: readonly LocalDay[]): ResourceTime[] {
  const { item, resources, slots, closedDays } = question;
  const known = { days, closedDays: new Set(closedDays.map(dayKey)) };
  const byResource = Map.groupBy(slots, ({ resourceId }) => resourceId);
  return resources
    .filter(({ skills }) => skills.some((skill) => item.needs.includes(skill)))
    .map((one) => resourceTime(one, byResource.get(one.resourceId) ?? [], known));
}

function offerAt(
  startsAt: EpochMs,
  { occasions, chooseAt }: Plan,
  { item, seats = 1 }: Question,
): FreeTime | null {
  const planned = occasions.get(startsAt);
  if (planned !== undefined) return { ...planned, occasion: 'planned' };
  if (item.capacity < seats) return null;
  const resourceIds = chooseAt(startsAt);
  if (resourceIds === null) return null;
  const { endsAt } = spanAt(item, startsAt);
  return { startsAt, endsAt, seatsLeft: item.capacity, resourceIds, occasion: 'new' };
}
