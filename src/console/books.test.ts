import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newestVoucher, payBackAll, sellBySwish, sellOnSite } from '../../test/books.ts';
import { addTestProduct } from '../../test/shop.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { Item } from '../history/catalogue/items.ts';
import type { OwnerId } from '../ids.ts';
import { booksRoutes } from './books-routes.ts';
import { booksRoom } from './books-visit.ts';
import { confirmEverybody, openBrowser, signedIn } from './staff-browser.fixture.ts';
import type { StaffBrowser } from './staff-browser.fixture.ts';

let system: TestSystem;
let keeper: StaffBrowser;
let owner: OwnerId;
let item: Item;
let year: string;

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  item = await addTestProduct(system);
  await sellBySwish(system, owner, item, 2);
  await payBackAll(system, await sellOnSite(system, owner, item, { way: 'cash' }));
  year = `${booksRoom}/${(await newestVoucher(system, 'sale')).year}`;
  keeper = await signedIn(system, 'bookkeeper');
});
after(() => system[Symbol.asyncDispose]());

async function pathOf(kind: string): Promise<string> {
  return `${year}/vouchers/${(await newestVoucher(system, kind)).voucherId}`;
}

async function openings(): Promise<number> {
  const rows = await system.db.selectFrom('bookkeeping.opening').select('opening_id').execute();
  return rows.length;
}

async function expireConfirmations(): Promise<void> {
  await system.db.updateTable('accounts.session').set({ confirmed_at: null }).execute();
}

/** Every address of the room, with real ids in it. */
async function addresses(): Promise<{ method: string; path: string }[]> {
  const { year: yearId, voucherId } = await newestVoucher(system, 'sale');
  return booksRoutes.map(({ method, path }) => ({
    method,
    path: path.replace(':year', yearId).replace(':voucher', voucherId),
  }));
}

test('to everybody but who keeps the books the room is not there', async () => {
  for (const { access } of booksRoutes) assert.deepEqual(access, ['bookkeeper']);
  for (const role of ['support', 'administrator', 'provider'] as const) {
    const browser = await signedIn(system, role);
    await confirmEverybody(system);
    for (const { method, path } of await addresses()) {
      const { status } = method === 'GET' ? await browser.get(path) : await browser.post(path);
      assert.equal(status, 404, `${role} ${method} ${path}`);
    }
    assert.doesNotMatch((await browser.get('/console')).text, /href="\/console\/books"/);
  }
  const nobody = openBrowser(system);
  for (const { method, path } of await addresses()) {
    const seen = method === 'GET' ? await nobody.get(path) : await nobody.post(path);
    assert.equal(seen.status, 303);
    assert.match(seen.location ?? '', /^\/console\/sign-in/);
  }
});

test('what opens, books or leaves the house asks anew who is there', async () => {
  await expireConfirmations();
  const voucher = await pathOf('sale');
  const before = await openings();
  for (const path of [
    `${voucher}/open`,
    `${voucher}/correct`,
    `${year}/export`,
    `${year}/openings`,
  ]) {
    assert.match((await keeper.get(path)).location ?? '', /^\/console\/confirm-identity/, path);
    const sent = await keeper.post(path, { reason: 'Momsdeklarationen' });
    assert.match(sent.location ?? '', /^\/console\/confirm-identity/, path);
  }
  for (const path of [booksRoom, year, `${year}/vouchers`, `${year}/print`, voucher])
    assert.equal((await keeper.get(path)).status, 200, path);
  assert.equal(await openings(), before);
});

test('the room shows years, numbers, amounts and days, and nobody’s name', async () => {
  const voucher = await pathOf('sale');
  const pages = await Promise.all(
    [booksRoom, year, `${year}/vouchers`, `${year}/print`, voucher].map((path) => keeper.get(path)),
  );
  const [books, one, list, print, sale] = pages.map(({ text }) => text);
  assert.match(books ?? '', /2026/);
  assert.match(books ?? '', /Unbroken/);
  assert.match(books ?? '', /31 December 2033/);
  assert.match(one ?? '', /Bookkeeping Act, chapter 7, section 2/);
  assert.match(one ?? '', /S, Swish/);
  assert.match(list ?? '', /3 vouchers/);
  assert.match(list ?? '', /C1-2026/);
  assert.match(print ?? '', /Återbetalning R1-2026, kvitto C1-2026/);
  assert.match(print ?? '', /3001 Sales of goods, 25% VAT/);
  assert.match(sale ?? '', /R1-2026/);
  for (const { text } of pages) {
    for (const word of [person.name, person.email, person.street, 'Provfilt', owner])
      assert.ok(!text.includes(word), word);
  }
});

