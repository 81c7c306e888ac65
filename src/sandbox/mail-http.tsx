/** The pages of the mail supplier's stand-in and its erasure API. */
import { createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ErasureDesk } from './erasure-requests.ts';
import { loopbackOnly, ownFormsOnly } from './loopback-only.ts';
import { NothingHerePage } from './mail-layout.tsx';
import { MailboxPage, MessagePage } from './mail-pages.tsx';
import type { StaffHint } from './mail-pages.tsx';
import type { MailStore, StoredMail } from './mail-store.ts';
import { isErasureWeather, isSmtpWeather } from './weather.ts';
import type { Weather } from './weather.ts';

type Parts = {
  readonly store: MailStore;
  readonly erasureDesk: ErasureDesk;
  readonly staffHint: () => Promise<readonly StaffHint[]>;
  readonly weather: () => Weather;
  readonly setWeather: (weather: Partial<Weather>) => void;
};

const largestFormBytes = 10_000;
const largestErasureBytes = 400_000;

// tsc copies no style sheets: sources and what is compiled lie side by side in the package.
const styleSheet = new URL('../../../src/sandbox/mailbox.css', import.meta.url);

export function mailApp(parts: Parts): Hono {
  const app = new Hono();
  const nameKey = randomBytes(32);
  app.use(loopbackOnly);
  app.get('/', (c) => mailboxPage(c, parts, nameKey));
  app.get('/mailboxes/:mailbox', (c) => mailboxPage(c, parts, nameKey));
  app.get('/messages/:id', (c) => messagePage(c, parts.store));
  app.get('/messages/:id/source', (c) => messageSource(c, parts.store));
  app.get('/mailbox.css', async (c) =>
    c.body(await readFile(styleSheet, 'utf8'), 200, { 'content-type': 'text/css; charset=utf-8' }),
  );
  app.post('/weather', ownFormsOnly, (c) => changeWeather(c, parts));
  app.post('/empty', ownFormsOnly, async (c) => {
    await parts.store.empty();
    return c.redirect('/', 303);
  });
  // No form and no cookie: whoever knows the secret may ask.
  app.post('/erasure-requests', (c) => erasureRequest(c, parts.erasureDesk));
  app.notFound((c) => page(c, <NothingHerePage />, 404));
  app.onError((_error, c) => c.text('The sandbox failed.', 500));
  return app;
}

async function mailboxPage(c: Context, parts: Parts, nameKey: Buffer): Promise<Response> {
  const mails = parts.store.list();
  const mailboxes = mailboxesOf(mails, nameKey);
  const chosen = c.req.param('mailbox');
  const current = mailboxes.find((mailbox) => mailbox.name === chosen);
  if (chosen !== undefined && current === undefined) return page(c, <NothingHerePage />, 404);
  const shown =
    current === undefined
      ? mails
      : mails.filter((mail) => mail.recipients.includes(current.address));
  return page(
    c,
    <MailboxPage
      mails={shown}
      mailboxes={mailboxes}
      current={current}
      staff={await parts.staffHint().catch(() => [])}
      weather={parts.weather()}
    />,
  );
}

/** Addresses do not belong in URLs, not even here, so each mailbox gets a name that lasts until the next start. */
function mailboxesOf(
  mails: readonly StoredMail[],
  nameKey: Buffer,
): { name: string; address: string; count: number }[] {
  const addresses = mails.flatMap((mail) => mail.recipients);
  return [...new Set(addresses)].toSorted().map((address) => ({
    address,
    name: createHmac('sha256', nameKey).update(address).digest('hex').slice(0, 16),
    count: addresses.filter((each) => each === address).length,
  }));
}

async function messagePage(c: Context, store: MailStore): Promise<Response> {
  const mail = store.find(c.req.param('id') ?? '');
  if (mail === undefined) return page(c, <NothingHerePage />, 404);
  return page(c, <MessagePage mail={mail} />);
}

async function messageSource(c: Context, store: MailStore): Promise<Response> {
  const source = await store.source(c.req.param('id') ?? '');
  if (source === undefined) return page(c, <NothingHerePage />, 404);
  return c.body(new Uint8Array(source), 200, { 'content-type': 'text/plain; charset=utf-8' });
}

async function changeWeather(c: Context, { setWeather }: Parts): Promise<Response> {
  if (!isShort(c, largestFormBytes)) return c.text('Too much.', 413);
  const { smtp, erasure } = await c.req.parseBody();
  if (!isSmtpWeather(smtp) || !isErasureWeather(erasure)) return c.text('No such weather.', 400);
  setWeather({ smtp, erasure });
  return c.redirect('/', 303);
}

async function erasureRequest(c: Context, desk: ErasureDesk): Promise<Response> {
  if (!isShort(c, largestErasureBytes)) return c.json({ error: 'too much' }, 413);
  const answer = await desk.handle({
    id: c.req.header('webhook-id'),
    timestamp: c.req.header('webhook-timestamp'),
    signature: c.req.header('webhook-signature'),
    body: await c.req.text(),
  });
  return c.json(answer.body, answer.status);
}

/** Without a declared length nothing is read: Node holds the sender to what was declared. */
function isShort(c: Context, mostBytes: number): boolean {
  const declared = c.req.header('content-length') ?? '';
  return /^\d{1,9}$/.test(declared) && Number(declared) <= mostBytes;
}

type Element = ReturnType<typeof NothingHerePage>;

function page(c: Context, content: Element, status: 200 | 404 = 200): Response | Promise<Response> {
  return c.html(html`<!doctype html>${content}`, status);
}
