import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics, Situation } from './metrics.ts';

const secondsPerMs = 0.001;
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The counters themselves, for `metrics.ts`, which opens them when somebody asks. */
export function openCounters(read: () => Promise<Situation>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'varsam_http_request_seconds',
    help: 'Requests by route pattern, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets,
    registers: [registry],
  });
  const routines = new Counter({
    name: 'varsam_routine_runs_total',
    help: 'Runs of routines that did something or failed.',
    labelNames: ['routine', 'outcome'],
    registers: [registry],
  });
  const routineSeconds = new Counter({
    name: 'varsam_routine_seconds_total',
    help: 'Time that routines took.',
    labelNames: ['routine'],
    registers: [registry],
  });
  const show = openGauges(registry);
  return {
    noteRequest: ({ route, method, status, ms }) =>
      requests.observe({ route, method, status }, ms * secondsPerMs),
    noteRoutine(routine, outcome, ms) {
      routines.inc({ routine, outcome });
      routineSeconds.inc({ routine }, ms * secondsPerMs);
    },
    async render() {
      show(await read());
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}

const gauges = {
  messagesWaiting: ['varsam_messages_waiting', 'Messages that wait to be sent.'],
  erasuresUnfinished: ['varsam_erasures_unfinished', 'Erasures that are not complete.'],
  promisesBroken: ['varsam_promises_broken', 'Promises that the latest proof found broken.'],
  securityEventsPending: ['varsam_security_events_pending', 'Events nobody has looked at.'],
  backupAge: ['varsam_backup_age_seconds', 'Since the newest backup of the records.'],
  rehearsalAge: ['varsam_rehearsal_age_seconds', 'Since the newest rehearsal that found nothing.'],
  proofAge: ['varsam_proof_age_seconds', 'Since the promises were last proven.'],
} as const satisfies Record<keyof Situation, readonly [name: string, help: string]>;

function openGauges(registry: Registry): (situation: Situation) => void {
  const open = Object.entries(gauges).map(
    ([key, [name, help]]) =>
      [key as keyof Situation, new Gauge({ name, help, registers: [registry] })] as const,
  );
  return (situation) => {
    for (const [key, gauge] of open) {
      const value = situation[key];
      // What there is none of yet has no age: a sample that is not there says so better than a zero.
      if (value === null) gauge.remove();
      else gauge.set(value);
    }
  };
}
