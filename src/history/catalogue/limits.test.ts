// What the catalogue and the calendar can hold, however many add to them at once, and what nothing may cost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { queuedBehind } from '../../../test/queued.ts';
import { addTestProduct } from '../../../test/shop.ts';
import { testSystem } from '../../../test/system.ts';
import type { TestSystem } from '../../../test/system.ts';
import type { RecordsTransaction } from '../../database/records.ts';
import { newRowId } from '../../ids.ts';
import type { RowId } from '../../ids.ts';
import type { Operation } from '../../operation.ts';
import { isProblem } from '../../problem.ts';
import { addResource, addSkill, resourcesMax, skillsMax } from '../calendar/resources.ts';
import { appendItem, changeItem } from './change-item.ts';
import { itemsMax } from './items.ts';
import type { Item } from './items.ts';
import { findKnownItem } from './known-items.ts';
import { pngPicture } from './pictures/pictures.fixture.ts';
import { addPicture, picturesMax, picturesOf } from './pictures/pictures.ts';
import { addVariant, changeVariant, variantsMax } from './variants.ts';

let system: TestSystem;
const words = (text: string) => ({ sv: text, en: text });
/** Fewer than there are connections in a test. */
const atOnce = 3;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

function op(): Operation {
  return system.op('routine', 'employment');
}

const several = (add: () => Promise<unknown>) => Array.from({ length: atOnce }, () => add);

/** Everybody has looked at the item, or waits to, before the first may add to it. */
function queuedForItem(itemId: RowId, add: () => Promise<unknown>) {
  const keep = (db: RecordsTransaction) =>
    db
      .selectFrom('history.item')
      .select('item_id')
      .where('item_id', '=', itemId)
      .forUpdate()
      .execute();
  return queuedBehind(system, keep, several(add));
}

/** Several are added where there is room for two more. */
function assertTwoOf(outcomes: readonly PromiseSettledResult<unknown>[]): void {
  const done = outcomes.filter(({ status }) => status === 'fulfilled');
  assert.equal(done.length, 2);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') assert.ok(isProblem(outcome.reason, 'too-many'));
  }
}

/** With as many connections as come, so that none of them waits for one. */
async function atOneTime(add: () => Promise<unknown>) {
  await Promise.all(
    Array.from({ length: atOnce }, () => sql`select pg_sleep(0.05)`.execute(system.db)),
  );
  return Promise.allSettled(several(add).map((come) => come()));
}

