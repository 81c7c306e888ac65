import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { lettersTo } from '../../test/access-letters.ts';
import { addTestBooking, addTestProduct } from '../../test/shop.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { OwnerId } from '../ids.ts';
import { buyerOrderText } from '../text/buyer-order.ts';
import { lettersToOneMax } from '../accounts/attempts.ts';
import { buyerRebookText } from '../text/buyer-rebook.ts';
import { shopRulesText } from '../text/shop-rules.ts';
import { customerWith, fieldsOf, guestWith, pay } from './buyer.fixture.ts';
import type { Buyer } from './buyer.fixture.ts';

let system: TestSystem;
let owner: OwnerId;
const words = buyerRebookText.sv;
const at = (text: string) =>
  Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Stockholm').toInstant();
const first = at('2026-12-01T10:00');
const later = at('2026-12-03T15:30');

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
});
after(() => system[Symbol.asyncDispose]());

type Lines = Parameters<typeof customerWith>[3];

async function both(linesOf: () => Promise<Lines>): Promise<Buyer[]> {
  return [
    await customerWith(system, { owner, email: person.email }, 'swish', await linesOf()),
    await guestWith(system, 'gast@example.se', 'swish', await linesOf()),
  ];
}

async function bookingOf({ owner: of, orderId }: Buyer) {
  return system.db
    .selectFrom('history.booking')
    .select(['booking_id', 'starts_at', 'moves', 'state', 'begin_asked_at'])
    .where('owner_id', '=', of)
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow();
}

test('a booking moves to a free time with a letter, and its old links and its calendar file follow', async () => {
  for (const buyer of await both(async () => [
    { item: await addTestBooking(system), startsAt: first },
  ])) {
    await pay(system, buyer);
    const { booking_id } = await bookingOf(buyer);
    const page = `${buyer.path}/rebook/${booking_id}`;
    const seen = await buyer.browser.get(`${page}?day=2026-12-03`);
    assert.ok(seen.text.includes('tisdag 1 december 2026 kl. 10.00'));
    assert.ok(seen.source.includes(`value="${later.toString()}"`));
    assert.ok(seen.source.includes(`href="${page}?day=2026-12-04#times"`));
    const form = { ...fieldsOf(seen, page), start: later.toString() };
    const moved = await buyer.browser.post(page, form);
    assert.equal(moved.location, `${buyer.path}?rebooked=${booking_id}`);
    const order = await buyer.browser.get(moved.location ?? '');
    const now = 'torsdag 3 december 2026 kl. 15.30';
    assert.ok(order.text.includes(buyerOrderText.sv.news.rebooked(now)));
    const email = buyer.path.startsWith('/guest') ? 'gast@example.se' : person.email;
    const letter = (await lettersTo(system, email)).find(({ text }) =>
      text.includes(words.letter.now),
    );
    assert.ok(letter?.text.includes('3 december 2026') && letter.text.includes('1 december 2026'));
    assert.ok(letter?.text.includes(buyer.path));
    const ics = await buyer.browser.get(`${buyer.path}/calendar/${booking_id}`);
    assert.match(ics.source, /SEQUENCE:1/);
    assert.match(ics.source, new RegExp(`UID:${booking_id}@example\\.se`));
    assert.match(ics.source, /DTSTART:20261203T143000Z/);
    assert.equal(
      (await buyer.browser.get(page)).status,
      200,
      'the old link shows the time it has now',
    );
    assert.equal((await buyer.browser.post(page, form)).status, 303);
    assert.equal((await bookingOf(buyer)).moves, 1);
  }
});

test('a time that somebody else has taken meanwhile leaves the old one as it was', async () => {
  const item = await addTestBooking(system);
  const buyer = await guestWith(system, 'gast@example.se', 'on-site', [{ item, startsAt: first }]);
  const { booking_id } = await bookingOf(buyer);
  await guestWith(system, 'annan@example.se', 'on-site', [{ item, startsAt: later }]);
  const page = `${buyer.path}/rebook/${booking_id}`;
  const seen = await buyer.browser.post(page, { day: '2026-12-03', start: later.toString() });
  assert.equal(seen.status, 409);
  assert.ok(seen.text.includes(words.taken) && seen.text.includes(words.takenText));
  assert.equal((await bookingOf(buyer)).starts_at.toString(), first.toString());
  const none = await buyer.browser.post(page, { day: '2026-12-03' });
  assert.equal(none.status, 422);
  assert.ok(none.text.includes(words.missing));
  for (const start of ['igår', '9'.repeat(50), '2026-12-03T15:30'])
    assert.equal((await buyer.browser.post(page, { start })).status, 422);
});

