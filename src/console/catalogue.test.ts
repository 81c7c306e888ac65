import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { findItem } from '../history/catalogue/items.ts';
import { findKnownItem, listKnownItems } from '../history/catalogue/known-items.ts';
import type { KnownItem } from '../history/catalogue/known-items.ts';
import { jpegWith, pngPicture, secret } from '../history/catalogue/pictures/pictures.fixture.ts';
import { picturesOf, readPicture } from '../history/catalogue/pictures/pictures.ts';
import { schedulesOf } from '../history/calendar/change-hours.ts';
import { listResources } from '../history/calendar/resources.ts';
import type { RowId } from '../ids.ts';
import { signedIn } from './staff-browser.fixture.ts';
import type { Seen, StaffBrowser } from './staff-browser.fixture.ts';

let system: TestSystem;
let administrator: StaffBrowser;
const room = '/console/catalogue';

const facts = {
  name_sv: 'Näverask',
  name_en: 'Birch bark box',
  description_sv: 'Flätad.\r\nMed lock.',
  description_en: 'Woven, with a lid.',
  price: '1 249,50 kr',
  vat: '25',
  fulfilment: 'shipped',
  withdrawal: 'custom-made',
};
const rules = {
  duration: '45',
  before: '5',
  after: '10',
  step: '15',
  lead_hours: '3',
  horizon: '30',
  capacity: '2',
  free_cancel: '48',
  late_fee: '50',
};

before(async () => {
  system = await testSystem();
  administrator = await signedIn(system, 'administrator');
});
after(() => system[Symbol.asyncDispose]());

/** The id in the address that an answer leads to. */
function idIn({ status, location }: Seen): RowId {
  assert.equal(status, 303);
  return /(?:items|resources)\/([\w-]+)/.exec(location ?? '')?.[1] as RowId;
}

async function known(itemId: RowId): Promise<KnownItem> {
  const item = await findKnownItem(system.db, itemId);
  assert.ok(item);
  return item;
}

async function itemNamed(words: string): Promise<KnownItem> {
  const item = (await listKnownItems(system.db)).find(({ name }) => name.sv.includes(words));
  assert.ok(item);
  return item;
}

