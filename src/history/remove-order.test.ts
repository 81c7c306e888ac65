import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addTestBooking, addTestProduct, addTestService, shopWish } from '../../test/shop.ts';
import { paid, testBanks } from '../../test/shop-banks.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { holdings } from '../holdings.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { noteGoodsBack } from './goods-back.ts';
import { askAbout } from './payments/ask-bank.ts';
import { beginPayment } from './payments/begin-payment.ts';
import { paymentsOfOrder } from './payments/payment-rows.ts';
import { takeOnSite } from './payments/settle.ts';
import { placeOrder } from './place-order.ts';
import { obstacleToRemoval, removeFromHistory } from './remove-order.ts';
import { takeBack } from './take-back-order.ts';
import { readWhole } from './whole-order.ts';

let system: TestSystem;
let owner: OwnerId;
const site = { origin: 'https://konto.example.se' };
const nothing = () => Promise.resolve();

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
});
after(() => system[Symbol.asyncDispose]());

const asCustomer = () => system.op({ party: 'customer', owner }, 'payment');

/** An order of goods and a time, paid by Swish. */
async function paidOrder(): Promise<RowId> {
  const op = system.op({ party: 'customer', owner }, 'order');
  const startsAt = system.now.add({ hours: 48 });
  const lines = [
    { item: await addTestProduct(system), quantity: 2 },
    { item: await addTestBooking(system), startsAt },
  ];
  const orderId = await placeOrder(op, owner, shopWish(system, lines, 'swish'), () => null);
  const banks = testBanks();
  await beginPayment(asCustomer(), banks, { owner, orderId, way: 'swish' }, site);
  const [payment] = await paymentsOfOrder(asCustomer(), owner, orderId);
  assert.ok(payment);
  banks.swish.answer(payment.paymentId, paid(payment.amountOre, 'SETTLED'));
  await askAbout(asCustomer(), banks, payment, site);
  return orderId;
}

async function setState(orderId: RowId, state: 'performed'): Promise<void> {
  await system.db
    .updateTable('history.order')
    .set({ state, performed_at: system.now })
    .where('order_id', '=', orderId)
    .execute();
  await system.db
    .updateTable('history.booking')
    .set({ state })
    .where('order_id', '=', orderId)
    .execute();
}

/** Rows of this owner in each table of the history. */
async function rowsLeft(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table } of holdings.filter(({ table: name }) => name.startsWith('history.'))) {
    const { rows } = await system.db
      .selectFrom(table)
      .select((column) => column.fn.countAll<string>().as('rows'))
      .where('owner_id' as never, '=', owner as never)
      .executeTakeFirstOrThrow();
    if (Number(rows) > 0) counts[table] = Number(rows);
  }
  return counts;
}

test('an order that is over goes with everything that belongs to it, and nothing else goes', async () => {
  const kept = await paidOrder();
  const before = await rowsLeft();
  const slots = await system.db.selectFrom('history.slot').select('slot_id').execute();
  const orderId = await paidOrder();
  await setState(orderId, 'performed');
  const whole = await readWhole(
    asCustomer(),
    await asCustomer().vault.openFor(asCustomer(), owner, ['history']),
    orderId,
  );
  const [goods] = whole.lines.filter(({ kind }) => kind === 'product');
  assert.ok(goods);
  const lines = [{ lineId: goods.lineId, quantity: 1 }];
  const wish = {
    owner,
    orderId,
    kind: 'withdrawal',
    lines,
    seenRefundOre: 12_500,
    statement: 'x',
  } as const;
  const { reversalId } = await takeBack(asCustomer(), wish, nothing);
  assert.equal(await obstacleToRemoval(asCustomer(), { owner, orderId }), 'awaits-goods');
  const asStaff = system.op({ party: 'administrator', owner }, 'order-handling');
  await noteGoodsBack(asStaff, { owner, orderId, reversalId, sellAgain: true }, nothing);
  assert.equal(await obstacleToRemoval(asCustomer(), { owner, orderId }), null);
  await removeFromHistory(asCustomer(), owner, orderId, nothing);
  assert.deepEqual(await rowsLeft(), before);
  assert.deepEqual(
    await system.db.selectFrom('history.slot').select('slot_id').execute(),
    slots,
    'the seat of the time that is over is given up',
  );
  await assert.rejects(removeFromHistory(asCustomer(), owner, orderId, nothing), (error) =>
    isProblem(error, 'not-found'),
  );
  assert.equal(await obstacleToRemoval(asCustomer(), { owner, orderId: kept }), 'not-over');
});

test('money on its way back and the books stay when the order is gone', async () => {
  const orderId = await paidOrder();
  const opener = await asCustomer().vault.openFor(asCustomer(), owner, ['history']);
  const whole = await readWhole(asCustomer(), opener, orderId);
  const lines = whole.lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  const wish = {
    owner,
    orderId,
    kind: 'cancellation',
    lines,
    seenRefundOre: 37_500,
    statement: null,
  } as const;
  await takeBack(asCustomer(), wish, nothing);
  await removeFromHistory(asCustomer(), owner, orderId, nothing);
  const refunds = await system.db
    .selectFrom('bookkeeping.refund')
    .select('state')
    .where('amount_ore', '=', 37_500)
    .execute();
  assert.deepEqual(refunds, [{ state: 'asking' }]);
});

test('what was carried out and not paid stays until it is paid, or paid for in another way', async () => {
  const op = system.op({ party: 'customer', owner }, 'order');
  const item = await addTestService(system);
  const wish = shopWish(system, [{ item }], 'on-site');
  const orderId = await placeOrder(op, owner, wish, () => null);
  await setState(orderId, 'performed');
  assert.equal(await obstacleToRemoval(op, { owner, orderId }), 'not-paid');
  const staff = system.op({ party: 'administrator', owner }, 'order-handling');
  await takeOnSite(staff, { owner, orderId, seenDueOre: item.priceOre }, 'cash');
  assert.equal(await obstacleToRemoval(op, { owner, orderId }), null);
});

test('an order that is not over, or is being paid, is not removed, whoever asks at the same time', async () => {
  const op = system.op({ party: 'customer', owner }, 'order');
  const item = await addTestProduct(system);
  const orderId = await placeOrder(op, owner, shopWish(system, [{ item }], 'swish'), () => null);
  assert.equal(await obstacleToRemoval(op, { owner, orderId }), 'not-over');
  await beginPayment(asCustomer(), testBanks(), { owner, orderId, way: 'swish' }, site);
  assert.equal(await obstacleToRemoval(op, { owner, orderId }), 'payment-under-way');
  await assert.rejects(removeFromHistory(op, owner, orderId, nothing), (error) =>
    isProblem(error, 'conflict'),
  );
  const other = await system.newCustomer({ email: 'annan@example.se' });
  await assert.rejects(removeFromHistory(op, other, orderId, nothing), (error) =>
    isProblem(error, 'not-found'),
  );
});
