import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Stripe } from 'stripe';
import { bankInFolder } from '../../sandbox/bank.fixture.ts';
import type { BankInFolder } from '../../sandbox/bank.fixture.ts';
import { verifyCardEvent } from './card-event.ts';

/** Computed apart from this code, and the same as the provider's library gives. */
const vector = {
  secret: 'whsec_test_secret',
  seconds: 1_700_000_000,
  body: '{"id":"evt_1","object":"event"}',
  v1: '0c8670ed117751cc551a20e35839447075c42800ea3cf3e8a2fbda99cd1e6edd',
};
const header = `t=${vector.seconds},v1=${vector.v1}`;
const { webhooks } = new Stripe('sk_test_00000000', { telemetry: false });

function verify(
  change: { body?: string | Uint8Array; header?: string; secrets?: string[]; now?: number } = {},
) {
  const { body = vector.body, header: given = header } = change;
  const { secrets = [vector.secret], now = vector.seconds } = change;
  return verifyCardEvent(body, given, secrets, now);
}

const official = (payload: string, secret = vector.secret, timestamp = vector.seconds) =>
  webhooks.generateTestHeaderString({ payload, secret, timestamp });

test('a signature is taken to the byte, as text and as bytes', () => {
  assert.equal(verify()?.eventId, 'evt_1');
  assert.equal(verify({ body: Buffer.from(vector.body) })?.eventId, 'evt_1');
  assert.equal(verify({ body: `${vector.body} ` }), null);
  assert.equal(verify({ body: '{"id": "evt_1","object":"event"}' }), null);
  assert.equal(official(vector.body), header);
});

test('an event is taken for five minutes, and not from as far in the future', () => {
  for (const age of [0, 300, -300]) assert.ok(verify({ now: vector.seconds + age }));
  for (const age of [301, -301, 86_400]) assert.equal(verify({ now: vector.seconds + age }), null);
});

test('while secrets are exchanged, either side may be ahead', () => {
  const old = 'whsec_old';
  const both = `${header},v1=${'0'.repeat(64)}`;
  assert.ok(verify({ header: both }));
  assert.ok(verify({ header: `t=${vector.seconds},v1=${'0'.repeat(64)},v1=${vector.v1}` }));
  assert.ok(verify({ secrets: [old, vector.secret] }));
  assert.equal(verify({ secrets: [old] }), null);
  assert.equal(verify({ secrets: [] }), null);
});

test('other schemes, missing parts, two times and empty secrets count for nothing', () => {
  const headers = [
    '',
    vector.v1,
    `v1=${vector.v1}`,
    `t=${vector.seconds}`,
    `t=${vector.seconds},v0=${vector.v1}`,
    `t=${vector.seconds},v1=${vector.v1.slice(2)}`,
    `t=${vector.seconds},v1=`,
    `t=soon,v1=${vector.v1}`,
    `t=1,t=${vector.seconds},v1=${vector.v1}`,
    `${header},${'x'.repeat(5_000)}`,
  ];
  for (const each of headers) assert.equal(verify({ header: each }), null);
  assert.equal(verifyCardEvent(vector.body, null, [vector.secret], vector.seconds), null);
  assert.equal(verifyCardEvent(vector.body, undefined, [vector.secret], vector.seconds), null);
  const unsigned = official('{"id":"evt_2"}', ' ');
  assert.equal(verify({ body: '{"id":"evt_2"}', header: unsigned, secrets: [''] }), null);
});

test('a body that is signed and is no event is nothing', () => {
  for (const body of ['null', '[]', 'x', '{}', '{"id":7}', '{"id":"<b>"}']) {
    assert.equal(verify({ body, header: official(body) }), null);
  }
  const huge = JSON.stringify({ id: 'evt_1', filling: 'x'.repeat(300_000) });
  assert.equal(verify({ body: huge, header: official(huge) }), null);
});

test('whatever the provider’s library signs is taken, and nothing that was changed after', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 });
  fc.assert(
    fc.property(text, text, fc.nat({ max: 300 }), (extra, wrong, age) => {
      const secret = `whsec_${wrong}x`.replaceAll(/\s/g, '');
      const body = JSON.stringify({ id: 'evt_1', object: 'event', extra });
      const signed = official(body, secret);
      const now = vector.seconds + age;
      assert.equal(verifyCardEvent(body, signed, [secret], now)?.eventId, 'evt_1');
      assert.equal(verifyCardEvent(`${body}\n`, signed, [secret], now), null);
      assert.equal(verifyCardEvent(body, signed, [`${secret}y`], now), null);
    }),
  );
});

