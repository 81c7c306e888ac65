import { Hono } from 'hono';
import type { Context } from 'hono';
import { confirmedToSendMinutes, findSession, isConfirmed } from '../accounts/sessions.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { begin } from '../begin.ts';
import { isConnectionLoss } from '../database/pool.ts';
import type { Records, StaffRole } from '../database/records.ts';
import { ownerOfGuestCode } from '../history/guests.ts';
import { orderOfOwner } from '../history/held-orders.ts';
import type { Purpose } from '../policy/purposes.ts';
import { newRowId } from '../ids.ts';
import type { Actor } from '../operation.ts';
import { isProblem, Problem } from '../problem.ts';
import type { ProblemCode } from '../problem.ts';
import type { Site } from '../site.ts';
import { holderOf } from '../vault/held.ts';
import type { Vault } from '../vault/vault.ts';
import { seeOther } from './answers.ts';
import { compressForStranger } from './compress.ts';
import { CookieJar } from './cookies.ts';
import { describeDevice } from './device.ts';
import { readForm, readLimited, readUpload } from './form.ts';
import { headersFor } from './headers.ts';
import { languageOf } from './language.ts';
import { networkOf } from './network.ts';
import type { AddressSource } from './network.ts';
import type { BuyerVisit, OwnVisit, Route, Visit } from './route.ts';
import { assertSameOrigin } from './same-origin.ts';

/** What the server tells its log of a request: the route's pattern, never the address that was asked for. */
export type Noted = {
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly ms: number;
  readonly problem?: ProblemCode | 'unexpected';
  readonly id?: string;
  readonly error?: unknown;
};

export type AppParts = {
  readonly db: Records;
  readonly vault: Vault;
  readonly site: Site;
  readonly routes: readonly Route[];
  readonly clock: () => Temporal.Instant;
  readonly asset: (path: string, acceptEncoding: string) => Response | null;
  /** Shows what went wrong; `id` finds it in the log. */
  readonly problemPage: (
    visit: Visit,
    code: ProblemCode | 'unexpected',
    id: string,
  ) => Promise<Response>;
  readonly note: (noted: Noted) => void;
  /** Who says where a visitor is; without it the connection does, unless it comes from this machine. */
  readonly addressSource?: AddressSource;
};

/** The whole site as one function from a request to an answer. */
export function buildApp(parts: AppParts): Hono {
  const app = new Hono();
  app.get('/assets/*', (c) => {
    const found = parts.asset(c.req.path, c.req.header('accept-encoding') ?? '');
    return found ?? c.notFound();
  });
  for (const route of parts.routes) {
    app.on(route.method, route.path, (c) => answer(parts, route, c));
  }
  app.notFound((c) => answer(parts, missing, c));
  return app;
}

/** More than any callback of a bank. */
const machineBytesMax = 256 * 1024;

/** Stands for everything that is not in the table. */
const missing: Route = {
  method: 'GET',
  path: '*',
  access: 'anyone',
  purpose: 'sign-in',
  page: () => {
    throw new Problem('not-found');
  },
};

async function answer(parts: AppParts, route: Route, c: Context): Promise<Response> {
  const jar = new CookieJar(c.req.raw.headers.get('cookie'));
  const now = parts.clock();
  const visit = emptyVisit(parts, route, c, jar, now);
  let problem: { code: ProblemCode | 'unexpected'; id: string; error: unknown } | null = null;
  let response: Response;
  try {
    response = await answerOrThrow(parts, route, c, visit);
  } catch (error) {
    problem = { code: codeOf(error), id: newRowId(now), error };
    response = await showProblem(parts, visit, problem);
    if (isLeftOff(c.req.raw, problem.code)) response.headers.set('connection', 'close');
  }
  response = await compressForStranger(c.req.raw, response);
  jar.writeTo(response);
  for (const [name, value] of headersFor(parts.site.origin)) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  const ms = Math.round(parts.clock().since(now).total('milliseconds'));
  const seen = { route: route.path, method: c.req.method, status: response.status, ms };
  const isNews = problem !== null && response.status >= 500;
  parts.note(
    isNews && problem
      ? { ...seen, problem: problem.code, id: problem.id, error: problem.error }
      : seen,
  );
  return response;
}

/** A body that was begun and left off breaks the connection, so the answer says that nothing more is to be sent on it. */
function isLeftOff({ bodyUsed }: Request, code: ProblemCode | 'unexpected'): boolean {
  return bodyUsed && code === 'too-large';
}

/** A database that went away is not a fault of the request: it is worth trying again in a moment. */
function codeOf(error: unknown): ProblemCode | 'unexpected' {
  if (isProblem(error)) return error.code;
  return isConnectionLoss(error) ? 'unavailable' : 'unexpected';
}

/** Even when the page that shows a problem fails, an answer goes out, with our headers and a line in the log. */
async function showProblem(
  parts: AppParts,
  visit: Visit,
  { code, id }: { readonly code: ProblemCode | 'unexpected'; readonly id: string },
): Promise<Response> {
  try {
    return await parts.problemPage(visit, code, id);
  } catch {
    return new Response(id, { status: 500, headers: { 'content-type': 'text/plain' } });
  }
}

