import { timingSafeEqual } from 'node:crypto';
import type { Metrics } from './metrics.ts';

/** What stands in the way of serving, in constants that name no address and no person; nothing when all is well. */
export type Readiness = () => Promise<readonly string[]>;

/** Everybody, whoever shows the token, or nobody: then the address looks as if it were not there. */
export type MetricsReader = 'everybody' | 'nobody' | { readonly token: string };

export type ProbeParts = {
  readonly ready: Readiness;
  readonly metrics: Metrics;
  /** Who may read the metrics. */
  readonly metricsFor: MetricsReader;
};

const noStore = { 'cache-control': 'no-store' } as const;

/**
 * Answers the questions of whoever runs the service: is the process alive (`/healthz`), can it serve (`/readyz`), what
 * does it count (`/metrics`). Null for every other address.
 */
export async function answerProbe(
  request: Request,
  { ready, metrics, metricsFor }: ProbeParts,
): Promise<Response | null> {
  if (request.method !== 'GET') return null;
  switch (new URL(request.url).pathname) {
    case '/healthz':
      return Response.json({ status: 'ok' }, { headers: noStore });
    case '/readyz': {
      const obstacles = await ready();
      const isReady = obstacles.length === 0;
      const body = { status: isReady ? 'ready' : 'not ready', obstacles };
      return Response.json(body, { status: isReady ? 200 : 503, headers: noStore });
    }
    case '/metrics': {
      if (!mayRead(request, metricsFor)) return null;
      const { text, contentType } = await metrics.render();
      return new Response(text, { headers: { ...noStore, 'content-type': contentType } });
    }
    default:
      return null;
  }
}

function mayRead(request: Request, reader: MetricsReader): boolean {
  if (typeof reader === 'string') return reader === 'everybody';
  const given = Buffer.from(request.headers.get('authorization') ?? '');
  const expected = Buffer.from(`Bearer ${reader.token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
