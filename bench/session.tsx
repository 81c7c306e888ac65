import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import { serve } from '@hono/node-server';
import { buildApp } from '../src/http/app.ts';
import type { Route, Visit } from '../src/http/route.ts';
import { portalPage } from '../src/portal/frame.tsx';
import type { Benchmark } from './benchmark.ts';
import { newCustomer } from './customers.ts';
import { clock, openBenchInstallation } from './installation.ts';
import type { BenchInstallation } from './installation.ts';
import type { Answered, Asked } from './requests.ts';
import { comparedRates, interleave } from './rounds.ts';

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
    await using server = await startServer(installation);
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

async function startServer({ db, vault }: BenchInstallation) {
  const app = buildApp({
    db,
    vault,
    site: {
      origin: 'http://localhost',
      sender: { from: 'kund@example.se', domain: 'example.se' },
      sandbox: null,
    },
    routes,
    clock,
    asset: () => null,
    problemPage: (_visit, code) => Promise.resolve(new Response(code, { status: 500 })),
    note: () => undefined,
  });
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
  if (!server.listening) await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function startRequests() {
  const worker = new Worker(new URL('./requests.js', import.meta.url));
  return {
    async rate(asked: Asked): Promise<number> {
      worker.postMessage(asked);
      const [answered] = (await once(worker, 'message')) as [Answered];
      if (answered.failed > 0) throw new Error(`${answered.failed} requests were not answered`);
      return answered.rate;
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
