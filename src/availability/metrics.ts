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

/**
 * Counts from the moment in which somebody asks for the first time: who collects metrics asks every few seconds and looks
 * at differences, and a server that nobody asks is spared what the library takes (thirteen mebibytes).
 */
export function openMetrics(read: () => Promise<Situation>): Metrics {
  let counters: Metrics | null = null;
  let opening: Promise<Metrics> | null = null;
  const open = async () => {
    try {
      const { openCounters } = await import('./counters.ts');
      return (counters = openCounters(read));
    } catch (error) {
      // The next question tries again.
      opening = null;
      throw error;
    }
  };
  return {
    noteRequest: (noted) => counters?.noteRequest(noted),
    noteRoutine: (routine, outcome, ms) => counters?.noteRoutine(routine, outcome, ms),
    render: async () => (await (opening ??= open())).render(),
  };
}
