import { randomBytes } from 'node:crypto';
import { codeAt, newOneTimeSecret } from '../accounts/one-time-codes.ts';
import { addStaff } from '../accounts/staff.ts';
import type { NewStaff } from '../accounts/staff.ts';
import type { StaffRole } from '../database/records.ts';
import { buildApp } from '../http/app.ts';
import type { Site } from '../site.ts';
import type { TestSystem } from '../../test/system.ts';
import { providerRoutes } from '../provider/routes.ts';
import { consoleProblemPage } from './problem-page.tsx';
import { consoleRoutes } from './routes.ts';

const origin = 'http://localhost:8080';

/** What came back, with the text that a reader sees. */
export type Seen = {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
};

/** A browser at the pages of staff and providers: keeps its cookie and sends what a browser would send. */
export type StaffBrowser = {
  get(path: string): Promise<Seen>;
  post(path: string, fields?: Readonly<Record<string, string>>): Promise<Seen>;
  /** As `post`, with files among the fields. */
  upload(path: string, fields: Readonly<Record<string, string | Blob>>): Promise<Seen>;
};

export function openBrowser(system: TestSystem, site: Partial<Site> = {}): StaffBrowser {
  const app = appOf(system, site);
  let cookie = '';
  const send = async (path: string, init: RequestInit): Promise<Seen> => {
    const headers = { cookie, 'accept-language': 'en', 'sec-fetch-site': 'same-origin' };
    const answer = await app.request(`${origin}${path}`, { ...init, headers });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      text: await answer.text(),
    };
  };
  return {
    get: (path) => send(path, {}),
    post: (path, fields = {}) => send(path, { method: 'POST', body: new URLSearchParams(fields) }),
    upload: (path, fields) => {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      return send(path, { method: 'POST', body });
    },
  };
}

/** A member of staff with a new account. */
export async function newStaff(system: TestSystem, role: StaffRole): Promise<NewStaff> {
  const person: NewStaff = {
    role,
    email: `${role}-${randomBytes(4).toString('hex')}@example.se`,
    name: 'Siv Medarbetare',
    password: 'en trygg fras för personal',
    secret: newOneTimeSecret(),
  };
  await addStaff(system.op('routine', 'employment'), person);
  return person;
}

/** The fields of the sign-in form at this moment. */
export function signInFields(
  system: TestSystem,
  person: NewStaff,
): Record<'email' | 'password' | 'code', string> {
  const { email, password, secret } = person;
  return { email, password, code: codeAt(secret, system.now) };
}

/** A browser in which somebody of this role is signed in. */
export async function signedIn(
  system: TestSystem,
  role: StaffRole,
  site: Partial<Site> = {},
): Promise<StaffBrowser> {
  const browser = openBrowser(system, site);
  const person = await newStaff(system, role);
  const { status } = await browser.post('/console/sign-in', signInFields(system, person));
  if (status !== 303) throw new Error(`signing in answered ${status}`);
  return browser;
}

/** As if everybody who is signed in had just confirmed that it is them. */
export async function confirmEverybody(system: TestSystem): Promise<void> {
  await system.db.updateTable('accounts.session').set({ confirmed_at: system.now }).execute();
}

function appOf(system: TestSystem, site: Partial<Site>) {
  return buildApp({
    db: system.db,
    vault: system.vault,
    site: {
      origin,
      sender: { from: 'Exempel AB <kund@example.se>', domain: 'example.se' },
      sandbox: null,
      ...site,
    },
    routes: [
      ...consoleRoutes({
        erasureSecretOf: (recipientId) => `whsec_${recipientId}`,
        paymentsDue: () => undefined,
      }),
      ...providerRoutes,
    ],
    clock: () => system.now,
    asset: () => null,
    problemPage: consoleProblemPage,
    note: () => undefined,
  });
}
