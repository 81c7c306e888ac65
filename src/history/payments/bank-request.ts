/** One request to a bank over HTTP, with a limit on everything, and whether it may have arrived there. */
import http from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';

export type BankRequest = {
  /** Without keep-alive: a kept connection may die unseen just before the next request. */
  readonly agent: http.Agent;
  /** Without TLS, which is for loopback alone. */
  readonly isClear: boolean;
  readonly host: string;
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | null;
  /** For all of it, from the first packet to the end of the answer. */
  readonly timeoutMs: number;
};

/**
 * `unsent`: the bank has not seen it. `lost`: it was handed over and no answer came, or not a whole one, so it may
 * or may not have been carried out.
 */
export type BankAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: string;
    }
  | { readonly kind: 'unsent'; readonly code: 'unreachable' | 'certificate_refused' }
  | { readonly kind: 'lost' };

const answerBytesMax = 256 * 1024;

/** Never rejects. Follows no redirect. */
export function askBank(asked: BankRequest): Promise<BankAnswer> {
  const { promise, resolve } = Promise.withResolvers<BankAnswer>();
  const { host, port, method, path, agent, timeoutMs } = asked;
  const length = asked.body === null ? {} : { 'content-length': Buffer.byteLength(asked.body) };
  const request = (asked.isClear ? http : https).request({
    agent,
    host,
    port,
    method,
    path,
    headers: { ...asked.headers, ...length },
  });
  let sent = false;
  const timer = setTimeout(() => request.destroy(new Error('too slow')), timeoutMs);
  const fail = (error: Error): void => resolve(answerOfFailure(error, sent));
  request.on('socket', (socket) => {
    socket.once(asked.isClear ? 'connect' : 'secureConnect', () => (sent = true));
  });
  request.on('error', fail);
  request.on('response', (response) => {
    readAnswer(response).then(resolve, (error: Error) => {
      request.destroy();
      fail(error);
    });
  });
  request.end(asked.body ?? undefined);
  return promise.finally(() => clearTimeout(timer));
}

async function readAnswer(response: IncomingMessage): Promise<BankAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > answerBytesMax) throw new Error('answer too large');
    chunks.push(chunk);
  }
  return {
    kind: 'answer',
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** What an error of the connection means, once it is known whether the request went out. */
export function answerOfFailure(error: NodeJS.ErrnoException, sent: boolean): BankAnswer {
  // With TLS 1.3 the other side judges our certificate after we have begun to write; it reads nothing then.
  const refused = /^ERR_SSL_.*ALERT.*(?:CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE)/;
  if (refused.test(error.code ?? '')) return { kind: 'unsent', code: 'certificate_refused' };
  return sent ? { kind: 'lost' } : { kind: 'unsent', code: 'unreachable' };
}

/** A value of JSON, or undefined for what is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
