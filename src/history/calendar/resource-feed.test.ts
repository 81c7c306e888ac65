import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testSystem } from '../../../test/system.ts';
import type { TestSystem } from '../../../test/system.ts';
import type { OwnerId, RowId } from '../../ids.ts';
import type { Operation } from '../../operation.ts';
import { bookingNumber } from '../booking-number.ts';
import { moveBooking } from '../bookings.ts';
import { blockTime } from './block-time.ts';
import { addBookable, addResource, addSkill, book, when } from './calendar-rows.fixture.ts';
import { feedOf, feedToken, resourceOfFeed } from './resource-feed.ts';
import { readResource, renewFeed } from './resources.ts';

let system: TestSystem;
let owner: OwnerId;

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
});
after(() => system[Symbol.asyncDispose]());

const staff = (): Operation => system.op('routine', 'employment');

async function feed(resourceId: RowId): Promise<string> {
  const resource = await readResource(system.db, resourceId);
  // Long lines are folded; a calendar program joins them again.
  return (await feedOf(staff(), resource, 'sv')).replaceAll('\r\n ', '');
}

test('a feed tells times, what is booked and the number of the booking, and nothing of the customer', async () => {
  const skill = await addSkill(system);
  const resourceId = await addResource(system, { skills: [skill], label: 'Verkstaden' });
  const item = await addBookable(system, { needs: [skill], name: 'Stolslagning' });
  const bookingId = await book(system, owner, item, when('2026-12-01 09:00'));
  const move = { owner, bookingId, startsAt: when('2026-12-01 10:00') };
  const customer = system.op({ party: 'customer', owner }, 'order');
  await moveBooking(customer, move, () => Promise.resolve());
  const startsAt = when('2026-12-02 08:00');
  await blockTime(staff(), { resourceId, startsAt, endsAt: when('2026-12-02 12:00') });
  const text = await feed(resourceId);
  assert.match(text, /^BEGIN:VCALENDAR\r\n/);
  assert.ok(text.includes('X-WR-CALNAME:Verkstaden'));
  assert.ok(text.includes(`SUMMARY:Stolslagning\\, ${bookingNumber(bookingId)}`));
  assert.ok(text.includes(`UID:${bookingId}`) && text.includes('SEQUENCE:1'));
  assert.ok(text.includes('DTSTART:20261201T090000Z') && text.includes('DTEND:20261201T100000Z'));
  assert.ok(text.includes('SUMMARY:Spärrad tid') && text.includes('DTSTART:20261202T070000Z'));
  for (const word of [owner, 'Maja', 'example.se', 'Provgatan']) {
    assert.ok(!text.includes(word), word);
  }
});

test('a group is one appointment, and what is sensitive does not say what it is', async () => {
  const skill = await addSkill(system);
  const resourceId = await addResource(system, { skills: [skill] });
  const group = await addBookable(system, { needs: [skill], name: 'Grupp', capacity: 4 });
  const secret = await addBookable(system, { needs: [skill], name: 'Hemligt', isSensitive: true });
  for (let guests = 0; guests < 2; guests += 1) {
    await book(system, owner, group, when('2026-12-01 09:00'));
  }
  const bookingId = await book(system, owner, secret, when('2026-12-01 11:00'));
  const text = await feed(resourceId);
  assert.equal(text.match(/BEGIN:VEVENT/g)?.length, 2);
  assert.ok(text.includes('SUMMARY:Grupp\\, 2 av 4'));
  assert.ok(text.includes(`SUMMARY:Bokad tid\\, ${bookingNumber(bookingId)}`));
  assert.ok(!text.includes('Hemligt'));
});

test('the address of a feed is known without being stored, opens one feed, and ends when it is renewed', async () => {
  const skill = await addSkill(system);
  const [one, other] = [
    await addResource(system, { skills: [skill] }),
    await addResource(system, { skills: [skill] }),
  ];
  const tokenOf = async (id: RowId) => feedToken(system.vault, await readResource(system.db, id));
  const token = await tokenOf(one);
  assert.match(token, /^[\w-]{64}$/);
  assert.equal((await resourceOfFeed(system, token))?.resourceId, one);
  assert.equal(await tokenOf(one), token);
  const crossed = (await tokenOf(other)).slice(0, 22) + token.slice(22);
  const wrong = [
    crossed,
    `${token}A`,
    token.slice(0, -1),
    `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
    'A'.repeat(64),
    '',
    '../../etc/passwd',
  ];
  for (const text of wrong) assert.equal(await resourceOfFeed(system, text), null, text);
  await renewFeed(staff(), one);
  assert.equal(await resourceOfFeed(system, token), null);
  assert.equal((await resourceOfFeed(system, await tokenOf(one)))?.resourceId, one);
  assert.equal((await resourceOfFeed(system, await tokenOf(other)))?.resourceId, other);
});

test('the number of a booking is short, without letters that look like figures', () => {
  const number = bookingNumber('01900000-0000-7000-8000-0000ffffffff' as RowId);
  assert.equal(number, 'B-ZZZZZZ');
  assert.equal(bookingNumber('01900000-0000-7000-8000-000000000020' as RowId), 'B-000010');
});
