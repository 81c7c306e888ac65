import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { lettersTo } from '../../test/access-letters.ts';
import { paid } from '../../test/shop-banks.ts';
import { addTestBooking, addTestProduct } from '../../test/shop.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { Item } from '../history/catalogue/items.ts';
import type { OwnerId } from '../ids.ts';
import { buyerTakeBackText } from '../text/buyer-take-back.ts';
import { customerWith, fieldsOf, guestWith, latestPayment, pay, perform } from './buyer.fixture.ts';
import type { Buyer } from './buyer.fixture.ts';

let system: TestSystem;
let owner: OwnerId;
let product: Item;
let course: Item;
const words = buyerTakeBackText.sv;
const guestEmail = 'gast@example.se';
const at = (text: string) =>
  Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Stockholm').toInstant();

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  product = await addTestProduct(system, { stock: 100 });
  course = await addTestBooking(system, { capacity: 50 });
});
after(() => system[Symbol.asyncDispose]());

type Lines = Parameters<typeof customerWith>[3];

async function both(lines: Lines, way: 'swish' | 'on-site' = 'swish'): Promise<Buyer[]> {
  return [
    await customerWith(system, { owner, email: person.email }, way, lines),
    await guestWith(system, guestEmail, way, lines),
  ];
}

async function stateOf({ owner: of, orderId }: Buyer): Promise<string> {
  const row = await system.db
    .selectFrom('history.order')
    .select('state')
    .where('owner_id', '=', of)
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow();
  return row.state;
}

async function refundsOf(): Promise<number[]> {
  const rows = await system.db.selectFrom('bookkeeping.refund').select('amount_ore').execute();
  return rows.map(({ amount_ore }) => amount_ore);
}

/** Reviews everything that can be cancelled, and the fields of the button that does it. */
async function reviewed(buyer: Buyer, query = ''): Promise<Record<string, string>> {
  const action = `${buyer.path}/cancel`;
  const first = await buyer.browser.get(`${action}${query}`);
  const fields = fieldsOf(first, action);
  if ('seen_refund' in fields) return fields;
  return fieldsOf(await buyer.browser.post(action, fields), action);
}

test('cancelling says what is paid back, how and when, before it does anything', async () => {
  for (const buyer of await both([{ item: product, quantity: 2 }])) {
    await pay(system, buyer);
    const action = `${buyer.path}/cancel`;
    const choice = await buyer.browser.get(action);
    assert.ok(choice.text.includes(words.cancel.choose));
    const review = await buyer.browser.post(action, fieldsOf(choice, action));
    for (const said of [
      '250 kr',
      words.hows.swish,
      words.cancel.yes.order,
      words.cancel.keep.order,
    ])
      assert.ok(review.text.includes(said), said);
    assert.equal(await stateOf(buyer), 'placed');
  }
});

test('a cancelled order is paid back with a receipt and a letter, once, however often it is pressed', async () => {
  for (const buyer of await both([{ item: product, quantity: 2 }])) {
    await pay(system, buyer);
    const before = (await refundsOf()).length;
    const email = buyer.path.startsWith('/guest') ? guestEmail : person.email;
    const letters = (await lettersTo(system, email)).length;
    const fields = await reviewed(buyer);
    const press = () =>
      buyer.browser.post(`${buyer.path}/cancel`, { ...fields, reason: 'Fel färg' });
    const presses = await Promise.all([press(), press(), press()]);
    const done = presses.filter(({ location }) => location?.includes('/taken-back/'));
    assert.equal(done.length, 1);
    assert.deepEqual(
      presses.map(({ status }) => status),
      [303, 303, 303],
    );
    assert.deepEqual((await refundsOf()).slice(before), [25_000]);
    const page = await buyer.browser.get(done[0]?.location ?? '');
    assert.ok(page.text.includes(words.done.cancelled.order) && page.text.includes('250 kr'));
    const after = await lettersTo(system, email);
    assert.equal(after.length, letters + 1);
    const letter = after.find(
      ({ text }) => text.includes(`${words.letter.see('')}http`) && text.includes(buyer.path),
    );
    assert.ok(letter?.text.includes('Kvitto på återbetalning'));
    assert.equal(await stateOf(buyer), 'cancelled');
    const over = await buyer.browser.get(`${buyer.path}/cancel`);
    assert.equal(over.status, 409);
  }
});

