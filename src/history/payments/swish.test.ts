import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import https from 'node:https';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeCertificates } from '../../sandbox/bank-certificates.ts';
import { bankInFolder, knownAs } from '../../sandbox/bank.fixture.ts';
import type { BankInFolder } from '../../sandbox/bank.fixture.ts';
import { isProblem } from '../../problem.ts';
import { failureOf, isSwishCode, swishLaterCodes, swishRequestCodes } from './swish-errors.ts';
import { instructionOf } from './swish-words.ts';
import { openSwish } from './swish.ts';
import type { PaymentWish } from './way.ts';

const nothing = { paidOre: null, settlement: null, code: null };

function referenceOf(wish: PaymentWish): string {
  return instructionOf(wish.paymentId);
}

function ask(place: BankInFolder, wish: PaymentWish) {
  return place.swish().ask(knownAs(wish, referenceOf(wish)));
}

test('a payment is opened with a token for the app, and is open until the customer decides', async () => {
  await using place = await bankInFolder();
  const wish = place.payment();
  const created = await place.swish().create(wish);
  assert.ok(created.outcome === 'open' && created.handover.kind === 'swish');
  assert.equal(created.reference, referenceOf(wish));
  assert.match(created.handover.token, /^[0-9a-f]{32}$/);
  assert.deepEqual(await ask(place, wish), { state: 'open', ...nothing });
});

test('one line asks again and again, and the bank knows each time who asks', async () => {
  await using place = await bankInFolder();
  const swish = place.swish();
  const wish = place.payment();
  await swish.create(wish);
  for (let times = 0; times < 5; times += 1) {
    const asked = await swish.ask(knownAs(wish, referenceOf(wish)));
    assert.deepEqual(asked, { state: 'open', ...nothing });
  }
  const many = Array.from({ length: 30 }, () => swish.ask(knownAs(wish, referenceOf(wish))));
  const states = new Set((await Promise.all(many)).map(({ state }) => state));
  assert.deepEqual([...states], ['open']);
});

test('the bank is told a sum, an order number and where to call, and nothing of a person', async () => {
  await using place = await bankInFolder();
  const wish = place.payment({ number: 'A-1024' });
  await place.swish().create(wish);
  const books = JSON.parse(await readFile(join(place.folder, 'bank.json'), 'utf8')) as {
    swishPayments: Record<string, unknown>[];
  };
  const { id, token, createdAt, ...told } = books.swishPayments[0] ?? {};
  assert.ok(id && token && createdAt);
  assert.deepEqual(told, {
    payeePaymentReference: 'A-1024',
    callbackUrl: place.callbackUrl,
    callbackIdentifier: wish.callbackSecret,
    payerAlias: null,
    payeeAlias: '1234679304',
    amountOre: 125_050,
    message: 'Beställning A 1024',
    status: 'CREATED',
    paymentReference: null,
    errorCode: null,
    paidAt: null,
  });
});

test('paid is what the bank says is paid, with what a refund will name', async () => {
  await using place = await bankInFolder();
  const wish = place.payment();
  await place.swish().create(wish);
  assert.ok(await place.bank.approve(referenceOf(wish)));
  const asked = await ask(place, wish);
  assert.ok(asked.state === 'paid');
  assert.equal(asked.paidOre, 125_050);
  assert.match(asked.settlement ?? '', /^[0-9A-F]{32}$/);
});

test('a payment that the customer declines, or nobody pays in time, has moved no money', async () => {
  await using place = await bankInFolder();
  const [declined, late] = [place.payment(), place.payment()];
  for (const wish of [declined, late]) await place.swish().create(wish);
  await place.bank.decline(referenceOf(declined));
  assert.deepEqual(await ask(place, declined), { state: 'declined', ...nothing });
  place.advance(329);
  assert.deepEqual(await ask(place, late), { state: 'open', ...nothing });
  place.advance(1);
  assert.deepEqual(await ask(place, late), { state: 'expired', ...nothing, code: 'TM01' });
});

test('every code that comes later has a meaning, and an unknown outcome is not a failure', async () => {
  await using place = await bankInFolder();
  const states: Record<string, string> = {};
  for (const code of [...Object.keys(swishLaterCodes), 'ACMT03', 'ZZ99']) {
    const wish = place.payment();
    await place.swish().create(wish);
    await place.bank.fail(referenceOf(wish), code);
    const asked = await ask(place, wish);
    assert.ok(asked.state !== 'unknown-here');
    assert.equal(asked.code, code);
    states[code] = asked.state;
  }
  assert.deepEqual(states, {
    RF07: 'declined',
    BANKIDCL: 'declined',
    BANKIDONGOING: 'failed',
    BANKIDUNKN: 'failed',
    FF10: 'failed',
    TM01: 'expired',
    DS24: 'unsure',
    ACMT03: 'failed',
    ZZ99: 'unsure',
  });
  assert.equal(failureOf(undefined), 'unsure');
  assert.ok(isSwishCode('RP09') && !isSwishCode('ZZ99') && !isSwishCode('toString'));
});

