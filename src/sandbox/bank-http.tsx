/** The pages of the banks' stand-in. */
import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Books, CardSession, SwishPayment } from './bank-books.ts';
import type { Counter } from './bank-counter.ts';
import { BankPrivacyPage, NoPaymentPage } from './bank-layout.tsx';
import { BankPage, cardDeclines } from './bank-pages.tsx';
import { isOnThisMachine } from './bank-post.ts';
import { CheckoutPage, SwishAppPage } from './bank-till-pages.tsx';
import { bankWeatherIn } from './bank-weather.ts';
import type { BankWeather } from './bank-weather.ts';
import { loopbackOnly, ownFormsOnly } from './loopback-only.ts';

type Parts = {
  readonly books: Books;
  readonly counter: Counter;
  readonly sweep: () => Promise<void>;
  readonly weather: () => BankWeather;
  readonly setWeather: (weather: BankWeather) => void;
};

const largestFormBytes = 10_000;

// tsc copies no style sheets: sources and what is compiled lie side by side in the package.
const styleSheets = { 'mailbox.css': sheet('mailbox.css'), 'bank.css': sheet('bank.css') };

function sheet(name: string): URL {
  return new URL(`../../../src/sandbox/${name}`, import.meta.url);
}

export function bankApp(parts: Parts): Hono {
  const app = new Hono();
  app.use(loopbackOnly);
  app.use(async (c, next) => {
    if (c.req.method === 'POST' && !isShort(c)) return c.text('Too much.', 413);
    await parts.sweep();
    return next();
  });
  app.get('/', (c) =>
    page(c, <BankPage payments={parts.counter.payments()} weather={parts.weather()} />),
  );
  app.get('/mailbox.css', (c) => css(c, 'mailbox.css'));
  app.get('/bank.css', (c) => css(c, 'bank.css'));
  app.post('/weather', ownFormsOnly, (c) => changeWeather(c, parts));
  app.post('/payments/:id', ownFormsOnly, (c) => act(c, parts.counter));
  app.post('/refunds/:id', ownFormsOnly, (c) => actOnRefund(c, parts.counter));
  app.get('/checkout/:id', (c) => checkoutPage(c, parts));
  app.post('/checkout/:id', ownFormsOnly, (c) => payByCard(c, parts));
  app.get('/swish-app', (c) => swishAppPage(c, parts));
  app.post('/swish-app', ownFormsOnly, (c) => payBySwish(c, parts));
  app.get('/privacy', (c) => page(c, <BankPrivacyPage />));
  app.notFound((c) => page(c, <NoPaymentPage />, 404));
  app.onError((_error, c) => c.text('The sandbox failed.', 500));
  return app;
}

async function css(c: Context, name: keyof typeof styleSheets): Promise<Response> {
  const text = await readFile(styleSheets[name], 'utf8');
  return c.body(text, 200, { 'content-type': 'text/css; charset=utf-8' });
}

async function changeWeather(c: Context, { setWeather }: Parts): Promise<Response> {
  const weather = bankWeatherIn(await c.req.parseBody());
  if (weather === undefined) return c.text('No such weather.', 400);
  setWeather(weather);
  return c.redirect('/', 303);
}

async function act(c: Context, counter: Counter): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { do: what, code } = await c.req.parseBody();
  switch (what) {
    case 'approve':
      await counter.approve(id);
      break;
    case 'decline':
      await counter.decline(id);
      break;
    case 'time-out':
      await counter.timeOut(id);
      break;
    case 'hold':
      await counter.hold(id);
      break;
    case 'dispute':
      await counter.dispute(id);
      break;
    case 'fail':
      if (!isCode(code)) return c.text('No such code.', 400);
      await counter.fail(id, code);
      break;
    default:
      return c.text('Nothing to do.', 400);
  }
  // What has ended meanwhile stays as it is, and the page shows it.
  return c.redirect('/', 303);
}