test('customer service sees the catalogue and changes nothing; a bookkeeper does not see it', async () => {
  const support = await signedIn(system, 'support');
  const { itemId } = await itemNamed('Skärbräda');
  const [resource] = await listResources(system.db);
  const seen = [
    '',
    `/items/${itemId}`,
    '/resources',
    `/resources/${resource!.resourceId}`,
    '/skills',
    '/closed-days',
  ];
  for (const path of seen) {
    const { status, text } = await support.get(`${room}${path}`);
    assert.equal(status, 200, path);
    assert.doesNotMatch(text, /\/change"|name="(?:up|down|offered|do)"/, path);
    assert.equal((await (await signedIn(system, 'bookkeeper')).get(`${room}${path}`)).status, 404);
  }
  const changed = ['/order', '/new/product', `/items/${itemId}/offer`, `/items/${itemId}/change`];
  const others = [
    '/skills',
    '/closed-days',
    `/resources/${resource!.resourceId}`,
    '/resources/new',
  ];
  for (const path of [...changed, ...others]) {
    assert.equal((await support.post(`${room}${path}`, { up: itemId })).status, 404, path);
  }
  assert.equal((await support.get(`${room}/new`)).status, 404);
});

test('a new product is hidden until it is offered, and can be changed afterwards', async () => {
  const added = await administrator.post(`${room}/new/product`, { ...facts, pays_on_site: 'yes' });
  const itemId = idIn(added);
  const item = await known(itemId);
  assert.deepEqual(item.name, { sv: 'Näverask', en: 'Birch bark box' });
  assert.equal(item.description.sv, 'Flätad.\nMed lock.');
  assert.deepEqual(
    [item.priceOre, item.vatPercent, item.withdrawal, item.paysOnSite, item.isSensitive],
    [124_950, 25, 'custom-made', true, false],
  );
  assert.equal(item.variants.length, 1);
  assert.equal(await findItem(system.db, itemId), null);
  await administrator.post(`${room}/items/${itemId}/offer`, { offered: 'yes' });
  assert.equal((await findItem(system.db, itemId))?.itemId, itemId);
  const form = await administrator.get(`${room}/items/${itemId}/change`);
  assert.match(form.text, /value="1249,50"/);
  await administrator.post(`${room}/items/${itemId}/change`, {
    ...facts,
    price: '0',
    sensitive: 'yes',
  });
  const changed = await known(itemId);
  assert.deepEqual([changed.priceOre, changed.isSensitive, changed.paysOnSite], [0, true, false]);
  await administrator.post(`${room}/items/${itemId}/offer`, { offered: 'no' });
  assert.equal(await findItem(system.db, itemId), null);
});

test('what is wrong in the form of an item is said beside it, and what was typed is kept', async () => {
  const wrong = {
    ...facts,
    name_sv: '',
    name_en: 'x'.repeat(101),
    price: 'dyrt',
    vat: '24',
    fulfilment: 'on-site',
    withdrawal: 'never',
  };
  const { status, text } = await administrator.post(`${room}/new/product`, wrong);
  assert.equal(status, 422);
  for (const words of [
    'Enter the name in Swedish.',
    'The name can have 100 characters at most.',
    'Enter the price in kronor',
    'Choose how much VAT is included.',
    'Choose how it reaches the customer.',
    'Choose what holds for the right of withdrawal.',
  ]) {
    assert.ok(text.includes(words), words);
  }
  assert.ok(text.includes('value="dyrt"') && text.includes('Woven, with a lid.'));
  for (const price of ['-1', '1,234', '1e9', '1000000,01', '0x10', '']) {
    const answer = await administrator.post(`${room}/new/product`, { ...facts, price });
    assert.equal(answer.status, 422, price);
  }
  assert.equal((await administrator.post(`${room}/new/gift`, facts)).status, 404);
  assert.equal((await administrator.post(`${room}/new/__proto__`, facts)).status, 404);
});

test('a booking is offered only when it has rules and something to book', async () => {
  const itemId = idIn(
    await administrator.post(`${room}/new/booking`, { ...facts, fulfilment: 'on-site' }),
  );
  const at = `${room}/items/${itemId}`;
  assert.match((await administrator.get(at)).text, /It needs booking rules/);
  await administrator.post(`${at}/offer`, { offered: 'yes' });
  assert.equal(await findItem(system.db, itemId), null);
  const lacking = await administrator.post(`${at}/booking`, { ...rules, duration: '4' });
  assert.equal(lacking.status, 422);
  assert.match(lacking.text, /5 to 1,440 minutes/);
  assert.match(lacking.text, /Choose at least one skill/);
  const { needs } = await itemNamed('Vävkurs');
  const boxes = Object.fromEntries(needs.map((skill) => [`skill-${skill}`, 'yes']));
  await administrator.post(`${at}/booking`, { ...rules, ...boxes, 'skill-x': 'yes' });
  const item = await known(itemId);
  assert.deepEqual(item.booking, {
    durationMinutes: 45,
    bufferBeforeMinutes: 5,
    bufferAfterMinutes: 10,
    stepMinutes: 15,
    leadMinutes: 180,
    horizonDays: 30,
    capacity: 2,
    freeCancelHours: 48,
    lateFeePercent: 50,
  });
  assert.deepEqual(item.needs, needs);
  await administrator.post(`${at}/offer`, { offered: 'yes' });
  assert.equal((await findItem(system.db, itemId))?.itemId, itemId);
  const product = await itemNamed('Ullfilt');
  assert.equal((await administrator.get(`${room}/items/${product.itemId}/booking`)).status, 404);
  assert.equal((await administrator.get(`${at}/variants`)).status, 404);
});

test('only what the notice names can be asked', async () => {
  const { itemId } = await itemNamed('Lagning');
  const at = `${room}/items/${itemId}/questions`;
  const all = { access: 'no', measurements: 'may', vehicle: 'no', animal: 'no', wishes: 'must' };
  assert.equal((await administrator.post(at, { ...all, health: 'must' })).status, 303);
  const { questions } = await known(itemId);
  assert.deepEqual(
    questions.map(({ field, isRequired }) => [field, isRequired]),
    [
      ['measurements', false],
      ['wishes', true],
    ],
  );
  const wrong = await administrator.post(at, { ...all, animal: 'always' });
  assert.equal(wrong.status, 422);
  assert.deepEqual((await known(itemId)).questions, questions);
});

test('stock is changed by a number more or fewer, and variants are hidden, never removed', async () => {
  const { itemId, variants } = await itemNamed('Skärbräda');
  const [small] = variants;
  const at = `${room}/items/${itemId}/variants`;
  const one = `${at}/${small!.variantId}`;
  assert.equal((await administrator.post(one, { do: 'more', count: '8' })).status, 303);
  assert.equal((await administrator.post(one, { do: 'fewer', count: '15' })).status, 303);
  const tooFew = await administrator.post(one, { do: 'fewer', count: '6' });
  assert.equal(tooFew.status, 422);
  assert.match(tooFew.text, /not that many left/);
  assert.match(tooFew.text, /There are 5 at the moment/);
  for (const count of ['0', '-1', '1.5', 'x', '', '100001']) {
    assert.equal((await administrator.post(one, { do: 'more', count })).status, 422, count);
  }
  await administrator.post(one, { do: 'stop' });
  assert.match((await administrator.get(one)).text, /The stock is not counted/);
  await administrator.post(one, { do: 'begin', count: '3' });
  assert.equal((await administrator.post(one, { do: 'begin', count: '9' })).status, 422);
  const fields = { do: 'save', name_sv: 'Mini', name_en: 'Mini', extra: '-50', offered: 'yes' };
  await administrator.post(one, fields);
  const changed = (await known(itemId)).variants[0];
  assert.deepEqual([changed?.name.sv, changed?.extraOre, changed?.stock], ['Mini', -5_000, 3]);
  const half = await administrator.post(one, { ...fields, name_en: '' });
  assert.match(half.text, /Enter the name in English as well/);
  const { do: _, ...added } = { ...fields, name_sv: 'Rund', name_en: 'Round', extra: '10' };
  assert.equal((await administrator.post(at, added)).status, 303);
  assert.equal((await known(itemId)).variants.length, 3);
  assert.equal((await administrator.post(`${at}/${itemId}`, fields)).status, 404);
});

test('the last variant that can be ordered cannot be hidden while the product is offered', async () => {
  const { itemId, variants } = await itemNamed('Ullfilt');
  const one = `${room}/items/${itemId}/variants/${variants[0]!.variantId}`;
  const { status, text } = await administrator.post(one, {
    do: 'save',
    name_sv: '',
    name_en: '',
    extra: '0',
  });
  assert.equal(status, 422);
  assert.match(text, /Hide the product instead/);
  assert.equal((await known(itemId)).variants.length, 1);
});

test('a picture is taken with words for who does not see it, and without what it would give away', async () => {
  const { itemId } = await itemNamed('Ljunghonung');
  const at = `${room}/items/${itemId}/pictures`;
  const alt = { alt_sv: 'En burk honung', alt_en: 'A jar of honey' };
  const file = new File([new Uint8Array(jpegWith(0xfe, Buffer.from(secret)))], 'maja.exe');
  assert.equal((await administrator.upload(at, { ...alt, file })).status, 303);
  const [picture] = (await picturesOf(system.db, [itemId])).get(itemId) ?? [];
  const stored = await readPicture(system.db, picture!.pictureId);
  assert.equal(stored?.mediaType, 'image/jpeg');
  assert.ok(!Buffer.from(stored?.content ?? []).includes(secret));
  assert.match((await administrator.get(at)).text, /alt="A jar of honey" width="12" height="8"/);
  const one = `${at}/${picture!.pictureId}`;
  await administrator.post(one, { ...alt, alt_en: 'Honey <b>', do: 'save' });
  assert.match((await administrator.get(at)).text, /alt="Honey &lt;b&gt;"/);
  assert.equal((await administrator.post(one, { ...alt, alt_sv: '', do: 'save' })).status, 422);
  await administrator.post(one, { do: 'remove' });
  assert.equal((await picturesOf(system.db, [itemId])).size, 0);
  assert.equal((await administrator.post(one, { do: 'remove' })).status, 404);
});

test('what is no picture, too large, without words or one too many is refused', async () => {
  const { itemId } = await itemNamed('Boken');
  const at = `${room}/items/${itemId}/pictures`;
  const alt = { alt_sv: 'En bok', alt_en: 'A book' };
  const blob = (bytes: Uint8Array) =>
    new File([new Uint8Array(bytes)], 'a.png', { type: 'image/png' });
  const send = (bytes: Uint8Array, words: Record<string, string> = alt) =>
    administrator.upload(at, { ...words, file: blob(bytes) });
  const script = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  );
  assert.match((await send(script)).text, /no JPEG, PNG or WebP/);
  assert.match((await send(Buffer.alloc(0))).text, /Choose a picture/);
  const wordless = await send(pngPicture, { alt_sv: '', alt_en: 'A book' });
  assert.equal(wordless.status, 422);
  assert.match(wordless.text, /Describe the picture in Swedish/);
  const big = Buffer.alloc(1_700_000, pngPicture);
  assert.match((await send(big)).text, /larger than 400 kB/);
  assert.equal((await administrator.post(at, { ...alt, file: 'GIF89a' })).status, 422);
  for (let count = 0; count < 8; count += 1) assert.equal((await send(pngPicture)).status, 303);
  assert.match((await send(pngPicture)).text, /eight pictures already/);
});

