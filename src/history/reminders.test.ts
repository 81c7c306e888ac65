import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { OwnerId } from '../ids.ts';
import { addTestBooking, shopWish } from '../../test/shop.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { placeOrder } from './place-order.ts';
import { remind } from './reminders.ts';

let system: TestSystem;
let owner: OwnerId;
const at = (wall: string) => Temporal.ZonedDateTime.from(`${wall}[Europe/Stockholm]`).toInstant();

before(async () => {
  system = await testSystem();
  // One of the nights in which the clocks change is that of Easter Day.
  await system.db.deleteFrom('history.closed_day').execute();
  owner = await system.newCustomer();
});
after(() => system[Symbol.asyncDispose]());

const run = () => remind(system.op('routine', 'reminder'), 'https://konto.example.se');

async function book(startsAt: string) {
  const course = await addTestBooking(system);
  const op = system.op({ party: 'customer', owner }, 'order');
  const wish = shopWish(system, [{ item: course, startsAt: at(startsAt) }], 'on-site');
  return placeOrder(op, owner, wish, () => null);
}

test('a reminder comes once, from ten o’clock the day before', async () => {
  system.now = at('2026-12-01T12:00');
  await book('2026-12-10T00:00');
  await book('2026-12-10T23:30');
  system.now = at('2026-12-09T09:59:59');
  assert.equal(await run(), 0);
  system.now = at('2026-12-09T10:00');
  assert.deepEqual([await run(), await run()], [2, 0]);
});

test('of a time the day after tomorrow nobody is reminded, nor of one today', async () => {
  system.now = at('2026-12-11T12:00');
  await book('2026-12-14T00:00');
  await book('2026-12-12T23:30');
  system.now = at('2026-12-12T15:00');
  assert.equal(await run(), 0);
});

test('when the clocks change, tomorrow is tomorrow all the same', async () => {
  system.now = at('2027-03-20T12:00');
  await book('2027-03-28T23:30');
  await book('2027-03-28T03:00');
  system.now = at('2027-03-27T10:00');
  assert.equal(await run(), 2);
});

test('who booked after the hour at which it would have come is not reminded', async () => {
  system.now = at('2027-01-10T10:30');
  await book('2027-01-11T14:00');
  assert.equal(await run(), 0);
});

test('nobody is reminded of a time that was cancelled', async () => {
  system.now = at('2027-02-01T12:00');
  const orderId = await book('2027-02-10T14:00');
  await system.db
    .updateTable('history.booking')
    .set({ state: 'cancelled' })
    .where('order_id', '=', orderId)
    .execute();
  system.now = at('2027-02-09T12:00');
  assert.equal(await run(), 0);
});

test('who has restricted reminders gets none, and the others do', async () => {
  system.now = at('2027-04-01T12:00');
  await book('2027-04-10T14:00');
  await system.db
    .insertInto('vault.stop')
    .values({ owner_id: owner, purpose: 'reminder', ground: 'restriction', since: system.now })
    .execute();
  system.now = at('2027-04-09T12:00');
  assert.equal(await run(), 0);
});

test('a letter that can not be written keeps nobody else from being reminded', async () => {
  system.now = at('2027-05-01T12:00');
  await system.db.deleteFrom('vault.stop').execute();
  const broken = await book('2027-05-10T08:00');
  await book('2027-05-10T14:00');
  await system.db
    .updateTable('history.order')
    .set({ sealed: Buffer.alloc(64) })
    .where('order_id', '=', broken)
    .execute();
  system.now = at('2027-05-09T12:00');
  await assert.rejects(run(), { code: 'sealed-damaged' });
  const { rows } = await system.db
    .selectFrom('history.booking')
    .select((column) => column.fn.countAll<string>().as('rows'))
    .where('reminded_at', '=', system.now)
    .executeTakeFirstOrThrow();
  assert.equal(Number(rows), 1);
});
