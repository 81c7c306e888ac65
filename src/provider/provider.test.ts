import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setProtectedIdentity } from '../accounts/protected-identity.ts';
import { endEngagement } from '../accounts/engagements.ts';
import { addPerformer, addProvider } from '../accounts/provider.fixture.ts';
import type { TestProvider } from '../accounts/provider.fixture.ts';
import {
  confirmEverybody,
  newStaff,
  openBrowser,
  signInFields,
} from '../console/staff-browser.fixture.ts';
import type { StaffBrowser } from '../console/staff-browser.fixture.ts';
import { addBookable, addCalendar, book, someone } from '../history/bookings.fixture.ts';
import type { Booked } from '../history/bookings.fixture.ts';
import type { Item } from '../history/catalogue/items.ts';
import { allStaff } from '../http/route.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { newRowId } from '../ids.ts';
import { endAgreement } from '../recipients/register.ts';
import { changeStops } from '../requests/stops.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { providerText } from '../text/provider.ts';
import { providerRoutes } from './routes.ts';

let system: TestSystem;
let customer: OwnerId;
let item: Item;
let calendar: RowId;
let performer: RowId;
let provider: TestProvider;
let browser: StaffBrowser;
let today: Booked;
let wednesday = Temporal.Instant.from('2026-11-25T12:00:00Z');
const words = providerText.en;
const secrets = Object.values(someone);

before(async () => {
  system = await testSystem();
  customer = await system.newCustomer();
  item = await addBookable(system, {
    name: 'Weaving at home',
    fulfilment: 'at-customer',
    questions: ['access'],
  });
});
after(() => system[Symbol.asyncDispose]());

beforeEach(async () => {
  // The Wednesday of another week for each test, at one o'clock in the afternoon.
  wednesday = wednesday.add({ hours: 7 * 24 });
  system.now = wednesday;
  calendar = await addCalendar(system, 'Weaver');
  performer = await addPerformer(system, 'Weavers Ltd');
  provider = await addProvider(system, performer, [calendar]);
  browser = await enter(provider);
  today = await bookIn(2);
});

/** A booking that begins so many hours from now. */
function bookIn(hours: number, on = calendar, owner = customer): Promise<Booked> {
  const startsAt = system.now.add({ hours }).toString();
  const answers = { access: 'Door code 4711' };
  return book(system, owner, { item, on: [on], startsAt, answers });
}

async function enter(person: TestProvider): Promise<StaffBrowser> {
  const own = openBrowser(system);
  const answer = await own.post('/console/sign-in', signInFields(system, person));
  assert.equal(answer.location, '/provider');
  return own;
}

const pageOf = ({ bookingId }: Booked) => `/provider/bookings/${bookingId}`;

function assertSilent(text: string): void {
  for (const secret of [...secrets, 'Door code 4711'])
    assert.ok(!text.includes(secret), `it says ${secret}`);
}

/** What a reader sees of a page, without the ids in it. */
function readable(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

test('every page of providers is for providers alone, and looks like nothing to everybody else', async () => {
  const addresses = providerRoutes.map(({ method, path }) => ({
    method,
    path: path.replace(':booking', today.bookingId),
  }));
  const call = (who: StaffBrowser, { method, path }: (typeof addresses)[number]) =>
    method === 'GET' ? who.get(path) : who.post(path);
  for (const address of addresses) {
    const nobody = await call(openBrowser(system), address);
    assert.match(nobody.location ?? '', /^\/console\/sign-in\?return=%2Fprovider/, address.path);
  }
  for (const role of allStaff) {
    const person = await newStaff(system, role);
    const staff = openBrowser(system);
    await staff.post('/console/sign-in', signInFields(system, person));
    await confirmEverybody(system);
    for (const address of addresses)
      assert.equal((await call(staff, address)).status, 404, `${role} ${address.path}`);
  }
});

test('signing in leads each to their own pages, whatever was asked for', async () => {
  const fields = (person: TestProvider, place: string) => ({
    ...signInFields(system, person),
    return: place,
  });
  system.now = system.now.add({ minutes: 1 });
  const asked = await openBrowser(system).post(
    '/console/sign-in',
    fields(provider, '/console/customers'),
  );
  assert.equal(asked.location, '/provider');
  system.now = system.now.add({ minutes: 1 });
  const week = await openBrowser(system).post(
    '/console/sign-in',
    fields(provider, '/provider/week?day=2026-12-24'),
  );
  assert.equal(week.location, '/provider/week?day=2026-12-24');
  const support = await newStaff(system, 'support');
  const staff = { ...signInFields(system, support), return: '/provider' };
  assert.equal((await openBrowser(system).post('/console/sign-in', staff)).location, '/console');
});

test('a provider finds nothing on the pages of staff but their own sign-in', async () => {
  for (const path of ['', '/customers', '/orders', '/recipients', '/providers', '/staff']) {
    const { status, text } = await browser.get(`/console${path}`);
    assert.equal(status, 404, path);
    assert.match(text, /href="\/provider"/);
    assert.doesNotMatch(text, /href="\/console\/(?!me")/);
  }
  const own = await browser.get('/console/me');
  assert.equal(own.status, 200);
  assert.match(own.text, /Weavers Ltd/);
  assert.match(own.text, /Weaver</);
  assert.equal((await browser.get('/console/me/data')).status, 200);
  assert.equal((await browser.get('/console/me/passkeys')).status, 200);
  assert.match((await browser.get('/console/me/codes')).location ?? '', /confirm-identity/);
});

