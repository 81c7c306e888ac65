/**
 * Banks for the demo company and for tests, on loopback only: stand-ins of Swish and of Stripe that speak their real
 * interfaces, and a page on which a person approves and declines. README.md in this folder says what stands in for what.
 */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { getRequestListener } from '@hono/node-server';
import type { CardOptions } from '../history/payments/card.ts';
import type { SwishOptions } from '../history/payments/swish.ts';
import { openBooks } from './bank-books.ts';
import type { Books } from './bank-books.ts';
import { openCardDesk } from './bank-card.ts';
import type { CardParts } from './bank-card.ts';
import { openCardEvents } from './bank-card-events.ts';
import { bankCertificatesIn } from './bank-certificates.ts';
import type { BankCertificates } from './bank-certificates.ts';
import { openCounter } from './bank-counter.ts';
import type { Counter } from './bank-counter.ts';
import { openDoor } from './bank-door.ts';
import type { Door } from './bank-door.ts';
import { bankApp } from './bank-http.tsx';
import { openPost } from './bank-post.ts';
import { openSwishDesk } from './bank-swish.ts';
import { openTimetable } from './bank-timetable.ts';
import { calm } from './bank-weather.ts';
import type { BankWeather } from './bank-weather.ts';

export type BankOptions = {
  /** Everything it keeps lies here: payments, keys, certificates. Readable by its owner alone. */
  readonly folder: string;
  /** Of the page and of Stripe's interface; 0 or nothing takes a free one. */
  readonly port?: number;
  readonly swishPort?: number;
  readonly clock: () => Temporal.Instant;
  /** The company's Swish number; that of the simulator if nothing is said. */
  readonly payeeAlias?: string;
  /** Where events about cards go; none are sent until it is said, here or with `setWebhook`. */
  readonly webhookUrl?: string;
  /** How long a second of the banks lasts; 1000 if nothing is said. Waits and retries follow it, life times the clock. */
  readonly secondMs?: number;
};

export type Bank = Counter & {
  /** For `openSwish`. */
  readonly swish: SwishOptions;
  /** For `openCard`. */
  readonly card: CardOptions;
  /** Of the page for people, without a slash at the end. */
  readonly url: string;
  weather(): BankWeather;
  setWeather(change: Partial<BankWeather>): void;
  setWebhook(url: string | null): void;
  /** How often somebody was called. */
  calls(): number;
  /** Resolves when every callback has arrived or been given up, and no refund moves by itself any more. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
};

const simulatorAlias = '1234679304';
const sweepEveryMs = 1_000;

export async function startBank(options: BankOptions): Promise<Bank> {
  const { folder, payeeAlias = simulatorAlias } = options;
  const certificates = await bankCertificatesIn(folder, payeeAlias);
  const books = await openBooks(join(folder, 'bank.json'));
  let url = '';
  const desks = openDesks(books, { ...options, pageOf: (id) => `${url}/checkout/${id}` });
  const { swish, card, counter, sweep, weather, setWeather, timetable, events } = desks;
  const app = bankApp({ books, counter, sweep, weather, setWeather });
  const doors = await openDoors({
    options,
    certificates,
    weather,
    pages: app.fetch,
    swish: openDoor({ desk: swish.answer, peerOf, weather, timetable }),
    card: openDoor({ desk: card.answer, peerOf: () => null, weather, timetable }),
  });
  url = `http://localhost:${doors.port}`;
  swish.refunds.resume();
  // A disk that fails is seen at the next request; the banks go on.
  const sweeping = setInterval(() => void sweep().catch(() => undefined), sweepEveryMs);
  sweeping.unref();
  return {
    ...counter,
    url,
    ...clientOptions({ books, certificates, payeeAlias, url, ...doors }),
    weather,
    setWeather,
    setWebhook: events.setEndpoint,
    calls: desks.calls,
    quiet: timetable.quiet,
    stop: async () => {
      clearInterval(sweeping);
      timetable.stop();
      await doors.stop();
      await books.save();
    },
  };
}

function openDesks(books: Books, options: BankOptions & Pick<CardParts, 'pageOf'>) {
  const { clock, pageOf } = options;
  let current = calm;
  const weather = () => current;
  const timetable = openTimetable(options.secondMs ?? 1_000);
  const post = openPost({ weather, timetable });
  const events = openCardEvents({ post, clock, secret: books.webhookSecret });
  events.setEndpoint(options.webhookUrl ?? null);
  const swish = openSwishDesk({ books, clock, timetable, post, weather });
  const card = openCardDesk({ books, clock, weather, events, pageOf });
  return {
    swish,
    card,
    events,
    timetable,
    weather,
    calls: post.attempts,
    counter: openCounter({ books, swish, card }),
    setWeather: (change: Partial<BankWeather>): void => {
      current = { ...current, ...change };
    },
    sweep: async (): Promise<void> => {
      await swish.sweep();
      await card.sweep();
    },
  };
}

function peerOf({ socket }: { readonly socket: unknown }): string | null {
  if (!(socket instanceof TLSSocket)) return null;
  const { subject } = socket.getPeerCertificate();
  return typeof subject?.CN === 'string' ? subject.CN : null;
}

function clientOptions(parts: {
  readonly books: Books;
  readonly certificates: BankCertificates;
  readonly payeeAlias: string;
  readonly url: string;
  readonly port: number;
  readonly swishPort: number;
}): Pick<Bank, 'swish' | 'card'> {
  const { books, certificates, payeeAlias, url, port, swishPort } = parts;
  return {
    swish: {
      host: '127.0.0.1',
      port: swishPort,
      payeeAlias,
      identity: certificates.client,
      ca: certificates.authority.certificate,
      appUrl: `${url}/swish-app`,
    },
    card: {
      secretKey: books.secretKey,
      webhookSecrets: [books.webhookSecret],
      standIn: { host: '127.0.0.1', port },
    },
  };
}

type Doors = { readonly port: number; readonly swishPort: number; stop(): Promise<void> };

/** Both doors or none. */
async function openDoors(parts: {
  readonly options: BankOptions;
  readonly certificates: BankCertificates;
  readonly weather: () => BankWeather;
  readonly pages: Parameters<typeof getRequestListener>[0];
  readonly swish: Door;
  readonly card: Door;
}): Promise<Doors> {
  const { options, certificates, weather, pages, swish, card } = parts;
  const limits = { requestTimeout: 10_000, headersTimeout: 5_000 };
  const answer = getRequestListener(pages, { overrideGlobalObjects: false });
  const plain = createServer(limits, (request, response) => {
    if (request.url?.startsWith('/v1/') === true) return card(request, response);
    void answer(request, response);
  });
  const { server, authority } = certificates;
  const secure = https.createServer(
    {
      ...limits,
      key: server.key,
      cert: server.certificate,
      ca: authority.certificate,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
    },
    swish,
  );
  secure.on('connection', (socket: Socket) => {
    if (weather().line === 'down') socket.destroy();
  });
  const port = await listen(plain, options.port ?? 0);
  try {
    const swishPort = await listen(secure, options.swishPort ?? 0);
    return {
      port,
      swishPort,
      stop: async () => void (await Promise.all([close(plain), close(secure)])),
    };
  } catch (error) {
    await close(plain);
    throw error;
  }
}

async function listen(server: Server | https.Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  await promise;
  server.off('error', reject);
  return (server.address() as AddressInfo).port;
}

async function close(server: Server | https.Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await closed;
}