test('some of a line can be cancelled, and the rest stays', async () => {
  for (const buyer of await both([
    { item: product, quantity: 3 },
    { item: course, startsAt: at('2026-12-03T10:00') },
  ])) {
    await pay(system, buyer);
    const action = `${buyer.path}/cancel`;
    const fields = fieldsOf(await buyer.browser.get(action), action);
    const [first = ''] = Object.keys(fields).filter((name) => fields[name] === '3');
    const some = Object.fromEntries(
      Object.keys(fields).map((name) => [name, name === first ? '1' : '0']),
    );
    const review = await buyer.browser.post(action, some);
    assert.ok(review.text.includes('125 kr'));
    const done = await buyer.browser.post(action, fieldsOf(review, action));
    assert.match(done.location ?? '', /taken-back/);
    assert.equal(await stateOf(buyer), 'placed');
    const none = await buyer.browser.post(action, { [first]: '0' });
    assert.equal(none.status, 422);
    assert.ok(none.text.includes(words.nothingChosen));
  }
});

test('a late cancellation keeps the fee that was agreed on, and says so first', async () => {
  for (const buyer of await both([{ item: course, startsAt: at('2026-11-23T10:00') }])) {
    await pay(system, buyer);
    const seen = await buyer.browser.get(`${buyer.path}/cancel`);
    for (const said of [
      '75 kr',
      words.feeText('50 kr'),
      words.cancel.keep.times,
      'måndag 23 november 2026 kl. 10.00',
    ])
      assert.ok(seen.text.includes(said), said);
    const done = await buyer.browser.post(`${buyer.path}/cancel`, await reviewed(buyer));
    assert.ok(
      (await buyer.browser.get(done.location ?? '')).text.includes(words.done.cancelled.times),
    );
    assert.equal((await refundsOf()).at(-1), 7_500);
  }
});

test('a sum that has changed while the page was open is shown anew, and nothing is done', async () => {
  const start = system.now;
  for (const buyer of await both([{ item: course, startsAt: at('2026-11-24T10:00') }])) {
    await pay(system, buyer);
    const fields = await reviewed(buyer);
    assert.equal(fields['seen_refund'], '12500');
    system.now = at('2026-11-23T10:01');
    const seen = await buyer.browser.post(`${buyer.path}/cancel`, fields);
    assert.equal(seen.status, 409);
    assert.ok(seen.text.includes(words.cancel.changed) && seen.text.includes('75 kr'));
    assert.equal(await stateOf(buyer), 'placed');
    const now = fieldsOf(seen, `${buyer.path}/cancel`);
    assert.match(
      (await buyer.browser.post(`${buyer.path}/cancel`, now)).location ?? '',
      /taken-back/,
    );
    system.now = start;
  }
});

test('an order that is not paid is let go of at the bank first; what was paid meanwhile is not cancelled unseen', async () => {
  for (const buyer of await both([{ item: product, quantity: 2 }])) {
    await buyer.browser.post(`${buyer.path}/pay`, { way: 'card' });
    const payment = await latestPayment(system, buyer);
    buyer.banks.card.answer(payment.paymentId, paid(payment.amountOre, 'SETTLED'));
    const fields = await reviewed(buyer);
    const meanwhile = await buyer.browser.post(`${buyer.path}/cancel`, fields);
    assert.equal(meanwhile.status, 409);
    assert.ok(meanwhile.text.includes(words.cancel.paid) && meanwhile.text.includes('250 kr'));
    assert.equal(await stateOf(buyer), 'placed');
  }
  for (const buyer of await both([{ item: product }])) {
    await buyer.browser.post(`${buyer.path}/pay`, { way: 'swish' });
    const payment = await latestPayment(system, buyer);
    const unsure = { state: 'unsure', paidOre: null, settlement: null, code: 'DS24' } as const;
    buyer.banks.swish.answer(payment.paymentId, unsure);
    const fields = await reviewed(buyer);
    const stuck = await buyer.browser.post(`${buyer.path}/cancel`, fields);
    assert.equal(stuck.status, 409);
    assert.ok(stuck.text.includes(words.cancel.stuck));
    buyer.banks.swish.answer(payment.paymentId, { ...unsure, state: 'cancelled', code: null });
    const done = await buyer.browser.post(`${buyer.path}/cancel`, fields);
    assert.match(done.location ?? '', /taken-back/);
    assert.equal(await stateOf(buyer), 'cancelled');
  }
});

const withdrawing = { name: 'Maja Lind Testsson', email: 'kvitto@example.com' };

