import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addTestBooking, addTestProduct } from '../../test/shop.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { Item } from '../history/catalogue/items.ts';
import type { OwnerId } from '../ids.ts';
import { newRowId } from '../ids.ts';
import { buyerOrderText } from '../text/buyer-order.ts';
import { customerWith, guestWith, pay, perform } from './buyer.fixture.ts';
import type { Buyer } from './buyer.fixture.ts';
import { signedInVisitor } from './privacy-visitor.fixture.ts';

let system: TestSystem;
let owner: OwnerId;
let product: Item;
let course: Item;
const words = buyerOrderText.sv;
const at = (text: string) =>
  Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Stockholm').toInstant();

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  product = await addTestProduct(system);
  course = await addTestBooking(system, { capacity: 50 });
});
after(() => system[Symbol.asyncDispose]());

type Lines = Parameters<typeof customerWith>[3];
const asCustomer = (lines: Lines, way: 'swish' | 'on-site' = 'swish') =>
  customerWith(system, { owner, email: person.email }, way, lines);
const asGuest = (lines: Lines, way: 'swish' | 'on-site' = 'swish') =>
  guestWith(system, 'gast@example.se', way, lines);

async function both(lines: Lines, way: 'swish' | 'on-site' = 'swish'): Promise<Buyer[]> {
  return [await asCustomer(lines, way), await asGuest(lines, way)];
}

test('the page of an order says how it stands, what it cost and what can be done with it', async () => {
  for (const buyer of await both([{ item: product, quantity: 2 }])) {
    await pay(system, buyer);
    const { text, source } = await buyer.browser.get(buyer.path);
    for (const said of [
      words.state.placed.goods,
      words.course,
      words.events.paid,
      'Provfilt',
      'med Swish',
      words.withdraw,
      words.withdrawOpen,
      words.complain,
      words.again,
    ])
      assert.ok(text.includes(said), said);
    assert.ok(source.includes(`href="${buyer.path}/withdraw"`));
    assert.ok(source.includes(`href="${buyer.path}/cancel"`));
    assert.ok(!text.includes(words.whyNotCancel.gone));
  }
});

test('an order that is not paid leads to paying, with the time until which it is kept', async () => {
  for (const buyer of await both([{ item: product }])) {
    const { text, source } = await buyer.browser.get(buyer.path);
    assert.ok(text.includes(words.state.unpaid));
    assert.ok(text.includes('Betala senast kl. 13.40'));
    assert.ok(source.includes(`href="${buyer.path}/pay"`));
    assert.ok(text.includes(words.whyNotWithdraw.unpaid));
  }
});

test('a booking has its time in words, its rule, and a file for the calendar', async () => {
  const startsAt = at('2026-12-01T14:30');
  for (const buyer of await both([{ item: course, startsAt }])) {
    await pay(system, buyer);
    const { text, source } = await buyer.browser.get(buyer.path);
    assert.ok(text.includes('tisdag 1 december 2026 kl. 14.30'));
    assert.ok(text.includes('till och med måndag 30 november 2026 kl. 14.30'));
    assert.ok(text.includes('Därefter kostar det 50 kr att avboka.'));
    const [, file = ''] = /href="([^"]*\/calendar\/[^"]*)"/.exec(source) ?? [];
    const ics = await buyer.browser.get(file);
    assert.equal(ics.headers.get('content-type'), 'text/calendar; charset=utf-8');
    assert.match(ics.source, /DTSTART:20261201T133000Z/);
    assert.match(ics.source, /SEQUENCE:0/);
    assert.match(ics.source, /SUMMARY:Provkurs/);
    assert.ok(!ics.source.includes(person.name));
    assert.ok(source.includes('/rebook/') && source.includes('/cancel?line='));
  }
});

test('what cannot be done says why, with the ground of the law', async () => {
  const bread = await addTestProduct(system, { withdrawal: 'perishable' });
  for (const buyer of await both([{ item: bread }])) {
    await pay(system, buyer);
    await perform(system, buyer);
    const { text, source } = await buyer.browser.get(buyer.path);
    assert.ok(text.includes(words.whyNotWithdraw.perishable));
    assert.ok(text.includes(words.whyNotCancel.performed));
    assert.ok(!source.includes('/withdraw"') || !source.includes(`${buyer.path}/withdraw"`));
  }
});

