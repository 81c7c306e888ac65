/** How far the clock may be ahead of what is known before nothing is destroyed by it. */
export const leadHours = 24;
/** How long a clock that is ahead has to keep time before it is believed. */
export const confirmingMinutes = 60;
const leadMs = leadHours * 3_600_000;
const confirmingMs = confirmingMinutes * 60_000;
/** How far the two may differ while the clock keeps time: it may be set right by steps. */
const toleranceMs = 60_000;

/** The clock on the wall, and milliseconds of a clock that nobody can set. Taken together. */
export type Reading = { readonly wall: Temporal.Instant; readonly steadyMs: number };

/**
 * Doubts a clock that has jumped ahead: by it everything would be due at once. Doubt ends when the clock comes back, or has
 * kept time for an hour since; so a server that was off for a week goes on by itself.
 */
export class ClockGuard {
  /** What the clock is believed to have shown, and when. */
  #believed: Reading;
  /** The first reading of a clock that is ahead; null while there is no doubt. */
  #ahead: Reading | null = null;

  /** `lastSeen`: the newest moment that an earlier process has seen; null in a new installation. */
  constructor(lastSeen: Temporal.Instant | null, start: Reading) {
    const isEarlier = lastSeen !== null && Temporal.Instant.compare(lastSeen, start.wall) < 0;
    this.#believed = isEarlier ? { ...start, wall: lastSeen } : start;
  }

  /** Whether nothing should be destroyed by this time. */
  doubts(now: Reading): boolean {
    if (lead(this.#believed, now) <= leadMs) {
      this.#ahead = null;
      return false;
    }
    if (this.#ahead === null || Math.abs(lead(this.#ahead, now)) > toleranceMs) this.#ahead = now;
    if (now.steadyMs - this.#ahead.steadyMs < confirmingMs) return true;
    this.#believed = now;
    this.#ahead = null;
    return false;
  }
}

/** By how many milliseconds the clock on the wall has gone further than the steady one. */
function lead(from: Reading, to: Reading): number {
  return to.wall.epochMilliseconds - from.wall.epochMilliseconds - (to.steadyMs - from.steadyMs);
}
