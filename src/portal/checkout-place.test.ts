import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { readToken } from '../accounts/tokens.ts';
import type { Item } from '../history/catalogue/items.ts';
import { readOrder } from '../history/orders.ts';
import { currentTerms } from '../history/terms.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { lettersOf } from '../../test/letters-of.ts';
import { testBanks } from '../../test/shop-banks.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { openVisitor, signedInVisitor } from './privacy-visitor.fixture.ts';
import type { Seen } from './privacy-visitor.fixture.ts';
import {
  addBank,
  consents,
  guest,
  hiddenIn,
  offer,
  offerTimes,
  order,
  ordersOf,
  put,
  removeBanks,
  review,
  variantOf,
} from './shop.fixture.ts';

const basket = '__Host-basket';
let system: TestSystem;
let number = 0;

before(async () => {
  system = await testSystem();
  await removeBanks(system);
});
after(() => system[Symbol.asyncDispose]());
beforeEach(() => {
  // The guest of these tests orders more often than anybody may in a quarter of an hour.
  system.now = system.now.add({ minutes: 15 });
});

async function newCustomer() {
  number += 1;
  const email = `koper${number}@example.se`;
  const owner = await system.newCustomer({ email });
  return { owner, email, visitor: await signedInVisitor(system, email, 'en', testBanks()) };
}

const ownerOf = (code: string | undefined) => readToken(code ?? '')?.owner as OwnerId;
const setStock = (item: Item, stock: number) =>
  system.db
    .updateTable('history.variant')
    .set({ stock })
    .where('item_id', '=', item.itemId)
    .execute();
async function stockOf(item: Item): Promise<number | null | undefined> {
  const rows = await system.db
    .selectFrom('history.variant')
    .select('stock')
    .where('item_id', '=', item.itemId)
    .execute();
  return rows[0]?.stock;
}
/** Nothing is ordered, nothing is lost, and what was typed goes along. */
async function assertNotOrdered(answer: Seen, status: number, orderId: string | undefined) {
  assert.equal(answer.status, status, answer.text);
  assert.deepEqual(await ordersOf(system, orderId ?? ''), []);
  const hidden = hiddenIn(answer);
  assert.equal(hidden['order_id'], orderId);
  assert.equal(hidden['street'], guest['street']);
}

test('who is signed in orders under the account, is led to the order, and finds the basket empty', async () => {
  const { owner, email, visitor } = await newCustomer();
  await put(visitor, await offer(system), { quantity: '2' });
  const placed = await order(visitor);
  const [, id = ''] = /^\/history\/([\w-]+)\?placed=1$/.exec(placed.location ?? '') ?? [];
  const [row] = await ordersOf(system, id);
  assert.equal(row?.owner_id, owner);
  assert.equal(row?.total_ore, 20_000);
  assert.equal(row?.terms_id, (await currentTerms(system.db)).termsId);
  assert.ok(!visitor.cookies.has(basket));
  const [letter] = await lettersOf(system, owner);
  assert.equal(letter?.email, email);
  assert.match(letter?.text ?? '', new RegExp(`/history/${id}`));
  assert.equal((await visitor.get(`/history/${id}`)).status, 200);
});

test('a guest orders without an account: the order stands by itself, and a code in the letter leads to it', async () => {
  const visitor = openVisitor(system);
  await put(visitor, await offer(system));
  const placed = await order(visitor);
  const [, code = '', id = ''] =
    /^\/guest\/([\w-]{86})\/([\w-]+)\?placed=1$/.exec(placed.location ?? '') ?? [];
  const owner = ownerOf(code);
  const [row] = await ordersOf(system, id);
  assert.equal(row?.owner_id, owner);
  const [letter] = await lettersOf(system, owner);
  assert.equal(letter?.email, guest['email']);
  assert.ok(letter?.text.includes(`/guest/${code}\n`));
  assert.match(letter?.text ?? '', /Keep it, and give it to nobody else/);
  assert.ok(!visitor.cookies.has(basket));
});

test('who pays now is led to where it is paid', async () => {
  await addBank(system, 'swish');
  await addBank(system, 'card');
  const { visitor } = await newCustomer();
  await put(visitor, await offer(system));
  assert.match(
    (await order(visitor, { pay_way: 'swish' })).location ?? '',
    /^\/history\/[\w-]{36}\/pay$/,
  );
  const stranger = openVisitor(system, 'en', testBanks());
  await put(stranger, await offer(system));
  const { location } = await order(stranger, { pay_way: 'card' });
  assert.match(location ?? '', /^\/guest\/[\w-]{86}\/[\w-]{36}\/pay$/);
  await removeBanks(system);
});