test('what the bank refuses at once is refused by its code, and there is no payment', async () => {
  await using place = await bankInFolder();
  // The number of the order becomes the message, and a message that is a code is a wish for it.
  for (const code of Object.keys(swishRequestCodes).filter((each) => each !== 'RP09')) {
    const refused = await place.swish().create(place.payment({ number: code }));
    assert.deepEqual(refused, { outcome: 'refused', code });
  }
  assert.deepEqual(place.bank.payments(), []);
  const plain = place.payment({ callbackUrl: 'http://konto.example.se/payments' });
  assert.deepEqual(await place.swish().create(plain), { outcome: 'refused', code: 'RP03' });
});

test('a message that asks for a later error gets it by itself', async () => {
  await using place = await bankInFolder();
  const wish = place.payment({ number: 'FF10' });
  assert.equal((await place.swish().create(wish)).outcome, 'open');
  await place.bank.quiet();
  assert.deepEqual(await ask(place, wish), { state: 'failed', ...nothing, code: 'FF10' });
});

test('sums that nobody can pay and secrets that are none never leave', async () => {
  await using place = await bankInFolder();
  for (const amountOre of [0, -100, 0.5, Number.NaN, 100_000_000_000_000]) {
    const wish = place.payment({ amountOre });
    await assert.rejects(place.swish().create(wish), (error) => isProblem(error, 'bad-input'));
  }
  const wish = place.payment({ callbackSecret: 'short' });
  await assert.rejects(place.swish().create(wish), (error) => isProblem(error, 'bad-input'));
  const { swish } = place.bank;
  assert.throws(() => openSwish({ ...swish, payeeAlias: '0701740605' }), { code: 'bad-input' });
});

test('the same payment asked for twice is one payment, and the second one cannot be handed over', async () => {
  await using place = await bankInFolder();
  const wish = place.payment();
  const [first, second] = await Promise.all([
    place.swish().create(wish),
    place.swish().create(wish),
  ]);
  const outcomes = [first, second].map(({ outcome }) => outcome).toSorted();
  assert.deepEqual(outcomes, ['open', 'unsure']);
  assert.equal(place.bank.payments().length, 1);
  await place.bank.approve(referenceOf(wish));
  const again = { outcome: 'unsure', reference: referenceOf(wish) };
  assert.deepEqual(await place.swish().create(wish), again);
  assert.equal((await ask(place, wish)).state, 'paid');
});

test('a payment that has failed is refused when it is asked for again', async () => {
  await using place = await bankInFolder();
  const wish = place.payment();
  await place.swish().create(wish);
  await place.bank.fail(referenceOf(wish), 'FF10');
  assert.deepEqual(await place.swish().create(wish), { outcome: 'refused', code: 'FF10' });
});

test('a lost answer is unsure; the bank can be asked, and what is open there can be cancelled', async () => {
  await using place = await bankInFolder();
  const wish = place.payment();
  place.bank.setWeather({ line: 'lost answer' });
  const unsure = { outcome: 'unsure', reference: referenceOf(wish) };
  assert.deepEqual(await place.swish(1_000).create(wish), unsure);
  place.bank.setWeather({ line: 'fair' });
  assert.deepEqual(await place.swish().create(wish), unsure);
  assert.deepEqual(await ask(place, wish), { state: 'open', ...nothing });
  const cancelled = await place.swish().cancel(knownAs(wish, referenceOf(wish)));
  assert.deepEqual(cancelled, { state: 'cancelled', ...nothing });
  assert.equal(place.bank.payments().length, 1);
});

test('what cannot be sent is refused; what was sent and not answered well is unsure', async () => {
  await using place = await bankInFolder({ secondMs: 1_000 });
  const outcomeIn = async (line: 'down' | 'failing' | 'garbled' | 'slow') => {
    place.bank.setWeather({ line });
    const wish = place.payment();
    const created = await place.swish(1_000).create(wish);
    const isHere = place.bank.payments().some(({ id }) => id === referenceOf(wish));
    return { ...created, isHere };
  };
  assert.deepEqual(await outcomeIn('down'), {
    outcome: 'refused',
    code: 'unreachable',
    isHere: false,
  });
  const inWeather = { failing: false, garbled: true, slow: true } as const;
  for (const line of ['failing', 'garbled', 'slow'] as const) {
    const { outcome, isHere } = await outcomeIn(line);
    assert.deepEqual(
      { line, outcome, isHere },
      { line, outcome: 'unsure', isHere: inWeather[line] },
    );
  }
  const gone = openSwish({ ...place.bank.swish, port: 9, timeoutMs: 1_000 });
  const refused = { outcome: 'refused', code: 'unreachable' };
  assert.deepEqual(await gone.create(place.payment()), refused);
  assert.deepEqual(await gone.refund(place.refund('A'.repeat(32))), refused);
});

