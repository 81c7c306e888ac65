/** When the banks do things by themselves. Tests make a second as short as they like. */

export type Timetable = {
  after(seconds: number, action: () => Promise<void>): void;
  /** Counts as being done until it ends. */
  during(work: Promise<void>): Promise<void>;
  /** Never comes to an end when the bank stops meanwhile. */
  wait(seconds: number): Promise<void>;
  /** Resolves when nothing is planned or being done any more. */
  quiet(): Promise<void>;
  stop(): void;
};

export function openTimetable(secondMs: number): Timetable {
  const timers = new Set<NodeJS.Timeout>();
  const waiting = new Set<() => void>();
  let busy = 0;
  let isStopped = false;
  const done = (): void => {
    busy -= 1;
    if (busy > 0) return;
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  const after = (seconds: number, action: () => Promise<void>): void => {
    if (isStopped) return;
    busy += 1;
    const timer = setTimeout(() => {
      timers.delete(timer);
      // What fails here (a full disk, say) is seen at the next request, which saves too.
      void action().then(done, done);
    }, seconds * secondMs);
    timer.unref();
    timers.add(timer);
  };
  const during = (work: Promise<void>): Promise<void> => {
    busy += 1;
    return work.finally(done);
  };
  return {
    after,
    during,
    wait: (seconds) => new Promise((resolve) => after(seconds, () => Promise.resolve(resolve()))),
    quiet: () => new Promise((resolve) => (busy === 0 ? resolve() : waiting.add(resolve))),
    stop: () => {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
