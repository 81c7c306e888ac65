import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bankInFolder, knownAs, refundKnownAs } from '../../sandbox/bank.fixture.ts';
import type { BankInFolder } from '../../sandbox/bank.fixture.ts';
import { swishRefundCodes } from './swish-errors.ts';
import { instructionOf } from './swish-words.ts';
import type { RefundWish } from './way.ts';

/** A payment that is paid, and what a refund of it names. */
async function paid(place: BankInFolder): Promise<string> {
  const wish = place.payment();
  const reference = instructionOf(wish.paymentId);
  await place.swish().create(wish);
  await place.bank.approve(reference);
  const asked = await place.swish().ask(knownAs(wish, reference));
  assert.ok(asked.state === 'paid' && asked.settlement !== null);
  return asked.settlement;
}

function askRefund(place: BankInFolder, wish: RefundWish) {
  return place.swish().askRefund(refundKnownAs(wish, instructionOf(wish.refundId)));
}

test('a refund is sent, under way, and done', async () => {
  await using place = await bankInFolder({ secondMs: 100 });
  const wish = place.refund(await paid(place));
  const sent = { outcome: 'sent', reference: instructionOf(wish.refundId) };
  assert.deepEqual(await place.swish().refund(wish), sent);
  assert.deepEqual(await askRefund(place, wish), { state: 'under-way', code: null });
  await place.bank.quiet();
  assert.deepEqual(await askRefund(place, wish), { state: 'done', code: null });
  const states = place.called.map(({ body }) => (JSON.parse(body) as { status: string }).status);
  assert.deepEqual(states, ['PAID', 'DEBITED', 'PAID']);
});

test('a payment can be paid back in parts, up to what was paid', async () => {
  await using place = await bankInFolder();
  const settlement = await paid(place);
  const refund = (amountOre: number) =>
    place.swish().refund(place.refund(settlement, { amountOre }));
  assert.equal((await refund(100_000)).outcome, 'sent');
  assert.deepEqual(await refund(25_051), { outcome: 'refused', code: 'RF08' });
  assert.equal((await refund(25_050)).outcome, 'sent');
  assert.deepEqual(await refund(1), { outcome: 'refused', code: 'RF08' });
});

test('the same refund asked for twice goes out once', async () => {
  await using place = await bankInFolder();
  const wish = place.refund(await paid(place), { amountOre: 50_000 });
  const reference = instructionOf(wish.refundId);
  place.bank.setWeather({ refunds: 'held' });
  assert.deepEqual(await place.swish().refund(wish), { outcome: 'sent', reference });
  assert.deepEqual(await place.swish().refund(wish), { outcome: 'sent', reference });
  await place.bank.approveRefund(reference);
  assert.deepEqual(await place.swish().refund(wish), { outcome: 'done', reference });
  assert.equal(place.bank.payments()[0]?.refunds.length, 1);
});

test('a lost answer to a refund is unsure, and asking or sending it again finds it', async () => {
  await using place = await bankInFolder();
  const wish = place.refund(await paid(place));
  const reference = instructionOf(wish.refundId);
  place.bank.setWeather({ line: 'lost answer', refunds: 'held' });
  assert.deepEqual(await place.swish(1_000).refund(wish), { outcome: 'unsure', reference });
  place.bank.setWeather({ line: 'fair' });
  assert.deepEqual(await askRefund(place, wish), { state: 'under-way', code: null });
  assert.deepEqual(await place.swish().refund(wish), { outcome: 'sent', reference });
  assert.equal(place.bank.payments()[0]?.refunds.length, 1);
});

test('a refund that fails at the bank has failed, and its money can be sent anew', async () => {
  await using place = await bankInFolder();
  const settlement = await paid(place);
  place.bank.setWeather({ refunds: 'failing' });
  const wish = place.refund(settlement);
  await place.swish().refund(wish);
  await place.bank.quiet();
  assert.deepEqual(await askRefund(place, wish), { state: 'failed', code: 'FF10' });
  assert.deepEqual(await place.swish().refund(wish), { outcome: 'refused', code: 'FF10' });
  place.bank.setWeather({ refunds: 'fair' });
  assert.equal((await place.swish().refund(place.refund(settlement))).outcome, 'sent');
});

test('what the bank itself does not know of a refund is unsure', async () => {
  await using place = await bankInFolder();
  place.bank.setWeather({ refunds: 'held' });
  const wish = place.refund(await paid(place));
  assert.deepEqual(await askRefund(place, wish), { state: 'unsure', code: 'unknown_refund' });
  await place.swish().refund(wish);
  place.bank.setWeather({ truth: 'wrong amount' });
  assert.deepEqual(await askRefund(place, wish), { state: 'unsure', code: 'amount_differs' });
  place.bank.setWeather({ truth: 'other payment' });
  assert.deepEqual(await askRefund(place, wish), { state: 'unsure', code: 'other_payment' });
  place.bank.setWeather({ truth: 'fair', line: 'failing' });
  assert.deepEqual(await askRefund(place, wish), { state: 'unsure', code: 'http_500' });
  place.bank.setWeather({ line: 'fair' });
  await place.bank.failRefund(instructionOf(wish.refundId), 'DS24');
  assert.deepEqual(await askRefund(place, wish), { state: 'unsure', code: 'DS24' });
});

test('every reason to refuse a refund is told by its code', async () => {
  await using place = await bankInFolder();
  const settlement = await paid(place);
  for (const code of Object.keys(swishRefundCodes)) {
    const wish = place.refund(settlement, { number: code });
    assert.deepEqual(await place.swish().refund(wish), { outcome: 'refused', code });
  }
  const ofNothing = place.refund('F'.repeat(32));
  assert.deepEqual(await place.swish().refund(ofNothing), { outcome: 'refused', code: 'RF02' });
});

test('after thirteen months a payment cannot be paid back any more', async () => {
  await using place = await bankInFolder();
  const settlement = await paid(place);
  const daySeconds = 24 * 60 * 60;
  const lastDay = 395 * daySeconds;
  place.advance(lastDay);
  const wish = place.refund(settlement, { amountOre: 100 });
  assert.equal((await place.swish().refund(wish)).outcome, 'sent');
  place.advance(daySeconds);
  const late = place.refund(settlement, { amountOre: 100 });
  assert.deepEqual(await place.swish().refund(late), { outcome: 'refused', code: 'RF02' });
});
