import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newRowId } from '../ids.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { openVisitor } from './privacy-visitor.fixture.ts';
import { offer, offerTimes, variantOf } from './shop.fixture.ts';

// It is Sunday 22 November 2026, one o'clock in the afternoon in Borås.
let system: TestSystem;

before(async () => {
  system = await testSystem();
  await system.db.updateTable('history.item').set({ offered: false }).execute();
});
after(() => system[Symbol.asyncDispose]());

const headings = (source: string, level: 2 | 3) =>
  [...source.matchAll(new RegExp(`<h${level}[^>]*>(.*?)</h${level}>`, 'g'))].map(([, text = '']) =>
    text.replaceAll(/<[^>]*>/g, ''),
  );

test('what is offered stands under a heading for its kind, and a kind that there is none of has none', async () => {
  assert.match((await openVisitor(system).get('/')).text, /nothing to order at the moment/);
  await offer(system, { name: { sv: 'Skärbräda av ek', en: 'Oak board' } });
  const { source } = await openVisitor(system).get('/');
  assert.deepEqual(headings(source, 2).slice(0, 1), ['Products']);
  assert.ok(!headings(source, 2).includes('Services'));
  await offer(system, { kind: 'service', variants: [], name: { sv: 'Putsning', en: 'Cleaning' } });
  await offerTimes(system);
  const all = await openVisitor(system).get('/');
  assert.deepEqual(headings(all.source, 2).slice(0, 3), ['Products', 'Services', 'Book a time']);
  assert.ok(headings(all.source, 3).includes('Cleaning'));
  const swedish = await openVisitor(system, 'sv').get('/');
  assert.ok(headings(swedish.source, 2).includes('Boka tid'));
});

