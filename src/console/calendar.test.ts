import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { bookingNumber } from '../history/booking-number.ts';
import { readBooking } from '../history/booking-rows.ts';
import {
  addBookable,
  addResource,
  addSkill,
  book,
  when,
} from '../history/calendar/calendar-rows.fixture.ts';
import type { Item } from '../history/catalogue/items.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { outbox } from '../messages/outbox.ts';
import { signedIn } from './staff-browser.fixture.ts';
import type { StaffBrowser } from './staff-browser.fixture.ts';

let system: TestSystem;
let owner: OwnerId;
let support: StaffBrowser;
let item: Item;
let resourceId: RowId;
let otherId: RowId;
const room = '/console/calendar';
const tuesday = '2026-12-01';

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  support = await signedIn(system, 'support');
  const skill = await addSkill(system);
  resourceId = await addResource(system, { skills: [skill], label: 'Klippstol' });
  otherId = await addResource(system, { skills: [skill], label: 'Fönsterplats' });
  item = await addBookable(system, { needs: [skill], name: 'Klippning' });
});
after(() => system[Symbol.asyncDispose]());

async function newBooking(time: string): Promise<{ bookingId: RowId; address: string }> {
  const bookingId = await book(system, owner, item, when(`${tuesday} ${time}`));
  return { bookingId, address: `${room}/bookings/${owner}/${bookingId}` };
}

/** What was written to the customer about moved bookings. */
async function letters(): Promise<string[]> {
  const op = system.op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  const opener = await op.vault.openForGate(op, owner, 'messages');
  const rows = await system.db
    .selectFrom('messages.outbox')
    .select(['message_id', 'sealed'])
    .where('owner_id', '=', owner)
    .execute();
  return rows
    .map(({ message_id, sealed }) => opener.open(outbox, message_id, sealed))
    .filter(({ subject }) => subject === 'Din bokning är flyttad')
    .map(({ text }) => text);
}

async function looksAt(): Promise<number> {
  const rows = await system.db
    .selectFrom('vault.look')
    .select('look_id')
    .where('owner_id', '=', owner)
    .execute();
  return rows.length;
}

test('day and week show what is booked and blocked, and nothing of customers', async () => {
  const { bookingId } = await newBooking('09:00');
  for (const query of [
    `?day=${tuesday}`,
    `?view=week&day=${tuesday}&resource=${resourceId}`,
    `?view=week&day=${tuesday}&resource=${otherId}`,
  ]) {
    const { status, text } = await support.get(`${room}${query}`);
    assert.equal(status, 200);
    assert.doesNotMatch(text, /Maja|example\.se|Provgatan/);
  }
  const { text } = await support.get(`${room}?day=${tuesday}`);
  assert.ok(text.includes(bookingNumber(bookingId)) && text.includes('Klippning'));
  assert.match(text, /09:00–10:00/);
  assert.equal(await looksAt(), 0);
  await system.db
    .updateTable('history.booking')
    .set({ state: 'held' })
    .where('booking_id', '=', bookingId)
    .execute();
  assert.match((await support.get(`${room}?day=${tuesday}`)).text, /Waiting for payment/);
});

test('an address that makes no sense shows today', async () => {
  for (const query of [
    '?day=2026-02-30',
    '?day=99999999999999999999',
    "?day=');drop table",
    '?view=year&resource=x',
    '?resource=%00',
    '?day=-271821-04-20',
  ]) {
    const { status, text } = await support.get(`${room}${query}`);
    assert.equal(status, 200, query);
    assert.ok(text.includes('Sunday 22 November 2026'), query);
  }
});

test('moving a booking writes to its customer, who can see that the address was opened', async () => {
  const { bookingId, address } = await newBooking('11:00');
  const form = await support.get(address);
  assert.match(form.text, /Free times on Tuesday 1 December 2026/);
  assert.doesNotMatch(form.text, /Maja|example\.se/);
  assert.equal(await looksAt(), 0);
  const moved = await support.post(address, { day: '2026-12-03', time: '13.00', with: otherId });
  assert.equal(moved.location, `${room}?day=2026-12-03&done=moved`);
  const booking = await readBooking(system.op('routine', 'order'), { owner, bookingId });
  assert.equal(booking.startsAt.toString(), when('2026-12-03 13:00').toString());
  const [letter] = await letters();
  assert.match(letter ?? '', /Ny tid: torsdag 3 december 2026, kl\.\s13\.00/);
  assert.match(letter ?? '', /Tidigare tid: tisdag 1 december 2026, kl\.\s11\.00/);
  assert.match(letter ?? '', /utan kostnad till och med 2 december 2026/);
  assert.equal(await looksAt(), 2);
  assert.ok(
    (await support.get(`${room}?day=2026-12-03&resource=${otherId}`)).text.includes(
      bookingNumber(bookingId),
    ),
  );
  assert.match((await support.get(address)).text, /Times moved<\/dt><dd>1</);
});

