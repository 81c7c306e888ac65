import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testBanks } from '../../test/shop-banks.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { openVisitor, signedInVisitor } from './privacy-visitor.fixture.ts';
import {
  addBank,
  guest,
  hiddenIn,
  offer,
  offerTimes,
  put,
  removeBanks,
  review,
} from './shop.fixture.ts';

let system: TestSystem;

before(async () => {
  system = await testSystem();
  await removeBanks(system);
});
after(() => system[Symbol.asyncDispose]());

const has = (source: string, ...names: string[]) =>
  names.filter((name) => source.includes(`name="${name}"`));

test('only what is needed is asked: no address where nothing comes, no phone for goods alone', async () => {
  const goods = openVisitor(system);
  await put(goods, await offer(system));
  const shipped = await goods.get('/checkout');
  assert.deepEqual(has(shipped.source, 'email', 'phone', 'street', 'postal_code', 'town'), [
    'email',
    'street',
    'postal_code',
    'town',
  ]);
  const fetched = openVisitor(system);
  await put(fetched, await offer(system, { fulfilment: 'pick-up' }));
  assert.deepEqual(has((await fetched.get('/checkout')).source, 'phone', 'street'), []);
  const digital = openVisitor(system);
  await put(digital, await offer(system, { withdrawal: 'digital' }));
  assert.deepEqual(has((await digital.get('/checkout')).source, 'phone', 'street'), []);
  const booked = openVisitor(system);
  await put(booked, await offerTimes(system), { start: '2026-11-24T09:00:00Z' });
  assert.deepEqual(has((await booked.get('/checkout')).source, 'phone', 'street'), ['phone']);
  const visit = openVisitor(system);
  await put(
    visit,
    await offer(system, { kind: 'service', fulfilment: 'at-customer', variants: [] }),
  );
  assert.deepEqual(has((await visit.get('/checkout')).source, 'phone', 'street'), [
    'phone',
    'street',
  ]);
});

test('fields have the tokens that browsers fill in by, and none for what is asked once', async () => {
  const visitor = openVisitor(system);
  const questions = [{ field: 'access', isRequired: true }] as const;
  await put(
    visitor,
    await offer(system, { kind: 'service', fulfilment: 'at-customer', variants: [], questions }),
  );
  const { source } = await visitor.get('/checkout');
  for (const [name, token] of [
    ['email', 'email'],
    ['recipient_name', 'name'],
    ['phone', 'tel'],
    ['street', 'address-line1'],
    ['postal_code', 'postal-code'],
    ['town', 'address-level2'],
  ])
    assert.match(source, new RegExp(`name="${name}"[^>]* autocomplete="${token}"`));
  assert.match(source, /name="answer-access-[\w-]+"[^>]* maxlength="300"[^>]* autocomplete="off"/);
});

test('who is signed in finds name and the latest address filled in, and is not asked for an address to write to', async () => {
  const email = 'kassa@example.se';
  const owner = await system.newCustomer({ email });
  const visitor = await signedInVisitor(system, email);
  await put(visitor, await offer(system));
  const fresh = await visitor.get('/checkout');
  assert.match(fresh.source, new RegExp(`name="recipient_name"[^>]* value="${person.name}"`));
  assert.deepEqual(has(fresh.source, 'email', 'code'), []);
  assert.doesNotMatch(fresh.text, /The order stands by itself/);
  await system.placeOrderFor(owner);
  const known = await visitor.get('/checkout');
  assert.match(known.source, new RegExp(`name="street"[^>]* value="${person.street}"`));
  assert.match(known.text, /We have filled in what you wrote in your latest order/);
});

test('a guest may sign in on the way, and the basket comes along', async () => {
  await system.newCustomer({ email: 'senare@example.se' });
  const visitor = openVisitor(system);
  await put(visitor, await offer(system));
  const { source, text } = await visitor.get('/checkout');
  assert.match(text, /Order without an account/);
  assert.match(source, /href="\/sign-in\?return=%2Fcheckout"/);
  const { password } = person;
  const fields = { email: 'senare@example.se', password, return: '/checkout' };
  await visitor.post('/sign-in', fields);
  const checkout = await visitor.get('/checkout');
  assert.equal(checkout.status, 200);
  assert.deepEqual(has(checkout.source, 'email'), []);
});

