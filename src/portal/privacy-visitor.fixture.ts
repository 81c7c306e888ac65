import { noBanks } from '../history/payments/banks.ts';
import type { Banks } from '../history/payments/banks.ts';
import { buildApp } from '../http/app.ts';
import { advanceErasure } from '../routines/erasure.ts';
import type { Language } from '../text/bilingual.ts';
import { person } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { problemPage } from './problem.tsx';
import { portalRoutes } from './routes.ts';

const origin = 'http://localhost:8080';

export type Seen = {
  readonly status: number;
  readonly location: string | null;
  readonly headers: Headers;
  /** The document as it was sent. */
  readonly source: string;
  /** What a reader sees of it. */
  readonly text: string;
};

/** A browser at the customer pages: keeps its cookies and sends what a browser would send. */
export type Visitor = {
  readonly cookies: Map<string, string>;
  get(path: string): Promise<Seen>;
  post(path: string, fields?: Readonly<Record<string, string>>): Promise<Seen>;
  /** As `post`, with a body that no plain form makes. */
  send(path: string, init: RequestInit): Promise<Seen>;
};

/** Closing an account takes it to the end at once, as an idle server nearly does. */
export function openVisitor(
  system: TestSystem,
  language: Language = 'en',
  banks: Banks = noBanks,
): Visitor {
  const app = appOf(system, banks);
  const cookies = new Map<string, string>();
  const send = async (path: string, init: RequestInit): Promise<Seen> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const own = { cookie, 'accept-language': language, 'sec-fetch-site': 'same-origin' };
    const headers = { ...own, ...(init.headers as Record<string, string> | undefined) };
    const answer = await app.request(`${origin}${path}`, { ...init, headers });
    for (const line of answer.headers.getSetCookie()) keep(cookies, line);
    const source = await answer.text();
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      headers: answer.headers,
      source,
      text: readable(source),
    };
  };
  return {
    cookies,
    send,
    get: (path) => send(path, {}),
    post: (path, fields = {}) => send(path, { method: 'POST', body: new URLSearchParams(fields) }),
  };
}

/** A visitor who is signed in to the account of the test's customer. */
export async function signedInVisitor(
  system: TestSystem,
  email: string,
  language: Language = 'en',
  banks: Banks = noBanks,
): Promise<Visitor> {
  const visitor = openVisitor(system, language, banks);
  const { status } = await visitor.post('/sign-in', { email, password: person.password });
  if (status !== 303) throw new Error(`signing in answered ${status}`);
  return visitor;
}

function keep(cookies: Map<string, string>, line: string): void {
  const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
  if (value === '') cookies.delete(name);
  else cookies.set(name, decodeURIComponent(value));
}

function readable(source: string): string {
  return source
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

function appOf(system: TestSystem, banks: Banks) {
  const { db, vault } = system;
  return buildApp({
    db,
    vault,
    site: {
      origin,
      sender: { from: 'Exempel AB <kund@example.se>', domain: 'example.se' },
      sandbox: null,
    },
    routes: portalRoutes({
      banks,
      closing: async (erasureId) => {
        await advanceErasure(system.op('routine', 'leaving'), erasureId, system.around);
      },
    }),
    clock: () => system.now,
    asset: () => null,
    problemPage,
    note: () => undefined,
  });
}
