import { newestRun, noteFailedRun, noteRun } from '../availability/runs.ts';
import { begin } from '../begin.ts';
import type { Records } from '../database/records.ts';
import type { Vault } from '../vault/vault.ts';
import { ClockGuard } from './clock-guard.ts';
import type { Reading } from './clock-guard.ts';
import { schedule } from './schedule.ts';
import type { Routine, RoutineParts } from './schedule.ts';

export type Runner = {
  /** Runs a routine soon instead of at its next turn. */
  wake(name: string): void;
  /** Lets what runs finish, and starts nothing more. */
  stop(): Promise<void>;
};

export type RunnerParts = {
  readonly db: Records;
  readonly vault: Vault;
  readonly parts: RoutineParts;
  readonly clock: () => Temporal.Instant;
  /** Milliseconds of a clock that nobody can set; `performance.now` unless a test says otherwise. */
  readonly steadyMs?: () => number;
  readonly note: (routine: string, count: number, ms: number, error: unknown) => void;
};

/** Runs every routine at its pace, each one never twice at once in this process. */
export function startRoutines(runner: RunnerParts): Runner {
  const turns = new Turns(runner);
  const loops = new Map(schedule.map((routine) => [routine.name, startLoop(turns, routine)]));
  return {
    wake: (name) => loops.get(name)?.wake(),
    stop: async () => {
      await Promise.all([...loops.values()].map((loop) => loop.stop()));
    },
  };
}

// What runs every few seconds is seen at work in what it does; a row each time would only wear the disk.
const notedFromSeconds = 60;
// What waits for the clock to be believed, once a day or not, looks again this soon.
const heldSeconds = 60;

type Loop = { wake(): void; stop(): Promise<void> };

function startLoop(turns: Turns, routine: Routine): Loop {
  let stopped = false;
  let isDue = false;
  let rouse: () => void = () => undefined;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = (async () => {
    await pause(firstDelayMs(routine));
    while (!stopped) {
      isDue = false;
      const turn = await turns.take(routine);
      const seconds = turn === 'held' ? heldSeconds : routine.everySeconds;
      if (!stopped && !isDue) await pause(seconds * 1000);
    }
  })();
  return {
    wake: () => {
      isDue = true;
      rouse();
    },
    stop: () => {
      stopped = true;
      rouse();
      return loop;
    },
  };
}

/** Quick routines begin at once; the daily ones a little later, so that the start is not slowed. */
function firstDelayMs({ everySeconds }: Routine): number {
  return Math.min(everySeconds, 20) * 1000;
}

/** Runs routines once, and holds those that destroy by the clock while it may have jumped ahead. */
export class Turns {
  readonly #runner: RunnerParts;
  #guard: Promise<ClockGuard> | null = null;

  constructor(runner: RunnerParts) {
    this.#runner = runner;
  }

  /** Never throws: a routine that failed takes up at its next turn what this one left. */
  async take(routine: Routine): Promise<'ran' | 'held'> {
    const { clock, steadyMs = () => performance.now() } = this.#runner;
    const now = { wall: clock(), steadyMs: steadyMs() };
    const isDoubted = await this.#doubts(now);
    if (isDoubted && destroysByTheClock(routine)) return 'held';
    await runOnce(this.#runner, routine, { now: now.wall, isDoubted });
    return 'ran';
  }

  /** A store that does not answer says nothing of the clock: then it is doubted, and asked again at the next turn. */
  async #doubts(now: Reading): Promise<boolean> {
    this.#guard ??= this.#openGuard(now);
    return this.#guard.then(
      (guard) => guard.doubts(now),
      () => true,
    );
  }

  /** Before any routine of this process notes its run. */
  async #openGuard(start: Reading): Promise<ClockGuard> {
    const names = schedule.map(({ name }) => name);
    try {
      return new ClockGuard(await newestRun(this.#runner.db, names), start);
    } catch (error) {
      this.#guard = null;
      throw error;
    }
  }
}

function destroysByTheClock({ purpose }: Routine): boolean {
  return purpose === 'retention' || purpose === 'keeping';
}

async function runOnce(
  runner: RunnerParts,
  routine: Routine,
  { now, isDoubted }: { readonly now: Temporal.Instant; readonly isDoubted: boolean },
): Promise<void> {
  const { db, vault } = runner;
  const actor = { party: 'routine', routine: routine.name } as const;
  const op = begin({ db, vault, actor, purpose: routine.purpose, now });
  // A moment that is doubted must not look to the next process like one that was seen.
  const isNoted = !isDoubted && routine.everySeconds >= notedFromSeconds;
  try {
    const count = await routine.run(op, runner.parts);
    if (isNoted) await noteRun(db, routine.name, now, count);
    if (count > 0) runner.note(routine.name, count, msSince(runner, now), null);
  } catch (error) {
    // The next turn takes up what this one left.
    runner.note(routine.name, 0, msSince(runner, now), error);
    // A database that is away cannot be told that it was away.
    if (!isDoubted) await noteFailedRun(db, routine.name, now).catch(() => undefined);
  }
}

function msSince({ clock }: RunnerParts, start: Temporal.Instant): number {
  return Math.round(clock().since(start).total('milliseconds'));
}