test('everything that is wrong is told beside its field, and everything that was typed is kept', async () => {
  const visitor = openVisitor(system);
  const questions = [
    { field: 'access', isRequired: true },
    { field: 'wishes', isRequired: false },
  ] as const;
  await put(
    visitor,
    await offer(system, { kind: 'service', fulfilment: 'at-customer', variants: [], questions }),
  );
  const form = await visitor.get('/checkout');
  const [, access = ''] = /name="(answer-access-[\w-]+)"/.exec(form.source) ?? [];
  const [, wishes = ''] = /name="(answer-wishes-[\w-]+)"/.exec(form.source) ?? [];
  const typed = {
    ...hiddenIn(form),
    email: 'greta@',
    recipient_name: ' ',
    phone: 'ring mig',
    street: 'Gatan <1>',
    postal_code: '123',
    town: 'x'.repeat(61),
    message: 'Hej',
    [access]: '',
    [wishes]: 'y'.repeat(301),
  };
  const answer = await visitor.post('/checkout/review', typed);
  assert.equal(answer.status, 422);
  for (const fault of [
    'Write the address like this',
    'Enter your name',
    'Write the number in digits',
    'five digits',
    'The town is too long',
    'Answer the question: How we get in',
    'The answer can have 300 characters at most: Wishes',
  ])
    assert.ok(answer.text.includes(fault), fault);
  for (const value of ['greta@', 'ring mig', 'Gatan &lt;1&gt;', '123', 'x'.repeat(61)])
    assert.ok(answer.source.includes(`value="${value}"`), value);
  assert.ok(answer.source.includes('>Hej</textarea>'));
  assert.ok(answer.source.includes(`href="#field-${access}"`));
  for (const id of ['order_id', 'code']) assert.equal(hiddenIn(answer)[id], hiddenIn(form)[id], id);
});

test('a way to pay says who gets to know what, with a link to their own notice, before anything is sent', async () => {
  const visitor = openVisitor(system, 'en', testBanks());
  await put(visitor, await offer(system));
  assert.doesNotMatch((await visitor.get('/checkout')).text, /Swish|Card/);
  const swish = await addBank(system, 'swish');
  await addBank(system, 'card');
  const { text, source } = await visitor.get('/checkout');
  assert.match(
    text,
    /Swish Provbanken AB gets to know the number of the order and the amount, not what you buy\. How they handle your data/,
  );
  assert.match(text, /Card Kortprovet AB gets to know .* You enter the card number with them/);
  assert.match(text, /On site .* Nobody else gets to know anything/);
  assert.match(source, /href="https:\/\/swish\.example\.com\/privacy"/);
  assert.doesNotMatch(source, /value="(?:swish|card|on-site)" checked/);
  const none = await review(visitor, { pay_way: '' });
  assert.match(none.text, /Choose how you want to pay/);
  const reviewed = await review(visitor, { pay_way: 'swish' });
  assert.match(reviewed.text, /Swish\. +Provbanken AB gets to know/);
  await system.db
    .updateTable('recipients.recipient')
    .set({ country: 'US' })
    .where('recipient_id', '=', swish)
    .execute();
  const without = await visitor.get('/checkout');
  assert.match(without.text, /At the moment you cannot pay by Swish\./);
  assert.doesNotMatch(without.source, /value="swish"/);
  assert.equal((await review(visitor, { pay_way: 'swish' })).status, 422);
  await removeBanks(system);
});

test('a bank that the register names and this installation has no agreement with is not offered, taken or missed', async () => {
  await addBank(system, 'swish');
  await addBank(system, 'card');
  const visitor = openVisitor(system, 'en', { ...testBanks(), swish: null });
  await put(visitor, await offer(system));
  const { text, source } = await visitor.get('/checkout');
  assert.doesNotMatch(text, /Swish/);
  assert.doesNotMatch(source, /value="swish"/);
  assert.match(source, /value="card"/);
  assert.equal((await review(visitor, { pay_way: 'swish' })).status, 422);
  assert.equal((await review(visitor, { pay_way: 'card' })).status, 200);
  await removeBanks(system);
});

test('on site can be chosen only where every row allows it; without any way to pay it is kindly told', async () => {
  const visitor = openVisitor(system);
  await put(visitor, await offer(system));
  await put(visitor, await offer(system, { paysOnSite: false }));
  const { text, source } = await visitor.get('/checkout');
  assert.match(text, /We cannot take payment at the moment\s+The basket stays as it is/);
  assert.doesNotMatch(source, /checkout\/review/);
  assert.equal((await review(visitor)).status, 422);
});

