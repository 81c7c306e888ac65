/** A stand-in of an object store that speaks S3 on loopback, for trying out and testing what is made for a real one. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerBucket, answerObject } from './object-store-answers.ts';
import type { Answer, Buckets } from './object-store-answers.ts';
import { checkSignature } from './object-store-signature.ts';
import type { Credentials } from './object-store-signature.ts';

/** What goes wrong with a request, for tests: an error of the store, a cut connection, a pause. */
export type Fault =
  | { readonly kind: 'error'; readonly status: number; readonly code: string }
  | { readonly kind: 'cut' }
  | { readonly kind: 'slow'; readonly ms: number };

export type ObjectStore = {
  readonly endpoint: string;
  /** Objects by key, of each bucket: what really lies there. */
  readonly buckets: Buckets;
  /** Asked before each request is answered. */
  faults: (request: { readonly method: string; readonly path: string }) => Fault | null;
  /** How many were answered, by operation. */
  readonly answered: ReadonlyMap<string, number>;
  stop(): Promise<void>;
};

const bodyBytesMax = 64 * 1024 * 1024;

export async function startObjectStore(options: {
  readonly credentials: Credentials;
  readonly buckets: readonly string[];
  readonly clock: () => Temporal.Instant;
}): Promise<ObjectStore> {
  const buckets: Buckets = new Map(
    options.buckets.map((name) => [name, { objects: new Map(), uploads: new Map() }]),
  );
  const answered = new Map<string, number>();
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const { method = 'GET' } = request;
    const fault = store.faults({ method, path: url.pathname });
    const body = await readBody(request);
    if (fault?.kind === 'cut') return void request.socket.destroy();
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    const answer =
      fault?.kind === 'error'
        ? failure(fault.status, fault.code)
        : answerRequest(request, url, body);
    answered.set(answer.operation, (answered.get(answer.operation) ?? 0) + 1);
    send(response, method, answer);
  };
  const answerRequest = (request: IncomingMessage, url: URL, body: Buffer): Answer => {
    if (!/^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(request.headers.host ?? '')) {
      return failure(421, 'InvalidRequest');
    }
    const known = { credentials: options.credentials, now: options.clock() };
    const refusal = checkSignature(request, body, known);
    if (refusal) return failure(refusal === 'XAmzContentSHA256Mismatch' ? 400 : 403, refusal);
    return route(buckets, request, url, body);
  };
  const store: ObjectStore = {
    endpoint: `http://127.0.0.1:${await listen(server)}`,
    buckets,
    faults: () => null,
    answered,
    stop: () => close(server),
  };
  return store;
}

function route(buckets: Buckets, request: IncomingMessage, url: URL, body: Buffer): Answer {
  const [, name = '', ...rest] = url.pathname.split('/');
  const bucket = buckets.get(decodeURIComponent(name));
  if (!bucket) return failure(404, 'NoSuchBucket');
  const key = rest.map(decodeURIComponent).join('/');
  const asked = { method: request.method ?? 'GET', query: url.searchParams, body };
  return key === '' ? answerBucket(bucket, asked) : answerObject(bucket, key, asked);
}

function failure(status: number, code: string): Answer {
  return {
    operation: code,
    status,
    xml: `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  };
}

function send(response: ServerResponse, method: string, answer: Answer): void {
  const xml =
    answer.xml === undefined ? null : `<?xml version="1.0" encoding="UTF-8"?>${answer.xml}`;
  const body = answer.bytes ?? Buffer.from(xml ?? '');
  response.writeHead(answer.status, {
    ...(xml !== null && { 'content-type': 'application/xml' }),
    ...(answer.status !== 204 && { 'content-length': body.length }),
    ...answer.headers,
  });
  response.end(method === 'HEAD' || answer.status === 204 ? undefined : body);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyBytesMax) throw new Error('too large for the stand-in');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