test('a double click, a retry and two tabs are one order, also when it took the last one', async () => {
  const { visitor, owner } = await newCustomer();
  const item = await offer(system, { variants: [variantOf(system, { stock: 1 })] });
  await put(visitor, item);
  const reviewed = hiddenIn(await review(visitor));
  const answers = await Promise.all([1, 2, 3].map(() => visitor.post('/orders', reviewed)));
  const again = await visitor.post('/orders', reviewed);
  const expected = `/history/${reviewed['order_id']}?placed=1`;
  for (const { status, location } of [...answers, again])
    assert.deepEqual([status, location], [303, expected]);
  assert.equal((await ordersOf(system, reviewed['order_id'] ?? '')).length, 1);
  assert.equal((await lettersOf(system, owner)).length, 1);
  assert.equal(await stockOf(item), 0);
});

test("a guest's double click is one order, and so is a retry after signing in", async () => {
  const { email } = await newCustomer();
  const visitor = openVisitor(system);
  const item = await offer(system, { variants: [variantOf(system, { stock: 1 })] });
  await put(visitor, item);
  const reviewed = hiddenIn(await review(visitor));
  const answers = await Promise.all([1, 2].map(() => visitor.post('/orders', reviewed)));
  const expected = `/guest/${reviewed['code']}/${reviewed['order_id']}?placed=1`;
  for (const { location } of answers) assert.equal(location, expected);
  await visitor.post('/sign-in', { email, password: person.password });
  assert.equal((await visitor.post('/orders', reviewed)).location, expected);
  assert.equal((await ordersOf(system, reviewed['order_id'] ?? '')).length, 1);
});

test('a price that changed since the review is said, and nothing is ordered until it is seen', async () => {
  const visitor = openVisitor(system);
  const item = await offer(system);
  await put(visitor, item);
  const reviewed = hiddenIn(await review(visitor));
  await system.db
    .updateTable('history.item')
    .set({ price_ore: 15_000 })
    .where('item_id', '=', item.itemId)
    .execute();
  const answer = await visitor.post('/orders', reviewed);
  await assertNotOrdered(answer, 409, reviewed['order_id']);
  assert.match(answer.text, /The price has changed +Nothing is ordered yet/);
  assert.match(answer.text, /from SEK\s100 to SEK\s150/);
  assert.match(answer.text, /Order with obligation to pay SEK\s150/);
  const placed = await visitor.post('/orders', hiddenIn(answer));
  assert.equal(placed.status, 303);
  assert.equal((await ordersOf(system, reviewed['order_id'] ?? ''))[0]?.total_ore, 15_000);
});

test('conditions that changed since the review are said, and nothing is ordered until they are seen', async () => {
  const visitor = openVisitor(system);
  await put(visitor, await offer(system));
  const reviewed = hiddenIn(await review(visitor));
  const answer = await visitor.post('/orders', { ...reviewed, terms_id: newRowId(system.now) });
  await assertNotOrdered(answer, 409, reviewed['order_id']);
  assert.match(answer.text, /The conditions of sale have changed/);
  assert.equal((await visitor.post('/orders', hiddenIn(answer))).status, 303);
});

test('goods that are gone lead back to the basket, marked, with all that was typed; then the same form goes on', async () => {
  const visitor = openVisitor(system);
  const item = await offer(system, { variants: [variantOf(system, { stock: 5 })] });
  await put(visitor, item, { quantity: '3' });
  await put(visitor, await offer(system));
  const reviewed = hiddenIn(await review(visitor, { message: 'Ring på' }));
  await setStock(item, 2);
  const answer = await visitor.post('/orders', reviewed);
  await assertNotOrdered(answer, 409, reviewed['order_id']);
  assert.match(answer.text, /Something has changed, so nothing is ordered/);
  assert.match(answer.text, /There are only 2 left/);
  const [, name = ''] = /name="(quantity-[\w-]+)"/.exec(answer.source) ?? [];
  const still = await visitor.post('/basket', { ...hiddenIn(answer), [name]: '9' });
  assert.equal(still.status, 200);
  assert.match(still.text, /There are only 2 left/);
  const form = await visitor.post('/checkout', { ...hiddenIn(still), [name]: '2' });
  assert.equal(form.status, 200);
  assert.match(form.source, new RegExp(`name="street"[^>]* value="${guest['street']}"`));
  assert.ok(form.source.includes('>Ring på</textarea>'));
  assert.equal(hiddenIn(form)['order_id'], reviewed['order_id']);
});