test('a guest who moves it again and again waits, and keeps the latest time', async () => {
  const item = await addTestBooking(system);
  const buyer = await guestWith(system, 'flyttar@example.se', 'on-site', [
    { item, startsAt: first },
  ]);
  const { booking_id } = await bookingOf(buyer);
  const page = `${buyer.path}/rebook/${booking_id}`;
  const start = (move: number) => (move % 2 === 0 ? later : first).toString();
  for (let move = 0; move < lettersToOneMax; move += 1)
    assert.equal((await buyer.browser.post(page, { start: start(move) })).status, 303);
  const before = await bookingOf(buyer);
  const refused = await buyer.browser.post(page, { start: start(lettersToOneMax) });
  assert.equal(refused.status, 429);
  assert.ok(refused.text.includes(words.tooMany));
  assert.deepEqual(await bookingOf(buyer), before);
});

test('two who want the same free time: one gets it, the other keeps what she had', async () => {
  const item = await addTestBooking(system);
  const one = await guestWith(system, 'ett@example.se', 'on-site', [{ item, startsAt: first }]);
  const two = await guestWith(system, 'tva@example.se', 'on-site', [
    { item, startsAt: at('2026-12-02T10:00') },
  ]);
  const move = async (buyer: Buyer) => {
    const { booking_id } = await bookingOf(buyer);
    return buyer.browser.post(`${buyer.path}/rebook/${booking_id}`, { start: later.toString() });
  };
  const answers = await Promise.all([move(one), move(two)]);
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((one, other) => one - other),
    [303, 409],
  );
});

test('what is sensitive is moved like anything else, though its booking does not say what it is', async () => {
  const item = await addTestBooking(system, {}, { isSensitive: true });
  const buyer = await guestWith(system, 'gast@example.se', 'on-site', [{ item, startsAt: first }]);
  const { booking_id } = await bookingOf(buyer);
  const page = `${buyer.path}/rebook/${booking_id}`;
  assert.equal((await buyer.browser.post(page, { start: later.toString() })).status, 303);
  assert.equal((await bookingOf(buyer)).starts_at.toString(), later.toString());
});

test('who has not asked for a time within the days of withdrawal is asked when moving to one, and told so by letter', async () => {
  const item = await addTestBooking(system, {}, { withdrawal: 'right' });
  const email = 'tidigare@example.se';
  const startsAt = at('2026-12-10T10:00');
  const buyer = await guestWith(system, email, 'on-site', [{ item, startsAt }]);
  const { booking_id } = await bookingOf(buyer);
  const page = `${buyer.path}/rebook/${booking_id}`;
  const asked = shopRulesText.sv.consents.early;
  assert.ok(!(await buyer.browser.get(`${page}?day=2026-12-09`)).text.includes(asked));
  assert.ok((await buyer.browser.get(`${page}?day=2026-12-03`)).text.includes(asked));
  const form = { day: '2026-12-03', start: later.toString() };
  const refused = await buyer.browser.post(page, form);
  assert.equal(refused.status, 422);
  assert.match(
    refused.source,
    new RegExp(`value="${later.toString()}"[^>]* checked`),
    'it is kept',
  );
  assert.equal((await bookingOf(buyer)).starts_at.toString(), startsAt.toString());
  assert.equal((await buyer.browser.post(page, { ...form, 'consent-early': 'yes' })).status, 303);
  assert.deepEqual((await bookingOf(buyer)).begin_asked_at, system.now);
  const letters = await lettersTo(system, email);
  assert.ok(letters.some(({ text }) => text.includes(asked)));
  const early = await guestWith(system, email, 'on-site', [{ item, startsAt: first }]);
  assert.deepEqual((await bookingOf(early)).begin_asked_at, system.now, 'the checkout has asked');
  const again = await buyer.browser.get(`${page}?day=2026-12-04`);
  assert.ok(!again.text.includes(asked), 'who has asked once is not asked again');
});

test('the time that somebody has is no choice, though there are seats left', async () => {
  const item = await addTestBooking(system, { capacity: 5 });
  const buyer = await guestWith(system, 'grupp@example.se', 'on-site', [{ item, startsAt: later }]);
  const { booking_id } = await bookingOf(buyer);
  const seen = await buyer.browser.get(`${buyer.path}/rebook/${booking_id}?day=2026-12-03`);
  assert.ok(!seen.source.includes(`value="${later.toString()}"`));
  const next = later.add({ minutes: 60 }).toString();
  assert.ok(seen.source.includes(`value="${next}"`));
});

test('a booking that is over, or of another order, is not moved', async () => {
  const item = await addTestBooking(system);
  const buyer = await guestWith(system, 'gast@example.se', 'on-site', [{ item, startsAt: first }]);
  const { booking_id } = await bookingOf(buyer);
  const other = await guestWith(system, 'annan@example.se', 'on-site', [
    { item: await addTestProduct(system) },
  ]);
  assert.equal((await other.browser.get(`${other.path}/rebook/${booking_id}`)).status, 404);
  system.now = first;
  const page = `${buyer.path}/rebook/${booking_id}`;
  const seen = await buyer.browser.get(page);
  assert.equal(seen.status, 409);
  assert.ok(seen.text.includes(words.over));
  assert.equal((await buyer.browser.post(page, { start: later.toString() })).status, 409);
});
