import type { Pool } from '../database/pool.ts';
import type { Records } from '../database/records.ts';
import { openMetrics } from './metrics.ts';
import type { Metrics } from './metrics.ts';
import { answerProbe } from './probes.ts';
import type { MetricsReader, Readiness } from './probes.ts';
import { readSituation } from './situation.ts';

export type Watch = {
  readonly metrics: Metrics;
  readonly ready: Readiness;
  /** Answers whoever runs the service; null for everybody else's requests. */
  answer(request: Request): Promise<Response | null>;
};

export type WatchParts = {
  readonly db: Records;
  readonly pools: Readonly<Record<'records' | 'keys', Pool>>;
  /** What else stands in the way, such as a store that went back. */
  readonly obstacles: () => readonly string[];
  readonly metricsFor: MetricsReader;
  readonly clock: () => Temporal.Instant;
};

const patienceMs = 2_000;

/** Looks after the running server: is it there, can it serve, what does it count. */
export function openWatch({ db, pools, obstacles, metricsFor, clock }: WatchParts): Watch {
  const metrics = openMetrics(() => readSituation(db, clock()));
  const ready: Readiness = async () => {
    const stores = await Promise.all([
      obstacleOf('records', pools.records),
      obstacleOf('keys', pools.keys),
    ]);
    return [...stores.filter((one) => one !== null), ...obstacles()];
  };
  return {
    metrics,
    ready,
    answer: (request) => answerProbe(request, { ready, metrics, metricsFor }),
  };
}

/** A store that does not answer in time is as good as gone: whoever asks has to be told now. */
async function obstacleOf(store: string, pool: Pool): Promise<string | null> {
  const waiting = Promise.withResolvers<string>();
  const timer = setTimeout(() => waiting.resolve(`the ${store} store does not answer`), patienceMs);
  try {
    const asked = pool.query('select 1').then(
      () => null,
      () => `the ${store} store does not answer`,
    );
    return await Promise.race([asked, waiting.promise]);
  } finally {
    clearTimeout(timer);
  }
}
