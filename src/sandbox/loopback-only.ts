/** The door of a stand-in's pages: this machine only, this page's own forms only, and nothing else loaded. */
import type { Context, MiddlewareHandler } from 'hono';

const forwardedHeaders = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Links in messages carry tokens. Without an origin of our own, browsers would also send "Origin: null" with our forms.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

type HeaderOf = (name: string) => string | undefined;

/**
 * Refuses what a proxy or a name in somebody else's DNS has brought here: the sandbox shows passwords of the demo
 * company, so it answers only to `localhost` and `127.0.0.1` asked directly.
 */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  const refusal = refusalOf((name) => c.req.header(name));
  if (refusal) return c.text(refusal.why, refusal.status);
  await next();
  for (const [name, value] of Object.entries(securityHeaders)) {
    // A page that leads elsewhere says itself where its forms may end.
    if (!c.res.headers.has(name)) c.header(name, value);
  }
  return undefined;
};

/** Why something is not from this machine alone; undefined when it is. */
export function refusalOf(header: HeaderOf): { status: 403 | 421; why: string } | undefined {
  if (!isLoopbackHost(header('host'))) return { status: 421, why: 'Only on this machine.' };
  if (!forwardedHeaders.some((name) => header(name) !== undefined)) return undefined;
  return { status: 403, why: 'Not behind a proxy.' };
}

/** A form sent from another site is refused, and so is one that does not say where it comes from. */
export const ownFormsOnly: MiddlewareHandler = async (c, next) => {
  if (!isFromThisPage(c)) return c.text('Only from the page itself.', 403);
  await next();
  return undefined;
};

function isLoopbackHost(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1)(:\d{1,5})?$/i.test(host ?? '');
}

function isFromThisPage(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  return c.req.header('origin') === `http://${c.req.header('host')}`;
}
