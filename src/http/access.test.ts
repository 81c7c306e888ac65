import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { OwnerId } from '../ids.ts';
import { Problem } from '../problem.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { html } from './answers.ts';
import { buildApp } from './app.ts';
import { customerCookie, origin, own, site, staffCookie } from './app.fixture.ts';
import type { OwnVisit, Route } from './route.ts';

let system: TestSystem;
let owner: OwnerId;
const text = (body: string) => html(body as never);

const routes: Route[] = [
  {
    method: 'GET',
    path: '/open',
    access: 'anyone',
    purpose: 'sign-in',
    page: ({ op, signedIn }) => text(`${op.actor.party} ${signedIn ? 'known' : 'unknown'}`),
  },
  {
    method: 'POST',
    path: '/open',
    access: 'anyone',
    purpose: 'sign-in',
    page: ({ form }) => text(`did ${form.get('a') ?? ''}`),
  },
  {
    method: 'GET',
    path: '/mine',
    access: 'customer',
    purpose: 'history',
    page: ({ op, owner: mine }) => text(`${op.actor.party} ${op.purpose} ${mine}`),
  },
  {
    method: 'GET',
    path: '/console',
    access: ['support', 'administrator'],
    purpose: 'support',
    page: ({ op }: OwnVisit) => text(`${op.actor.party} ${op.purpose}`),
  },
  {
    method: 'GET',
    path: '/broken',
    access: 'anyone',
    purpose: 'sign-in',
    page: () => {
      throw new Error('SQL with maja@example.se');
    },
  },
  {
    method: 'GET',
    path: '/refused/:id',
    access: 'anyone',
    purpose: 'sign-in',
    page: () => {
      throw new Problem('not-found');
    },
  },
];

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
});
after(() => system[Symbol.asyncDispose]());

test('an unsafe request from another site, or from nowhere, is refused', async () => {
  const { post } = site(system, routes);
  const refused: Record<string, string>[] = [
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': '' },
    { 'sec-fetch-site': 'cross-site', origin },
    { origin: 'https://evil.example.com' },
    { origin: 'null' },
    { origin: `${origin}.example.com` },
    { origin: origin.replace('http:', 'https:') },
    { referer: `${origin}/open` },
  ];
  for (const headers of refused)
    assert.equal((await post('/open', 'a=1', headers)).body, 'cross-site', JSON.stringify(headers));
  assert.equal((await post('/open', 'a=1', own)).body, 'did 1');
  assert.equal((await post('/open', 'a=1', { origin })).body, 'did 1');
});

test('a request from elsewhere is refused before it is known who sent it', async () => {
  const cookie = await customerCookie(system, owner);
  const { post } = site(system, routes);
  assert.equal((await post('/open', 'a=1', { cookie })).body, 'cross-site');
});

test('an open page acts as nobody, and still knows who is there', async () => {
  const { get } = site(system, routes);
  assert.equal((await get('/open')).body, 'nobody unknown');
  const cookie = await customerCookie(system, owner);
  assert.equal((await get('/open', { cookie })).body, 'nobody known');
});

test("a customer's page is for a customer, for the purpose of the route", async () => {
  const { get } = site(system, routes);
  const cookie = await customerCookie(system, owner);
  assert.equal((await get('/mine', { cookie })).body, `customer history ${owner}`);
  for (const stranger of ['', '__Host-session=', '__Host-session=x', cookie.slice(0, -2)])
    assert.equal((await get('/mine', { cookie: stranger })).body, 'sign-in-needed');
  const staff = await staffCookie(system, 'support');
  assert.equal((await get('/mine', { cookie: staff })).body, 'sign-in-needed');
});

test('a page of staff opens for its roles; for any other it is not there', async () => {
  const { get } = site(system, routes);
  for (const role of ['support', 'administrator'] as const) {
    const cookie = await staffCookie(system, role);
    assert.equal((await get('/console', { cookie })).body, `${role} support`);
  }
  const bookkeeper = await staffCookie(system, 'bookkeeper');
  assert.equal((await get('/console', { cookie: bookkeeper })).body, 'not-found');
  const customer = await customerCookie(system, owner);
  assert.equal((await get('/console', { cookie: customer })).body, 'sign-in-needed');
  const moved = customer.replace('__Host-session', '__Host-staff');
  assert.equal((await get('/console', { cookie: moved })).body, 'sign-in-needed');
  assert.equal((await get('/console')).body, 'sign-in-needed');
});