test('rows are removed on the way back without losing what was typed', async () => {
  const visitor = openVisitor(system);
  const item = await offer(system, { variants: [variantOf(system, { stock: 1 })] });
  await put(visitor, item);
  await put(visitor, await offer(system));
  const reviewed = hiddenIn(await review(visitor));
  await setStock(item, 0);
  const answer = await visitor.post('/orders', reviewed);
  const [, line = ''] = /form="remove" name="line" value="([\w-]+)"/.exec(answer.source) ?? [];
  const removed = await visitor.post('/basket/remove', { ...hiddenIn(answer), line });
  assert.match(removed.text, /Removed from the basket/);
  assert.doesNotMatch(removed.text, /Sold out/);
  const form = await visitor.post('/checkout', hiddenIn(removed));
  assert.match(form.source, new RegExp(`name="town"[^>]* value="${guest['town']}"`));
});

test('a time that somebody else got leads back to the basket, marked, and nobody gets it twice', async () => {
  const item = await offerTimes(system);
  const start = { start: '2026-11-26T09:00:00Z' };
  const visitors = [openVisitor(system), openVisitor(system), openVisitor(system)];
  const forms: Record<string, string>[] = [];
  for (const visitor of visitors) {
    await put(visitor, item, start);
    forms.push({ ...hiddenIn(await review(visitor)), ...consents });
  }
  const answers = await Promise.all(
    visitors.map((visitor, index) => visitor.post('/orders', forms[index])),
  );
  assert.equal(answers.filter(({ status }) => status === 303).length, 1);
  const lost = answers.find(({ status }) => status === 409) as Seen;
  assert.match(lost.text, /Somebody else has booked the time\. Choose another time/);
  assert.equal(hiddenIn(lost)['recipient_name'], guest['recipient_name']);
  const taken = await system.db
    .selectFrom('history.booking')
    .select('state')
    .where('item_id', '=', item.itemId)
    .execute();
  assert.deepEqual(taken, [{ state: 'booked' }]);
});

test('two times that cannot be combined lead back to the basket with what to do', async () => {
  const item = await offerTimes(system, { stepMinutes: 30 });
  const visitor = openVisitor(system);
  await put(visitor, item, { start: '2026-11-27T09:00:00Z' });
  await put(visitor, item, { start: '2026-11-27T09:30:00Z' });
  const reviewed = hiddenIn(await review(visitor));
  const answer = await visitor.post('/orders', { ...reviewed, ...consents });
  assert.equal(answer.status, 409);
  assert.match(answer.text, /Not everything could be booked at once/);
  assert.deepEqual(await ordersOf(system, reviewed['order_id'] ?? ''), []);
  assert.equal(hiddenIn(answer)['email'], guest['email']);
});

test('several places of a group are several lines with a seat each', async () => {
  const item = await offerTimes(system, { capacity: 3 });
  const visitor = openVisitor(system);
  const start = '2026-11-30T09:00:00Z';
  await put(visitor, item, { start, quantity: '2' });
  const placed = await order(visitor);
  assert.equal(placed.status, 303, placed.text);
  const slots = await system.db
    .selectFrom('history.slot')
    .select(['taken', 'capacity'])
    .where('item_id', '=', item.itemId)
    .execute();
  assert.deepEqual(slots, [{ taken: 2, capacity: 3 }]);
  const page = await visitor.get(`/catalogue/${item.itemId}?day=2026-11-30`);
  assert.match(page.text, /10:00 1 place left/);
});

test('what the law wants agreed to is asked once more, beside its box, and without it nothing is ordered', async () => {
  const visitor = openVisitor(system);
  await put(visitor, await offer(system, { withdrawal: 'digital' }));
  await put(visitor, await offerTimes(system), { start: '2026-12-01T09:00:00Z' });
  const page = await review(visitor);
  assert.match(page.text, /I want the digital content at once.*I want the service to be performed/);
  const reviewed = hiddenIn(page);
  const answer = await visitor.post('/orders', { ...reviewed, 'consent-early': 'yes' });
  assert.equal(answer.status, 422);
  assert.match(answer.source, /href="#field-consent-digital"/);
  assert.match(answer.source, /name="consent-early" value="yes" checked/);
  assert.deepEqual(await ordersOf(system, reviewed['order_id'] ?? ''), []);
  const placed = await visitor.post('/orders', { ...hiddenIn(answer), ...consents });
  assert.equal(placed.status, 303);
  const letter = (await lettersOf(system, ownerOf(reviewed['code'])))[0]?.text ?? '';
  assert.match(letter, /You have agreed to this:\n- I want the digital content at once/);
});

