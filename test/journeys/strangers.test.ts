// Every route of the site, called by everybody whom it is not for.
import { noCallbacks } from '../../src/api/callback-routes.ts';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { siteRoutes } from '../../src/app.ts';
import type { StaffRole } from '../../src/database/records.ts';
import { noBanks } from '../../src/history/payments/banks.ts';
import { staffAndProviders } from '../../src/http/route.ts';
import type { Route } from '../../src/http/route.ts';
import { newOwnerId, newRowId } from '../../src/ids.ts';
import { startLive } from '../live.ts';
import type { Live } from '../live.ts';
import {
  confirmationPath,
  keepProbeAway,
  newClient,
  newColleague,
  newCustomer,
  order,
} from './client.ts';
import type { Answer, Client } from './client.ts';
import { addPasskey } from './security.ts';
import { somebody, stringsOf } from './steps.ts';

const routes = siteRoutes({
  ...noCallbacks,
  banks: noBanks,
  closing: () => Promise.resolve(),
  erasureSecretOf: () => '',
}).toSorted(
  // Whoever signs out is nobody afterwards.
  (one, other) => Number(isSignOut(one)) - Number(isSignOut(other)),
);
const target = somebody('Smultron');
const pending = somebody('Åkerbär');
const secrets = [...stringsOf(target), ...stringsOf(pending)];

/** The values of a route's parameters: those of the customer whom nobody else may reach, or of nobody. */
type Ids = Readonly<Record<string, string>>;

let live: Live;
let customer: Client;
let stranger: Client;
let theirs: Ids;
let nobodys: Ids;

before(async () => {
  live = await startLive();
  await keepProbeAway(live);
  customer = await newCustomer(live, target);
  stranger = await newCustomer(live, somebody('Kråkbär'));
  const orderPath = await order(customer, target);
  await newClient(live).post('/sign-up', { email: pending.email });
  theirs = await idsOf(orderPath, await confirmationPath(live, pending.email));
  nobodys = strangeIds(theirs);
});
after(() => live.stop());

async function idsOf(orderPath: string, confirmPath: string): Promise<Ids> {
  await addPasskey(live, customer, target);
  const passkeys = await customer.get('/settings/passkeys');
  const [, passkey = ''] = /\/settings\/passkeys\/([\w-]{36})/.exec(passkeys.text) ?? [];
  const devices = await customer.get('/settings/devices');
  const [, session = ''] = /\/sessions\/([\w-]+)\/end/.exec(devices.text) ?? [];
  const [owned] = await live.query('records', 'select owner_id from history.order');
  const [told] = await live.query('records', 'select recipient_id from recipients.recipient');
  const [, item = ''] = /\/catalogue\/([\w-]+)/.exec((await customer.get('/')).text) ?? [];
  return {
    item,
    session,
    passkey,
    order: orderPath.split('/').at(-1) ?? '',
    owner: String(owned?.['owner_id']),
    recipient: String(told?.['recipient_id']),
    hold: newOwnerId(),
    token: confirmPath.split('/').at(-1) ?? '',
    unnamed: newRowId(Temporal.Now.instant()),
  };
}

function strangeIds({ token = '' }: Ids): Ids {
  const row = () => newRowId(Temporal.Now.instant());
  // Names the same row and day with another secret.
  const guessed = `${token.slice(0, -8)}${token.endsWith('AAAAAAAA') ? 'BBBBBBBB' : 'AAAAAAAA'}`;
  return {
    item: row(),
    session: row(),
    passkey: row(),
    order: row(),
    owner: newOwnerId(),
    recipient: row(),
    hold: newOwnerId(),
    token: guessed,
    unnamed: row(),
  };
}

function isSignOut({ path }: Route): boolean {
  return path.endsWith('/sign-out');
}

/** A parameter that has no id above gets one of nobody. */
function addressOf({ path }: Route, ids: Ids): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? ids['unnamed'] ?? '');
}

function call(client: Client, route: Route, ids: Ids): Promise<Answer> {
  const address = addressOf(route, ids);
  return route.method === 'GET' ? client.get(address) : client.post(address);
}

function assertHarmless(answer: Answer, what: string): void {
  assert.ok(answer.status < 500, `${what} answers ${answer.status}`);
  for (const secret of secrets) assert.ok(!answer.text.includes(secret), `${what} tells`);
  assert.ok(!/[?&=][^&]*(?:%40|@)/.test(answer.location), `${what} puts an address into a URL`);
  assertHeaders(answer, what);
}

function assertHeaders({ headers }: Answer, what: string): void {
  assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/, what);
  assert.equal(headers.get('x-content-type-options'), 'nosniff', what);
  assert.equal(headers.get('cache-control'), 'no-store', what);
  for (const cookie of headers.getSetCookie()) {
    assert.match(cookie, /^__Host-[\w-]+=[^;]*;.*HttpOnly/, what);
    assert.match(cookie, /Secure/, what);
  }
}

