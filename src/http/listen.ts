import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Problem } from '../problem.ts';

const drainMs = 5_000;

type Answerer = (request: Request, env: unknown) => Response | Promise<Response>;

/**
 * Longer than proxies keep an idle connection (nginx 60 s, Caddy 120 s): whichever side closes first should be the one that
 * sends, or a request that is on its way meanwhile is lost.
 */
const keepAliveMs = 125_000;

/** Listens before it can answer, because links and cookies need the port. Nothing is announced until it can. */
export async function listen(
  port: number,
): Promise<{ port: number; answerWith(answer: Answerer): void; close(): Promise<void> }> {
  let answer: Answerer = () => new Response(null, { status: 503 });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = serve(
    { fetch: (request, env) => answer(request, env), port, hostname: listeningHost() },
    (info) => resolve(info.port),
  ) as Server;
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  server.keepAliveTimeout = keepAliveMs;
  server.once('error', (error: NodeJS.ErrnoException) => reject(portProblem(error, port)));
  return {
    port: await promise,
    answerWith: (given) => {
      answer = given;
    },
    close: () => closeServer(server),
  };
}

/** Loopback only: TLS is ended by a proxy in front (docs/operations.md), and cookies need TLS or localhost. */
function listeningHost(): string {
  return '127.0.0.1';
}

function portProblem(error: NodeJS.ErrnoException, port: number): Error {
  return error.code === 'EADDRINUSE'
    ? new Problem(
        'unavailable',
        `Port ${port} is in use. Choose another one: PORT=${port + 10} npm start`,
      )
    : error;
}

/** Lets requests that run finish, for a while. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(timer);
}
