import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addPerformer, addProvider } from '../accounts/provider.fixture.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { newRowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import type { Vault } from '../vault/vault.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { addBookable, addCalendar, book } from './bookings.fixture.ts';
import type { Item } from './catalogue/items.ts';
import { listProviderBookings, readProviderBooking } from './provider-bookings.ts';

let system: TestSystem;
let item: Item;
let customer: OwnerId;
let calendars: RowId[];
let providers: OwnerId[];

before(async () => {
  system = await testSystem();
  customer = await system.newCustomer();
  item = await addBookable(system, { name: 'Vävkurs' });
  calendars = [await addCalendar(system, 'Vävare 1'), await addCalendar(system, 'Vävare 2')];
  const recipients = [
    await addPerformer(system, 'Vävstugan AB'),
    await addPerformer(system, 'Garnet AB'),
  ];
  providers = [];
  for (const [place, recipientId] of recipients.entries())
    providers.push((await addProvider(system, recipientId, [calendars[place]!])).owner);
});
after(() => system[Symbol.asyncDispose]());

/** An operation of a provider whose vault opens nothing at all. */
function looking(provider: OwnerId): Operation {
  const op = system.op({ party: 'provider', owner: provider }, 'employment');
  return { ...op, vault: {} as Vault };
}

async function startsSeenBy(provider: OwnerId, from: string, to: string): Promise<string[]> {
  const span = { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) };
  const found = await listProviderBookings(looking(provider), provider, span);
  return found.map(({ startsAt }) => startsAt.toString());
}

test('a provider sees the bookings in their own calendars, and no other recipient’s', async () => {
  const [ours, theirs] = calendars as [RowId, RowId];
  const mine = await book(system, customer, { item, on: [ours], startsAt: '2026-12-01T08:00:00Z' });
  const other = await book(system, customer, {
    item,
    on: [theirs],
    startsAt: '2026-12-01T08:00:00Z',
  });
  const [one, two] = providers as [OwnerId, OwnerId];
  const day = ['2026-11-30T23:00:00Z', '2026-12-01T23:00:00Z'] as const;
  for (const [provider, own, strange] of [
    [one, mine, other],
    [two, other, mine],
  ] as const) {
    assert.deepEqual(await startsSeenBy(provider, ...day), ['2026-12-01T08:00:00Z']);
    const seen = await readProviderBooking(looking(provider), provider, own.bookingId);
    assert.deepEqual([seen.bookingId, seen.name?.sv], [own.bookingId, 'Vävkurs']);
    for (const bookingId of [strange.bookingId, newRowId(system.now)]) {
      await assert.rejects(readProviderBooking(looking(provider), provider, bookingId), (error) =>
        isProblem(error, 'not-found'),
      );
    }
  }
});

test('a booking belongs to the day on which it begins, from midnight to midnight', async () => {
  const [ours] = calendars as [RowId];
  const [one] = providers as [OwnerId];
  const times = ['2026-12-02T22:30:00Z', '2026-12-02T23:30:00Z'];
  for (const startsAt of times) await book(system, customer, { item, on: [ours], startsAt });
  const midnight = '2026-12-02T23:00:00Z';
  const days = [
    await startsSeenBy(one, '2026-12-01T23:00:00Z', midnight),
    await startsSeenBy(one, midnight, '2026-12-03T23:00:00Z'),
    await startsSeenBy(one, '2026-12-02T22:30:00Z', '2026-12-02T23:30:00Z'),
  ];
  assert.deepEqual(days, [[times[0]], [times[1]], [times[0]]]);
});

test('what is held, taken back or lapsed is not listed, and what is done still is', async () => {
  const [ours] = calendars as [RowId];
  const [one] = providers as [OwnerId];
  const startsAt = '2026-12-04T08:00:00Z';
  const { bookingId } = await book(system, customer, { item, on: [ours], startsAt });
  for (const state of ['held', 'cancelled', 'lapsed', 'performed', 'no-show', 'booked'] as const) {
    await system.db
      .updateTable('history.booking')
      .set({ state })
      .where('booking_id', '=', bookingId)
      .execute();
    const seen = await startsSeenBy(one, '2026-12-03T23:00:00Z', '2026-12-04T23:00:00Z');
    const isShown = ['performed', 'no-show', 'booked'].includes(state);
    assert.deepEqual(seen, isShown ? [startsAt] : [], state);
  }
});

test('a sensitive booking is only a booking, and a booking on two calendars of a provider is one', async () => {
  const [ours] = calendars as [RowId];
  const [one] = providers as [OwnerId];
  const room = await addCalendar(system, 'Vävsalen', 'room');
  const sensitive = await addBookable(system, { name: 'Samtal', isSensitive: true });
  await system.db
    .insertInto('accounts.provider_resource')
    .values({ owner_id: one, resource_id: room })
    .execute();
  const wish = { item: sensitive, on: [ours, room], startsAt: '2026-12-05T08:00:00Z' };
  await book(system, customer, wish);
  const span = {
    from: Temporal.Instant.from('2026-12-04T23:00:00Z'),
    to: Temporal.Instant.from('2026-12-05T23:00:00Z'),
  };
  const found = await listProviderBookings(looking(one), one, span);
  assert.deepEqual(
    found.map(({ name, itemId, fulfilment, rooms }) => [name, itemId, fulfilment, rooms]),
    [[null, null, null, [{ sv: 'Vävsalen', en: 'Vävsalen' }]]],
  );
});

test('an item that became sensitive later is not named any more', async () => {
  const [ours] = calendars as [RowId];
  const [one] = providers as [OwnerId];
  const later = await addBookable(system, { name: 'Blev känslig' });
  const wish = { item: later, on: [ours], startsAt: '2026-12-06T08:00:00Z' };
  const { bookingId } = await book(system, customer, wish);
  await system.db
    .updateTable('history.item')
    .set({ sensitive: true })
    .where('item_id', '=', later.itemId)
    .execute();
  assert.equal((await readProviderBooking(looking(one), one, bookingId)).name, null);
});

test('the bookings of who is leaving are not there from that moment on', async () => {
  const [ours] = calendars as [RowId];
  const [one] = providers as [OwnerId];
  const leaving = await system.newCustomer({ email: 'alva.holm@example.se' });
  const startsAt = '2026-12-07T08:00:00Z';
  await book(system, leaving, { item, on: [ours], startsAt });
  const day = ['2026-12-06T23:00:00Z', '2026-12-07T23:00:00Z'] as const;
  assert.deepEqual(await startsSeenBy(one, ...day), [startsAt]);
  const op = system.op({ party: 'customer', owner: leaving }, 'leaving');
  await askErasure(op, leaving, newReceiptCode());
  assert.deepEqual(await startsSeenBy(one, ...day), []);
});