test('a search is offered when there are more than twelve things, and finds words in any case and with any accent', async () => {
  assert.doesNotMatch((await openVisitor(system).get('/')).source, /name="q"/);
  const all = (await openVisitor(system).get('/')).source.match(/\/catalogue\//g)?.length;
  const kept = (await openVisitor(system).get('/?q=zzz')).source;
  assert.equal(kept.match(/\/catalogue\//g)?.length, all, 'an old search hides nothing');
  for (let n = 0; n < 10; n += 1)
    await offer(system, { name: { sv: `Kaffekopp ${n}`, en: `Café cup ${n}` } });
  const visitor = openVisitor(system);
  assert.match((await visitor.get('/')).source, /<search>.*name="q"/s);
  const found = await visitor.get('/?q=CAFE+cup+3');
  assert.match(found.text, /1 match/);
  assert.deepEqual(headings(found.source, 3), ['Café cup 3']);
  const none = await visitor.get(`/?q=${encodeURIComponent('<script>')}`);
  assert.match(none.text, /Nothing matches your search/);
  assert.doesNotMatch(none.source, /<script>"/);
  const other = openVisitor(system, 'sv');
  assert.equal(headings((await other.get('/?q=ek')).source, 3).includes('Skärbräda av ek'), true);
  assert.deepEqual(headings((await other.get('/?q=skarbrada')).source, 3), []);
});

test('what there is of a product is said: how few are left, in stock, or sold out, and then it cannot be ordered', async () => {
  const few = await offer(system, { variants: [variantOf(system, { stock: 3 })] });
  const many = await offer(system, { variants: [variantOf(system, { stock: 40 })] });
  const none = await offer(system, { variants: [variantOf(system, { stock: 0 })] });
  const visitor = openVisitor(system);
  const page = async (item: { itemId: string }) => visitor.get(`/catalogue/${item.itemId}`);
  assert.match((await page(few)).text, /3 left/);
  assert.match((await page(many)).text, /In stock/);
  const gone = await page(none);
  assert.match(gone.text, /It is sold out/);
  assert.doesNotMatch(gone.source, /basket\/add/);
});

test('each variant has its price and what is left of it, and the first that there is any of is chosen', async () => {
  const kind = (en: string) => ({ sv: en, en });
  const item = await offer(system, {
    variants: [
      variantOf(system, { name: kind('Small'), stock: 0 }),
      variantOf(system, { name: kind('Large'), stock: 2, extraOre: 5_000 }),
    ],
  });
  const { source, text } = await openVisitor(system).get(`/catalogue/${item.itemId}`);
  assert.match(text, /from SEK\s100/);
  assert.match(text, /Small, +SEK\s100.*Sold out.*Large, +SEK\s150.*2 left/);
  const [, chosen] = /name="variant" value="([^"]+)" checked/.exec(source) ?? [];
  assert.equal(chosen, item.variants[1]?.variantId);
});

test('a picture is shown with its words where there is one, and its place is kept', async () => {
  const item = await offer(system);
  const picture_id = newRowId(system.now);
  const { db } = system;
  const alternative = { sv: 'En vara', en: 'A <product>' };
  await db
    .insertInto('history.picture')
    .values({
      item_id: item.itemId,
      picture_id,
      position: 0,
      alternative,
      media_type: 'image/png',
      width_px: 300,
      height_px: 200,
      sha256: Buffer.alloc(32),
      content: Buffer.alloc(10),
    })
    .execute();
  for (const path of ['/', `/catalogue/${item.itemId}`]) {
    const { source } = await openVisitor(system).get(path);
    assert.match(
      source,
      new RegExp(`src="/pictures/${picture_id}" alt="A &lt;product&gt;" width="300" height="200"`),
    );
  }
});

test('a service says which questions will be asked, where it is done and what right of withdrawal there is', async () => {
  const item = await offer(system, {
    kind: 'service',
    variants: [],
    fulfilment: 'at-customer',
    withdrawal: 'performed-service',
    questions: [
      { field: 'access', isRequired: true },
      { field: 'wishes', isRequired: false },
    ],
  });
  const { text } = await openVisitor(system).get(`/catalogue/${item.itemId}`);
  assert.match(text, /At your home/);
  assert.match(text, /ends when the service is performed/);
  assert.match(text, /How we get in: door code, floor, where to park .*Wishes \(if you like\)/);
});

test('the month shows the days with free times as links, Monday first, with week numbers', async () => {
  const item = await offerTimes(system);
  const { source, text } = await openVisitor(system).get(`/catalogue/${item.itemId}`);
  assert.match(text, /First available time: Monday 23 November 2026, 10:00/);
  assert.match(text, /November 2026 w\. Mon Tue Wed Thu Fri Sat Sun 44/);
  assert.match(text, /48 23 Monday 23 November 2026, 4 available times 24 Tuesday/);
  assert.match(text, /22 Sunday 22 November 2026, today, no available times/);
  const days = [...source.matchAll(/\?day=(2026-11-\d\d)#times/g)].map(([, day]) => day);
  assert.deepEqual(
    days,
    ['23', '24', '25', '26', '27', '30'].map((day) => `2026-11-${day}`),
  );
  assert.match(source, /aria-current="date"[^>]*><span aria-hidden="true">23</);
});

test('the times of a day stand by morning, afternoon and evening, as radio buttons', async () => {
  const item = await offerTimes(system, { capacity: 5 });
  const { source, text } = await openVisitor(system).get(
    `/catalogue/${item.itemId}?day=2026-11-24`,
  );
  assert.match(text, /Times on Tuesday 24 November 2026/);
  assert.match(text, /Morning 10:00 5 places left 11:00 5 places left Evening 17:00 5 places left/);
  assert.doesNotMatch(text, /Afternoon/);
  const values = [...source.matchAll(/type="radio"[^>]*name="start" value="([^"]*)"/g)];
  assert.deepEqual(
    values.map(([, value]) => value),
    ['T09', 'T10', 'T16', 'T17'].map((hour) => `2026-11-24${hour}:00:00Z`),
  );
});

test('months are turned within the horizon, and red days are known by name', async () => {
  const item = await offerTimes(system);
  const visitor = openVisitor(system, 'sv');
  const november = await visitor.get(`/catalogue/${item.itemId}`);
  assert.match(november.source, /month=2026-12#calendar" rel="next"/);
  assert.doesNotMatch(november.source, /rel="prev"/);
  const december = await visitor.get(`/catalogue/${item.itemId}?month=2026-12`);
  assert.match(december.text, /25 fredag 25 december 2026, juldagen, inga lediga tider/);
  assert.doesNotMatch(december.text, /Välj en tid/);
  const january = await visitor.get(`/catalogue/${item.itemId}?month=2027-01`);
  assert.match(january.source, /month=2026-12#calendar" rel="prev"/);
  assert.doesNotMatch(january.source, /rel="next"/);
});

test('days and months that are none, or lie outside the horizon, show the first free time instead', async () => {
  const item = await offerTimes(system);
  const strange = ['day=2026-02-31', 'day=x', 'month=2026-13', 'day=2019-01-01', 'month=9999-01'];
  for (const query of [...strange, 'day=-271821-04-19', 'month=', 'start=x']) {
    const { status, text } = await openVisitor(system).get(`/catalogue/${item.itemId}?${query}`);
    assert.equal(status, 200, query);
    assert.match(text, /Times on Monday 23 November 2026/, query);
  }
});

test('a day, a month and a calendar without free times say so kindly', async () => {
  const item = await offerTimes(system, { horizonDays: 12 });
  const visitor = openVisitor(system);
  const sunday = await visitor.get(`/catalogue/${item.itemId}?day=2026-11-29`);
  assert.match(sunday.text, /No available times that day/);
  const never = await offerTimes(system, { leadMinutes: 500_000, horizonDays: 30 });
  const page = await visitor.get(`/catalogue/${never.itemId}`);
  assert.match(page.text, /There are no available times at the moment.*30 days ahead/);
  const late = await offerTimes(system, { leadMinutes: 20 * 1440 });
  const month = await visitor.get(`/catalogue/${late.itemId}?month=2026-11`);
  assert.match(month.text, /No available times this month/);
  assert.match(month.text, /First available time: Monday 14 December 2026, 10:00/);
});

test('what is not offered, and what never was, is not found', async () => {
  const item = await offer(system);
  await system.db
    .updateTable('history.item')
    .set({ offered: false })
    .where('item_id', '=', item.itemId)
    .execute();
  for (const id of [item.itemId, newRowId(system.now), 'x', '%00'])
    assert.equal((await openVisitor(system).get(`/catalogue/${id}`)).status, 404);
});
