import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import { test } from 'node:test';
import { tlsIdentity } from '../history/payments/swish-certificate.ts';
import { instructionOf, swishLink } from '../history/payments/swish-words.ts';
import { bankInFolder, knownAs } from './bank.fixture.ts';
import type { BankInFolder } from './bank.fixture.ts';
import { startBank } from './bank.ts';

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };
type Wish = { method?: string; headers?: OutgoingHttpHeaders; body?: string };

/** As fetch, which however does not let us say a Host of our own. */
function ask(place: BankInFolder, path: string, wish: Wish = {}): Promise<Answer> {
  const { port } = new URL(place.bank.url);
  return send((options) => request({ host: '127.0.0.1', port, path, ...options }), wish);
}

function askSwish(place: BankInFolder, path: string, wish: Wish = {}): Promise<Answer> {
  const { host, port, ca, identity } = place.bank.swish;
  const tls = { ...tlsIdentity(identity), ca, servername: 'localhost' };
  const whole = `/swish-cpcapi/api${path}`;
  return send((options) => https.request({ host, port, ...tls, path: whole, ...options }), wish);
}

function send(
  open: (options: { method: string; headers: OutgoingHttpHeaders }) => ReturnType<typeof request>,
  { method = 'GET', headers = {}, body }: Wish,
): Promise<Answer> {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const asked = open({ method, headers: { ...length, ...headers } });
    asked.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

const form = (fields: Record<string, string>): Wish => ({
  method: 'POST',
  headers: {
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded',
  },
  body: new URLSearchParams(fields).toString(),
});
const json = { 'content-type': 'application/json' };

async function openedSwish(place: BankInFolder) {
  const wish = place.payment();
  const created = await place.swish().create(wish);
  assert.ok(created.outcome === 'open' && created.handover.kind === 'swish');
  return { wish, id: created.reference, token: created.handover.token };
}

async function openedCard(place: BankInFolder) {
  const wish = place.payment({ returnUrl: 'http://localhost:8080/paid?of={CHECKOUT_SESSION_ID}' });
  const created = await place.card().create(wish);
  assert.ok(created.outcome === 'open' && created.handover.kind === 'redirect');
  return { wish, id: created.reference, path: new URL(created.handover.url).pathname };
}

test('the page shows what waits and what has ended, and a person decides', async () => {
  await using place = await bankInFolder();
  const [one, other] = [await openedSwish(place), await openedCard(place)];
  const { body, headers } = await ask(place, '/');
  assert.ok(body.startsWith('<!doctype html>'));
  assert.match(String(headers['content-security-policy']), /form-action 'self';/);
  assert.match(body, /Beställning 10234567, SEK\s1,250\.50/);
  assert.equal((await ask(place, `/payments/${one.id}`, form({ do: 'approve' }))).status, 303);
  await ask(place, `/payments/${other.id}`, form({ do: 'fail', code: 'lost_card' }));
  assert.deepEqual(
    place.bank.payments().map(({ way, state, code }) => ({ way, state, code })),
    [
      { way: 'card', state: 'waiting', code: 'lost_card' },
      { way: 'swish', state: 'paid', code: null },
    ],
  );
  for (const what of ['hold', 'decline', 'time-out', 'dispute', 'approve']) {
    assert.equal((await ask(place, `/payments/${other.id}`, form({ do: what }))).status, 303);
  }
  const after = await ask(place, '/');
  assert.match(after.body, /Nobody is paying[\s\S]*Failed[\s\S]*Paid/);
  assert.equal((await ask(place, `/payments/${one.id}`, form({ do: 'dance' }))).status, 400);
  const wrong = form({ do: 'fail', code: '<b>' });
  assert.equal((await ask(place, `/payments/${one.id}`, wrong)).status, 400);
});

test('a refund that is held is paid back or fails when a person says so', async () => {
  await using place = await bankInFolder();
  const { wish, id } = await openedSwish(place);
  await place.bank.approve(id);
  const asked = await place.swish().ask(knownAs(wish, id));
  assert.ok(asked.state === 'paid' && asked.settlement !== null);
  place.bank.setWeather({ refunds: 'held' });
  for (const [what, amountOre] of [
    ['approve', 100],
    ['fail', 200],
  ] as const) {
    const refund = place.refund(asked.settlement, { amountOre });
    await place.swish().refund(refund);
    await ask(place, `/refunds/${instructionOf(refund.refundId)}`, form({ do: what }));
  }
  const states = place.bank.payments()[0]?.refunds.map(({ state }) => state);
  assert.deepEqual(states, ['done', 'failed']);
});

test('the weather is set on the page, and weather that there is not is refused', async () => {
  await using place = await bankInFolder();
  const weather = { line: 'slow', callbacks: 'lost', truth: 'fair', refunds: 'held' };
  assert.equal((await ask(place, '/weather', form(weather))).status, 303);
  assert.deepEqual(place.bank.weather(), weather);
  const none = form({ ...weather, line: 'toString' });
  assert.equal((await ask(place, '/weather', none)).status, 400);
  assert.match((await ask(place, '/')).body, /value="slow" checked/);
});

test('the hosted page takes a test card and leads back to the shop', async () => {
  await using place = await bankInFolder();
  const { id, path } = await openedCard(place);
  const till = await ask(place, path);
  assert.match(till.body, /Pay SEK\s1,250\.50/);
  assert.match(till.body, /href="http:\/\/localhost:8080\/orders\/pay"/);
  assert.match(
    String(till.headers['content-security-policy']),
    /form-action 'self' http:\/\/localhost:8080;/,
  );
  const declined = await ask(place, path, form({ card: 'expired_card' }));
  assert.equal(declined.headers.location, path);
  assert.match((await ask(place, path)).body, /declined \(expired_card\)/);
  const paid = await ask(place, path, form({ card: 'works' }));
  assert.equal(paid.headers.location, `http://localhost:8080/paid?of=${id}`);
  assert.match((await ask(place, path)).body, /This payment is done/);
  assert.equal((await ask(place, '/checkout/cs_test_0')).status, 404);
});

test('the page that stands in for the app approves by token and leads back', async () => {
  await using place = await bankInFolder();
  const { id, token } = await openedSwish(place);
  const back = 'http://localhost:8080/orders/pay';
  const link = new URL(swishLink(token, back, place.bank.swish.appUrl));
  assert.match((await ask(place, `${link.pathname}${link.search}`)).body, /Approve/);
  const approved = await ask(
    place,
    '/swish-app',
    form({ token, callbackurl: back, do: 'approve' }),
  );
  assert.equal(approved.headers.location, back);
  assert.equal(place.bank.payments().find((each) => each.id === id)?.state, 'paid');
  const away = form({ token, callbackurl: 'https://example.com/', do: 'decline' });
  const elsewhere = await ask(place, '/swish-app', away);
  assert.equal(elsewhere.headers.location, `/swish-app?token=${token}`);
  assert.equal((await ask(place, '/swish-app?token=')).status, 404);
});

test('only this machine gets in, directly, and only the page’s own forms count', async () => {
  await using place = await bankInFolder();
  const { id } = await openedCard(place);
  const swishPath = '/v1/paymentrequests/0';
  for (const headers of [{ host: 'bank.example.se' }, { 'x-forwarded-for': '192.0.2.1' }]) {
    for (const path of ['/', '/v1/refunds']) {
      assert.ok([403, 421].includes((await ask(place, path, { headers })).status));
    }
    assert.ok([403, 421].includes((await askSwish(place, swishPath, { headers })).status));
  }
  const foreign = form({ do: 'approve' });
  const headers = { ...foreign.headers, 'sec-fetch-site': 'cross-site' };
  assert.equal((await ask(place, `/payments/${id}`, { ...foreign, headers })).status, 403);
  const long = form({ do: 'approve', filling: 'x'.repeat(11_000) });
  assert.equal((await ask(place, `/payments/${id}`, long)).status, 413);
  assert.equal(place.bank.payments()[0]?.state, 'waiting');
});

test('a restart forgets no money, and nobody else can read what is written down', async () => {
  await using place = await bankInFolder();
  const [swish, card] = [await openedSwish(place), await openedCard(place)];
  for (const { id } of [swish, card]) await place.bank.approve(id);
  const before = place.bank.payments();
  await place.restart();
  assert.deepEqual(place.bank.payments(), before);
  assert.equal((await place.swish().ask(knownAs(swish.wish, swish.id))).state, 'paid');
  assert.equal((await place.card().ask(knownAs(card.wish, card.id))).state, 'paid');
  const again = await place.card().create(card.wish);
  assert.ok(again.outcome === 'open' && again.reference === card.id);
  for (const name of ['bank.json', 'swish-certificates.json']) {
    assert.equal((await stat(join(place.folder, name))).mode & 0o777, 0o600);
  }
});

test('refunds that were under way go on after a restart', async () => {
  await using place = await bankInFolder();
  const { wish, id } = await openedSwish(place);
  await place.bank.approve(id);
  const asked = await place.swish().ask(knownAs(wish, id));
  assert.ok(asked.state === 'paid' && asked.settlement !== null);
  place.bank.setWeather({ refunds: 'held' });
  await place.swish().refund(place.refund(asked.settlement));
  await place.restart();
  await place.bank.quiet();
  assert.equal(place.bank.payments()[0]?.refunds[0]?.state, 'done');
});

test('books that are damaged stop the start instead of being forgotten', async () => {
  await using place = await bankInFolder();
  const file = join(place.folder, 'bank.json');
  const whole = await readFile(file, 'utf8');
  await writeFile(file, whole.slice(0, 50));
  const options = { folder: place.folder, clock: () => place.now() };
  await assert.rejects(startBank(options), /bank\.json is damaged/);
  await writeFile(file, whole);
});

test('Swish answers what is malformed by its rules', async () => {
  await using place = await bankInFolder();
  const id = 'A'.repeat(32);
  const path = `/v2/paymentrequests/${id}`;
  const good = {
    payeeAlias: '1234679304',
    callbackUrl: 'https://konto.example.se/swish',
    amount: '10.00',
    currency: 'SEK',
  };
  const put = (change: object, wish: Wish = {}, at = path) =>
    askSwish(place, at, {
      method: 'PUT',
      headers: json,
      body: JSON.stringify({ ...good, ...change }),
      ...wish,
    });
  const codeOf = async (change: object) => {
    const { status, body } = await put(change);
    assert.equal(status, 422);
    return (JSON.parse(body) as { errorCode: string }[])[0]?.errorCode;
  };
  assert.equal(await codeOf({ payeeAlias: undefined }), 'RP01');
  assert.equal(await codeOf({ payeeAlias: '999' }), 'ACMT17');
  assert.equal(await codeOf({ callbackUrl: 'ftp://example.se' }), 'RP03');
  assert.equal(await codeOf({ callbackUrl: 'https://example.se:8443/' }), 'RP03');
  assert.equal(await codeOf({ callbackIdentifier: 'short' }), 'PA01');
  assert.equal(await codeOf({ message: 'a-b' }), 'RP02');
  assert.equal(await codeOf({ message: 'x'.repeat(51) }), 'RP02');
  assert.equal(await codeOf({ payeePaymentReference: 'å' }), 'FF08');
  assert.equal(await codeOf({ payerAlias: '+46701740605' }), 'BE18');
  assert.equal(await codeOf({ amount: 10 }), 'PA02');
  assert.equal(await codeOf({ amount: '10,00' }), 'PA02');
  assert.equal(await codeOf({ amount: '0.00' }), 'AM06');
  assert.equal(await codeOf({ amount: '1000000000000.00' }), 'AM02');
  assert.equal(await codeOf({ currency: 'EUR' }), 'AM03');
  assert.equal((await put({}, { headers: { 'content-type': 'text/plain' } })).status, 415);
  assert.equal((await put({}, { body: '{' })).status, 400);
  assert.equal((await put({}, {}, '/v2/paymentrequests/abc')).status, 400);
  assert.equal((await put({}, {}, `/v1/paymentrequests/${id}`)).status, 404);
  assert.equal((await put({}, { body: 'x'.repeat(70_000) })).status, 413);
  assert.deepEqual(place.bank.payments(), []);
});

test('with the payer’s number Swish opens the app itself, gives no token, and takes one payment at a time', async () => {
  await using place = await bankInFolder();
  const put = (id: string) =>
    askSwish(place, `/v2/paymentrequests/${id.repeat(32)}`, {
      method: 'PUT',
      headers: json,
      body: JSON.stringify({
        payeeAlias: '1234679304',
        payerAlias: '46701740605',
        callbackUrl: 'https://konto.example.se/swish',
        amount: '10.00',
        currency: 'SEK',
      }),
    });
  const created = await put('A');
  assert.equal(created.status, 201);
  assert.equal(created.body, '');
  assert.match(created.headers.location ?? '', /\/api\/v1\/paymentrequests\/A{32}$/);
  assert.equal(created.headers['paymentrequesttoken'], undefined);
  const busy = await put('B');
  assert.match(busy.body, /RP06/);
  place.advance(180);
  assert.equal((await put('B')).status, 201);
});

test('Swish cancels only what is asked for as a patch, and only once', async () => {
  await using place = await bankInFolder();
  const { id } = await openedSwish(place);
  const patch = (value: string, type = 'application/json-patch+json') =>
    askSwish(place, `/v1/paymentrequests/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': type },
      body: JSON.stringify([{ op: 'replace', path: '/status', value }]),
    });
  assert.equal((await patch('cancelled', 'application/json')).status, 415);
  assert.equal((await patch('paid')).status, 400);
  assert.match((await patch('cancelled')).body, /"status":"CANCELLED"/);
  const again = await patch('cancelled');
  assert.equal(again.status, 422);
  assert.match(again.body, /RP07/);
});

test('Stripe asks for the key, knows its parameters, and gives the same answer for the same key', async () => {
  await using place = await bankInFolder();
  const { id } = await openedCard(place);
  const authorization = `Bearer ${place.bank.card.secretKey}`;
  const path = '/v1/checkout/sessions';
  assert.equal((await ask(place, `${path}/${id}`)).status, 401);
  const post = (body: string, key = 'k1') =>
    ask(place, '/v1/refunds', {
      method: 'POST',
      headers: { authorization, 'idempotency-key': key },
      body,
    });
  const unknown = await post('payment_intent=pi_1&customer=cus_1');
  assert.equal(unknown.status, 400);
  assert.match(unknown.body, /parameter_unknown/);
  await place.bank.approve(id);
  const session = JSON.parse(
    (await ask(place, `${path}/${id}`, { headers: { authorization } })).body,
  ) as {
    payment_intent: string;
  };
  const intentPath = `/v1/payment_intents/${session.payment_intent}`;
  assert.match((await ask(place, intentPath, { headers: { authorization } })).body, /"succeeded"/);
  const first = await post(`payment_intent=${session.payment_intent}&amount=100`);
  const again = await post(`payment_intent=${session.payment_intent}&amount=100`);
  assert.equal(again.body, first.body);
  assert.equal(again.headers['idempotent-replayed'], 'true');
  const other = await post(`payment_intent=${session.payment_intent}&amount=200`);
  assert.match(other.body, /idempotency_error/);
  const list = await ask(place, '/v1/refunds?limit=1', { headers: { authorization } });
  assert.match(list.body, /"has_more":false/);
});

test('a certificate is kept between starts and made anew for another number', async () => {
  await using place = await bankInFolder();
  const { identity } = place.bank.swish;
  await place.restart();
  assert.deepEqual(place.bank.swish.identity, identity);
  const options = { folder: place.folder, clock: () => place.now(), payeeAlias: '1231181189' };
  const other = await startBank(options);
  assert.notDeepEqual(other.swish.identity, identity);
  await other.stop();
});