test('what is booked more than fourteen days ahead needs no agreement to begin early', async () => {
  const visitor = openVisitor(system);
  await put(visitor, await offerTimes(system), { start: '2026-12-14T09:00:00Z' });
  const page = await review(visitor);
  assert.doesNotMatch(page.source, /consent-/);
  assert.equal((await visitor.post('/orders', hiddenIn(page))).status, 303);
});

test('whose session ended on the way keeps all that was typed, and can go on as a guest or sign in', async () => {
  const { visitor } = await newCustomer();
  await put(visitor, await offer(system));
  const { email: _, ...reviewed } = hiddenIn(await review(visitor));
  visitor.cookies.delete('__Host-session');
  const answer = await visitor.post('/orders', reviewed);
  assert.equal(answer.status, 422);
  assert.match(answer.text, /You are no longer signed in/);
  assert.match(answer.text, /Enter your e-mail address/);
  assert.match(answer.source, new RegExp(`name="street"[^>]* value="${guest['street']}"`));
  const again = await visitor.post('/checkout/review', { ...guest, ...hiddenIn(answer) });
  const placed = await visitor.post('/orders', hiddenIn(again));
  assert.match(placed.location ?? '', /^\/guest\//);
});

test('what another tab has put into the basket meanwhile is neither ordered nor lost', async () => {
  const visitor = openVisitor(system);
  await put(visitor, await offer(system, { priceOre: 100 }));
  const reviewed = hiddenIn(await review(visitor));
  await put(visitor, await offer(system, { priceOre: 90_000 }));
  assert.equal((await visitor.post('/orders', reviewed)).status, 303);
  assert.equal((await ordersOf(system, reviewed['order_id'] ?? ''))[0]?.total_ore, 100);
  assert.match((await visitor.get('/basket')).text, /SEK\s900/);
});

test('a form that we did not make orders nothing', async () => {
  const visitor = openVisitor(system);
  await put(visitor, await offer(system));
  const reviewed = hiddenIn(await review(visitor));
  const wrong = [
    {},
    { ...reviewed, order_id: 'x' },
    { ...reviewed, seen: '' },
    { ...reviewed, seen: '1~x' },
  ];
  for (const fields of wrong) assert.equal((await visitor.post('/orders', fields)).status, 400);
  for (const pay_way of ['swish', 'none', ''])
    assert.equal((await visitor.post('/orders', { ...reviewed, pay_way })).status, 422);
  assert.deepEqual(await ordersOf(system, reviewed['order_id'] ?? ''), []);
});

test('nobody sees or takes over the order of somebody else by its id', async () => {
  const { visitor } = await newCustomer();
  await put(visitor, await offer(system));
  const reviewed = hiddenIn(await review(visitor));
  await visitor.post('/orders', reviewed);
  const other = await newCustomer();
  await put(other.visitor, await offer(system));
  const theirs = hiddenIn(await review(other.visitor));
  await other.visitor.post('/orders', { ...theirs, order_id: reviewed['order_id'] ?? '' });
  const rows = await ordersOf(system, reviewed['order_id'] ?? '');
  assert.equal(rows.length, 2);
  assert.notEqual(rows[0]?.owner_id, rows[1]?.owner_id);
});

test('answers are sealed with the line that they were asked for', async () => {
  const visitor = openVisitor(system);
  const questions = [{ field: 'vehicle', isRequired: true }] as const;
  const service = { kind: 'service', variants: [], fulfilment: 'on-site', questions } as const;
  const items = [await offer(system, service), await offer(system, service)];
  for (const item of items) await put(visitor, item);
  const form = await visitor.get('/checkout');
  const names = [...form.source.matchAll(/name="(answer-vehicle-[\w-]+)"/g)].map(
    ([, name = '']) => name,
  );
  const typed = Object.fromEntries(names.map((name, index) => [name, `ABC 12${index}`]));
  const reviewed = hiddenIn(await review(visitor, typed));
  assert.equal((await visitor.post('/orders', reviewed)).status, 303);
  const { rows } = await system.fresh.records.pool.query<{ sealed: string }>(
    `select encode(sealed, 'escape') as sealed from history.order_line`,
  );
  assert.ok(rows.every(({ sealed }) => !sealed.includes('ABC')));
  const { order_id: orderId, code } = reviewed;
  const owner = ownerOf(code);
  const op = system.op({ party: 'customer', owner }, 'history');
  const opener = await op.vault.openFor(op, owner, ['history']);
  const { lines } = await readOrder(op, opener, orderId as RowId);
  assert.deepEqual(
    new Set(lines.map(({ answers }) => answers.vehicle)),
    new Set(['ABC 120', 'ABC 121']),
  );
});
