import { pause } from './database/processes.ts';

export type StopSignal = 'SIGTERM' | 'SIGINT';

/** Longer than the stores take to stop in order, with their own time limits. */
const patienceMs = 30_000;

/**
 * Runs `stop` once when the process is told to end, then ends it. Ctrl-C reaches the process twice, from the terminal
 * and from npm, so a second signal must not cut the stopping short and leave PostgreSQL behind.
 */
export function onStopSignal(stop: (name: StopSignal) => Promise<void>): void {
  let stopping = false;
  const begin = async (name: StopSignal) => {
    if (stopping) return;
    stopping = true;
    const outcome = stop(name).then(
      () => 0,
      () => 1,
    );
    process.exit(await Promise.race([outcome, pause(patienceMs).then(() => 1)]));
  };
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => void begin(name));
}
