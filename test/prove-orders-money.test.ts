// P18 broken on purpose where orders, payments, what was taken back, and the books no longer come to the same sums.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { totalsOf } from '../src/history/order-wish.ts';
import { placeOrder } from '../src/history/place-order.ts';
import { takeOnSite } from '../src/history/payments/settle.ts';
import { payBackAll, sellBySwish, sellOnSite, settleRefunds } from './books.ts';
import type { Sold } from './books.ts';
import { addTestProduct, shopWish } from './shop.ts';
import { assertSeen, usedCompany } from './used-company.ts';
import type { Sabotage, UsedCompany } from './used-company.ts';

let used: UsedCompany;
let bySwish: Sold;
let mixed: Sold;
let paidBack: Sold;

before(async () => {
  used = await usedCompany();
  const { system, maja, erik } = used;
  // Sums whose VAT has to be rounded.
  const blanket = await addTestProduct(system, { priceOre: 12_503 });
  const jam = await addTestProduct(system, { priceOre: 7_777, vatPercent: 12 });
  const book = await addTestProduct(system, { priceOre: 4_321, vatPercent: 6 });
  bySwish = await sellBySwish(system, maja, blanket, 2);
  await sellOnSite(system, maja, jam, { way: 'cash', quantity: 3 });
  paidBack = await sellOnSite(system, erik, book);
  await payBackAll(system, paidBack);
  await payBackAll(system, await sellBySwish(system, erik, jam));
  await settleRefunds(system);
  const wish = shopWish(
    system,
    [{ item: blanket }, { item: jam, quantity: 2 }, { item: book }, { item: blanket }],
    'on-site',
  );
  mixed = { owner: maja, orderId: wish.orderId };
  const buyer = system.op({ party: 'customer', owner: maja }, 'order');
  await placeOrder(buyer, maja, wish, () => null);
  const due = { ...mixed, seenDueOre: totalsOf(wish.lines).totalOre };
  await takeOnSite(system.op('routine', 'payment'), due, 'terminal');
});
after(() => used[Symbol.asyncDispose]());

const orders = ['history.order', 'history.order_line'];

const sabotages: readonly Sabotage[] = [
  {
    how: 'an order costs more than its lines',
    tables: orders,
    sql: () =>
      `update history.order set total_ore = total_ore + 1 where order_id = '${mixed.orderId}'`,
    says: /history\.order .*: does not cost what its lines cost/,
  },
  {
    how: 'the VAT of an order is an öre off',
    tables: orders,
    sql: () => `update history.order set vat_ore = vat_ore + 1 where order_id = '${mixed.orderId}'`,
    says: /history\.order .*: does not cost what its lines cost/,
  },
  {
    how: 'a line is sold at another rate than was booked',
    tables: orders,
    sql: () =>
      `update history.order_line set vat_percent = 6
       where order_id = '${mixed.orderId}' and vat_percent = 12`,
    says: /history\.payment .*: was booked with other VAT/,
  },
  {
    how: 'a line becomes dearer after it was paid',
    tables: orders,
    sql: () =>
      `update history.order_line set unit_price_ore = unit_price_ore + 100
       where order_id = '${mixed.orderId}' and vat_percent = 12`,
    says: /history\.payment .*: is not for what was ordered/,
  },
  {
    how: 'VAT was booked on the account of another rate',
    tables: ['bookkeeping.entry'],
    sql: `update bookkeeping.entry set account = '2621' where account = '2611'`,
    says: /history\.payment .*: was booked with other VAT/,
  },
  {
    how: 'a bank is asked for less than an order costs',
    tables: ['history.payment'],
    sql: () =>
      `update history.payment set amount_ore = amount_ore - 1 where order_id = '${bySwish.orderId}'`,
    says: /history\.payment .*: asks for another sum than its order/,
  },
  {
    how: 'an order that had to be paid first goes without its payment',
    tables: ['history.payment'],
    sql: () => `delete from history.payment where order_id = '${bySwish.orderId}'`,
    says: /history\.order .*: had to be paid first and is not/,
  },
  {
    how: 'an order that lapsed has cost something',
    tables: orders,
    sql: () => `update history.order set state = 'lapsed' where order_id = '${bySwish.orderId}'`,
    says: /history\.order .*: has cost something and is not there/,
  },
  {
    how: 'more is taken back than was paid',
    tables: ['history.reversal'],
    sql: () =>
      `update history.reversal set amount_ore = amount_ore + 1 where order_id = '${paidBack.orderId}'`,
    says: /history\.order .*: more was taken back than was paid/,
  },
  {
    how: 'an order is paid twice',
    tables: ['history.payment'],
    sql: () =>
      `insert into history.payment
       select owner_id, gen_random_uuid(), order_id, way, state, amount_ore, created_at, settled_at, ask_at,
         asked, asked_at, voucher_year, gen_random_uuid(), sealed
       from history.payment where order_id = '${bySwish.orderId}'`,
    says: /history\.order .*: more was paid than it costs/,
  },
  {
    how: 'a reversal is not the sum of its lines',
    tables: ['history.reversal_line'],
    sql: `update history.reversal_line set amount_ore = amount_ore - 1`,
    says: /history\.reversal .*: is not the sum of its lines/,
  },
  {
    how: 'more of a line is taken back than was ordered',
    tables: ['history.reversal_line'],
    sql: `update history.reversal_line set quantity = 99`,
    says: /history\.order_line .*: more was taken back than was ordered/,
  },
  {
    how: 'a sale that was paid back leaves VAT behind',
    tables: ['bookkeeping.entry'],
    sql: () =>
      `update bookkeeping.entry e set account = '2621'
       from bookkeeping.voucher v where v.owner_id = e.owner_id and v.voucher_id = e.voucher_id
         and v.kind = 'refund' and e.account = '2631'`,
    says: /bookkeeping\.voucher .*: was paid back, and something is left/,
  },
  {
    how: 'an order that its customer has removed is missed by nobody',
    tables: [
      ...orders,
      'history.payment',
      'history.receipt',
      'history.order_event',
      'history.reversal',
      'history.reversal_line',
    ],
    sql: () =>
      ['reversal_line', 'reversal', 'payment', 'receipt', 'order_event', 'order_line', 'order']
        .map((table) => `delete from history.${table} where owner_id = '${paidBack.owner}';`)
        .join('\n'),
    says: null,
  },
];

test('P18 holds for orders of several rates, paid in several ways and paid back', async () => {
  const finding = await used.prove('P18');
  assert.equal(finding.status, 'kept', finding.found.join('\n'));
});

for (const sabotage of sabotages) {
  test(`P18: ${sabotage.how}`, () => assertSeen(used, 'P18', sabotage));
}