async function answerOrThrow(
  parts: AppParts,
  route: Route,
  c: Context,
  empty: Visit,
): Promise<Response> {
  if (route.access === 'machine') {
    const { op, params } = empty;
    const body = await readLimited(c.req.raw, machineBytesMax);
    return route.page({ op, params, headers: c.req.raw.headers, body });
  }
  if (route.method === 'POST') assertSameOrigin(c.req.raw, parts.site.origin);
  const read = route.upload === true ? readUpload : readForm;
  const form = route.method === 'POST' ? await read(c.req.raw) : empty.form;
  const signedIn = await sessionOf(parts, empty, 'account');
  const visit: Visit = {
    ...empty,
    form,
    signedIn,
    asCustomer: () => ownVisitOf(parts, route, visit, signedIn),
  };
  if (route.access === 'anyone') return route.page(visit);
  if (route.access === 'customer') {
    const own = visit.asCustomer();
    assertConfirmed(route, own);
    return route.page(own);
  }
  if (route.access === 'guest') {
    const asGuest = await guestVisitOf(parts, route, visit);
    const held = await addressInAccount(asGuest);
    return held === null ? route.page(asGuest) : seeOther(held);
  }
  const session = await sessionOf(parts, visit, 'staff');
  if (session === null) throw new Problem('sign-in-needed');
  const admitted = admitStaff(parts, { ...route, roles: route.access }, visit, session);
  assertConfirmed(route, admitted);
  return route.page(admitted);
}

/** @throws Problem `confirmation-needed`, which leads to the page that asks who is there, and back */
function assertConfirmed(route: Route, { session, op }: OwnVisit): void {
  if (route.confirmed !== true) return;
  const minutes = route.method === 'POST' ? confirmedToSendMinutes : undefined;
  if (!isConfirmed(session, op.now, minutes)) throw new Problem('confirmation-needed');
}

/** The visit in the name of the customer who is signed in. */
function ownVisitOf(
  { db, vault }: AppParts,
  route: Route,
  visit: Visit,
  session: SignedIn | null,
): OwnVisit {
  if (session === null) throw new Problem('sign-in-needed');
  const { owner } = session;
  const actor: Actor = { party: 'customer', owner };
  const { now, network } = visit.op;
  const op = begin({ db, vault, actor, purpose: route.purpose, now, network });
  return { ...visit, op, owner, session };
}

/** The visit in the name of the guest whose order the code in the path leads to. */
async function guestVisitOf(
  { db, vault }: AppParts,
  route: Route,
  visit: Visit,
): Promise<BuyerVisit> {
  const code = visit.params['code'] ?? '';
  const owner = await ownerOfGuestCode({ db, vault }, code);
  if (owner === null) throw new Problem('not-found');
  const { now, network } = visit.op;
  const actor: Actor = { party: 'customer', owner };
  const op = begin({ db, vault, actor, purpose: route.purpose, now, network });
  return { ...visit, op, owner, base: `/guest/${code}` };
}

/**
 * Where the page is by now when an account has taken the order in: the code ends with that, as whoever still has the letter
 * is not whoever has the account. Null for an order that is a guest's still.
 */
async function addressInAccount({
  op,
  owner,
  base,
  path,
  params,
}: BuyerVisit): Promise<string | null> {
  if ((await holderOf(op, owner)) === null) return null;
  if (params['order'] !== undefined) return `/history${path.slice(base.length)}`;
  const orderId = await orderOfOwner(op, owner);
  return orderId === null ? '/history' : `/history/${orderId}?claimed=1`;
}

/** The visit in the name of a member of staff. What is not for this role looks like what is not there. */
function admitStaff(
  { db, vault }: AppParts,
  { roles, purpose }: { readonly roles: readonly StaffRole[]; readonly purpose: Purpose },
  visit: Visit,
  session: SignedIn,
): OwnVisit {
  const { role, owner } = session;
  if (role === null || !roles.includes(role)) throw new Problem('not-found');
  const { now, network } = visit.op;
  const op = begin({ db, vault, actor: { party: role, owner }, purpose, now, network });
  return { ...visit, op, owner, session };
}

function sessionOf(
  parts: AppParts,
  visit: Visit,
  kind: 'account' | 'staff',
): Promise<SignedIn | null> {
  const cookie = visit.cookie(kind === 'account' ? '__Host-session' : '__Host-staff');
  return cookie === null ? Promise.resolve(null) : findSession(parts, cookie, kind, visit.op.now);
}

function emptyVisit(
  { db, vault, site, addressSource }: AppParts,
  route: Route,
  c: Context,
  jar: CookieJar,
  now: Temporal.Instant,
): Visit {
  const url = new URL(c.req.url);
  const headers = c.req.raw.headers;
  const network = networkOf({ peer: peerOf(c.env), headers }, addressSource ?? 'proxied');
  return {
    op: begin({ db, vault, actor: { party: 'nobody' }, purpose: route.purpose, now, network }),
    site,
    language: languageOf(jar.get('__Host-language'), headers.get('accept-language')),
    path: url.pathname + url.search,
    params: c.req.param(),
    query: url.searchParams,
    form: new Map(),
    device: describeDevice(headers.get('user-agent') ?? ''),
    signedIn: null,
    asCustomer: () => {
      throw new Problem('sign-in-needed');
    },
    sendsCookies: !jar.isEmpty,
    cookie: (name) => jar.get(name),
    setCookie: (name, value) => jar.set(name, value),
    clearCookie: (name) => jar.clear(name),
  };
}

/** The address at the other end of the connection, as Node's server hands it over. */
function peerOf(env: unknown): string | null {
  const incoming = (env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)
    ?.incoming;
  return incoming?.socket?.remoteAddress ?? null;
}
