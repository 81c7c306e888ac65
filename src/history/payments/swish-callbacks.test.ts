import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bankInFolder, callbackSecret, knownAs } from '../../sandbox/bank.fixture.ts';
import type { BankInFolder } from '../../sandbox/bank.fixture.ts';
import { instructionOf, isCallbackOf, parseSwishCallback } from './swish-words.ts';
import type { PaymentWish } from './way.ts';

async function payAndWait(place: BankInFolder): Promise<PaymentWish> {
  const wish = place.payment();
  await place.swish().create(wish);
  await place.bank.approve(instructionOf(wish.paymentId));
  await place.bank.quiet();
  return wish;
}

test('a callback says which payment it is about and shows the secret of that payment', async () => {
  await using place = await bankInFolder();
  const wish = await payAndWait(place);
  const [call] = place.called;
  const callback = call && parseSwishCallback(call.body, call.headers);
  assert.ok(callback);
  assert.equal(callback.reference, instructionOf(wish.paymentId));
  assert.ok(isCallbackOf(callback, callbackSecret));
  assert.ok(!isCallbackOf(callback, 'b'.repeat(32)));
  assert.equal(place.called.length, 1);
});

test('a callback comes again until somebody says 2xx, and eleven times at most', async () => {
  await using place = await bankInFolder();
  place.answerWith(503, 500, 200);
  await payAndWait(place);
  assert.equal(place.called.length, 3);
  place.answerWith(503);
  await payAndWait(place);
  assert.equal(place.called.length, 3 + 11);
});

test('callbacks are lost, come twice, or show another secret, and the bank still knows the truth', async () => {
  await using place = await bankInFolder();
  const callsIn = async (callbacks: 'lost' | 'twice' | 'wrong signature') => {
    place.bank.setWeather({ callbacks });
    const before = place.called.length;
    const wish = await payAndWait(place);
    const asked = await place.swish().ask(knownAs(wish, instructionOf(wish.paymentId)));
    assert.equal(asked.state, 'paid');
    return place.called.slice(before);
  };
  assert.equal((await callsIn('lost')).length, 0);
  assert.equal((await callsIn('twice')).length, 2);
  const [forged] = await callsIn('wrong signature');
  const callback = forged && parseSwishCallback(forged.body, forged.headers);
  assert.ok(callback && !isCallbackOf(callback, callbackSecret));
});

test('a callback can be there before the answer to the creation', async () => {
  await using place = await bankInFolder();
  place.bank.setWeather({ callbacks: 'early' });
  const wish = place.payment();
  const created = await place.swish().create(wish);
  assert.equal(place.called.length, 1);
  assert.ok(created.outcome === 'open');
  const asked = await place.swish().ask(knownAs(wish, created.reference));
  assert.equal(asked.state, 'paid');
});

test('what is no callback of Swish is nothing', () => {
  const headers = { callbackidentifier: callbackSecret };
  const id = '0123456789ABCDEF0123456789ABCDEF';
  assert.ok(parseSwishCallback(JSON.stringify({ id, status: 'PAID' }), headers));
  assert.ok(parseSwishCallback(JSON.stringify({ id }), new Headers(headers)));
  const bodies = ['', 'null', '[]', '{}', '{"id":5}', JSON.stringify({ id: id.toLowerCase() })];
  for (const body of [...bodies, JSON.stringify({ id, more: 'x'.repeat(10_000) })]) {
    assert.equal(parseSwishCallback(body, headers), null);
  }
  const others = [{}, { callbackidentifier: 'short' }, { callbackidentifier: 'ö'.repeat(32) }];
  for (const each of others) assert.equal(parseSwishCallback(JSON.stringify({ id }), each), null);
});
