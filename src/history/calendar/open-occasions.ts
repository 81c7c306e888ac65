import type { BookableItem, EpochMs, Interval, ResourceId, TakenSlot } from './bookable.ts';
import { matchNeeds } from './match-needs.ts';
import { undisturbed } from './resource-time.ts';
import type { ResourceTime } from './resource-time.ts';

/** A group that is already planned and has seats left. */
export type OpenOccasion = {
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  readonly seatsLeft: number;
  readonly resourceIds: readonly ResourceId[];
};

type Wish = {
  readonly item: BookableItem;
  readonly seats: number;
  /** When it may start. */
  readonly within: Interval;
};

type Held = { readonly slot: TakenSlot; readonly time: ResourceTime };

/**
 * Occasions of the item that somebody can still join, by their start. They keep the rules of every booking: inside the
 * opening hours, so that closing a day closes them too, and with nothing else in their time, so that blocking a
 * resource does. They need not lie on the grid: somebody planned them. Of several at the same start the one with most
 * seats left is told.
 */
export function openOccasions(
  wish: Wish,
  times: readonly ResourceTime[],
): ReadonlyMap<EpochMs, OpenOccasion> {
  const found = new Map<EpochMs, OpenOccasion>();
  for (const held of byOccasion(wish.item, joinable(wish, times))) {
    const occasion = occasionOf(wish.item, held);
    if (occasion === null) continue;
    const other = found.get(occasion.startsAt);
    if (other !== undefined && other.seatsLeft >= occasion.seatsLeft) continue;
    found.set(occasion.startsAt, occasion);
  }
  return found;
}

function joinable(wish: Wish, times: readonly ResourceTime[]): Held[] {
  return times.flatMap((time) => {
    if (!time.slots.some((slot) => isWished(slot, wish))) return [];
    return undisturbed(time)
      .filter((slot) => isWished(slot, wish))
      .map((slot) => ({ slot, time }));
  });
}

function isWished(slot: TakenSlot, { item, seats, within }: Wish): boolean {
  const isInTime = slot.startsAt >= within.from && slot.startsAt < within.to;
  return isInTime && slot.itemId === item.itemId && slot.capacity - slot.taken >= seats;
}

/**
 * The slots of one occasion begin and end together and count the same seats. Where an item takes one resource, each
 * slot is an occasion of its own.
 */
function byOccasion({ needs }: BookableItem, held: readonly Held[]): Held[][] {
  if (needs.length === 1) return held.map((one) => [one]);
  const alike = Map.groupBy(held, ({ slot }) =>
    [slot.startsAt, slot.endsAt, slot.capacity, slot.taken].join('/'),
  );
  return [...alike.values()];
}

/**
 * Nothing for two occasions that cannot be told apart, because a person must never be sent to the teacher of the one
 * in the room of the other.
 */
function occasionOf({ needs }: BookableItem, held: readonly Held[]): OpenOccasion | null {
  if (held.length !== needs.length) return null;
  const { startsAt, endsAt, capacity, taken } = held[0]!.slot;
  const resources = held.map(({ time }) => time.resource);
  const chosen = matchNeeds(
    needs.map((need) => resources.filter(({ skills }) => skills.includes(need))),
    () => true,
  );
  if (chosen === null) return null;
  const resourceIds = chosen.map(({ resourceId }) => resourceId);
  return { startsAt, endsAt, seatsLeft: capacity - taken, resourceIds };
}