function named(who: string, { method, path }: Route): string {
  return `${method} ${path} as ${who}`;
}

/** The confirmation is for whoever holds its link; everybody else has to guess. */
function guessing(ids: Ids): Ids {
  return { ...ids, token: nobodys['token'] ?? '' };
}

test('nobody gets nothing but the open pages', async () => {
  for (const route of routes) {
    const answer = await call(newClient(live), route, guessing(theirs));
    assertHarmless(answer, named('nobody', route));
    if (route.access === 'anyone' || route.access === 'machine') continue;
    if (route.access === 'guest') {
      assert.equal(answer.status, 404, named('nobody', route));
      continue;
    }
    const isSentAway = answer.status === 303 && answer.location.includes('/sign-in');
    assert.ok(isSentAway || answer.status === 401, `${named('nobody', route)} ${answer.status}`);
  }
});

test('a stranger with the ids of another customer gets what is answered to ids of nobody', async () => {
  for (const route of routes) {
    const answer = await call(stranger, route, guessing(theirs));
    assertHarmless(answer, named('a stranger', route));
    if (!/:(?:order|session|passkey|owner)/.test(route.path)) continue;
    const other = await call(stranger, route, nobodys);
    assert.equal(answer.status, other.status, named('a stranger', route));
    assert.equal(withoutIds(answer, theirs), withoutIds(other, nobodys));
  }
});

function withoutIds({ text }: Answer, ids: Ids): string {
  return Object.values(ids).reduce((page, id) => page.replaceAll(id, 'ID'), text);
}

test('staff of the wrong role, and providers, get what is answered where there is nothing', async () => {
  for (const role of staffAndProviders) {
    const colleague = await newColleague(live, role);
    const others = routes.filter(({ access }) => isForOthers(access, role));
    for (const route of others) {
      const answer = await call(colleague, route, guessing(theirs));
      assertHarmless(answer, named(role, route));
      const isStaffs = /^\/(?:console|provider)(?:\/|$)/.test(route.path);
      assert.ok(!isStaffs || answer.status === 404, `${named(role, route)} ${answer.status}`);
      assert.ok(isStaffs || answer.status !== 200, `${named(role, route)} is a customer`);
    }
  }
});

function isForOthers(access: Route['access'], role: StaffRole): boolean {
  if (access === 'anyone' || access === 'machine') return false;
  return access === 'customer' || access === 'guest' || !access.includes(role);
}

test('staff that asks for a customer who does not exist is told so, and nothing is opened', async () => {
  const support = await newColleague(live, 'support', 1);
  for (const path of ['', '/support', '/order-handling']) {
    for (const owner of [nobodys['owner'], theirs['order'], 'x', '%00', "'--"]) {
      const address = `/console/customers/${owner}${path}`;
      const answer = path === '' ? await support.get(address) : await support.post(address);
      assert.ok([404, 410].includes(answer.status), address);
      assertHarmless(answer, address);
    }
  }
});

test('a form from another site, or from nowhere, changes nothing for the customer who is signed in', async () => {
  const origins: readonly Record<string, string>[] = [
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://example.com' },
    { origin: 'null' },
    { origin: live.origin, 'sec-fetch-site': 'cross-site' },
  ];
  const forms = routes.filter(({ method, access }) => method === 'POST' && access !== 'machine');
  for (const route of forms) {
    for (const headers of origins) {
      const answer = await customer.post(addressOf(route, theirs), {}, headers);
      const what = `${named('the customer', route)} ${JSON.stringify(headers)}`;
      assert.equal(answer.status, 403, what);
      assert.equal(answer.headers.getSetCookie().length, 0, what);
      assertHarmless(answer, what);
    }
  }
});

test('what machines send is heard by its own proof alone, and tells nobody whether it was', async () => {
  for (const route of routes.filter(({ access }) => access === 'machine')) {
    for (const ids of [theirs, nobodys]) {
      const answer = await newClient(live).post(addressOf(route, ids), { id: 'A'.repeat(32) });
      assert.ok([200, 400].includes(answer.status), named('a machine', route));
      assert.equal(answer.text, '');
    }
  }
});

test('after all that the customer is signed in, has the one order, and nobody has looked', async () => {
  const mine = await customer.get('/my-data');
  assert.equal(mine.status, 200);
  for (const secret of [target.email, target.name, target.street]) {
    assert.ok(mine.text.includes(secret));
  }
  const orders = await live.query('records', 'select order_id from history.order');
  assert.deepEqual(orders, [{ order_id: theirs['order'] }]);
  const looks = await live.query(
    'records',
    `select party from vault.look where owner_id = $1 and party <> 'routine'`,
    [theirs['owner']],
  );
  assert.deepEqual(looks, []);
  assert.equal((await newClient(live).get(`/confirm/${theirs['token']}`)).status, 200);
  const logs = live.logs();
  for (const secret of secrets) assert.ok(!logs.includes(secret), 'the log tells');
});
