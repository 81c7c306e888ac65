import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { lettersOf } from '../../test/letters-of.ts';
import { addTestBooking, addTestService, shopWish } from '../../test/shop.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { slotsOfBooking } from '../history/booking-rows.ts';
import { placeOrder } from '../history/place-order.ts';
import { readWhole } from '../history/whole-order.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { addressOfBooking } from './calendar-table.tsx';
import { signedIn } from './staff-browser.fixture.ts';

let system: TestSystem;
let owner: OwnerId;

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  // Brings somebody who can be booked.
  await addTestBooking(system);
  await addTestBooking(system);
});
after(() => system[Symbol.asyncDispose]());

async function whole(orderId: RowId) {
  const op = system.op({ party: 'customer', owner }, 'history');
  return readWhole(op, await op.vault.openFor(op, owner, ['history']), orderId);
}

test('a time that was set for a service is moved in the calendar, for as long as it was, and its customer is written to', async () => {
  const desk = await signedIn(system, 'support');
  const wish = shopWish(system, [{ item: await addTestService(system) }], 'on-site');
  const ordering = system.op({ party: 'customer', owner }, 'order');
  const orderId = await placeOrder(ordering, owner, wish, () => null);
  const [line] = (await whole(orderId)).lines;
  const [first, second] = await system.db
    .selectFrom('history.resource')
    .select('resource_id')
    .orderBy('resource_id')
    .execute();
  assert.ok(line && first && second);
  const day = system.now.add({ hours: 120 }).toZonedDateTimeISO('UTC').toPlainDate().toString();
  const set = { line: line.lineId, day, time: '09.00', minutes: '90', resource: first.resource_id };
  assert.equal((await desk.post(`/console/orders/${owner}/${orderId}/arrange`, set)).status, 303);
  const [booking] = (await whole(orderId)).bookings;
  assert.ok(booking);
  const page = addressOfBooking(owner, booking.bookingId);
  assert.ok((await desk.get(page)).text.includes('The same as now'));
  for (const away of ['2026-01-05', '2099-01-05'])
    assert.equal((await desk.post(page, { day: away, time: '03.15' })).status, 422, away);
  const free = { day, time: '03.15' };
  assert.equal((await desk.post(page, { ...free, with: second.resource_id })).status, 303);
  const [moved] = (await whole(orderId)).bookings;
  assert.equal(moved?.endsAt.since(moved.startsAt).total('minutes'), 90);
  const local = moved?.startsAt.toZonedDateTimeISO('Europe/Stockholm').toPlainTime();
  assert.equal(local?.toString(), '03:15:00');
  const slots = await slotsOfBooking(system.op('routine', 'order-handling'), booking);
  assert.deepEqual(
    slots.map(({ resourceId }) => resourceId),
    [second.resource_id],
  );
  const told = (await lettersOf(system, owner)).find(({ text }) => /Ny tid: .*03\.15/.test(text));
  assert.ok(told?.text.includes('09.00'));
});
