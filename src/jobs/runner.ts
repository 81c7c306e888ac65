import { noteFailedRun, noteRun } from '../availability/runs.ts';
import { begin } from '../begin.ts';
import type { Records } from '../database/records.ts';
import type { Vault } from '../vault/vault.ts';
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
  readonly note: (routine: string, count: number, ms: number, error: unknown) => void;
};

/** Runs every routine at its pace, each one never twice at once in this process. */
export function startRoutines(runner: RunnerParts): Runner {
  const loops = new Map(schedule.map((routine) => [routine.name, startLoop(runner, routine)]));
  return {
    wake: (name) => loops.get(name)?.wake(),
    stop: async () => {
      await Promise.all([...loops.values()].map((loop) => loop.stop()));
    },
  };
}

// What runs every few seconds is seen at work in what it does; a row each time would only wear the disk.
const notedFromSeconds = 60;

type Loop = { wake(): void; stop(): Promise<void> };

function startLoop(runner: RunnerParts, routine: Routine): Loop {
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
      await runOnce(runner, routine);
      if (!stopped && !isDue) await pause(routine.everySeconds * 1000);
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

async function runOnce(runner: RunnerParts, routine: Routine): Promise<void> {
  const now = runner.clock();
  const { db, vault } = runner;
  const actor = { party: 'routine', routine: routine.name } as const;
  const op = begin({ db, vault, actor, purpose: routine.purpose, now });
  try {
    const count = await routine.run(op, runner.parts);
    if (routine.everySeconds >= notedFromSeconds) await noteRun(db, routine.name, now, count);
    if (count > 0) runner.note(routine.name, count, msSince(runner, now), null);
  } catch (error) {
    // The next turn takes up what this one left.
    runner.note(routine.name, 0, msSince(runner, now), error);
    // A database that is away cannot be told that it was away.
    await noteFailedRun(db, routine.name, now).catch(() => undefined);
  }
}

function msSince({ clock }: RunnerParts, start: Temporal.Instant): number {
  return Math.round(clock().since(start).total('milliseconds'));
}