test('a resource gets skills and hours, in as many spans a day as it has, and a hidden one keeps them', async () => {
  const { needs } = await itemNamed('Hyra');
  const form = { kind: 'thing', name_sv: 'Smal vävstol', name_en: 'Narrow loom' };
  const added = await administrator.post(`${room}/resources/new`, {
    ...form,
    [`skill-${needs[0]}`]: 'yes',
  });
  const resourceId = idIn(added);
  const at = `${room}/resources/${resourceId}`;
  const week = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [`day_${day}`, '']));
  const hours = {
    ...week,
    day_1: '8–12, 13–17.30',
    day_7: '10-14',
    valid_from: '',
    valid_until: '',
  };
  assert.equal((await administrator.post(`${at}/hours/new`, hours)).status, 303);
  const [schedule] = await schedulesOf(system.db, resourceId);
  assert.deepEqual(schedule?.week[0], [
    { opensMinute: 480, closesMinute: 720 },
    { opensMinute: 780, closesMinute: 1050 },
  ]);
  assert.equal((await administrator.post(`${at}/hours/new`, hours)).status, 422);
  const summer = { ...hours, valid_from: '2027-06-01', valid_until: '2027-08-31' };
  assert.equal((await administrator.post(`${at}/hours/new`, summer)).status, 303);
  const period = `${at}/hours/2027-06-01_2027-09-01`;
  assert.match((await administrator.get(period)).text, /value="2027-08-31"/);
  const turned = { ...summer, valid_until: '2027-05-31', day_2: '12–8' };
  const wrong = await administrator.post(period, turned);
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /Tuesday: Write the hours like this/);
  assert.ok(wrong.text.includes('value="12–8"'));
  assert.match(
    (await administrator.post(period, { ...turned, day_2: '' })).text,
    /ends before it begins/,
  );
  assert.equal((await administrator.get(`${at}/hours/2027`)).status, 404);
  await administrator.post(at, { do: 'hide' });
  const hidden = (await listResources(system.db)).find((one) => one.resourceId === resourceId);
  assert.deepEqual([hidden?.isOffered, hidden?.skills], [false, [needs[0]]]);
  assert.equal((await schedulesOf(system.db, resourceId)).length, 2);
  const nameless = await administrator.post(`${at}/change`, {
    ...form,
    kind: 'animal',
    name_sv: ' ',
  });
  assert.match(nameless.text, /Choose what it is/);
});