test('lists say when, what and where, and nothing about whom', async () => {
  await bookIn(26);
  const sensitive = await addBookable(system, { name: 'A quiet talk', isSensitive: true });
  const startsAt = system.now.add({ hours: 4 }).toString();
  await book(system, customer, { item: sensitive, on: [calendar], startsAt });
  const now = await browser.get('/provider');
  assert.equal(now.status, 200);
  for (const shown of ['15:00–16:00', 'Weaving at home', words.atCustomer, words.states.booked])
    assert.ok(now.text.includes(shown), shown);
  assert.ok(now.text.includes(words.booking));
  assert.ok(!now.text.includes('A quiet talk'));
  const week = await browser.get('/provider/week');
  assert.equal(week.text.match(/\/provider\/bookings\//g)?.length, 3);
  for (const { text } of [now, week]) assertSilent(text);
  const looks = await system.db
    .selectFrom('vault.look')
    .select('look_id')
    .where('party', '=', 'provider')
    .execute();
  assert.deepEqual(looks, []);
});

test('a week is from Monday to Sunday, and what is no day is this week', async () => {
  const monday = await bookIn(24 * 14);
  const day = system.now
    .add({ hours: 24 * 14 })
    .toString()
    .slice(0, 10);
  const there = await browser.get(`/provider/week?day=${day}`);
  assert.ok(there.text.includes(pageOf(monday)));
  assert.ok(!there.text.includes(pageOf(today)));
  for (const strange of ['', 'x', '2026-13-01', '2026-02-30', '9999-12-31', "'--"]) {
    const { status, text } = await browser.get(`/provider/week?day=${encodeURIComponent(strange)}`);
    assert.equal(status, 200);
    assert.ok(text.includes(pageOf(today)), strange);
  }
});

test('an empty day says when the next booking is, and without calendars whom to ask', async () => {
  const quiet = await enter(await addProvider(system, performer, []));
  const { text } = await quiet.get('/provider');
  assert.ok(text.includes(words.today.noCalendars));
  const own = await addCalendar(system, 'Spinner');
  const other = await enter(await addProvider(system, performer, [own]));
  assert.ok((await other.get('/provider')).text.includes(words.today.noNext));
  await bookIn(48, own);
  const next = await other.get('/provider');
  assert.ok(next.text.includes(words.today.nothing));
  assert.match(next.text, /The next booking is on \w+day/);
});

test('a booking shows nothing of its customer until it is asked for, and then what is needed', async () => {
  const masked = await browser.get(pageOf(today));
  assert.equal(masked.status, 200);
  assertSilent(masked.text);
  assert.match(masked.text, /Weavers Ltd has received the data/);
  const opened = await browser.post(`${pageOf(today)}/open`);
  assert.equal(opened.status, 200);
  for (const secret of [someone.recipient_name, someone.street, someone.message, 'Door code 4711'])
    assert.ok(opened.text.includes(secret), secret);
  assert.match(opened.text, /href="tel:070-?174/);
  assert.doesNotMatch(/<title>(.*?)<\/title>/.exec(opened.text)?.[1] ?? '', /Maja/);
  const rows = await system.db
    .selectFrom('recipients.disclosure')
    .select(['fields'])
    .where('recipient_id', '=', performer)
    .execute();
  assert.equal(rows.length, 2);
  assertSilent((await browser.get(pageOf(today))).text);
});

test('bookings of another recipient’s providers look like what is not there', async () => {
  const other = await addCalendar(system, 'Spinner');
  const strange = await addProvider(system, await addPerformer(system, 'Spinners Ltd'), [other]);
  const theirs = await bookIn(3, other);
  const them = await enter(strange);
  for (const [who, booked] of [
    [browser, theirs],
    [them, today],
  ] as const) {
    const nothing = `/provider/bookings/${newRowId(system.now)}`;
    for (const path of ['', '/open', '/mark']) {
      const asked = (address: string) =>
        path === '' ? who.get(address) : who.post(`${address}${path}`, { outcome: 'performed' });
      const [seen, none] = [await asked(pageOf(booked)), await asked(nothing)];
      assert.equal(seen.status, 404);
      assert.equal(readable(seen.text), readable(none.text));
    }
    for (const list of ['/provider', '/provider/week'])
      assert.ok(!(await who.get(list)).text.includes(booked.bookingId));
  }
  for (const id of ['x', '%00', customer, "'--"])
    assert.equal((await browser.get(`/provider/bookings/${id}`)).status, 404, id);
});

test('a restriction and a protected identity are told in the same words, and the booking can be performed', async () => {
  const hidden = await system.newCustomer({ email: `dold-${today.bookingId}@example.se` });
  const booked = await bookIn(-1, calendar, hidden);
  const own = system.op({ party: 'customer', owner: hidden }, 'account');
  const restriction = { ground: 'restriction', purposes: ['performing'] } as const;
  await changeStops(own, hidden, { ...restriction, stops: true });
  const restricted = await browser.post(`${pageOf(booked)}/open`);
  await changeStops(own, hidden, { ...restriction, stops: false });
  await setProtectedIdentity(own, hidden, true);
  const masked = await browser.get(pageOf(booked));
  const protectedOne = await browser.post(`${pageOf(booked)}/open`);
  assert.equal(restricted.status, 403);
  assert.ok(restricted.text.includes(words.one.withheld));
  assert.equal(restricted.text, protectedOne.text);
  assertSilent(restricted.text);
  // Before it is asked for, the page is that of any other booking.
  assert.ok(masked.text.includes(words.one.open));
  const marked = await browser.post(`${pageOf(booked)}/mark`, { outcome: 'performed' });
  assert.equal(marked.location, `${pageOf(booked)}?done=performed`);
});

test('without an agreement or an engagement nothing is shown, and it is said before anything is asked for', async () => {
  const begun = await bookIn(-1);
  await endAgreement(system.op('routine', 'employment'), performer);
  for (const because of ['no-agreement', 'no-engagement'] as const) {
    const explained = words.stopped[because]('x').split('.')[0] ?? '';
    for (const path of ['/provider', '/provider/week', pageOf(begun)]) {
      const { text } = await browser.get(path);
      assert.ok(text.includes(words.stopped.title) && text.includes(explained), path);
      assert.ok(!text.includes(words.one.open), path);
    }
    const opened = await browser.post(`${pageOf(begun)}/open`);
    assert.equal(opened.status, 403);
    assert.ok(opened.text.includes(explained));
    assertSilent(opened.text);
    const outcome = because === 'no-agreement' ? 'performed' : 'booked';
    const marked = await browser.post(`${pageOf(begun)}/mark`, { outcome });
    assert.equal(marked.status, 303);
    await endEngagement(system.op('routine', 'staff-administration'), provider.owner);
  }
});

test('a booking is marked from its start on, and what was marked is said and can be taken back', async () => {
  const early = await browser.get(pageOf(today));
  assert.ok(!early.text.includes('/mark"'));
  const tooEarly = await browser.post(`${pageOf(today)}/mark`, { outcome: 'performed' });
  assert.equal(tooEarly.status, 422);
  assert.ok(tooEarly.text.includes(words.refused['too-early']));
  assert.equal((await browser.post(`${pageOf(today)}/mark`, { outcome: 'cancelled' })).status, 400);
  assert.equal((await browser.post(`${pageOf(today)}/mark`)).status, 400);
  system.now = system.now.add({ minutes: 121 });
  browser = await enter(provider);
  assert.ok((await browser.get(pageOf(today))).text.includes(words.mark.performed));
  await browser.post(`${pageOf(today)}/mark`, { outcome: 'performed' });
  await browser.post(`${pageOf(today)}/mark`, { outcome: 'performed' });
  const done = await browser.get(`${pageOf(today)}?done=performed`);
  assert.ok(done.text.includes(words.done.performed));
  assert.ok(done.text.includes(words.mark.booked));
  assert.ok((await browser.get('/provider')).text.includes(words.states.performed));
  await browser.post(`${pageOf(today)}/mark`, { outcome: 'booked' });
  assert.ok((await browser.get('/provider')).text.includes(words.states.booked));
});

test('what was not marked is asked for the day after, and then it is over', async () => {
  const { bookingId } = today;
  system.now = system.now.add({ hours: 24 });
  browser = await enter(provider);
  const next = await browser.get('/provider');
  assert.ok(next.text.includes(words.today.toMark));
  assert.ok(next.text.includes(bookingId));
  system.now = system.now.add({ hours: 24 });
  browser = await enter(provider);
  assert.ok(!(await browser.get('/provider')).text.includes(bookingId));
  const over = await browser.get(pageOf(today));
  assert.ok(over.text.includes(words.one.over));
  assert.ok(!over.text.includes(words.one.open) && !over.text.includes('/mark"'));
  assert.equal((await browser.post(`${pageOf(today)}/open`)).status, 403);
  const late = await browser.post(`${pageOf(today)}/mark`, { outcome: 'performed' });
  assert.equal(late.status, 422);
  assert.ok(late.text.includes(words.refused['too-late']));
});

test('several who come to the same are told apart by a number', async () => {
  const startsAt = system.now.add({ hours: 5 }).toString();
  const group = { ...item, booking: item.booking && { ...item.booking, capacity: 9 } };
  for (let seat = 0; seat < 2; seat += 1)
    await book(system, customer, { item: group, on: [calendar], startsAt });
  const { text } = await browser.get('/provider');
  for (const number of [1, 2]) assert.ok(text.includes(words.participant(number, 2)));
});