test('a receipt is opened for a reason and shown whole; without one nothing is opened', async () => {
  await confirmEverybody(system);
  const path = `${await pathOf('sale')}/open`;
  const before = await openings();
  const refused = await keeper.post(path, { reason: 'moms', as: 'page' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /Enter a reason of 5 to 300 characters/);
  assert.match(refused.text, />moms<\/textarea>/);
  assert.equal(await openings(), before);
  const opened = await keeper.post(path, { reason: 'Fråga från <revisorn>', as: 'page' });
  assert.equal(opened.status, 200);
  assert.match(opened.text, new RegExp(person.name));
  assert.match(opened.text, /Provfilt/);
  assert.match(opened.text, /Fråga från &lt;revisorn&gt;/);
  assert.equal(await openings(), before + 1);
  const pdf = await keeper.post(path, { reason: 'Fråga från revisorn', as: 'pdf' });
  assert.match(pdf.text, /^%PDF-/);
  assert.equal(await openings(), before + 2);
});

test('the list of openings says who, what and why, and is an opening itself', async () => {
  await confirmEverybody(system);
  assert.equal((await keeper.post(`${year}/openings`, { reason: '' })).status, 422);
  const { status, text } = await keeper.post(`${year}/openings`, { reason: 'Årlig genomgång' });
  assert.equal(status, 200);
  assert.match(text, /Årlig genomgång/);
  assert.match(text, /Fråga från revisorn/);
  const sale = await newestVoucher(system, 'sale');
  assert.match(text, new RegExp(`href="${year}/vouchers/${sale.voucherId}">[SC]\\d-2026</a>`));
  assert.match(text, /data-label="What"><span class="table__value">This list</);
  assert.match(text, /data-label="Who"><span class="table__value">you</);
  const colleague = await signedIn(system, 'bookkeeper');
  await confirmEverybody(system);
  const other = await colleague.post(`${year}/openings`, { reason: 'Andra genomgången' });
  assert.match(other.text, /member of staff [0-9a-f]{8}</);
  assert.doesNotMatch(other.text, /Siv/);
});

test('a correction is booked once, and each page leads to the other', async () => {
  await sellBySwish(system, owner, item);
  await confirmEverybody(system);
  const voucher = await pathOf('sale');
  const form = await keeper.get(`${voucher}/correct`);
  assert.match(form.text, /takes back every row/);
  assert.equal((await keeper.post(`${voucher}/correct`, { reason: 'x' })).status, 422);
  const booked = await keeper.post(`${voucher}/correct`, { reason: 'Bokfört på fel dag' });
  assert.equal(booked.status, 303);
  const correction = await keeper.get(booked.location ?? '');
  assert.match(correction.text, /The correction is booked/);
  assert.match(correction.text, /X1-2026/);
  assert.match(correction.text, new RegExp(`href="${voucher}"`));
  const original = await keeper.get(voucher);
  assert.match(original.text, /has been corrected/);
  assert.match(original.text, /X1-2026/);
  assert.doesNotMatch(original.text, new RegExp(`href="${voucher}/correct"`));
  const again = await keeper.post(`${voucher}/correct`, { reason: 'En gång till' });
  assert.equal(again.status, 422);
  assert.match(again.text, /corrected already/);
});

test('a SIE file is downloaded for days of the year, and its hash stands on the page of the year', async () => {
  await confirmEverybody(system);
  for (const [from, to, says] of [
    ['2025-12-31', '2026-11-22', /Choose a day of the fiscal year/],
    ['2026-11-22', '2026-11-01', /not before the first one/],
    ['', '2026-11-22', /Choose a day of the fiscal year/],
    ['2026-01-01', '2026-01-31', /no vouchers in the period/],
  ] as const) {
    const { status, text } = await keeper.post(`${year}/export`, { from, to });
    assert.equal(status, 422, `${from} ${to}`);
    assert.match(text, says);
  }
  const file = await keeper.post(`${year}/export`, { from: '2026-01-01', to: '2026-12-31' });
  assert.equal(file.status, 200);
  assert.match(file.text, /^#FLAGGA 0\r\n/);
  assert.match((await keeper.get(year)).text, /<code>[0-9a-f]{64}<\/code>/);
});

test('a year is added after the last one; what is wrong with it is said in words, and nothing is lost', async () => {
  const form = await keeper.get(`${booksRoom}/new`);
  assert.match(form.text, /value="2027-01-01"/);
  for (const [starts_on, ends_on, says] of [
    ['2027-01-01', '2027-12-30', /whole months/],
    ['2027-01-01', '2028-07-31', /18 months at most/],
    ['2026-12-31', '2027-12-31', /overlaps/],
    ['2027-02-01', '2028-01-31', /gap/],
    ['2027-06-01', '2027-05-31', /ends before it starts/],
    ['', '2027-12-31', /Choose the first day/],
    ['2027-01-01', '2027-02-30', /Choose the last day/],
  ] as const) {
    const { status, text } = await keeper.post(`${booksRoom}/new`, { starts_on, ends_on });
    assert.equal(status, 422, `${starts_on} ${ends_on}`);
    assert.match(text, says);
    assert.ok(text.includes(`value="${ends_on}"`));
  }
  const wish = { starts_on: '2027-01-01', ends_on: '2027-06-30' };
  const added = await keeper.post(`${booksRoom}/new`, wish);
  assert.equal(added.location, `${booksRoom}?done=added`);
  const { text } = await keeper.get(added.location);
  assert.match(text, /2027-01\/2027-06/);
  assert.match(text, /To come/);
  assert.equal((await keeper.post(`${booksRoom}/new`, wish)).status, 422);
});

test('a year is held until a day, for a reason, and let go', async () => {
  const path = `${year}/hold`;
  for (const until of ['2026-11-21', 'soon', '2046-11-22']) {
    const { status, text } = await keeper.post(path, { until, reason: 'Skatterevision' });
    assert.equal(status, 422, until);
    assert.match(text, /ten years ahead at most/);
  }
  assert.equal((await keeper.post(path, { until: '2034-06-30', reason: '' })).status, 422);
  const held = await keeper.post(path, { until: '2034-06-30', reason: 'Skatterevision' });
  assert.equal(held.location, `${year}?done=held`);
  assert.match((await keeper.get(year)).text, /30 June 2034, because somebody decided so/);
  assert.match((await keeper.get('/console/retention')).text, /1 July 2034, held through 30 June/);
  await keeper.post(path, { until: '', reason: 'Revisionen är klar' });
  assert.match((await keeper.get(year)).text, /It is not under audit/);
});

test('vouchers are found by series and by days, and odd queries show what there is', async () => {
  const listed = async (query: string) => (await keeper.get(`${year}/vouchers?${query}`)).text;
  assert.match(await listed('series=C'), /One voucher/);
  assert.match(await listed('from=2026-11-23'), /No vouchers/);
  assert.match(await listed('to=2026-11-21'), /No vouchers/);
  for (const odd of ['series=%27', 'page=-1', 'page=1e9', 'from=x&to=%00', 'page=999999'])
    assert.equal((await keeper.get(`${year}/vouchers?${odd}`)).status, 200, odd);
});

test('what is no year, no voucher, or a voucher of another year is not found', async () => {
  const { voucherId } = await newestVoucher(system, 'sale');
  for (const path of [
    `${booksRoom}/x`,
    `${booksRoom}/${owner}`,
    `${year}/vouchers/${year.split('/').at(-1)}`,
    `${booksRoom}/${owner}/vouchers/${voucherId}`,
  ])
    assert.equal((await keeper.get(path)).status, 404, path);
});

test('where the books are is reported once for each place, and stands in the list of what is missing till then', async () => {
  const abroad = { recordsCountry: 'NL' };
  const browser = await signedIn(system, 'bookkeeper', abroad);
  const administrator = await signedIn(system, 'administrator', abroad);
  assert.match((await browser.get(booksRoom)).text, /where the books are: Netherlands/);
  assert.match((await browser.get('/console')).text, /href="\/console\/books\/storage"/);
  const list = (await administrator.get('/console')).text;
  assert.match(list, /Who keeps the books enters the day/);
  assert.doesNotMatch(list, /href="\/console\/books\/storage"/);
  const path = `${booksRoom}/storage`;
  for (const [country, reported_on, says] of [
    ['US', '2026-11-20', /two letters/],
    ['NL', '2026-11-24', /in the future/],
    ['NL', '', /Choose the day/],
  ] as const) {
    const { status, text } = await browser.post(path, { country, reported_on });
    assert.equal(status, 422);
    assert.match(text, says);
  }
  const done = await browser.post(path, { country: 'nl', reported_on: '2026-11-20' });
  assert.equal(done.location, `${booksRoom}?done=reported`);
  assert.doesNotMatch((await browser.get(booksRoom)).text, /where the books are: Netherlands/);
  assert.doesNotMatch((await administrator.get('/console')).text, /enters the day/);
  assert.match((await browser.get(path)).text, /Netherlands, 20 November 2026/);
  const moved = await signedIn(system, 'bookkeeper', { recordsCountry: 'DE' });
  assert.match((await moved.get(booksRoom)).text, /where the books are: Germany/);
  const home = await signedIn(system, 'bookkeeper', { recordsCountry: 'SE' });
  assert.doesNotMatch((await home.get(booksRoom)).text, /where the books are: /);
  assert.match((await home.get(path)).text, /No report is needed/);
});

test('a sandbox shows the report as an example', async () => {
  const sandbox = { mailboxUrl: 'http://localhost:8081' };
  const browser = await signedIn(system, 'bookkeeper', { sandbox });
  await system.db.selectFrom('bookkeeping.storage_report').select('report_id').execute();
  const page = await browser.get(`${booksRoom}/storage`);
  assert.match(page.text, /This is an example/);
  assert.match(page.text, /Netherlands/);
});

test('the first year of the books begins today at the latest', async () => {
  await using empty = await testSystem();
  const first = await signedIn(empty, 'bookkeeper');
  const later = { starts_on: '2026-12-01', ends_on: '2027-12-31' };
  const { status, text } = await first.post(`${booksRoom}/new`, later);
  assert.equal(status, 422);
  assert.match(text, /must begin today at the latest/);
  assert.match(text, /value="2026-12-01"/);
  const today = { starts_on: '2026-11-22', ends_on: '2027-12-31' };
  assert.equal((await first.post(`${booksRoom}/new`, today)).location, `${booksRoom}?done=added`);
});