test('what costs nothing is ordered without a way to pay, and the button says so', async () => {
  const visitor = openVisitor(system);
  await put(visitor, await offer(system, { priceOre: 0, paysOnSite: false }));
  const form = await visitor.get('/checkout');
  assert.doesNotMatch(form.text, /How do you want to pay/);
  const { text } = await review(visitor);
  assert.match(text, /Order without charge/);
  assert.match(text, /It costs nothing/);
});

test('a phone number is taken as people write it, and shown as they read it', async () => {
  const visitor = openVisitor(system);
  await put(visitor, await offerTimes(system), { start: '2026-11-24T09:00:00Z' });
  for (const phone of ['070-123 45 67', '+46 (0)70 123 45 67', '0046701234567', '(070) 1234567'])
    assert.match((await review(visitor, { phone })).text, /070-123\s45\s67/, phone);
  for (const phone of ['123', '7-0-1', '+', '++46701234567', '0'.repeat(31)])
    assert.equal((await review(visitor, { phone })).status, 422, phone);
});

test('the review shows what, when, where, to whom, for how much, by which rules and from whom', async () => {
  const visitor = openVisitor(system);
  const questions = [{ field: 'wishes', isRequired: false }] as const;
  const times = await offerTimes(system, {}, { priceOre: 50_000, questions });
  await put(visitor, await offer(system, { priceOre: 74_900 }));
  await put(visitor, times, { start: '2026-12-14T09:00:00Z' });
  const form = await visitor.get('/checkout');
  const [, wishes = ''] = /name="(answer-wishes-[\w-]+)"/.exec(form.source) ?? [];
  const { text, source } = await review(visitor, { [wishes]: 'Kort lugg', message: 'Vi ses' });
  for (const words of [
    /Trial time Monday 14 December 2026, 10:00/,
    /At our place: Skaraborgsvägen 3A, 506 30 Borås/,
    /Greta Gäst Testsson.*gast@example\.se.*Gästgatan 4 +506 30 Borås/,
    /Wishes \(Trial time\) +Kort lugg/,
    /Vi ses/,
    /Total SEK\s1,249 Of which VAT 25% SEK\s249\.80/,
    /without charge up to and including Sunday 13 December 2026, 10:00\. After that it costs SEK\s250/,
    /within 14 days of receiving the goods/,
    /Company registration number 559468-7062 +VAT number SE559468706201/,
    /kund@example\.se/,
    /Conditions of sale, version \d{4}-\d\d-\d\d/,
    /National Board for Consumer Disputes/,
    /Order with obligation to pay SEK\s1,249/,
  ])
    assert.match(text, words);
  assert.match(source, /href="\/withdrawal-form"/);
  assert.match(source, /href="\/terms"/);
  const swedish = openVisitor(system, 'sv', testBanks());
  await put(swedish, await offer(system, { priceOre: 124_900 }));
  const sv = await review(swedish);
  assert.match(sv.text, /Beställ med skyldighet att betala 1\s249\s+kr/);
  await addBank(system, 'swish');
  const swish = await review(swedish, { pay_way: 'swish' });
  assert.match(swish.text, /Beställ och betala 1\s249\s+kr/);
  await removeBanks(system);
});

test('from the review back to the form everything that was typed is there', async () => {
  const visitor = openVisitor(system);
  await put(visitor, await offer(system));
  const reviewed = await review(visitor, { message: 'Ring på' });
  const form = await visitor.post('/checkout', hiddenIn(reviewed));
  assert.equal(form.status, 200);
  for (const value of [guest['street'], guest['email'], guest['town']])
    assert.ok(form.source.includes(`value="${value}"`));
  assert.ok(form.source.includes('>Ring på</textarea>'));
  assert.match(form.source, /value="on-site" checked/);
  assert.equal(hiddenIn(form)['order_id'], hiddenIn(reviewed)['order_id']);
  assert.equal(hiddenIn(form)['code'], hiddenIn(reviewed)['code']);
});

test('an empty basket has no checkout', async () => {
  const visitor = openVisitor(system);
  assert.equal((await visitor.get('/checkout')).location, '/basket');
  assert.equal((await visitor.post('/checkout/review', guest)).location, '/basket');
});

test('the conditions of sale and the standard form can be read by anybody, in both languages', async () => {
  for (const [language, terms, form] of [
    ['sv', /Köpvillkor.*Ångerrätt.*Allmänna reklamationsnämnden/, /frånträder/],
    ['en', /Conditions of sale.*Right of withdrawal.*National Board/, /hereby give notice/],
  ] as const) {
    const visitor = openVisitor(system, language);
    assert.match((await visitor.get('/terms')).text, terms);
    assert.match((await visitor.get('/withdrawal-form')).text, form);
  }
});