test('asking through bad weather is unsure and says why, and never failed or paid', async () => {
  await using place = await bankInFolder({ secondMs: 1_000 });
  const wish = place.payment();
  await place.swish().create(wish);
  await place.bank.approve(referenceOf(wish));
  const codes = {
    down: 'unreachable',
    failing: 'http_500',
    garbled: 'unreadable_answer',
    slow: 'no_answer',
  };
  for (const line of ['down', 'failing', 'garbled', 'slow'] as const) {
    place.bank.setWeather({ line });
    const asked = await place.swish(1_000).ask(knownAs(wish, referenceOf(wish)));
    assert.deepEqual(asked, { state: 'unsure', ...nothing, code: codes[line] });
  }
});

test('a bank that lies about the sum or the payment is not believed, whatever the state', async () => {
  await using place = await bankInFolder();
  const [waiting, paid, other] = [place.payment(), place.payment(), place.payment()];
  for (const wish of [waiting, paid, other]) await place.swish().create(wish);
  await place.bank.approve(referenceOf(paid));
  await place.bank.approve(referenceOf(other));
  for (const wish of [waiting, paid]) {
    place.bank.setWeather({ truth: 'wrong amount' });
    assert.deepEqual(await ask(place, wish), {
      state: 'unsure',
      ...nothing,
      code: 'amount_differs',
    });
    place.bank.setWeather({ truth: 'other payment' });
    assert.deepEqual(await ask(place, wish), {
      state: 'unsure',
      ...nothing,
      code: 'other_payment',
    });
  }
  place.bank.setWeather({ truth: 'fair' });
  assert.equal((await ask(place, paid)).state, 'paid');
  const asOther = { ...knownAs(paid, referenceOf(other)) };
  assert.deepEqual(await place.swish().ask(asOther), {
    state: 'unsure',
    ...nothing,
    code: 'other_payment',
  });
  const dearer = { ...knownAs(paid, referenceOf(paid)), amountOre: 1 };
  assert.deepEqual(await place.swish().ask(dearer), {
    state: 'unsure',
    ...nothing,
    code: 'amount_differs',
  });
});

test('what the bank does not know is unknown there', async () => {
  await using place = await bankInFolder();
  const wish = place.payment();
  assert.deepEqual(await ask(place, wish), { state: 'unknown-here' });
  const cancelled = await place.swish().cancel(knownAs(wish, referenceOf(wish)));
  assert.deepEqual(cancelled, { state: 'unknown-here' });
});

test('cancelling says what became of the payment, also when it was paid a moment before', async () => {
  await using place = await bankInFolder();
  const [open, paid] = [place.payment(), place.payment()];
  for (const wish of [open, paid]) await place.swish().create(wish);
  await place.bank.approve(referenceOf(paid));
  const cancel = (wish: PaymentWish) => place.swish().cancel(knownAs(wish, referenceOf(wish)));
  assert.deepEqual(await cancel(open), { state: 'cancelled', ...nothing });
  assert.equal((await cancel(paid)).state, 'paid');
  assert.equal(await place.bank.approve(referenceOf(open)), false);
});

test('without a certificate, or with one of another authority, nobody gets in', async () => {
  await using place = await bankInFolder();
  const { host, port, ca } = place.bank.swish;
  const status = await new Promise((resolve) => {
    const request = https.get({ host, port, ca, path: '/swish-cpcapi/api/v1/paymentrequests/A' });
    request.on('response', (response) => resolve(response.statusCode));
    request.on('error', () => resolve('cut'));
  });
  assert.equal(status, 'cut');
  const stranger = makeCertificates('1234679304', Temporal.Now.instant());
  const swish = openSwish({ ...place.bank.swish, identity: stranger.client });
  assert.notEqual((await swish.create(place.payment())).outcome, 'open');
  assert.deepEqual(place.bank.payments(), []);
});

test('a bank whose own certificate is not from the authority that we trust is told nothing', async () => {
  await using place = await bankInFolder();
  const stranger = makeCertificates('1234679304', Temporal.Now.instant());
  const swish = openSwish({ ...place.bank.swish, ca: stranger.authority.certificate });
  const refused = { outcome: 'refused', code: 'unreachable' };
  assert.deepEqual(await swish.create(place.payment()), refused);
});

test('a number that is not the one in the certificate is refused with 403 and PA01', async () => {
  await using place = await bankInFolder();
  const swish = openSwish({ ...place.bank.swish, payeeAlias: '1231181189' });
  assert.deepEqual(await swish.create(place.payment()), { outcome: 'refused', code: 'PA01' });
  const wish = place.payment();
  await place.swish().create(wish);
  const asked = await swish.ask(knownAs(wish, referenceOf(wish)));
  assert.deepEqual(asked, { state: 'unsure', ...nothing, code: 'other_payee' });
});