async function actOnRefund(c: Context, counter: Counter): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { do: what } = await c.req.parseBody();
  if (what === 'approve') await counter.approveRefund(id);
  if (what === 'fail') await counter.failRefund(id, id.startsWith('re_') ? 'declined' : 'FF10');
  return c.redirect('/', 303);
}

function isCode(value: unknown): value is string {
  return typeof value === 'string' && /^(?:[A-Z0-9]{1,20}|[a-z_]{1,60})$/.test(value);
}

function checkoutPage(c: Context, { books }: Parts): Response | Promise<Response> {
  const session = books.cardSessions.get(c.req.param('id') ?? '');
  if (!session) return page(c, <NoPaymentPage />, 404);
  const leaveUrl = session.status === 'expired' ? session.cancelUrl : successUrl(session);
  letFormsEndAt(c, leaveUrl);
  return page(c, <CheckoutPage session={session} leaveUrl={leaveUrl ?? '/'} />);
}

async function payByCard(c: Context, { books, counter }: Parts): Promise<Response> {
  const session = books.cardSessions.get(c.req.param('id') ?? '');
  if (!session) return page(c, <NoPaymentPage />, 404);
  const { card } = await c.req.parseBody();
  const declined = cardDeclines.find((code) => code === card);
  if (declined !== undefined) await counter.fail(session.id, declined);
  else if (card === 'processing') await counter.hold(session.id);
  else await counter.approve(session.id);
  const isDone = books.cardSessions.get(session.id)?.status === 'complete';
  return c.redirect(isDone ? successUrl(session) : `/checkout/${session.id}`, 303);
}

function successUrl({ id, successUrl: url }: CardSession): string {
  return url.replaceAll('{CHECKOUT_SESSION_ID}', id);
}

function swishAppPage(c: Context, { books }: Parts): Response | Promise<Response> {
  const payment = findByToken(books, c.req.query('token'));
  if (!payment) return page(c, <NoPaymentPage />, 404);
  const returnUrl = returnUrlIn(c.req.query('callbackurl'));
  letFormsEndAt(c, returnUrl);
  return page(c, <SwishAppPage payment={payment} returnUrl={returnUrl} />);
}

async function payBySwish(c: Context, { books, counter }: Parts): Promise<Response> {
  const { token, callbackurl, do: what } = await c.req.parseBody();
  const payment = findByToken(books, token);
  if (!payment) return page(c, <NoPaymentPage />, 404);
  if (what === 'approve') await counter.approve(payment.id);
  if (what === 'decline') await counter.decline(payment.id);
  const returnUrl = returnUrlIn(callbackurl);
  return c.redirect(returnUrl ?? `/swish-app?token=${payment.token}`, 303);
}

function findByToken({ swishPayments }: Books, token: unknown): SwishPayment | undefined {
  if (typeof token !== 'string' || token === '') return undefined;
  return [...swishPayments.values()].find((payment) => payment.token === token);
}

/** The app leads wherever it is told; this page leads nobody off this machine. */
function returnUrlIn(value: unknown): string | null {
  return typeof value === 'string' && isOnThisMachine(value) ? value : null;
}

/** Browsers hold a redirect after a form against the policy of the page that the form was on. */
function letFormsEndAt(c: Context, url: string | null): void {
  const elsewhere = url !== null && isOnThisMachine(url) ? ` ${new URL(url).origin}` : '';
  c.header(
    'content-security-policy',
    `default-src 'none'; style-src 'self'; form-action 'self'${elsewhere}; base-uri 'none'; frame-ancestors 'none'`,
  );
}

/** Without a declared length nothing is read: Node holds the sender to what was declared. */
function isShort(c: Context): boolean {
  const declared = c.req.header('content-length') ?? '';
  return /^\d{1,9}$/.test(declared) && Number(declared) <= largestFormBytes;
}

type Element = ReturnType<typeof NoPaymentPage>;

function page(c: Context, content: Element, status: 200 | 404 = 200): Response | Promise<Response> {
  return c.html(html`<!doctype html>${content}`, status);
}
