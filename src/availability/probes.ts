import { timingSafeEqual } from 'node:crypto';
import type { Metrics } from './metrics.ts';

/** What stands in the way of serving, in constants that name no address and no person; nothing when all is well. */
export type Readiness = () => Promise<readonly string[]>;

export type ProbeParts = {
  readonly ready: Readiness;
  readonly metrics: Metrics;
  /** Who may read the metrics: whoever shows this token. Null: nobody, and the address looks as if it were not there. */
  readonly metricsToken: string | 'open' | null;
};

const noStore = { 'cache-control': 'no-store' } as const;

/**
 * Answers the questions of whoever runs the service: is the process alive (`/healthz`), can it serve (`/readyz`), what
 * does it count (`/metrics`). Null for every other address.
 */
export async function answerProbe(
  request: Request,
  { ready, metrics, metricsToken }: ProbeParts,
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
      if (!mayRead(request, metricsToken)) return null;
      const { text, contentType } = await metrics.render();
      return new Response(text, { headers: { ...noStore, 'content-type': contentType } });
    }
    default:
      return null;
  }
}

function mayRead(request: Request, token: ProbeParts['metricsToken']): boolean {
  if (token === null) return false;
  if (token === 'open') return true;
  const given = Buffer.from(request.headers.get('authorization') ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
