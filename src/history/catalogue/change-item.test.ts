import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testSystem } from '../../../test/system.ts';
import type { TestSystem } from '../../../test/system.ts';
import { newRowId } from '../../ids.ts';
import type { RowId } from '../../ids.ts';
import type { Operation } from '../../operation.ts';
import { readLinesOf, readOrder } from '../orders.ts';
import {
  appendItem,
  changeBooking,
  changeItem,
  changeQuestions,
  moveItem,
  offerItem,
} from './change-item.ts';
import { findItem, listItems } from './items.ts';
import type { Item } from './items.ts';
import { findKnownItem, listKnownItems } from './known-items.ts';
import {
  addVariant,
  changeStock,
  changeVariant,
  startCounting,
  stockMax,
  stopCounting,
} from './variants.ts';

let system: TestSystem;
const words = (text: string) => ({ sv: text, en: text });

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

function op(): Operation {
  return system.op('routine', 'employment');
}

async function addProduct(isOffered = true): Promise<Item> {
  const item: Item = {
    itemId: newRowId(system.now),
    kind: 'product',
    name: words('Skål'),
    description: words('Av björk.'),
    priceOre: 10_000,
    vatPercent: 25,
    isSensitive: false,
    fulfilment: 'shipped',
    withdrawal: 'right',
    paysOnSite: true,
    variants: [{ variantId: newRowId(system.now), name: words(''), extraOre: 0, stock: null }],
    questions: [],
    booking: null,
  };
  await appendItem(op(), { ...item, isOffered });
  return item;
}

const keyOf = ({ itemId, variants }: Item) => ({ itemId, variantId: variants[0]!.variantId });

async function stockOf({ itemId }: Item): Promise<number | null | undefined> {
  return (await findItem(system.db, itemId))?.variants[0]?.stock;
}

test('what was ordered keeps its words, price and VAT, whatever becomes of the item', async () => {
  const owner = await system.newCustomer();
  const orderId = await system.placeOrderFor(owner);
  const customer = system.op({ party: 'customer', owner }, 'history');
  const opener = await customer.vault.openFor(customer, owner, ['history']);
  const read = async () => ({
    ...(await readOrder(customer, opener, orderId)).order,
    lines: [...(await readLinesOf(customer, opener, [{ orderId }])).values()],
  });
  const before = await read();
  const [item] = await listItems(system.db);
  await changeItem(op(), item!.itemId, {
    ...item!,
    name: words('Något annat'),
    priceOre: 1,
    vatPercent: 6,
    withdrawal: 'perishable',
    isSensitive: true,
  });
  await changeVariant(op(), keyOf(item!), { name: words('Röd'), extraOre: 99, isOffered: true });
  await offerItem(op(), { itemId: item!.itemId, isOffered: false });
  assert.deepEqual(await read(), before);
  const line = await system.db
    .selectFrom('history.order_line')
    .select(['unit_price_ore', 'vat_percent', 'withdrawal', 'item_id'])
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow();
  assert.deepEqual(line, {
    unit_price_ore: item!.priceOre,
    vat_percent: item!.vatPercent,
    withdrawal: item!.withdrawal,
    item_id: item!.itemId,
  });
});

test('stock is added to and taken from what there is, however many do it at once', async () => {
  const item = await addProduct();
  const key = keyOf(item);
  assert.equal(await changeStock(op(), key, 1), false, 'nobody counts');
  assert.equal(await startCounting(op(), key, 10), true);
  assert.equal(await startCounting(op(), key, 99), false, 'somebody counts already');
  const many = Array.from({ length: 40 }, (_, index) => changeStock(op(), key, index % 2 ? 2 : -1));
  assert.ok((await Promise.all(many)).every(Boolean));
  assert.equal(await stockOf(item), 30);
  const takers = await Promise.all(Array.from({ length: 40 }, () => changeStock(op(), key, -1)));
  assert.equal(takers.filter(Boolean).length, 30);
  assert.equal(await stockOf(item), 0);
  assert.equal(await changeStock(op(), key, stockMax), true);
  assert.equal(await changeStock(op(), key, 1), false, 'more than anybody has');
  await stopCounting(op(), key);
  assert.equal(await stockOf(item), null);
});

