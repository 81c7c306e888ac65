import type { Route, Visit } from '../src/http/route.ts';
import { portalPage } from '../src/portal/frame.tsx';
import type { Benchmark } from './benchmark.ts';
import { newCustomer } from './customers.ts';
import { openBenchInstallation } from './installation.ts';
import { comparedRates, interleave } from './rounds.ts';
import { startRequests, startSite } from './site.ts';

const rounds = 32;
const sliceMs = 300;
const connections = 10;

/**
 * Requests a second over HTTP and kept connections for a small page that needs a customer, against the same page for
 * anybody, asked for without a cookie. The requests come from a thread of their own, as from outside.
 */
export const session: Benchmark = {
  name: 'session',
  about: 'a small page for a signed-in customer against the same page without a session',
  target: 0.7,
  async run(progress) {
    await using installation = await openBenchInstallation();
    const { token } = await newCustomer(installation, 'not signed in by password');
    await using server = await startSite(installation, routes);
    await using requests = startRequests();
    progress(`${connections} connections, ${sliceMs} ms at a time`);
    const ask = (path: string, cookie: string | null) =>
      requests.rate({ port: server.port, path, cookie, sliceMs, connections });
    const figures = await interleave(
      rounds,
      {
        ours: () => ask('/for-customers', `__Host-session=${token}`),
        baseline: () => ask('/for-anyone', null),
      },
      progress,
    );
    return comparedRates(figures, 'requests a second');
  },
};

const routes: readonly Route[] = [
  { method: 'GET', path: '/for-customers', access: 'customer', purpose: 'history', page },
  { method: 'GET', path: '/for-anyone', access: 'anyone', purpose: 'history', page },
];

/** The same bytes for both: head, menu and foot of every page, around two lines. */
function page(visit: Visit): Promise<Response> {
  return portalPage(
    { ...visit, signedIn: null },
    { title: 'Sida' },
    <>
      <h1>Sida</h1>
      <p class="lead">En liten sida.</p>
    </>,
  );
}
