/** How the provider's library reaches the provider: over our own requests, which have limits and know what was sent. */
import http from 'node:http';
import https from 'node:https';
import type Stripe from 'stripe';
import { askBank } from './bank-request.ts';

/** Read by `outcomeOf`: the library hands on what its HTTP client throws, as `detail`. */
export class LineFailure extends Error {
  readonly sent: boolean;

  constructor(sent: boolean) {
    super(sent ? 'no answer' : 'not sent');
    this.sent = sent;
  }
}

const connectionsMax = 20;

/** A client for `new Stripe(…)`. Its answers are read whole before they are handed over. */
export function openCardLine(timeoutMs: number): Stripe.HttpClient {
  const settings = { keepAlive: false, maxSockets: connectionsMax };
  const secure = new https.Agent({ ...settings, minVersion: 'TLSv1.2' });
  const clear = new http.Agent(settings);
  return {
    getClientName: () => 'node',
    makeRequest: async (host, port, path, method, headers, body, protocol) => {
      const isClear = protocol === 'http';
      const answer = await askBank({
        agent: isClear ? clear : secure,
        isClear,
        host,
        port: Number(port),
        method,
        path,
        headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !isOurs(name))),
        body: method === 'GET' ? null : body,
        timeoutMs,
      });
      if (answer.kind !== 'answer') throw new LineFailure(answer.kind === 'lost');
      return {
        getStatusCode: () => answer.status,
        getHeaders: () => Object.fromEntries(headersOf(answer.headers)),
        getRawResponse: () => ({}),
        toStream: () => undefined,
        toJSON: () => Promise.resolve().then(() => JSON.parse(answer.body) as unknown),
      };
    },
  };
}

/** What the library would tell of this machine, and the length, which is counted where the body is written. */
function isOurs(name: string): boolean {
  return ['content-length', 'x-stripe-client-user-agent'].includes(name.toLowerCase());
}

function headersOf(headers: http.IncomingHttpHeaders): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  );
}
