/** The submission side of the stand-in: SMTP (RFC 5321, 6409) with STARTTLS (3207), AUTH (4954) and enhanced codes (2034). */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import type { Certificate } from './certificate.ts';
import type { MailStore } from './mail-store.ts';
import type { SmtpWeather } from './weather.ts';

export type Credentials = { readonly user: string; readonly password: string };
export type SmtpListener = { readonly port: number; stop(): Promise<void> };

type Parts = {
  readonly port: number;
  readonly credentials: Credentials;
  readonly certificate: Certificate;
  readonly store: MailStore;
  readonly weather: () => SmtpWeather;
  /** How long an answer takes in slow weather. */
  readonly slowMilliseconds: number;
};

type Answer = (error?: Error | null) => void;

const largestMessageBytes = 1_048_576;
const mostRecipients = 50;
const mostClients = 50;

/** Listens on 127.0.0.1 alone. Port 0 takes a free one. */
export async function listenSmtp(parts: Parts): Promise<SmtpListener> {
  const stopping = new AbortController();
  const sockets = new Map<number, Socket>();
  const server = new SMTPServer({
    ...fixedOptions(parts.certificate),
    onAuth: (given, _session, answer) => {
      if (matches(parts.credentials, given.username, given.password)) {
        answer(null, { user: parts.credentials.user });
      } else {
        answer(refusal(535, 'Authentication credentials invalid'));
      }
    },
    onRcptTo: (_address, _session, answer) => answer(refusalOfWeather(parts.weather())),
    onData: (stream, session, answer) => {
      const hangUp = (): void => void sockets.get(session.remotePort)?.destroy();
      void receive({ ...parts, stream, session, answer, hangUp, signal: stopping.signal });
    },
  });
  // A client that goes away in the middle is no news.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => remember(sockets, socket));
  const port = await listen(server, parts.port);
  return { port, stop: () => stop(server, stopping, sockets) };
}

function fixedOptions({ key, certificate }: Certificate): SMTPServerOptions {
  return {
    key,
    cert: certificate,
    minVersion: 'TLSv1.2',
    name: 'localhost',
    banner: 'Sandbox, delivers to nobody',
    size: largestMessageBytes,
    rejectOversized: true,
    maxRecipients: mostRecipients,
    maxClients: mostClients,
    socketTimeout: 60_000,
    closeTimeout: 500,
    hideENHANCEDSTATUSCODES: false,
    disableReverseLookup: true,
    logger: false,
  };
}

async function receive(
  work: Parts & {
    stream: SMTPServerDataStream;
    session: SMTPServerSession;
    answer: Answer;
    hangUp: () => void;
    signal: AbortSignal;
  },
): Promise<void> {
  const { stream, session, answer, hangUp, store, signal } = work;
  try {
    const message = await collect(stream);
    // The server itself answers 552 to an oversized message, whatever is said here.
    if (stream.sizeExceeded) return answer();
    const { mailFrom, rcptTo } = session.envelope;
    const sender = mailFrom === false ? '' : mailFrom.address;
    await store.add(message, { sender, recipients: rcptTo.map(({ address }) => address) });
    const weather = work.weather();
    if (weather === 'slow') await wait(work.slowMilliseconds, undefined, { signal });
    if (weather === 'silent') return hangUp();
    answer();
  } catch {
    answer(refusal(451, 'Requested action aborted'));
  }
}

async function collect(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (!stream.sizeExceeded) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refusalOfWeather(weather: SmtpWeather): Error | null {
  switch (weather) {
    case 'busy':
      return refusal(451, 'Too much to do, try again later');
    case 'no such mailbox':
      return refusal(550, 'No such mailbox here');
    case 'fair':
    case 'silent':
    case 'slow':
      return null;
  }
}

/** The server puts the enhanced code that belongs to the reply code in front: 451 is 4.3.0, 550 is 5.1.1, 535 is 5.7.8. */
function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

function matches(
  credentials: Credentials,
  user: string | undefined,
  password: string | null | undefined,
): boolean {
  const digest = (name: string, secret: string): Buffer =>
    createHash('sha256')
      .update(JSON.stringify([name, secret]))
      .digest();
  const expected = digest(credentials.user, credentials.password);
  return timingSafeEqual(expected, digest(user ?? '', password ?? ''));
}

/** STARTTLS wraps a socket; the remote port still says which one it was, as everybody comes from loopback. */
function remember(sockets: Map<number, Socket>, socket: Socket): void {
  const port = socket.remotePort;
  if (port === undefined) return;
  sockets.set(port, socket);
  socket.once('close', () => sockets.delete(port));
}

async function listen(server: SMTPServer, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  await promise;
  server.server.off('error', reject);
  return (server.server.address() as AddressInfo).port;
}

async function stop(
  server: SMTPServer,
  stopping: AbortController,
  sockets: Map<number, Socket>,
): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  stopping.abort();
  for (const socket of sockets.values()) socket.destroy();
  await closed;
}