test('a session counts only in the cookie that no other site can set', async () => {
  const { get } = site(system, routes);
  const cookie = await customerCookie(system, owner);
  for (const name of ['session', '__Secure-session', '__host-session', '__Host-staff']) {
    const other = cookie.replace('__Host-session', name);
    assert.equal((await get('/mine', { cookie: other })).body, 'sign-in-needed', name);
  }
  const both = `session=x; ${cookie}; other=1`;
  assert.equal((await get('/mine', { cookie: both })).body, `customer history ${owner}`);
});

test('what is not in the table is not there, whatever the method', async () => {
  const { get, post, visit } = site(system, routes);
  assert.equal((await get('/nowhere')).body, 'not-found');
  assert.equal((await post('/nowhere')).body, 'not-found');
  assert.equal((await post('/mine')).body, 'not-found');
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    assert.equal((await visit('/open', { method })).body, 'not-found', method);
  assert.equal((await get('/assets/none.css')).body, 'not-found');
  for (const path of [
    '/%',
    '/%E0%A4%A',
    '/refused/%ff',
    '//evil.example.com',
    '/open/',
    '/%2e%2e/',
  ])
    assert.equal((await get(path)).body, 'not-found', path);
});

test('every answer has the headers that keep it to itself', async () => {
  const { get, post } = site(system, routes);
  for (const { headers } of [
    await get('/open'),
    await get('/nowhere'),
    await get('/broken'),
    await post('/open', '', {}),
  ]) {
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('strict-transport-security'), null);
  }
  const secure = site(system, routes, 'https://konto.example.se');
  const { headers } = await secure.get('/open');
  assert.match(headers.get('strict-transport-security') ?? '', /max-age=\d{8}/);
});

test('an unexpected error shows nothing of itself, and is noted by the pattern of its route', async () => {
  const { get, noted } = site(system, routes);
  const { body } = await get('/broken?email=maja@example.se');
  assert.equal(body, 'unexpected');
  await get('/refused/maja@example.se');
  assert.deepEqual(
    noted.map(({ route, status, problem }) => [route, status, problem]),
    [
      ['/broken', 500, 'unexpected'],
      ['/refused/:id', 400, undefined],
    ],
  );
  const { error: _error, ...rest } = noted[0]!;
  assert.doesNotMatch(JSON.stringify([rest, noted[1]]), /maja/);
});

test('a request knows the network that it came from, from the connection or from the header of our own proxy', async () => {
  const networks: (string | null)[] = [];
  const parts = {
    db: system.db,
    vault: system.vault,
    site: { origin, sender: { from: 'kund@example.se', domain: 'example.se' }, sandbox: null },
    routes: [
      {
        method: 'GET',
        path: '/network',
        access: 'anyone',
        purpose: 'sign-in',
        page: ({ op }) => {
          networks.push(op.network);
          return text('');
        },
      },
      {
        method: 'GET',
        path: '/own',
        access: 'customer',
        purpose: 'account',
        page: ({ op }) => {
          networks.push(op.network);
          return text('');
        },
      },
    ] satisfies Route[],
    clock: () => system.now,
    asset: () => null,
    problemPage: () => text(''),
    note: () => undefined,
  };
  const env = { incoming: { socket: { remoteAddress: '203.0.113.7' } } };
  const headers = {
    cookie: await customerCookie(system, owner),
    'x-forwarded-for': '192.0.2.1, 198.51.100.9',
  };
  const trusting = { addressSource: { header: 'x-forwarded-for', hops: 1 } };
  for (const app of [buildApp(parts), buildApp({ ...parts, ...trusting })]) {
    for (const page of ['/network', '/own'])
      await app.request(`${origin}${page}`, { headers }, env);
  }
  const [peer, header] = ['203.0.113.0/24', '198.51.100.0/24'];
  assert.deepEqual(networks, [peer, peer, header, header]);
});
