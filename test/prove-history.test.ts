// P05 after real use, and broken on purpose.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openClient } from '../src/database/pool.ts';
import { takeOnSite } from '../src/history/payments/settle.ts';
import { totalsOf } from '../src/history/order-wish.ts';
import { placeOrder } from '../src/history/place-order.ts';
import type { OwnerId } from '../src/ids.ts';
import { advanceErasure } from '../src/routines/erasure.ts';
import { askErasure } from '../src/routines/erasure-ask.ts';
import { newReceiptCode } from '../src/routines/receipt-code.ts';
import { historyIsWhole } from '../src/routines/proof/history.ts';
import { checks } from '../src/routines/proof/prove.ts';
import { addTestBooking, addTestProduct, shopWish } from './shop.ts';
import { testSystem } from './system.ts';
import type { TestSystem } from './system.ts';

let system: TestSystem;
let owner: OwnerId;

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  const course = await addTestBooking(system);
  const product = await addTestProduct(system);
  const lines = [{ item: course, startsAt: system.now.add({ hours: 48 }) }, { item: product }];
  const wish = shopWish(system, lines, 'on-site');
  const op = system.op({ party: 'customer', owner }, 'order');
  await placeOrder(op, owner, wish, () => null);
  const paying = system.op({ party: 'customer', owner }, 'payment');
  const seenDueOre = totalsOf(wish.lines).totalOre;
  await takeOnSite(paying, { owner, orderId: wish.orderId, seenDueOre }, 'terminal');
});
after(() => system[Symbol.asyncDispose]());

const prove = () => historyIsWhole(system.op('routine', 'proof'));

test('P05 is checked by this', () => assert.equal(checks.P05, historyIsWhole));

test('P05 is kept after real use', async () => {
  const { lookedAt, found } = await prove();
  assert.deepEqual(found, []);
  assert.equal(lookedAt, 1);
});

test('P05 is kept while an appointment goes on whose customer has left, and the time stays taken until its end', async () => {
  await using busy = await testSystem();
  const leaver = await busy.newCustomer();
  const startsAt = busy.now.add({ hours: 24 });
  const wish = shopWish(busy, [{ item: await addTestBooking(busy), startsAt }], 'on-site');
  const op = busy.op({ party: 'customer', owner: leaver }, 'order');
  await placeOrder(op, leaver, wish, () => null);
  const taken = () => busy.db.selectFrom('history.slot').select(['taken', 'ends_at']).execute();
  busy.now = startsAt;
  const before = await taken();
  const leaving = busy.op({ party: 'customer', owner: leaver }, 'leaving');
  const erasureId = await askErasure(leaving, leaver, newReceiptCode());
  await advanceErasure(busy.op('routine', 'leaving'), erasureId, busy.around);
  assert.deepEqual(await taken(), before);
  assert.equal(before.length, 1);
  for (const minutes of [0, 59, 1]) {
    busy.now = busy.now.add({ minutes });
    assert.deepEqual((await historyIsWhole(busy.op('routine', 'proof'))).found, []);
  }
});

const sabotages: readonly (readonly [how: string, table: string, sql: string, says: RegExp])[] = [
  ['an order loses its lines', 'history.order_line', 'delete from history.order_line', /no lines/],
  ['a receipt is gone', 'history.receipt', 'delete from history.receipt', /without a receipt/],
  [
    'a receipt is of another row',
    'history.receipt',
    `update history.receipt set sealed = set_byte(sealed, 40, (get_byte(sealed, 40) + 1) % 256)`,
    /cannot be gone through/,
  ],
  [
    'another sum was paid than the receipt says',
    'history.payment',
    'update history.payment set amount_ore = amount_ore + 1',
    /another sum/,
  ],
  [
    'a booked time is free again',
    'history.slot',
    'delete from history.slot',
    /not in the calendar/,
  ],
  [
    'a time is taken twice',
    'history.slot',
    'update history.slot set capacity = 2, taken = 2',
    /another number than booked it/,
  ],
];

for (const [how, table, statement, says] of sabotages) {
  test(`P05 is broken when ${how}`, async () => {
    const client = await openClient(system.fresh.records.administrator);
    try {
      await client.query('set session_replication_role = replica');
      await client.query(`create temp table kept as table ${table}`);
      await client.query(statement);
      const { found } = await prove();
      assert.match(found.join('\n'), says);
      await client.query(`delete from ${table}; insert into ${table} table kept`);
    } finally {
      await client.end();
    }
    assert.deepEqual((await prove()).found, []);
  });
}
