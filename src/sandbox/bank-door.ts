/** The door of a bank's interface for programs: this machine only, with limits, and with the weather of the line. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { BankWeather } from './bank-weather.ts';
import type { Timetable } from './bank-timetable.ts';
import { refusalOf } from './loopback-only.ts';

export type Question = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The name in the client's certificate, where there is one. */
  readonly peer: string | null;
};

export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body?: string;
  /** A payment or a refund was made, so that the weather may lose this answer. */
  readonly made?: boolean;
};

export type Door = (request: IncomingMessage, response: ServerResponse) => void;

const questionBytesMax = 64 * 1024;
const slowSeconds = 4;

export function openDoor(options: {
  readonly desk: (question: Question) => Promise<Reply>;
  readonly peerOf: (request: IncomingMessage) => string | null;
  readonly weather: () => BankWeather;
  readonly timetable: Timetable;
}): Door {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { line } = options.weather();
    if (line === 'down') return void request.socket.destroy();
    const refusal = refusalOf((name) => singleHeader(request.headers[name]));
    if (refusal) return send(response, { status: refusal.status });
    const body = await readBody(request);
    if (body === null) return send(response, { status: 413 });
    if (line === 'failing') return send(response, { status: 500 });
    const url = new URL(request.url ?? '/', 'http://localhost');
    const reply = await options.desk({
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
      peer: options.peerOf(request),
    });
    // The line stays up until the other side has had enough.
    if (line === 'lost answer' && reply.made === true) return;
    if (line === 'slow') await options.timetable.wait(slowSeconds);
    send(response, line === 'garbled' ? pageForPeople : reply);
  };
  return (request, response) => {
    serve(request, response).catch(() => response.destroy());
  };
}

const pageForPeople: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Maintenance</title><p>We will be back soon.',
};

function singleHeader(value: string | string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.join(', ') : value;
}

function send(response: ServerResponse, reply: Reply): void {
  const body = reply.body ?? '';
  response.writeHead(reply.status, {
    ...(body !== '' && { 'content-type': 'application/json' }),
    ...reply.headers,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > questionBytesMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
