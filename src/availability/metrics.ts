import type { Noted } from '../http/app.ts';

/** Figures that are read from the stores when somebody asks for the metrics; none of them is about a person. */
export type Situation = {
  readonly messagesWaiting: number;
  readonly erasuresUnfinished: number;
  readonly promisesBroken: number;
  readonly securityEventsPending: number;
  /** Seconds since the newest of each; null when there is none. */
  readonly backupAge: number | null;
  readonly rehearsalAge: number | null;
  readonly proofAge: number | null;
};

/** What the server counts of itself, for Prometheus. Labels are route patterns, statuses and names of routines. */
export type Metrics = {
  noteRequest(noted: Noted): void;
  noteRoutine(routine: string, outcome: 'done' | 'failed', ms: number): void;
  /** The text format of Prometheus. */
  render(): Promise<{ readonly text: string; readonly contentType: string }>;
};

/** So much of what happens before somebody asks is kept; a collector asks long before. */
const notesMax = 10_000;

/**
 * The library is loaded when somebody asks for the first time, because a server that nobody asks starts a tenth faster
 * without it. What was noted before is counted then.
 */
export function openMetrics(read: () => Promise<Situation>): Metrics {
  let counters: Metrics | null = null;
  const before: ((opened: Metrics) => void)[] = [];
  const note = (made: (opened: Metrics) => void) => {
    if (counters !== null) made(counters);
    else if (before.length < notesMax) before.push(made);
  };
  const open = async (): Promise<Metrics> => {
    const { openCounters } = await import('./counters.ts');
    // Of two who ask at once the second finds what the first has opened.
    counters ??= openCounters(read);
    for (const made of before.splice(0)) made(counters);
    return counters;
  };
  return {
    noteRequest: (noted) => note((opened) => opened.noteRequest(noted)),
    noteRoutine: (...ran) => note((opened) => opened.noteRoutine(...ran)),
    render: async () => (counters ?? (await open())).render(),
  };
}
