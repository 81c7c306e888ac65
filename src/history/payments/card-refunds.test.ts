import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bankInFolder, knownAs, refundKnownAs } from '../../sandbox/bank.fixture.ts';
import type { BankInFolder } from '../../sandbox/bank.fixture.ts';

const unsure = { outcome: 'unsure', reference: null };

/** A payment that is paid, and what a refund of it names. */
async function paid(place: BankInFolder): Promise<string> {
  const wish = place.payment();
  const created = await place.card().create(wish);
  assert.ok(created.outcome === 'open');
  await place.bank.approve(created.reference);
  const asked = await place.card().ask(knownAs(wish, created.reference));
  assert.ok(asked.state === 'paid' && asked.settlement !== null);
  return asked.settlement;
}

test('a refund is done at once, or sent and done later', async () => {
  await using place = await bankInFolder();
  const settlement = await paid(place);
  const quick = place.refund(settlement, { amountOre: 100 });
  const done = await place.card().refund(quick);
  assert.ok(done.outcome === 'done');
  const known = refundKnownAs(quick, done.reference);
  assert.deepEqual(await place.card().askRefund(known), { state: 'done', code: null });
  place.bank.setWeather({ refunds: 'held' });
  const slow = place.refund(settlement, { amountOre: 200 });
  const sent = await place.card().refund(slow);
  assert.ok(sent.outcome === 'sent');
  const later = refundKnownAs(slow, sent.reference);
  assert.deepEqual(await place.card().askRefund(later), { state: 'under-way', code: null });
  await place.bank.approveRefund(sent.reference);
  assert.deepEqual(await place.card().askRefund(later), { state: 'done', code: null });
});

test('a payment can be paid back in parts, up to what was paid', async () => {
  await using place = await bankInFolder();
  const settlement = await paid(place);
  const refund = (amountOre: number) =>
    place.card().refund(place.refund(settlement, { amountOre }));
  assert.equal((await refund(100_000)).outcome, 'done');
  assert.deepEqual(await refund(25_051), { outcome: 'refused', code: 'http_400' });
  assert.equal((await refund(25_050)).outcome, 'done');
  assert.deepEqual(await refund(1), { outcome: 'refused', code: 'charge_already_refunded' });
  const ofNothing = await place.card().refund(place.refund('pi_0000'));
  assert.deepEqual(ofNothing, { outcome: 'refused', code: 'resource_missing' });
});

test('the same refund asked for again goes out once, also after the provider has forgotten its key', async () => {
  await using place = await bankInFolder();
  const wish = place.refund(await paid(place), { amountOre: 500 });
  const first = await place.card().refund(wish);
  assert.deepEqual(await place.card().refund(wish), first);
  place.advance(25 * 60 * 60);
  assert.deepEqual(await place.card().refund(wish), first);
  const both = await Promise.all([place.card().refund(wish), place.card().refund(wish)]);
  assert.deepEqual(both, [first, first]);
  assert.equal(place.bank.payments()[0]?.refunds.length, 1);
});

test('a refund whose answer is lost is looked for, and sending it again finds it', async () => {
  await using place = await bankInFolder();
  const settlement = await paid(place);
  const lost = place.refund(settlement, { amountOre: 500 });
  place.bank.setWeather({ line: 'lost answer' });
  assert.equal((await place.card(1_500).refund(lost)).outcome, 'done');
  for (const line of ['garbled', 'failing'] as const) {
    const wish = place.refund(settlement, { amountOre: 500 });
    place.bank.setWeather({ line });
    assert.deepEqual(await place.card(1_500).refund(wish), unsure);
    place.bank.setWeather({ line: 'fair' });
    assert.equal((await place.card().refund(wish)).outcome, 'done');
  }
  assert.equal(place.bank.payments()[0]?.refunds.length, 3);
});

test('a refund that the card’s bank sends back has failed, even after it was done', async () => {
  await using place = await bankInFolder();
  const settlement = await paid(place);
  const wish = place.refund(settlement, { amountOre: 500 });
  const done = await place.card().refund(wish);
  assert.ok(done.outcome === 'done');
  await place.bank.failRefund(done.reference, 'expired_or_canceled_card');
  const known = refundKnownAs(wish, done.reference);
  const failed = { state: 'failed', code: 'expired_or_canceled_card' };
  assert.deepEqual(await place.card().askRefund(known), failed);
  const again = { outcome: 'refused', code: 'expired_or_canceled_card' };
  assert.deepEqual(await place.card().refund(wish), again);
  place.bank.setWeather({ refunds: 'failing' });
  const sent = await place.card().refund(place.refund(settlement, { amountOre: 600 }));
  assert.equal(sent.outcome, 'sent');
});

test('what the provider tells of a refund is held against what was asked', async () => {
  await using place = await bankInFolder();
  const wish = place.refund(await paid(place));
  const done = await place.card().refund(wish);
  assert.ok(done.outcome === 'done');
  const known = refundKnownAs(wish, done.reference);
  place.bank.setWeather({ truth: 'wrong amount' });
  assert.deepEqual(await place.card().askRefund(known), {
    state: 'unsure',
    code: 'amount_differs',
  });
  place.bank.setWeather({ truth: 'other payment' });
  assert.deepEqual(await place.card().askRefund(known), { state: 'unsure', code: 'other_payment' });
  place.bank.setWeather({ truth: 'fair' });
  const other = { ...known, reference: 're_0000' };
  assert.deepEqual(await place.card().askRefund(other), {
    state: 'unsure',
    code: 'unknown_refund',
  });
});