test('a variant that is hidden stays, and what is offered always has one', async () => {
  const item = await addProduct();
  const key = keyOf(item);
  const hidden = { name: words('Liten'), extraOre: -500, isOffered: false };
  await assert.rejects(changeVariant(op(), key, hidden), { code: 'conflict' });
  await addVariant(op(), item.itemId, { name: words('Stor'), extraOre: 5_000, isOffered: true });
  await changeVariant(op(), key, hidden);
  const known = await findKnownItem(system.db, item.itemId);
  assert.deepEqual(
    [known?.variants.map(({ name }) => name.sv), known?.hiddenVariants.map(({ name }) => name.sv)],
    [['Stor'], ['Liten']],
  );
  const draft = await addProduct(false);
  await changeVariant(op(), keyOf(draft), hidden);
  const unknown = { itemId: item.itemId, variantId: draft.itemId };
  await assert.rejects(changeVariant(op(), unknown, hidden), { code: 'not-found' });
});

test('an item can have thirty variants and no more', async () => {
  const { itemId } = await addProduct();
  const one = { name: words('Färg'), extraOre: 0, isOffered: true };
  for (let count = 1; count < 30; count += 1) await addVariant(op(), itemId, one);
  await assert.rejects(addVariant(op(), itemId, one), { code: 'too-many' });
});

test('items change places, also where two had the same', async () => {
  await system.db.updateTable('history.item').set({ position: 7 }).execute();
  const order = async () => (await listKnownItems(system.db)).map(({ itemId }) => itemId);
  const before = await order();
  const [first, second, third] = before as [RowId, RowId, RowId];
  await moveItem(op(), { itemId: third, by: -1 });
  assert.deepEqual((await order()).slice(0, 3), [first, third, second]);
  await moveItem(op(), { itemId: first, by: 1 });
  assert.deepEqual((await order()).slice(0, 3), [third, first, second]);
  await moveItem(op(), { itemId: third, by: -1 });
  await moveItem(op(), { itemId: newRowId(system.now), by: 1 });
  assert.deepEqual((await order()).slice(0, 3), [third, first, second]);
  const last = before.at(-1)!;
  await moveItem(op(), { itemId: last, by: 1 });
  assert.equal((await order()).at(-1), last);
});

test('a hidden item is gone for customers alone, and a new one is offered only when somebody says so', async () => {
  const { itemId } = await addProduct(false);
  assert.equal(await findItem(system.db, itemId), null);
  assert.equal((await findKnownItem(system.db, itemId))?.isOffered, false);
  await offerItem(op(), { itemId, isOffered: true });
  assert.equal((await findItem(system.db, itemId))?.itemId, itemId);
});

test('questions and booking rules are replaced whole, and only of what there is', async () => {
  const item = (await listItems(system.db)).find(({ kind }) => kind === 'booking')!;
  const { itemId, booking } = item;
  await changeQuestions(op(), itemId, [{ field: 'vehicle', isRequired: true }]);
  await changeQuestions(op(), itemId, [{ field: 'animal', isRequired: false }]);
  const { needs } = (await findKnownItem(system.db, itemId))!;
  const rules = { ...booking!, durationMinutes: 45 };
  await changeBooking(op(), itemId, { rules, needs: needs.slice(0, 1) });
  const known = await findKnownItem(system.db, itemId);
  assert.deepEqual(
    known?.questions.map(({ field, isRequired }) => [field, isRequired]),
    [['animal', false]],
  );
  assert.equal(known?.booking?.durationMinutes, 45);
  assert.deepEqual(known?.needs, needs.slice(0, 1));
  const nothing = newRowId(system.now);
  await assert.rejects(changeQuestions(op(), nothing, []), { code: 'not-found' });
  await assert.rejects(changeBooking(op(), nothing, { rules, needs }), { code: 'not-found' });
  await assert.rejects(changeItem(op(), nothing, item), { code: 'not-found' });
});
