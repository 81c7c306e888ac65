import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import { serve } from '@hono/node-server';
import { buildApp } from '../src/http/app.ts';
import type { Route } from '../src/http/route.ts';
import { clock } from './installation.ts';
import type { BenchInstallation } from './installation.ts';
import type { Answered, Asked } from './requests.ts';

/** Serves these routes over HTTP on loopback, as the server serves its own. */
export async function startSite({ db, vault }: BenchInstallation, routes: readonly Route[]) {
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

/** Requests from a thread of its own, as from outside. */
export function startRequests() {
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