test('the right of withdrawal is in sight through its last day and then says that it is over', async () => {
  const buyer = await asGuest([{ item: product }]);
  await pay(system, buyer);
  await perform(system, buyer);
  const start = system.now;
  const seen = await buyer.browser.get(buyer.path);
  assert.ok(seen.text.includes(words.withdrawUntil('7 december 2026')));
  // The fourteenth day is a Sunday, so the last one is the Monday after it.
  system.now = at('2026-12-07T23:59:59');
  assert.ok((await buyer.browser.get(buyer.path)).text.includes(words.withdraw));
  system.now = at('2026-12-08T00:00');
  const over = await buyer.browser.get(buyer.path);
  assert.ok(over.text.includes(words.whyNotWithdraw['too-late']));
  assert.ok(!over.source.includes(`${buyer.path}/withdraw"`));
  system.now = start;
});

test('receipts can be read, printed and downloaded, byte for byte as they were issued', async () => {
  for (const buyer of await both([{ item: product }])) {
    await pay(system, buyer);
    const { source } = await buyer.browser.get(buyer.path);
    const [, page = ''] = /href="([^"]*\/receipts\/[0-9a-f-]{36})"/.exec(source) ?? [];
    const read = await buyer.browser.get(page);
    assert.ok(read.text.includes('Kvittonummer') && read.text.includes('momsregistreringsnummer'));
    assert.match(read.source, /data-print/);
    const file = await buyer.browser.get(`${page}/pdf`);
    assert.equal(file.headers.get('content-type'), 'application/pdf');
    assert.match(file.headers.get('content-disposition') ?? '', /filename="kvitto-S\d+-2026\.pdf"/);
    assert.ok(file.source.startsWith('%PDF'));
    const again = await buyer.browser.get(`${page}/pdf`);
    assert.equal(again.source, file.source);
  }
});

test('ordering again puts what is still sold into the basket and leaves the rest', async () => {
  for (const buyer of await both([{ item: product, quantity: 3 }])) {
    const led = await buyer.browser.post(buyer.path, { again: '1' });
    assert.equal(led.location, '/basket?added=1');
    const basket = await buyer.browser.get('/basket');
    assert.ok(basket.text.includes('Provfilt'));
    assert.match(basket.source, /value="3"/);
  }
  const gone = await addTestProduct(system);
  const buyer = await asCustomer([{ item: gone }], 'on-site');
  await system.db
    .updateTable('history.item')
    .set({ offered: false })
    .where('item_id', '=', gone.itemId)
    .execute();
  const led = await buyer.browser.post(buyer.path, { again: '1' });
  assert.equal(led.location, `${buyer.path}?nothing=1`);
  assert.ok((await buyer.browser.get(led.location ?? '')).text.includes(words.news.nothingAgain));
});

test('how to complain about a fault says where, with what and until which day', async () => {
  for (const buyer of await both([{ item: product }])) {
    await pay(system, buyer);
    await perform(system, buyer);
    const { text } = await buyer.browser.get(`${buyer.path}/fault`);
    assert.ok(text.includes('22 januari 2030'), 'three years and two months');
    assert.ok(text.includes('Allmänna reklamationsnämnden'));
  }
});

const pages = [
  '',
  '/pay',
  '/cancel',
  '/withdraw',
  '/fault',
  '/remove',
  `/receipts/${newRowId(Temporal.Instant.from('2026-11-22T12:00:00Z'))}`,
  '/receipts/x/pdf',
  '/calendar/x',
  '/rebook/x',
  '/taken-back/x',
];

test('somebody else’s order looks like one that is not there, on every page', async () => {
  const buyer = await asCustomer([{ item: product }]);
  const guest = await asGuest([{ item: product }]);
  const email = 'annan@example.se';
  const other = { owner: await system.newCustomer({ email }), email };
  const stranger = await signedInVisitor(system, email, 'sv');
  const own = await customerWith(system, other, 'on-site', [{ item: product }]);
  for (const page of pages) {
    for (const path of [
      `/history/${buyer.orderId}`,
      `/history/${guest.orderId}`,
      '/history/x',
      `/guest/${guest.code}/${buyer.orderId}`,
      `/guest/${guest.code.slice(0, -3)}AAA/${guest.orderId}`,
      `/guest/${guest.code}A/${guest.orderId}`,
      `/guest/x/${guest.orderId}`,
    ])
      assert.equal((await stranger.get(`${path}${page}`)).status, 404, `${path}${page}`);
    for (const post of ['/pay', '/cancel', '/withdraw', '/remove', '']) {
      const seen = await stranger.post(`/history/${buyer.orderId}${post}`, { way: 'swish' });
      assert.equal(seen.status, 404, post);
    }
  }
  assert.equal((await own.browser.get(own.path)).status, 200);
});