test('withdrawing takes two steps under the words of the law, and is acknowledged to the second at the address given', async () => {
  const seen = new Set<string>();
  for (const buyer of await both([{ item: product, quantity: 2 }])) {
    await pay(system, buyer);
    const action = `${buyer.path}/withdraw`;
    const form = await buyer.browser.get(action);
    assert.match(form.source, /<h1>Ångra köpet här<\/h1>/);
    assert.match(form.source, /name="name"[^>]*value="Maja Lind Testsson"/);
    const step = await buyer.browser.post(action, { ...fieldsOf(form, action), ...withdrawing });
    assert.match(step.source, /<button[^>]*>Bekräfta att du ångrar köpet<\/button>/);
    assert.ok(step.text.includes(`Jag, ${withdrawing.name}, ångrar mitt köp`));
    assert.equal(await stateOf(buyer), 'placed');
    const done = await buyer.browser.post(action, fieldsOf(step, action));
    const page = await buyer.browser.get(done.location ?? '');
    assert.ok(page.text.includes(words.done.withdrawn));
    assert.match(page.text, /22 november 2026, kl\. 13\.\d\d\.\d\d/);
    const letter = (await lettersTo(system, withdrawing.email)).find(
      ({ subject }) => !seen.has(subject),
    );
    seen.add(letter?.subject ?? '');
    assert.ok(
      !letter?.text.includes(buyer.path),
      'the key to the order goes to its own address alone',
    );
    assert.match(letter?.text ?? '', /Mottaget: 22 november 2026, kl\.\u00a013\.\d\d\.\d\d/);
    assert.ok(letter?.text.includes('2 × Provfilt'));
    const own = buyer.path.startsWith('/guest') ? guestEmail : person.email;
    const told = (await lettersTo(system, own)).map(({ subject }) => subject);
    assert.ok(told.includes(letter?.subject ?? '?'), 'whoever ordered is told as well');
  }
});

test('goods that were had are sent back first, and the money follows within fourteen days', async () => {
  for (const buyer of await both([{ item: product }])) {
    await pay(system, buyer);
    await perform(system, buyer);
    const before = (await refundsOf()).length;
    const action = `${buyer.path}/withdraw`;
    const form = fieldsOf(await buyer.browser.get(action), action);
    const step = await buyer.browser.post(action, { ...form, ...withdrawing });
    assert.ok(step.text.includes(words.sendBack.title) && step.text.includes(words.howGoods));
    const done = await buyer.browser.post(action, fieldsOf(step, action));
    const page = await buyer.browser.get(done.location ?? '');
    assert.ok(page.text.includes(words.sendBack.title));
    assert.equal((await refundsOf()).length, before);
    const order = await buyer.browser.get(buyer.path);
    assert.ok(order.text.includes('betalas tillbaka när vi har fått varorna'));
  }
});

test('what is missing or wrong is said beside its field, and what was typed stays', async () => {
  const [buyer] = await both([{ item: product }]);
  assert.ok(buyer);
  await pay(system, buyer);
  const action = `${buyer.path}/withdraw`;
  const form = fieldsOf(await buyer.browser.get(action), action);
  const seen = await buyer.browser.post(action, { ...form, name: ' ', email: 'inte en adress' });
  assert.equal(seen.status, 422);
  assert.ok(seen.text.includes(words.withdraw.faults.name.missing));
  assert.ok(seen.text.includes(words.withdraw.faults.email['not-an-address']));
  assert.match(seen.source, /value="inte en adress"/);
  const [line = ''] = Object.keys(form);
  const none = await buyer.browser.post(action, { ...withdrawing, [line]: '0' });
  assert.equal(none.status, 422);
  assert.ok(none.text.includes(words.withdraw.faults.lines.missing));
});

test('what the law excepts cannot be withdrawn from, and the page names the ground', async () => {
  const made = await addTestProduct(system, { withdrawal: 'custom-made' });
  for (const buyer of await both([{ item: made }, { item: product }])) {
    await pay(system, buyer);
    const action = `${buyer.path}/withdraw`;
    const seen = await buyer.browser.get(action);
    assert.ok(seen.text.includes('tillverkat efter dina önskemål'));
    const fields = fieldsOf(seen, action);
    assert.equal(Object.keys(fields).length, 1, 'only the other line can be chosen');
  }
  for (const buyer of await both([{ item: made }])) {
    await pay(system, buyer);
    const seen = await buyer.browser.get(`${buyer.path}/withdraw`);
    assert.equal(seen.status, 409);
    assert.ok(seen.text.includes(words.withdraw.none));
  }
});
