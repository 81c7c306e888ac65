import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Item } from '../history/catalogue/items.ts';
import { newRowId } from '../ids.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { readBasketText, writeBasketText } from './basket-cookie.ts';
import { openVisitor } from './privacy-visitor.fixture.ts';
import type { Visitor } from './privacy-visitor.fixture.ts';
import { offer, offerTimes, put, variantOf } from './shop.fixture.ts';

const basket = '__Host-basket';
let system: TestSystem;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

const entriesIn = (visitor: Visitor) => readBasketText(visitor.cookies.get(basket) ?? null).entries;
const keyIn = (source: string) => /name="quantity-([\w-]+)"/.exec(source)?.[1] ?? '';
const stock = (item: Item, left: number) =>
  system.db
    .updateTable('history.variant')
    .set({ stock: left })
    .where('item_id', '=', item.itemId)
    .execute();
const price = (item: Item, price_ore: number) =>
  system.db
    .updateTable('history.item')
    .set({ price_ore })
    .where('item_id', '=', item.itemId)
    .execute();

test('a visitor has no basket cookie before putting something into it, and it holds nothing personal', async () => {
  const visitor = openVisitor(system);
  const item = await offer(system);
  for (const path of ['/', `/catalogue/${item.itemId}`, '/basket', '/terms'])
    assert.deepEqual((await visitor.get(path)).headers.getSetCookie(), [], path);
  assert.match((await visitor.get('/basket')).text, /The basket is empty/);
  const added = await visitor.post('/basket/add', { item: item.itemId, quantity: '2' });
  const [line = ''] = added.headers.getSetCookie();
  assert.match(line, /^__Host-basket=1~[\w-]{22}\.[\w-]{22}\.2\.10000\.; Max-Age=604800; Path=\//);
  assert.match(line, /HttpOnly; Secure; SameSite=Lax/);
});

test('what is put into the basket stands there with its price, VAT and total, and is counted in the head', async () => {
  const visitor = openVisitor(system);
  const [first, second] = [await offer(system), await offer(system, { vatPercent: 6 })];
  await put(visitor, first, { quantity: '3' });
  await put(visitor, second);
  const { text } = await visitor.get('/basket?added=1');
  assert.match(text, /Put into the basket/);
  assert.match(text, /Basket 4 4 things in it/);
  assert.match(text, /SEK\s300 SEK\s100 each/);
  assert.match(text, /Total SEK\s400 Of which VAT 25% SEK\s60 Of which VAT 6% SEK\s5\.66/);
});

test('the same thing again is more of it, and another variant is a row of its own', async () => {
  const visitor = openVisitor(system);
  const kind = (en: string) => variantOf(system, { name: { sv: en, en } });
  const item = await offer(system, { variants: [kind('Small'), kind('Large')] });
  const [small, large] = item.variants.map(({ variantId }) => variantId);
  await put(visitor, item, { variant: small ?? '' });
  await put(visitor, item, { variant: small ?? '', quantity: '2' });
  await put(visitor, item, { variant: large ?? '' });
  assert.deepEqual(
    entriesIn(visitor).map(({ variantId, quantity }) => [variantId, quantity]),
    [
      [small, 3],
      [large, 1],
    ],
  );
  assert.match((await visitor.get('/basket')).text, /Trial product, Small.*Trial product, Large/);
  const none = await visitor.post('/basket/add', { item: item.itemId, quantity: '1' });
  assert.equal(none.status, 422);
  assert.match(none.text, /Choose which kind you want/);
});

test('quantities are changed and rows removed, and a wrong quantity is told beside its field and kept', async () => {
  const visitor = openVisitor(system);
  const item = await offer(system);
  await put(visitor, item);
  const key = keyIn((await visitor.get('/basket')).source);
  const changed = await visitor.post('/basket', { [`quantity-${key}`]: '5' });
  assert.equal(changed.location, '/basket?changed=1');
  assert.equal(entriesIn(visitor)[0]?.quantity, 5);
  for (const wrong of ['0', '-1', 'many', '100', '', '1e1']) {
    const answer = await visitor.post('/basket', { [`quantity-${key}`]: wrong });
    assert.equal(answer.status, 422, wrong);
    assert.match(answer.source, new RegExp(`href="#field-quantity-${key}"`));
    assert.match(answer.source, new RegExp(`name="quantity-${key}" value="${wrong}"`));
  }
  assert.equal(entriesIn(visitor)[0]?.quantity, 5);
  const removed = await visitor.post('/basket/remove', { line: key });
  assert.equal(removed.location, '/basket?removed=1');
  assert.ok(!visitor.cookies.has(basket));
  assert.equal((await visitor.post('/basket/remove', { line: key })).status, 303);
});

test('a quantity in figures below one or above ninety-nine, or more than is left, does not get into the basket', async () => {
  const visitor = openVisitor(system);
  const item = await offer(system, { variants: [variantOf(system, { stock: 3 })] });
  for (const quantity of ['', '0', '-1', '100', '1.5', '٣'])
    assert.equal((await visitor.post('/basket/add', { item: item.itemId, quantity })).status, 422);
  const many = await visitor.post('/basket/add', { item: item.itemId, quantity: '4' });
  assert.match(many.text, /There are 3 left\. Enter a smaller number/);
  assert.match(many.source, /name="quantity"[^>]* value="4"/);
  await put(visitor, item, { quantity: '2' });
  const more = await visitor.post('/basket/add', { item: item.itemId, quantity: '2' });
  assert.match(more.text, /There are 3 left, and 2 of them are in your basket already/);
});

test('a price that changed is told beside its row, with what it was and is', async () => {
  const visitor = openVisitor(system);
  const item = await offer(system);
  await put(visitor, item);
  await price(item, 12_550);
  const { text } = await visitor.get('/basket');
  assert.match(text, /The price has changed, from SEK\s100 to SEK\s125\.50/);
  assert.match(text, /Total SEK\s125\.50/);
  const key = keyIn((await visitor.get('/basket')).source);
  await visitor.post('/basket', { [`quantity-${key}`]: '1' });
  assert.doesNotMatch((await visitor.get('/basket')).text, /The price has changed/);
});

test('what has sold out, or of which fewer are left, is told beside its row and does not reach the checkout', async () => {
  const visitor = openVisitor(system);
  const item = await offer(system, { variants: [variantOf(system, { stock: 5 })] });
  await put(visitor, item, { quantity: '4' });
  await stock(item, 2);
  assert.match((await visitor.get('/basket')).text, /There are only 2 left\. Lower the number/);
  assert.equal((await visitor.get('/checkout')).location, '/basket');
  assert.equal((await visitor.post('/checkout')).status, 409);
  await stock(item, 0);
  assert.match((await visitor.get('/basket')).text, /Sold out\. Remove it to go on/);
  await stock(item, 2);
  const key = keyIn((await visitor.get('/basket')).source);
  const on = await visitor.post('/checkout', { [`quantity-${key}`]: '2' });
  assert.equal(on.location, '/checkout');
});

test('what is not offered any more is dropped with a kind word, and stays away', async () => {
  const visitor = openVisitor(system);
  const [kept, hidden] = [await offer(system), await offer(system)];
  await put(visitor, kept);
  await put(visitor, hidden);
  await system.db
    .updateTable('history.item')
    .set({ offered: false })
    .where('item_id', '=', hidden.itemId)
    .execute();
  assert.match((await visitor.get('/basket')).text, /One row is removed.*do not offer it any more/);
  assert.equal(entriesIn(visitor).length, 1);
  assert.doesNotMatch((await visitor.get('/basket')).text, /is removed/);
  await system.db
    .updateTable('history.variant')
    .set({ offered: false })
    .where('item_id', '=', kept.itemId)
    .execute();
  assert.match((await visitor.get('/basket')).text, /One row is removed.*The basket is empty/);
  assert.ok(!visitor.cookies.has(basket));
});

test('a basket that nobody can read is emptied with a kind word', async () => {
  for (const broken of ['x', '1~x', '2~', `1~${'x'.repeat(4_000)}`, '<script>', '1~....']) {
    const visitor = openVisitor(system);
    visitor.cookies.set(basket, encodeURIComponent(broken));
    assert.equal((await visitor.get('/')).status, 200, broken);
    const { status, text } = await visitor.get('/basket');
    assert.equal(status, 200);
    assert.match(text, /row is removed|rows are removed/, broken);
    assert.match(text, /The basket is empty/);
    assert.ok(!visitor.cookies.has(basket), broken);
  }
});

test('the twenty-first row does not fit, and neither do more places than an order holds', async () => {
  const visitor = openVisitor(system);
  const item = await offer(system);
  const entry = (itemId: Item['itemId']) => ({
    itemId,
    variantId: newRowId(system.now),
    quantity: 1,
    startsAt: null,
    seenOre: 1,
  });
  const twenty = Array.from({ length: 20 }, () => entry(newRowId(system.now)));
  visitor.cookies.set(basket, writeBasketText(twenty));
  const full = await visitor.post('/basket/add', { item: item.itemId, quantity: '1' });
  assert.equal(full.status, 409);
  assert.match(full.text, /The basket is full.*It holds 20 rows/);
  assert.equal(entriesIn(visitor).length, 20);
  visitor.cookies.delete(basket);
  const times = await offerTimes(system, { capacity: 10 });
  const at = (hour: string) => ({ start: `2026-11-24T${hour}:00:00Z`, quantity: '8' });
  await put(visitor, times, at('09'));
  await put(visitor, times, at('10'));
  const third = await visitor.post('/basket/add', { item: times.itemId, ...at('16') });
  assert.equal(third.status, 409);
  assert.match(third.text, /The basket is full/);
});

test('a time is put into the basket once, with weekday, date and hour, and without a quantity', async () => {
  const visitor = openVisitor(system, 'sv');
  const item = await offerTimes(system);
  const start = '2026-11-24T09:00:00Z';
  await put(visitor, item, { start });
  await put(visitor, item, { start });
  const { text, source } = await visitor.get('/basket');
  assert.match(text, /Provtid tisdag 24 november 2026 kl\.\s10\.00/);
  assert.doesNotMatch(source, /name="quantity-/);
  assert.equal(entriesIn(visitor)[0]?.quantity, 1);
});

test('a time that was not chosen, is none, or is not free is not put into the basket', async () => {
  const visitor = openVisitor(system);
  const item = await offerTimes(system);
  const send = (start: string) =>
    visitor.post('/basket/add', { item: item.itemId, day: '2026-11-24', start });
  for (const start of ['', 'x', '2026-11-24']) {
    const answer = await send(start);
    assert.equal(answer.status, 422, start);
    assert.match(answer.text, /Choose a time\./);
    assert.match(answer.text, /Times on Tuesday 24 November 2026/);
  }
  const strange = ['2026-11-24T03:00:00Z', '2026-11-24T09:00:01Z', '2020-01-01T09:00:00Z'];
  for (const start of [...strange, '-271821-04-20T00:00:00Z', '+275760-09-13T00:00:00Z']) {
    const answer = await send(start);
    assert.equal(answer.status, 409, start);
    assert.match(answer.text, /Somebody else has booked that time/);
  }
  assert.ok(!visitor.cookies.has(basket));
});

test('a time that was taken or has passed is told beside its row, with the way to another', async () => {
  const visitor = openVisitor(system);
  const item = await offerTimes(system, { leadMinutes: 60 });
  await put(visitor, item, { start: '2026-11-23T09:00:00Z' });
  const before = system.now;
  system.now = Temporal.Instant.from('2026-11-23T08:30:00Z');
  try {
    const { text, source } = await visitor.get('/basket');
    assert.match(text, /Somebody else has booked the time\. Choose another time/);
    assert.match(source, new RegExp(`/catalogue/${item.itemId}\\?day=2026-11-23#calendar`));
    assert.equal((await visitor.get('/checkout')).location, '/basket');
  } finally {
    system.now = before;
  }
});

test('a browser that takes no cookies is told why its basket is empty', async () => {
  const { text } = await openVisitor(system).get('/basket?added=1');
  assert.match(text, /The browser did not take the basket/);
});
