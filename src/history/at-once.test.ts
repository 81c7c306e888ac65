import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  addTestBooking,
  addTestProduct,
  addTestService,
  shopWish,
  timeIn,
} from '../../test/shop.ts';
import { waiting } from '../../test/queued.ts';
import { testBanks } from '../../test/shop-banks.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { arrange } from './arrange.ts';
import { bookingsOfOrder } from './booking-rows.ts';
import { moveBooking } from './bookings.ts';
import { lockResources } from './calendar/slots.ts';
import type { Item } from './catalogue/items.ts';
import { takeStock } from './catalogue/stock.ts';
import { lapse } from './lapse.ts';
import { placeOrder } from './place-order.ts';
import { takeBack } from './take-back-order.ts';
import { optionsOf } from './take-back.ts';
import { readWhole } from './whole-order.ts';

let system: TestSystem;
const owners: OwnerId[] = [];
let item: { readonly goods: Item; readonly course: Item };
type Lines = Parameters<typeof shopWish>[1];
type PayWay = Parameters<typeof shopWish>[2];
const nothing = () => Promise.resolve();

before(async () => {
  system = await testSystem();
  for (let who = 0; who < 8; who += 1)
    owners.push(await system.newCustomer({ email: `kund${who}@example.se` }));
  item = {
    goods: await addTestProduct(system),
    course: await addTestBooking(system, { capacity: 500 }),
  };
});
after(() => system[Symbol.asyncDispose]());

type Placed = { readonly owner: OwnerId; readonly orderId: RowId };

const asCustomer = (owner: OwnerId) => system.op({ party: 'customer', owner }, 'order');

async function place(owner: OwnerId, lines: Lines, payWay: PayWay): Promise<Placed> {
  const wish = shopWish(system, lines, payWay);
  return { owner, orderId: await placeOrder(asCustomer(owner), owner, wish, () => null) };
}

/** Goods and a time of the same things that everybody else orders. */
function order(owner: OwnerId, payWay: PayWay = 'on-site'): Promise<Placed> {
  const lines = [
    { item: item.goods, quantity: 1 },
    { item: item.course, startsAt: timeIn(system, 48) },
  ];
  return place(owner, lines, payWay);
}

async function whole({ owner, orderId }: Placed) {
  const op = asCustomer(owner);
  return readWhole(op, await op.vault.openFor(op, owner, ['history']), orderId);
}

async function cancel(placed: Placed, quantity?: number): Promise<void> {
  const { lines } = await whole(placed);
  const all = lines.map((line) => ({ lineId: line.lineId, quantity: quantity ?? line.quantity }));
  const wish = { ...placed, kind: 'cancellation', lines: all, statement: null } as const;
  await takeBack(asCustomer(placed.owner), { ...wish, seenRefundOre: 0 }, nothing);
}

async function move({ owner, orderId }: Placed): Promise<void> {
  const op = asCustomer(owner);
  const [booking] = await bookingsOfOrder(op, owner, orderId);
  assert.ok(booking);
  const { bookingId } = booking;
  await moveBooking(op, { owner, bookingId, startsAt: timeIn(system, 50) }, nothing);
}

test('who orders, cancels, moves and lapses the same goods and times at once does not wait for ever', async () => {
  const [cancelled, moved, unpaid] = await Promise.all([
    Promise.all(owners.map((owner) => order(owner))),
    Promise.all(owners.map((owner) => order(owner))),
    Promise.all(owners.map((owner) => order(owner, 'swish'))),
  ]);
  const routine = system.op('routine', 'payment');
  const turns = [
    ...cancelled.map((placed) => cancel(placed)),
    ...owners.map((owner) => order(owner)),
    ...moved.flatMap((placed) => [move(placed), cancel(placed)]),
    ...unpaid.map((placed) => lapse(routine, testBanks(), placed)),
    ...owners.map((owner) => order(owner)),
  ];
  for (const turn of await Promise.allSettled(turns)) {
    if (turn.status === 'rejected')
      assert.ok(isProblem(turn.reason, 'conflict'), String(turn.reason));
  }
  const states = await Promise.all(
    [...cancelled, ...moved, ...unpaid].map((placed) => whole(placed)),
  );
  assert.deepEqual([...new Set(states.map(({ order: { state } }) => state))].toSorted(), [
    'cancelled',
    'lapsed',
  ]);
});

test('who lets go of goods and a time waits for somebody who is ordering both, and not the other way round', async () => {
  const [owner] = owners;
  assert.ok(owner);
  const cancelled = await order(owner);
  const unpaid = await order(owner, 'swish');
  const resources = await system.db.selectFrom('history.resource').select('resource_id').execute();
  const [variant] = item.goods.variants;
  assert.ok(variant);
  const letGo = [
    () => cancel(cancelled),
    () => lapse(system.op('routine', 'payment'), testBanks(), unpaid),
  ];
  for (const go of letGo) {
    let lettingGo: Promise<unknown> = Promise.resolve();
    await inTransaction(asCustomer(owner), async (write) => {
      await lockResources(
        write,
        resources.map(({ resource_id }) => resource_id),
      );
      lettingGo = go();
      await waiting(system, 1);
      await takeStock(write, [{ ...variant, itemId: item.goods.itemId, quantity: 1 }]);
    });
    await lettingGo;
  }
});

test('who takes back a part of a service that was arranged keeps its time for the rest', async () => {
  const service = await addTestService(system);
  const [owner] = owners;
  assert.ok(owner);
  const placed = await place(owner, [{ item: service, quantity: 2 }], 'on-site');
  const [line] = (await whole(placed)).lines;
  const resource = await system.db
    .selectFrom('history.resource')
    .select('resource_id')
    .executeTakeFirstOrThrow();
  const staff = system.op({ party: 'administrator', owner }, 'order-handling');
  const startsAt = timeIn(system, 72);
  const where = { ...placed, lineId: line!.lineId, resourceId: resource.resource_id };
  await arrange(staff, { ...where, startsAt, minutes: 60 }, nothing);
  await cancel(placed, 1);
  const half = await whole(placed);
  assert.deepEqual(
    half.bookings.map(({ state }) => state),
    ['booked'],
  );
  assert.equal(optionsOf(half, system.now)[0]?.quantityLeft, 1);
  await cancel(placed, 1);
  const gone = await whole(placed);
  assert.deepEqual([gone.order.state, gone.bookings[0]?.state], ['cancelled', 'cancelled']);
});
