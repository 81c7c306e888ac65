// What leaves for the provider of card payments, and how often.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { bankInFolder } from '../../sandbox/bank.fixture.ts';
import { openCard } from './card.ts';

type Sent = { readonly line: string; readonly headers: IncomingHttpHeaders; readonly body: string };

/** `answer` gives status and body to the nth request; null cuts the line. */
async function listener(answer?: (nth: number) => readonly [number, object] | null) {
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      sent.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      const isList = request.method === 'GET';
      const usual = [200, isList ? { data: [], has_more: false } : {}] as const;
      const given = answer ? answer(sent.length) : usual;
      if (given === null) return void response.destroy();
      response.writeHead(given[0]).end(JSON.stringify(given[1]));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const standIn = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  return { sent, standIn, [Symbol.asyncDispose]: async () => void server.close() };
}

const options = { secretKey: 'sk_test_0123456789', webhookSecrets: [] };

test('a payment tells the provider a sum, an order number and ids, and nothing of a person', async () => {
  await using place = await bankInFolder();
  await using there = await listener();
  const wish = place.payment({ number: '10234567' });
  await openCard({ ...options, standIn: there.standIn }).create(wish);
  const [first] = there.sent;
  assert.equal(first?.line, 'POST /v1/checkout/sessions');
  const id = wish.paymentId;
  assert.deepEqual(Object.fromEntries(new URLSearchParams(first?.body)), {
    mode: 'payment',
    'allowed_payment_method_types[0]': 'card',
    'wallet_options[link][display]': 'never',
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][currency]': 'sek',
    'line_items[0][price_data][unit_amount]': '125050',
    'line_items[0][price_data][product_data][name]': 'Beställning 10234567',
    success_url: wish.returnUrl,
    cancel_url: wish.cancelUrl,
    client_reference_id: id,
    'metadata[payment]': id,
    'payment_intent_data[description]': '10234567',
    'payment_intent_data[metadata][payment]': id,
    locale: 'sv',
    // Half an hour and two minutes, since what was wished is less.
    expires_at: String(place.now().epochMilliseconds / 1000 + 32 * 60),
  });
  const { authorization, ...headers } = first?.headers ?? {};
  assert.equal(authorization, `Bearer ${options.secretKey}`);
  assert.equal(headers['idempotency-key'], id);
  assert.equal(headers['stripe-version'], '2026-10-28.endive');
  assert.deepEqual(
    Object.keys(headers).filter((name) => /telemetry|client-user-agent|cookie/.test(name)),
    [],
  );
});

test('a refund tells the provider which payment, how much, and an id', async () => {
  await using place = await bankInFolder();
  await using there = await listener();
  const wish = place.refund('pi_123', { amountOre: 5_000 });
  await openCard({ ...options, standIn: there.standIn }).refund(wish);
  const [list, refund] = there.sent;
  assert.equal(list?.line, 'GET /v1/refunds?payment_intent=pi_123&limit=100');
  assert.equal(refund?.headers['idempotency-key'], wish.refundId);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(refund?.body)), {
    payment_intent: 'pi_123',
    amount: '5000',
    reason: 'requested_by_customer',
    'metadata[refund]': wish.refundId,
  });
});

test('a second try that is turned away does not make a lost first one refused', async () => {
  await using place = await bankInFolder();
  const error = { error: { type: 'invalid_request_error', message: 'no' } };
  const outcomes = await Promise.all(
    ([401, 403, 429, 409, 500, 400] as const).map(async (status) => {
      await using there = await listener((nth) => (nth === 1 ? null : [status, error]));
      const line = openCard({ ...options, standIn: there.standIn, retryDelayMs: 1 });
      const { outcome } = await line.create(place.payment());
      return [status, outcome, there.sent.length];
    }),
  );
  assert.deepEqual(outcomes, [
    [401, 'unsure', 2],
    [403, 'unsure', 2],
    [429, 'unsure', 2],
    [409, 'unsure', 2],
    [500, 'unsure', 2],
    // What is refused for its own sake was refused the first time, too.
    [400, 'refused', 2],
  ]);
});
