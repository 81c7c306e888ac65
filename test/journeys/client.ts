import assert from 'node:assert/strict';
import type { Live } from '../live.ts';
import type { StaffRole } from '../../src/database/records.ts';
import type { Person } from './steps.ts';

/** What came back: never followed, so that each answer is seen. */
export type Answer = {
  readonly status: number;
  readonly text: string;
  readonly location: string;
  readonly headers: Headers;
};

/** A browser without a window: keeps cookies and sends what a browser would send. */
export type Client = {
  get(path: string): Promise<Answer>;
  post(path: string, fields?: Fields, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** As `post`, with a body and headers that no form makes. */
  send(path: string, init: RequestInit): Promise<Answer>;
  readonly cookies: Map<string, string>;
};

export type Fields = Readonly<Record<string, string>>;

const fromHere = { 'sec-fetch-site': 'same-origin' };

export function newClient(live: Pick<Live, 'origin'>): Client {
  const cookies = new Map<string, string>();
  const send: Client['send'] = async (path, init) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = new Headers(init.headers);
    headers.set('accept-language', 'en');
    if (cookie !== '') headers.set('cookie', cookie);
    const answer = await fetch(`${live.origin}${path}`, { ...init, headers, redirect: 'manual' });
    keepCookies(cookies, answer.headers.getSetCookie());
    return {
      status: answer.status,
      text: await answer.text(),
      location: answer.headers.get('location') ?? '',
      headers: answer.headers,
    };
  };
  return {
    cookies,
    send,
    get: (path) => send(path, {}),
    post: (path, fields = {}, headers = fromHere) =>
      send(path, { method: 'POST', body: new URLSearchParams(fields), headers }),
  };
}

function keepCookies(cookies: Map<string, string>, lines: readonly string[]): void {
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  }
}

/** The hidden fields of a page's forms. */
export function hiddenFields({ text }: Answer): Record<string, string> {
  const found = text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, plain(value)]));
}

/** A text as it was before it was escaped for HTML. */
export function plain(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** The path of the link in the newest confirmation. */
export async function confirmationPath(live: Live, email: string): Promise<string> {
  const { text } = await live.mail(email, '/confirm/');
  const link = /\/confirm\/\S+/.exec(text)?.[0];
  assert.ok(link);
  return link;
}

/** A signed-in customer with a new account. */
export async function newCustomer(live: Live, person: Person): Promise<Client> {
  const client = newClient(live);
  await client.post('/sign-up', { email: person.email });
  const path = await confirmationPath(live, person.email);
  const { name, password } = person;
  const answer = await client.post(path, { name, password });
  assert.equal(answer.status, 303);
  return client;
}

/** A signed-in member of staff. */
export async function newColleague(live: Live, role: StaffRole, steps: 0 | 1 = 0): Promise<Client> {
  const client = newClient(live);
  const { email, password, code } = live.staff(role);
  const answer = await client.post('/console/sign-in', { email, password, code: code(steps) });
  assert.equal(answer.status, 303);
  return client;
}

/** What the review page would send for two of the first product. */
export async function reviewedOrder(client: Client, person: Person): Promise<Fields> {
  const [, item = ''] = /\/catalogue\/([\w-]+)/.exec((await client.get('/')).text) ?? [];
  await client.post('/basket/add', { item, quantity: '2' });
  const form = await client.get('/checkout');
  const review = await client.post('/checkout/review', {
    ...hiddenFields(form),
    ...deliveryOf(person),
  });
  assert.equal(review.status, 200);
  return hiddenFields(review);
}

export function deliveryOf(person: Person): Fields {
  return {
    recipient_name: person.name,
    street: person.street,
    postal_code: person.postalCode,
    town: person.town,
    message: '',
    pay_way: 'on-site',
  };
}

/** Orders, and returns the path of the order. */
export async function order(client: Client, person: Person): Promise<string> {
  const answer = await client.post('/orders', await reviewedOrder(client, person));
  assert.equal(answer.status, 303);
  return answer.location.replace(/\?.*/, '');
}

/** What the closing page would send, after its customer has shown anew who it is. */
export async function closing(client: Client, { password }: Person): Promise<Fields> {
  await client.post('/confirm-identity', { password, return: '/close' });
  const { code = '' } = hiddenFields(await client.get('/close'));
  return { code };
}

/** Keeps the probe customer away where a test counts what only its own customers do. */
export async function keepProbeAway(live: Pick<Live, 'query'>): Promise<void> {
  await live.query(
    'records',
    `insert into routines.canary (canary_id, word, began_at, ended_at, state, step)
     values (gen_random_uuid(), '0123456789abcdef', now(), now(), 'well', 'end')`,
  );
}