async function countOf(table: 'history.item' | 'history.resource' | 'history.skill') {
  const { count } = await system.db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

const variant = (extraOre: number, isOffered = true) => ({
  name: words('Färg'),
  extraOre,
  isOffered,
});

async function pricesOf({ itemId }: Item): Promise<number[]> {
  const known = await findKnownItem(system.db, itemId);
  assert.ok(known);
  const variants = [...known.variants, ...known.hiddenVariants];
  return variants.map(({ extraOre }) => known.priceOre + extraOre);
}

test('a product has thirty variants at most, also when several add the last ones', async () => {
  const { itemId } = await addTestProduct(system);
  for (let count = 1; count < variantsMax - 2; count += 1)
    await addVariant(op(), itemId, variant(0));
  assertTwoOf(await queuedForItem(itemId, () => addVariant(op(), itemId, variant(0))));
});

test('an item has eight pictures at most, also when several add the last ones', async () => {
  const { itemId } = await addTestProduct(system);
  const add = () => addPicture(op(), itemId, { bytes: pngPicture, alternative: words('Filt') });
  for (let count = 0; count < picturesMax - 2; count += 1) assert.equal(await add(), null);
  const outcomes = await queuedForItem(itemId, add);
  const added = outcomes.filter((one) => one.status === 'fulfilled' && one.value === null);
  assert.equal(added.length, 2);
  const pictures = await picturesOf(system.db, [itemId]);
  assert.equal(pictures.get(itemId)?.length, picturesMax);
});

test('there are two hundred resources and a hundred skills at most, also when several add the last ones', async () => {
  const facts = { kind: 'room', label: words('Sal'), skills: [] } as const;
  const resources = Array.from(
    { length: resourcesMax - 2 - (await countOf('history.resource')) },
    (_, position) => ({
      resource_id: newRowId(system.now),
      kind: 'room' as const,
      label: words('Sal'),
      position,
    }),
  );
  await system.db.insertInto('history.resource').values(resources).execute();
  assertTwoOf(await atOneTime(() => addResource(op(), facts)));
  const skills = Array.from({ length: skillsMax - 2 - (await countOf('history.skill')) }, () => ({
    skill_id: newRowId(system.now),
    name: words('Vävning'),
  }));
  await system.db.insertInto('history.skill').values(skills).execute();
  assertTwoOf(await atOneTime(() => addSkill(op(), words('Färgning'))));
});

test('a variant costs nothing at least, offered or not, whatever is changed of it or of its item', async () => {
  const item = await addTestProduct(system, { priceOre: 10_000 });
  const { itemId } = item;
  for (const isOffered of [true, false]) {
    await assert.rejects(addVariant(op(), itemId, variant(-10_001, isOffered)), {
      code: 'bad-input',
    });
  }
  await addVariant(op(), itemId, variant(-10_000));
  const [, free] = (await findKnownItem(system.db, itemId))!.variants;
  const key = { itemId, variantId: free!.variantId };
  await assert.rejects(changeVariant(op(), key, variant(-10_001)), { code: 'bad-input' });
  await assert.rejects(changeItem(op(), itemId, { ...item, priceOre: 9_999 }), {
    code: 'bad-input',
  });
  assert.deepEqual(await pricesOf(item), [10_000, 0]);
  await changeVariant(op(), key, variant(-9_999));
  await changeItem(op(), itemId, { ...item, priceOre: 9_999 });
  assert.deepEqual(await pricesOf(item), [9_999, 0]);
  const cheap = { ...item, itemId: newRowId(system.now), priceOre: 5 };
  const less = { ...item.variants[0]!, variantId: newRowId(system.now), extraOre: -6 };
  await assert.rejects(appendItem(op(), { ...cheap, variants: [less] }), { code: 'bad-input' });
});

test('a price and an extra charge that are lowered at once do not come to less than nothing', async () => {
  for (let turn = 0; turn < 8; turn += 1) {
    const item = await addTestProduct(system, { priceOre: 10_000 });
    const key = { itemId: item.itemId, variantId: item.variants[0]!.variantId };
    const outcomes = await Promise.allSettled([
      changeItem(op(), item.itemId, { ...item, priceOre: 4_000 }),
      changeVariant(op(), key, variant(-6_000)),
      addVariant(op(), item.itemId, variant(-7_000)),
    ]);
    assert.ok(outcomes.some(({ status }) => status === 'fulfilled'));
    assert.ok((await pricesOf(item)).every((price) => price >= 0));
  }
});

test('an order has no line for less than nothing, whatever the catalogue says', async () => {
  const owner = await system.newCustomer();
  const orderId = await system.placeOrderFor(owner);
  await assert.rejects(
    system.db
      .updateTable('history.order_line')
      .set({ unit_price_ore: -1 })
      .where('order_id', '=', orderId)
      .execute(),
    /unit_price_is_not_negative/,
  );
});

test('the catalogue has two hundred items at most, also when several add the last ones', async () => {
  const item = await addTestProduct(system);
  const another = () => ({
    ...item,
    itemId: newRowId(system.now),
    variants: [{ ...item.variants[0]!, variantId: newRowId(system.now) }],
    isOffered: false,
  });
  while ((await countOf('history.item')) < itemsMax - 2) await appendItem(op(), another());
  assertTwoOf(await atOneTime(() => appendItem(op(), another())));
  assert.equal(await countOf('history.item'), itemsMax);
});
