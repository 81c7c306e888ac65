/**
 * A mail supplier for the demo company and for tests, on loopback only: it takes mail over SMTP, shows it to whoever
 * tries the demo, and erases it when asked. README.md in this folder says what stands in for what.
 */
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { certificateIn } from './certificate.ts';
import type { PublishedKey } from './dkim.ts';
import { openErasureDesk } from './erasure-requests.ts';
import { mailApp } from './mail-http.tsx';
import type { StaffHint } from './mail-pages.tsx';
import { listenSmtp } from './mail-smtp.ts';
import type { Credentials } from './mail-smtp.ts';
import { openMailStore } from './mail-store.ts';
import type { StoredMail } from './mail-store.ts';
import { fairWeather } from './weather.ts';
import type { Weather } from './weather.ts';

export type MailSupplierOptions = {
  /** Everything it keeps lies here: messages, its certificate, the answers it gave to erasure requests. */
  readonly folder: string;
  /** Of the pages and the erasure API; 0 or nothing takes a free one. */
  readonly port?: number;
  readonly smtpPort?: number;
  /** What a sender must know to hand in mail. */
  readonly credentials: Credentials;
  /** `whsec_` and at least 24 bytes in base64, as in the Standard Webhooks specification. */
  readonly erasureSecret: string;
  /** Stands in for DNS: the keys that senders would publish (PEM). */
  readonly publishedKeys?: readonly PublishedKey[];
  /** Shown beside the mailbox, asked anew for every page. */
  readonly staffHint?: () => Promise<readonly StaffHint[]>;
  /** How long an answer takes in slow weather; 4000 if nothing is said. */
  readonly slowMilliseconds?: number;
  readonly now: () => Temporal.Instant;
};

export type MailSupplier = {
  readonly smtpPort: number;
  readonly httpPort: number;
  /** Of the mailbox page, without a slash at the end. */
  readonly url: string;
  /** The certificate (PEM) that a sender must trust. */
  readonly certificate: string;
  /** Newest first. */
  messages(): readonly StoredMail[];
  weather(): Weather;
  setWeather(weather: Partial<Weather>): void;
  stop(): Promise<void>;
};

export async function startMailSupplier(options: MailSupplierOptions): Promise<MailSupplier> {
  const { folder, publishedKeys = [], now } = options;
  for (const { publicKey } of publishedKeys) createPublicKey(publicKey);
  let current = fairWeather;
  const weather = (): Weather => current;
  const setWeather = (change: Partial<Weather>): void => {
    current = { ...current, ...change };
  };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const certificate = await certificateIn(folder, now());
  const store = await openMailStore({ folder: join(folder, 'messages'), publishedKeys, now });
  const erasureDesk = await openErasureDesk({
    file: join(folder, 'erasure-answers.json'),
    secret: options.erasureSecret,
    weather: () => current.erasure,
    store,
    now,
  });
  const staffHint = options.staffHint ?? (() => Promise.resolve([]));
  const app = mailApp({ store, erasureDesk, staffHint, weather, setWeather });
  const listeners = await listen(app.fetch, {
    httpPort: options.port ?? 0,
    port: options.smtpPort ?? 0,
    slowMilliseconds: options.slowMilliseconds ?? 4_000,
    credentials: options.credentials,
    weather: () => current.smtp,
    certificate,
    store,
  });
  return {
    ...listeners,
    url: `http://localhost:${listeners.httpPort}`,
    certificate: certificate.certificate,
    messages: () => store.list(),
    weather,
    setWeather,
  };
}

type Fetch = Parameters<typeof getRequestListener>[0];
type Listening = Parameters<typeof listenSmtp>[0] & { readonly httpPort: number };

/** Both doors or none. */
async function listen(
  fetch: Fetch,
  options: Listening,
): Promise<Pick<MailSupplier, 'smtpPort' | 'httpPort' | 'stop'>> {
  const http = await listenHttp(fetch, options.httpPort);
  try {
    const smtp = await listenSmtp(options);
    return {
      smtpPort: smtp.port,
      httpPort: (http.address() as AddressInfo).port,
      stop: async () => {
        await Promise.all([smtp.stop(), stopHttp(http)]);
      },
    };
  } catch (error) {
    await stopHttp(http);
    throw error;
  }
}

async function listenHttp(fetch: Fetch, port: number): Promise<Server> {
  const answer = getRequestListener(fetch, { overrideGlobalObjects: false });
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000 },
    (request, response) => {
      void answer(request, response);
    },
  );
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  await promise;
  server.off('error', reject);
  return server;
}

async function stopHttp(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await closed;
}
