import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addTestBooking, addTestProduct, addTestService } from '../../test/shop.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { searchedMax } from '../history/search-orders.ts';
import type { OwnerId } from '../ids.ts';
import { buyerHistoryText } from '../text/buyer-history.ts';
import { buyerOrderText } from '../text/buyer-order.ts';
import { buyerRemoveText } from '../text/buyer-remove.ts';
import { portalOrdersText } from '../text/portal-orders.ts';
import { customerWith, guestWith, pay, payOnSite, perform } from './buyer.fixture.ts';
import type { Buyer } from './buyer.fixture.ts';
import { writeMany } from './many-orders.fixture.ts';
import { signedInVisitor } from './privacy-visitor.fixture.ts';
import type { Visitor } from './privacy-visitor.fixture.ts';

let system: TestSystem;
let owner: OwnerId;
let browser: Visitor;
const words = buyerHistoryText.sv;
const named = (text: string) => ({ sv: text, en: text });
const orders: Record<'rug' | 'wash' | 'course' | 'old', Buyer> = Object.create(null) as never;
type Lines = Parameters<typeof customerWith>[3];

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  const ordered = (lines: Lines, way: 'swish' | 'on-site' = 'on-site') =>
    customerWith(system, { owner, email: person.email }, way, lines);
  const start = system.now;
  const rug = await addTestProduct(system, { name: named('Röd matta') });
  system.now = start.subtract({ hours: 24 * 400 });
  orders.old = await ordered([{ item: rug }]);
  await perform(system, orders.old);
  system.now = start;
  orders.rug = await ordered([{ item: rug, quantity: 2 }], 'swish');
  await pay(system, orders.rug);
  system.now = system.now.add({ seconds: 1 });
  orders.wash = await ordered([
    { item: await addTestService(system, { name: named('Mattvätt') }) },
  ]);
  await perform(system, orders.wash);
  system.now = system.now.add({ seconds: 1 });
  const course = await addTestBooking(system, {}, { name: named('Vävkurs à la carte') });
  const startsAt = Temporal.Instant.from('2026-12-01T13:30:00Z');
  orders.course = await ordered([{ item: course, startsAt }]);
  system.now = system.now.add({ seconds: 1 });
  browser = await signedInVisitor(system, person.email, 'sv');
});
after(() => system[Symbol.asyncDispose]());

function shown(source: string): string[] {
  return Object.entries(orders)
    .filter(([, { orderId }]) => source.includes(`/history/${orderId}`))
    .map(([name]) => name)
    .toSorted();
}

test('the history shows everything, or one kind, what is to come, or one year', async () => {
  const filters: [string, string[]][] = [
    ['', ['course', 'old', 'rug', 'wash']],
    ['?what=product', ['old', 'rug']],
    ['?what=service', ['wash']],
    ['?what=booking', ['course']],
    ['?what=upcoming', ['course', 'rug']],
    ['?year=2026', ['course', 'rug', 'wash']],
    ['?year=2025', ['old']],
    ['?what=product&year=2026', ['rug']],
    ['?what=nonsense&year=99999', ['course', 'old', 'rug', 'wash']],
  ];
  for (const [query, expected] of filters) {
    const seen = await browser.get(`/history${query}`);
    assert.deepEqual(shown(seen.source), expected, query);
  }
  const none = await browser.get('/history?what=service&year=2025');
  assert.ok(none.text.includes(words.nothingHere));
});

test('who has ordered nothing is not asked what to look for', async () => {
  const email = 'ny.kund@example.se';
  await system.newCustomer({ email });
  const visitor = await signedInVisitor(system, email, 'sv');
  const { source, text } = await visitor.get('/history');
  assert.ok(text.includes(portalOrdersText.sv.history.nothing));
  assert.doesNotMatch(source, /name="(?:what|year|words)"/);
  const filtered = await visitor.get('/history?what=booking');
  assert.match(filtered.source, /name="what"/);
});

test('words are found in what was ordered and in its number, whatever their letters, and stand in no address', async () => {
  const number = /Beställning (\w{4}-\w{4})/.exec((await browser.get(orders.wash.path)).text)?.[1];
  const searches: [string, string[]][] = [
    ['matta', ['old', 'rug']],
    ['RÖD  Matta', ['old', 'rug']],
    ['matt', ['old', 'rug', 'wash']],
    ['vavkurs', []],
    ['vävkurs a la', ['course']],
    [number ?? '', ['wash']],
    [(number ?? '').replace('-', ' ').toLowerCase(), ['wash']],
    ['finns inte', []],
  ];
  for (const [typed, expected] of searches) {
    const seen = await browser.post('/history', { words: typed });
    assert.equal(seen.status, 200);
    assert.deepEqual(shown(seen.source), expected, typed);
  }
  const empty = await browser.post('/history', { words: ' ' });
  assert.equal(empty.status, 422);
  assert.ok(empty.text.includes(words.missing));
  const { source } = await browser.get('/history');
  assert.match(source, /<form[^>]*method="post"[^>]*action="\/history"/);
});

