import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { openVisitor } from './privacy-visitor.fixture.ts';
import {
  hiddenIn,
  offer,
  offerTimes,
  order,
  ordersOf,
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

test('who has had too many confirmations waits, however the address is written, and loses nothing', async () => {
  const visitor = openVisitor(system);
  const item = await offer(system);
  for (const email of [
    'Ofta@example.se',
    'ofta@example.se',
    'OFTA@example.se',
    'ofta@Example.se',
  ]) {
    await put(visitor, item);
    assert.equal((await order(visitor, { email })).status, 303);
  }
  await put(visitor, item);
  assert.equal((await order(visitor, { email: 'oFta@example.se' })).status, 303);
  await put(visitor, item);
  const reviewed = hiddenIn(await review(visitor, { email: 'ofta@example.se' }));
  const refused = await visitor.post('/orders', reviewed);
  assert.equal(refused.status, 429, refused.text);
  assert.deepEqual(await ordersOf(system, reviewed['order_id'] ?? ''), []);
  assert.equal(hiddenIn(refused)['street'], reviewed['street']);
  assert.match(refused.text, /The order cannot be placed right now/);
  system.now = system.now.add({ minutes: 15 });
  assert.equal((await visitor.post('/orders', hiddenIn(refused))).status, 303);
});

test('no guest orders more lines than an order holds, whatever the form says', async () => {
  const visitor = openVisitor(system);
  for (let course = 0; course < 3; course += 1) {
    const item = await offerTimes(system, { capacity: 8 });
    await put(visitor, item, { start: '2026-11-30T09:00:00Z', quantity: '5' });
  }
  const page = await visitor.get('/basket');
  const quantities = [...page.source.matchAll(/name="(quantity-[^"]+)"/g)].map(([, name]) => name);
  const wished = Object.fromEntries(quantities.map((name) => [name ?? '', '8']));
  const answer = await visitor.post('/basket', wished);
  assert.equal(answer.status, 422);
  assert.match(answer.text, /An order holds 20 rows/);
});