test('a booking that cannot be moved there stays where it is, and nobody is told', async () => {
  const { bookingId, address } = await newBooking('14:00');
  const before = (await letters()).length;
  const { status, text } = await support.post(address, { day: tuesday, time: '17:30', with: '' });
  assert.equal(status, 422);
  assert.match(text, /The time is not free/);
  assert.ok(text.includes('value="17:30"') && text.includes(`value="${tuesday}"`));
  for (const fields of [
    { day: '2026-02-30', time: '13:00', with: '' },
    { day: '', time: '13:00', with: '' },
    { day: tuesday, time: '25:00', with: '' },
    { day: tuesday, time: '24', with: '' },
    { day: tuesday, time: '<script>alert(1)</script>', with: '' },
    { day: tuesday, time: '13:00', with: 'x' },
    { day: tuesday, time: '13:00', with: item.itemId },
    {},
  ]) {
    const answer = await support.post(address, fields);
    assert.equal(answer.status, 422, JSON.stringify(fields));
    assert.ok(!answer.text.includes('<script>alert'));
  }
  assert.equal((await letters()).length, before);
  const booking = await readBooking(system.op('routine', 'order'), { owner, bookingId });
  assert.equal(booking.startsAt.toString(), when(`${tuesday} 14:00`).toString());
  await system.db
    .updateTable('history.booking')
    .set({ state: 'cancelled' })
    .where('booking_id', '=', bookingId)
    .execute();
  assert.match((await support.get(address)).text, /The booking cannot be moved/);
  assert.equal(
    (await support.post(address, { day: tuesday, time: '15:00', with: '' })).status,
    409,
  );
});

test('a customer who has said stop is not opened, and so the booking is not moved', async () => {
  const { address } = await newBooking('16:00');
  await system.db
    .insertInto('vault.stop')
    .values({
      owner_id: owner,
      purpose: 'order-handling',
      ground: 'restriction',
      since: system.now,
    })
    .execute();
  const answer = await support.post(address, { day: '2026-12-04', time: '9', with: '' });
  assert.ok(answer.status >= 400 && answer.status < 500);
  assert.match(answer.text, /The customer has said stop/);
  await system.db.deleteFrom('vault.stop').execute();
});

test('a booking of a guest, of nobody, or in another shape is not found', async () => {
  const { bookingId } = await newBooking('09:00');
  for (const path of [
    `/bookings/${owner}/${owner}`,
    `/bookings/${owner}/x`,
    `/bookings/x/${bookingId}`,
    `/bookings/00000000-0000-4000-8000-000000000000/${bookingId}`,
    `/blocked/${resourceId}/${bookingId}`,
    '/blocked/x/y',
  ]) {
    assert.equal((await support.get(`${room}${path}`)).status, 404, path);
    assert.equal((await support.post(`${room}${path}`)).status, 404, path);
  }
});

test('time is blocked and opened again; what is taken already, and spans that are none, are refused', async () => {
  const block = {
    resource: resourceId,
    from_day: '2026-12-08',
    from_time: '8',
    to_day: '2026-12-08',
    to_time: '24',
  };
  assert.equal((await support.post(`${room}/block`, block)).status, 303);
  const { text } = await support.get(`${room}?day=2026-12-08`);
  const address = /\/console\/calendar\/blocked\/[\w/-]+/.exec(text)?.[0] ?? '';
  assert.match((await support.get(address)).text, /Klippstol: 8 December 2026, 08:00/);
  const again = await support.post(`${room}/block`, { ...block, from_time: '16.30' });
  assert.equal(again.status, 422);
  assert.match(again.text, /Something is booked or blocked/);
  assert.ok(again.text.includes('value="16.30"'));
  for (const fields of [
    { ...block, resource: 'x' },
    { ...block, from_day: 'x' },
    { ...block, to_time: 'x' },
    { ...block, to_day: '2026-12-07' },
    { ...block, to_day: '2028-12-08' },
    { ...block, from_time: '24' },
    {},
  ]) {
    assert.equal((await support.post(`${room}/block`, fields)).status, 422, JSON.stringify(fields));
  }
  assert.equal((await support.post(address)).location, `${room}?done=unblocked`);
  assert.equal((await support.get(address)).status, 404);
});

test('the addresses of feeds are shown to those who work with customers, and renewed by them', async () => {
  const addresses = async () =>
    [...(await support.get(`${room}/feeds`)).text.matchAll(/\/calendar\/([\w-]{64})\.ics/g)].map(
      ([, token]) => token,
    );
  const before = new Set(await addresses());
  await support.post(`${room}/feeds`, { resource: resourceId });
  await support.post(`${room}/feeds`, { resource: 'x' });
  const renewed = new Set(await addresses());
  assert.equal(renewed.size, before.size);
  assert.equal([...renewed].filter((token) => !before.has(token)).length, 1);
  const bookkeeper = await signedIn(system, 'bookkeeper');
  for (const path of ['', '/feeds', '/block']) {
    assert.equal((await bookkeeper.get(`${room}${path}`)).status, 404);
  }
});