test('the overview says what is next in words, with what can be done, and what waits', async () => {
  const seen = await browser.get('/overview');
  assert.ok(seen.text.includes('tisdag 1 december 2026 kl. 14.30'));
  assert.match(seen.source, new RegExp(`href="${orders.course.path}/rebook/`));
  assert.match(seen.source, new RegExp(`href="${orders.course.path}/cancel\\?line=`));
  const unpaid = await customerWith(system, { owner, email: person.email }, 'swish', [
    { item: await addTestProduct(system) },
  ]);
  const now = await browser.get('/overview');
  assert.ok(now.text.includes(words.toDoCount(1)));
  assert.ok(now.source.includes(`href="${unpaid.path}/pay"`));
});

test('during the time that is booked nothing offers to move or cancel it, and that it goes on is said', async () => {
  const before = system.now;
  for (const [at, said] of [
    ['2026-12-01T13:29:59Z', words.next.kicker],
    ['2026-12-01T13:30:00Z', words.next.now],
    ['2026-12-01T14:29:59Z', words.next.now],
  ] as const) {
    system.now = Temporal.Instant.from(at);
    const visitor = await signedInVisitor(system, person.email, 'sv');
    const { source, text } = await visitor.get('/overview');
    assert.ok(text.includes(said), at);
    const offered = [/\/rebook\//, /\/cancel\?/].map((way) => way.test(source));
    const isOpen = said === words.next.kicker;
    assert.deepEqual(offered, [isOpen, isOpen], at);
    const order = await visitor.get(orders.course.path);
    assert.equal(order.text.includes(buyerOrderText.sv.booking.now), !isOpen, at);
  }
  system.now = before;
});

test('an order is removed from the history only when it is over, and then it is gone from everywhere', async () => {
  const early = await browser.get(`${orders.course.path}/remove`);
  assert.equal(early.status, 409);
  assert.equal((await browser.post(`${orders.course.path}/remove`)).status, 409);
  const owed = await browser.post(`${orders.wash.path}/remove`);
  assert.equal(owed.status, 409);
  assert.ok(owed.text.includes(buyerRemoveText.sv.obstacles['not-paid']));
  await payOnSite(system, orders.wash);
  const seen = await browser.get(`${orders.wash.path}/remove`);
  assert.ok(seen.text.includes('bokföringslagen'));
  const gone = await browser.post(`${orders.wash.path}/remove`);
  assert.equal(gone.location, '/history?removed=1');
  assert.ok((await browser.get('/history?removed=1')).text.includes(words.removed));
  assert.equal((await browser.get(orders.wash.path)).status, 404);
  assert.equal((await browser.post(`${orders.wash.path}/remove`)).status, 404);
  assert.deepEqual(shown((await browser.get('/history')).source), ['course', 'old', 'rug']);
});

test('twenty thousand orders come a page at a time, and a search ends and can be gone on with', async () => {
  const email = 'storkund@example.se';
  const big = await system.newCustomer({ email });
  await addMany(big, 20_000);
  const visitor = await signedInVisitor(system, email, 'sv');
  const first = await visitor.get('/history');
  assert.equal(first.source.match(/href="\/history\/[0-9a-f-]{36}"/g)?.length, 20);
  const [, next = ''] = /href="(\/history\?before=[^"]*)"/.exec(first.source) ?? [];
  assert.equal((await visitor.get(next)).status, 200);
  const found = await visitor.post('/history', { words: 'finns inte' });
  assert.ok(found.text.includes(words.foundNoneHere), `not more than ${searchedMax} at once`);
  assert.match(found.source, /name="before"/);
});

test('what an account holds stands in its history where its time is', async () => {
  const guest = await guestWith(system, person.email, 'on-site', [
    { item: await addTestProduct(system, { name: named('Gästvara') }) },
  ]);
  system.now = system.now.add({ seconds: 1 });
  await browser.post(`/guest/${guest.code}/claim`);
  const seen = await browser.get('/history');
  assert.ok(seen.source.includes(`/history/${guest.orderId}`));
  assert.ok((await browser.post('/history', { words: 'gästvara' })).source.includes(guest.orderId));
  await perform(system, guest);
  assert.equal((await browser.post(`/history/${guest.orderId}/remove`)).status, 409);
  await payOnSite(system, guest);
  assert.equal((await browser.post(`/history/${guest.orderId}/remove`)).location, '/receipt');
  for (const page of ['/history', '/overview', '/my-data', '/my-data/download/json'])
    assert.ok((await browser.get(page)).status < 400, page);
  assert.equal((await browser.get(`/history/${guest.orderId}`)).status, 404);
  assert.equal((await guest.browser.get(guest.path)).status, 404);
});

async function addMany(of: OwnerId, count: number): Promise<void> {
  const one = await customerWith(system, { owner: of, email: 'storkund@example.se' }, 'on-site', [
    { item: await addTestProduct(system) },
  ]);
  await writeMany(system, one, count);
}
