import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newRowId } from '../../ids.ts';
import { isProblem } from '../../problem.ts';
import { bankInFolder, knownAs } from '../../sandbox/bank.fixture.ts';
import type { BankInFolder } from '../../sandbox/bank.fixture.ts';
import { openCard } from './card.ts';
import type { PaymentWish } from './way.ts';

const nothing = { paidOre: null, settlement: null, code: null };
const unsure = { outcome: 'unsure', reference: null };

async function opened(place: BankInFolder, wish: PaymentWish = place.payment()) {
  const created = await place.card().create(wish as ReturnType<typeof place.payment>);
  assert.ok(created.outcome === 'open' && created.handover.kind === 'redirect');
  return { wish, known: knownAs(wish, created.reference), url: created.handover.url };
}

test('a card payment leads to the page of the provider and is open until the customer has paid', async () => {
  await using place = await bankInFolder();
  const { known, url } = await opened(place);
  assert.match(known.reference, /^cs_test_[0-9a-f]+$/);
  assert.equal(url, `${place.bank.url}/checkout/${known.reference}`);
  assert.deepEqual(await place.card().ask(known), { state: 'open', ...nothing });
  await place.bank.approve(known.reference);
  const asked = await place.card().ask(known);
  assert.ok(asked.state === 'paid');
  assert.equal(asked.paidOre, 125_050);
  assert.match(asked.settlement ?? '', /^pi_[0-9a-f]+$/);
});

test('a card that is declined leaves the page open for another one', async () => {
  await using place = await bankInFolder();
  const { known } = await opened(place);
  await place.bank.fail(known.reference, 'insufficient_funds');
  const declined = { state: 'open', ...nothing, code: 'insufficient_funds' };
  assert.deepEqual(await place.card().ask(known), declined);
  await place.bank.approve(known.reference);
  assert.equal((await place.card().ask(known)).state, 'paid');
});

test('a page that nobody pays on closes after half an hour', async () => {
  await using place = await bankInFolder();
  const { known } = await opened(
    place,
    place.payment({ expiresAt: place.now().add({ hours: 1 }) }),
  );
  const soon = await opened(place, place.payment({ expiresAt: place.now() }));
  place.advance(30 * 60);
  assert.equal((await place.card().ask(soon.known)).state, 'open');
  place.advance(2 * 60);
  assert.deepEqual(await place.card().ask(soon.known), { state: 'expired', ...nothing });
  assert.equal((await place.card().ask(known)).state, 'open');
  place.advance(28 * 60);
  assert.equal((await place.card().ask(known)).state, 'expired');
});

test('money that takes its time is open until it has come, and failed when it does not', async () => {
  await using place = await bankInFolder();
  const [comes, fails] = [await opened(place), await opened(place)];
  for (const { known } of [comes, fails]) {
    await place.bank.hold(known.reference);
    assert.deepEqual(await place.card().ask(known), { state: 'open', ...nothing });
  }
  await place.bank.approve(comes.known.reference);
  assert.equal((await place.card().ask(comes.known)).state, 'paid');
  await place.bank.decline(fails.known.reference);
  const failed = { state: 'failed', ...nothing, code: 'generic_decline' };
  assert.deepEqual(await place.card().ask(fails.known), failed);
});

test('cancelling closes the page, unless the customer was quicker', async () => {
  await using place = await bankInFolder();
  const [open, paid] = [await opened(place), await opened(place)];
  await place.bank.approve(paid.known.reference);
  assert.deepEqual(await place.card().cancel(open.known), { state: 'cancelled', ...nothing });
  assert.equal(await place.bank.approve(open.known.reference), false);
  assert.equal((await place.card().cancel(paid.known)).state, 'paid');
});

test('the same payment asked for twice is one page', async () => {
  await using place = await bankInFolder();
  const wish = place.payment();
  const [first, second] = [await opened(place, wish), await opened(place, wish)];
  assert.deepEqual(first, second);
  const both = await Promise.all([place.card().create(wish), place.card().create(wish)]);
  assert.deepEqual(new Set(both.map(({ outcome }) => outcome)), new Set(['open']));
  assert.equal(place.bank.payments().length, 1);
});

test('an id that comes back with another sum is unsure, because a payment of it exists', async () => {
  await using place = await bankInFolder();
  const { wish } = await opened(place);
  const dearer = place.payment({ ...wish, amountOre: 300_000 });
  assert.deepEqual(await place.card().create(dearer), unsure);
  assert.equal(place.bank.payments().length, 1);
});

test('a lost answer is unsure, and creating again finds the page that was made', async () => {
  await using place = await bankInFolder();
  const wish = place.payment();
  place.bank.setWeather({ line: 'lost answer' });
  assert.deepEqual(await place.card(1_000).create(wish), unsure);
  place.bank.setWeather({ line: 'fair' });
  place.advance(10 * 60);
  const { known } = await opened(place, wish);
  assert.equal(place.bank.payments().length, 1);
  assert.equal(known.reference, place.bank.payments()[0]?.id);
});