test('a day of its own and a closed day lie ahead, and are taken back', async () => {
  const [resource] = await listResources(system.db);
  const at = `${room}/resources/${resource!.resourceId}`;
  assert.equal(
    (await administrator.post(at, { do: 'day', day: '2026-12-24', hours: '10–12' })).status,
    303,
  );
  assert.match((await administrator.get(at)).text, /10–12/);
  for (const [day, hours] of [
    ['2026-11-21', '10–12'],
    ['2026-02-30', ''],
    ['x', ''],
    ['2026-12-25', 'hela dagen'],
  ] as const) {
    assert.equal((await administrator.post(at, { do: 'day', day, hours })).status, 422, day);
  }
  await administrator.post(at, { do: 'remove-day', day: '2026-12-24' });
  assert.doesNotMatch((await administrator.get(at)).text, /10–12/);
  const closed = `${room}/closed-days`;
  const stocktaking = { day: '2027-01-04', name_sv: 'Inventering', name_en: 'Stocktaking' };
  assert.equal((await administrator.post(closed, { do: 'add', ...stocktaking })).status, 303);
  assert.equal(
    (await administrator.post(closed, { do: 'add', ...stocktaking, day: '2020-01-01' })).status,
    422,
  );
  assert.match((await administrator.get(closed)).text, /Stocktaking/);
  await administrator.post(closed, { do: 'remove', day: '2027-01-04' });
  assert.doesNotMatch((await administrator.get(closed)).text, /Stocktaking/);
  await system.db.deleteFrom('history.closed_day').execute();
  await administrator.post(closed, { do: 'holidays', year: '2027' });
  await administrator.post(closed, { do: 'holidays', year: '1999' });
  assert.match((await administrator.get(closed)).text, /Ascension Day/);
});

test('skills are added and renamed, and a resource that has one is named beside it', async () => {
  const at = `${room}/skills`;
  assert.equal((await administrator.post(at, { name_sv: 'Spinning', name_en: '' })).status, 422);
  assert.equal(
    (await administrator.post(at, { name_sv: 'Spinning', name_en: 'Spinning' })).status,
    303,
  );
  const { text } = await administrator.get(at);
  const id = /skills\/([\w-]{36})">Spinning/.exec(text)?.[1] ?? '';
  await administrator.post(`${at}/${id}`, { name_sv: 'Handspinning', name_en: 'Hand spinning' });
  assert.match((await administrator.get(at)).text, /Hand spinning/);
  assert.match(text, /Weaving teacher/);
  assert.equal((await administrator.get(`${at}/x`)).status, 404);
});
