// What staff reads when the catalogue or the calendar is full, or a price comes to less than nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addTestProduct } from '../../test/shop.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { resourcesMax } from '../history/calendar/resources.ts';
import { itemsMax } from '../history/catalogue/items.ts';
import { newRowId } from '../ids.ts';
import { signedIn } from './staff-browser.fixture.ts';
import type { StaffBrowser } from './staff-browser.fixture.ts';

let system: TestSystem;
let administrator: StaffBrowser;

before(async () => {
  system = await testSystem();
  administrator = await signedIn(system, 'administrator');
});
after(() => system[Symbol.asyncDispose]());

const names = { name_sv: 'Grön', name_en: 'Green' };
const facts = {
  ...names,
  description_sv: 'Av ull.',
  description_en: 'Of wool.',
  vat: '25',
  fulfilment: 'shipped',
  withdrawal: 'right',
};

test('a variant that would cost less than nothing is refused beside its extra charge', async () => {
  const { itemId } = await addTestProduct(system, { priceOre: 10_000 });
  const at = `/console/catalogue/items/${itemId}`;
  const add = (extra: string) =>
    administrator.post(`${at}/variants`, { ...names, extra, offered: 'yes' });
  const refused = await add('-100,01');
  assert.equal(refused.status, 422);
  assert.match(refused.text, /the variant would cost less than nothing/);
  assert.match(refused.text, /value="-100,01"/);
  assert.equal((await add('-100')).status, 303);
  const { variant_id } = await system.db
    .selectFrom('history.variant')
    .select('variant_id')
    .where('item_id', '=', itemId)
    .where('extra_ore', '=', -10_000)
    .executeTakeFirstOrThrow();
  const changed = { ...names, do: 'save', extra: '-101', offered: 'yes' };
  const wrong = await administrator.post(`${at}/variants/${variant_id}`, changed);
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /the variant would cost less than nothing/);
  const cheaper = await administrator.post(`${at}/change`, { ...facts, price: '99,99' });
  assert.equal(cheaper.status, 422);
  assert.match(cheaper.text, /With that price a variant would cost less than nothing/);
  assert.equal((await administrator.post(`${at}/change`, { ...facts, price: '100' })).status, 303);
});

test('a full catalogue and a full calendar say so, and the form keeps what was typed', async () => {
  const label = { sv: 'Sal', en: 'Room' };
  const resources = Array.from({ length: resourcesMax }, (_, position) => ({
    resource_id: newRowId(system.now),
    kind: 'room' as const,
    label,
    position,
  }));
  await system.db.insertInto('history.resource').values(resources).execute();
  const room = await administrator.post('/console/catalogue/resources/new', {
    ...names,
    kind: 'room',
  });
  assert.equal(room.status, 422);
  assert.match(room.text, /There can be 200 resources at most/);
  assert.match(room.text, /value="Grön"/);
  const known = await system.db.selectFrom('history.item').selectAll().executeTakeFirstOrThrow();
  const items = Array.from({ length: itemsMax }, () => ({
    ...known,
    item_id: newRowId(system.now),
  }));
  await system.db.insertInto('history.item').values(items).execute();
  const item = await administrator.post('/console/catalogue/new/product', {
    ...facts,
    price: '100',
  });
  assert.equal(item.status, 422);
  assert.match(item.text, /The catalogue is full/);
  assert.match(item.text, /value="Grön"/);
});