test('what cannot be sent is refused; what was sent and not answered well is unsure', async () => {
  await using place = await bankInFolder({ secondMs: 1_000 });
  const weathers = { down: 0, failing: 0, garbled: 1, slow: 1 } as const;
  for (const line of ['down', 'failing', 'garbled', 'slow'] as const) {
    place.bank.setWeather({ line });
    const before = place.bank.payments().length;
    const created = await place.card(1_500).create(place.payment());
    assert.deepEqual({ line, ...created }, { line, ...unsure });
    assert.equal(place.bank.payments().length - before, weathers[line]);
  }
  const gone = openCard({ ...place.bank.card, standIn: { host: '127.0.0.1', port: 9 } });
  const refused = { outcome: 'refused', code: 'unreachable' };
  assert.deepEqual(await gone.create(place.payment()), refused);
  assert.deepEqual(await gone.refund(place.refund('pi_1')), refused);
});

test('asking through bad weather is unsure and says why, and never failed or paid', async () => {
  await using place = await bankInFolder({ secondMs: 1_000 });
  const { known } = await opened(place);
  await place.bank.approve(known.reference);
  const codes = {
    down: 'no_answer',
    failing: 'unreadable_answer',
    garbled: 'unreadable_answer',
    slow: 'no_answer',
  };
  for (const line of ['down', 'failing', 'garbled', 'slow'] as const) {
    place.bank.setWeather({ line });
    const asked = await place.card(1_500).ask(known);
    assert.deepEqual({ line, ...asked }, { line, state: 'unsure', ...nothing, code: codes[line] });
  }
});

test('a bank that lies about the sum or the payment is not believed, whatever the state', async () => {
  await using place = await bankInFolder();
  const [waiting, paid] = [await opened(place), await opened(place)];
  await place.bank.approve(paid.known.reference);
  for (const { known } of [waiting, paid]) {
    place.bank.setWeather({ truth: 'wrong amount' });
    assert.deepEqual(await place.card().ask(known), {
      state: 'unsure',
      ...nothing,
      code: 'amount_differs',
    });
    place.bank.setWeather({ truth: 'other payment' });
    assert.deepEqual(await place.card().ask(known), {
      state: 'unsure',
      ...nothing,
      code: 'other_payment',
    });
  }
  const wish = place.payment();
  assert.deepEqual(await place.card().create(wish), unsure);
  place.bank.setWeather({ truth: 'fair' });
  assert.equal((await place.card().create(wish)).outcome, 'open');
  assert.equal((await place.card().ask(paid.known)).state, 'paid');
  const mixed = { ...paid.known, reference: waiting.known.reference };
  assert.deepEqual(await place.card().ask(mixed), {
    state: 'unsure',
    ...nothing,
    code: 'other_payment',
  });
});

test('what the provider does not know is unknown there, and a wrong key is no reason to think so', async () => {
  await using place = await bankInFolder();
  const { known } = await opened(place);
  const other = { ...known, reference: 'cs_test_0000' };
  assert.deepEqual(await place.card().ask(other), { state: 'unknown-here' });
  assert.deepEqual(await place.card().cancel(other), { state: 'unknown-here' });
  const stranger = openCard({ ...place.bank.card, secretKey: 'sk_test_00000000' });
  assert.deepEqual(await stranger.ask(known), { state: 'unsure', ...nothing, code: 'http_401' });
  assert.deepEqual(await stranger.create(place.payment()), {
    outcome: 'refused',
    code: 'http_401',
  });
});

test('what the provider does not take is refused by its code', async () => {
  await using place = await bankInFolder();
  const small = { outcome: 'refused', code: 'amount_too_small' };
  assert.deepEqual(await place.card().create(place.payment({ amountOre: 299 })), small);
  const large = { outcome: 'refused', code: 'amount_too_large' };
  assert.deepEqual(await place.card().create(place.payment({ amountOre: 100_000_000 })), large);
  const late = place.payment({
    paymentId: newRowId(place.now().subtract({ hours: 1 })),
    expiresAt: place.now(),
  });
  assert.deepEqual(await place.card().create(late), { outcome: 'refused', code: 'http_400' });
  const wish = place.payment({ amountOre: 0 });
  await assert.rejects(place.card().create(wish), (error) => isProblem(error, 'bad-input'));
  assert.deepEqual(place.bank.payments(), []);
});

test('a real key never goes out in clear, and what is no key is refused at the start', async () => {
  await using place = await bankInFolder();
  const { card } = place.bank;
  const options = [
    { ...card, secretKey: 'sk_live_0123456789' },
    { ...card, standIn: { host: 'api.example.se', port: 80 } },
    { ...card, secretKey: 'pk_test_0123456789' },
    { ...card, secretKey: '' },
  ];
  for (const each of options) assert.throws(() => openCard(each), { code: 'bad-input' });
});