function eventsOf(place: BankInFolder) {
  const { webhookSecrets } = place.bank.card;
  const nowSeconds = place.now().epochMilliseconds / 1000;
  return place.called.map(({ body, headers }) =>
    verifyCardEvent(body, String(headers['stripe-signature']), webhookSecrets, nowSeconds),
  );
}

async function paidSession(place: BankInFolder, wish = place.payment()): Promise<string> {
  const created = await place.card().create(wish);
  assert.ok(created.outcome === 'open');
  await place.bank.approve(created.reference);
  await place.bank.quiet();
  return created.reference;
}

test('each event of the provider says what to look at, and the library takes it too', async () => {
  await using place = await bankInFolder();
  const wish = place.payment();
  const session = await paidSession(place, wish);
  const [paid] = eventsOf(place);
  assert.ok(paid);
  assert.deepEqual(
    { ...paid, eventId: '', paymentIntent: '' },
    {
      eventId: '',
      kind: 'checkout.session.completed',
      about: wish.paymentId,
      sessionId: session,
      paymentIntent: '',
      refundId: null,
      disputeId: null,
    },
  );
  assert.match(paid.eventId, /^evt_/);
  assert.match(paid.paymentIntent ?? '', /^pi_/);
  const [call] = place.called;
  const taken = webhooks.constructEvent(
    call?.body ?? '',
    String(call?.headers['stripe-signature']),
    place.bank.card.webhookSecrets[0] ?? '',
    undefined,
    undefined,
    place.now().epochMilliseconds,
  );
  assert.equal(taken.id, paid.eventId);
});

test('refunds, disputes, closed pages and money that came late are told of by their names', async () => {
  await using place = await bankInFolder();
  const session = await paidSession(place);
  const settlement = eventsOf(place)[0]?.paymentIntent ?? '';
  const refund = place.refund(settlement, { amountOre: 500 });
  const done = await place.card().refund(refund);
  assert.ok(done.outcome === 'done');
  await place.bank.failRefund(done.reference, 'declined');
  await place.bank.dispute(session);
  for (const how of ['approve', 'decline', 'timeOut'] as const) {
    const created = await place.card().create(place.payment());
    assert.ok(created.outcome === 'open');
    if (how !== 'timeOut') await place.bank.hold(created.reference);
    await place.bank[how](created.reference);
  }
  await place.bank.quiet();
  const events = eventsOf(place);
  assert.ok(events.every((event) => event !== null));
  const kinds = events.map(({ kind }) => kind).toSorted();
  assert.deepEqual(kinds, [
    'charge.dispute.created',
    'charge.refunded',
    'checkout.session.async_payment_failed',
    'checkout.session.async_payment_succeeded',
    'checkout.session.completed',
    'checkout.session.completed',
    'checkout.session.completed',
    'checkout.session.expired',
    'refund.failed',
  ]);
  const about = (kind: string) => events.find((event) => event.kind === kind);
  assert.equal(about('refund.failed')?.refundId, done.reference);
  assert.equal(about('refund.failed')?.about, refund.refundId);
  assert.equal(about('charge.refunded')?.paymentIntent, settlement);
  assert.equal(about('charge.dispute.created')?.paymentIntent, settlement);
  assert.match(about('charge.dispute.created')?.disputeId ?? '', /^du_/);
});

test('an event that comes again or twice keeps its id, and a forged one is not taken', async () => {
  await using place = await bankInFolder();
  place.answerWith(500, 500, 200);
  await paidSession(place);
  const again = eventsOf(place);
  assert.equal(again.length, 3);
  assert.equal(new Set(again.map((event) => event?.eventId)).size, 1);
  place.bank.setWeather({ callbacks: 'twice' });
  await paidSession(place);
  assert.equal(new Set(eventsOf(place).map((event) => event?.eventId)).size, 2);
  place.bank.setWeather({ callbacks: 'wrong signature' });
  await paidSession(place);
  assert.equal(eventsOf(place).at(-1), null);
});

test('events can come in the wrong order', async () => {
  await using place = await bankInFolder({ secondMs: 200 });
  place.bank.setWeather({ callbacks: 'out of order' });
  const created = await place.card().create(place.payment());
  assert.ok(created.outcome === 'open');
  await place.bank.hold(created.reference);
  await place.bank.approve(created.reference);
  await place.bank.quiet();
  assert.deepEqual(
    eventsOf(place).map((event) => event?.kind),
    ['checkout.session.async_payment_succeeded', 'checkout.session.completed'],
  );
});
