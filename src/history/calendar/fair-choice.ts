import type { BookableItem, EpochMs, ResourceId } from './bookable.ts';
import type { LocalDay } from './local-days.ts';
import { matchNeeds } from './match-needs.ts';
import { freeStarts } from './resource-time.ts';
import type { ResourceTime } from './resource-time.ts';

type Candidate = {
  readonly time: ResourceTime;
  readonly isFreeAt: (startsAt: EpochMs) => boolean;
};

/**
 * Chooses for one start after the other, in ascending order. Each need is given whoever is free and has the fewest
 * booked minutes on the day of the start; between equals the order of `times` decides. When a need would be left
 * without anybody, an earlier one gives way.
 * @returns a function that answers with the resources in the order of the needs, or nothing
 */
export function fairChoice(
  item: BookableItem,
  times: readonly ResourceTime[],
  days: readonly LocalDay[],
): (startsAt: EpochMs) => ResourceId[] | null {
  const candidates = times.map((time) => ({ time, isFreeAt: freeStarts(time, item) }));
  let today = 0;
  let ranked = rankedByNeed(item, candidates, today);
  return (startsAt) => {
    if (startsAt >= days[today]!.endsAt) {
      today = days.findIndex(({ endsAt }) => startsAt < endsAt);
      ranked = rankedByNeed(item, candidates, today);
    }
    const chosen = matchNeeds(ranked, ({ isFreeAt }) => isFreeAt(startsAt));
    return chosen?.map(({ time }) => time.resource.resourceId) ?? null;
  };
}

function rankedByNeed(
  { needs }: BookableItem,
  candidates: readonly Candidate[],
  day: number,
): Candidate[][] {
  const ranked = candidates.toSorted((a, b) => a.time.bookedMs[day]! - b.time.bookedMs[day]!);
  return needs.map((need) => ranked.filter(({ time }) => time.resource.skills.includes(need)));
}
