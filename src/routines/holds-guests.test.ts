// Orders that somebody placed as a guest and took into an account, when the account is held or leaves.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newColleague } from '../../test/books.ts';
import { queuedFor } from '../../test/queued.ts';
import { addTestProduct, shopWish } from '../../test/shop.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { newToken, writeToken } from '../accounts/tokens.ts';
import { placeGuestOrder } from '../history/guests-order.ts';
import { orderOfOwner } from '../history/held-orders.ts';
import { readProofs } from '../history/proof-of-purchase.ts';
import { removeFromHistory } from '../history/remove-order.ts';
import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { holdFor } from '../vault/held.ts';
import { advanceErasure } from './erasure.ts';
import { askErasure } from './erasure-ask.ts';
import type { LeavingWish } from './erasure-ask.ts';
import { previewErasure } from './erasure-preview.ts';
import { readReceipt } from './erasure-receipt.ts';
import { preserveOrder, readHeld } from './held-records.ts';
import { confirmHold, listHolds, proposeHold } from './holds.ts';
import type { HoldWish } from './holds.ts';
import { newReceiptCode, proofCodeOf } from './receipt-code.ts';

let system: TestSystem;
let people = 0;
let one: OwnerId;
let other: OwnerId;

before(async () => {
  system = await testSystem();
  one = await newColleague(system, 'administrator');
  other = await newColleague(system, 'administrator');
});
after(() => system[Symbol.asyncDispose]());

const as = (owner: OwnerId) => system.op({ party: 'administrator', owner }, 'holds');
const leaving = (owner: OwnerId) => system.op({ party: 'customer', owner }, 'leaving');

/** A customer with one order of the account and one that was placed as a guest. */
async function newCustomer() {
  people += 1;
  system.now = system.now.add({ minutes: 20 });
  const email = `person${people}@example.se`;
  const owner = await system.newCustomer({ email });
  await system.placeOrderFor(owner);
  const code = writeToken(newToken(newOwnerId(), newRowId(system.now)));
  const product = await addTestProduct(system, { name: { sv: 'Gästfilt', en: 'Guest blanket' } });
  const guest = await placeGuestOrder(
    system.op('nobody', 'order'),
    { code, email, language: 'sv' },
    shopWish(system, [{ item: product }], 'on-site'),
    () => null,
  );
  await inTransaction(leaving(owner), (write) => holdFor(write, owner, guest));
  return { owner, guest, guestOrder: (await orderOfOwner(leaving(guest), guest)) as RowId };
}

async function newHold(subject: OwnerId, orders: readonly RowId[] = []): Promise<OwnerId> {
  const wish: HoldWish = {
    subject,
    scope: orders.length === 0 ? 'history' : 'orders',
    orders,
    ground: 'claim',
    reason: 'Tvist om leveransen',
    endsAt: system.now.add({ hours: 90 * 24 }),
    isSecret: false,
  };
  const hold = await proposeHold(as(one), wish);
  await confirmHold(as(other), hold);
  return hold;
}

async function erase(owner: OwnerId, wish?: LeavingWish) {
  const code = newReceiptCode();
  const erasureId = await askErasure(leaving(owner), owner, code, wish);
  const routine = system.op('routine', 'leaving');
  assert.equal(await advanceErasure(routine, erasureId, system.around), 'complete');
  const receipt = await readReceipt(routine, erasureId);
  return { code, kept: receipt?.body.kept.map(({ what }) => what) };
}

/** Which orders are held: the account's own, the guest's. */
async function heldOf(hold: OwnerId): Promise<string[]> {
  const held = await readHeld(as(one), hold);
  const names = held.map((content) => (content.includes('Gästfilt') ? 'guest' : 'account'));
  return names.toSorted((left, right) => left.localeCompare(right));
}

async function subjectOf(hold: OwnerId): Promise<OwnerId | null | undefined> {
  return (await listHolds(as(one))).find(({ holdId }) => holdId === hold)?.subject;
}

test('a hold of the whole history holds the orders that the account took in', async () => {
  const { owner } = await newCustomer();
  const hold = await newHold(owner);
  assert.deepEqual((await erase(owner)).kept, ['held-orders']);
  assert.deepEqual(await heldOf(hold), ['account', 'guest']);
});

test('an order that its customer removes from the history stays under the holds on it, and under no other', async () => {
  const { owner, guestOrder } = await newCustomer();
  const [whole, elsewhere] = [await newHold(owner), await newHold(owner, [guestOrder])];
  const { order_id } = await system.db
    .updateTable('history.order')
    .set({ state: 'cancelled' })
    .where('owner_id', '=', owner)
    .returning('order_id')
    .executeTakeFirstOrThrow();
  const asCustomer = system.op({ party: 'customer', owner }, 'history');
  await removeFromHistory(asCustomer, owner, order_id, preserveOrder);
  assert.deepEqual([await heldOf(whole), await heldOf(elsewhere)], [['account'], []]);
  assert.equal(await subjectOf(whole), owner);
  await erase(owner);
  assert.deepEqual(
    [await heldOf(whole), await heldOf(elsewhere)],
    [['account', 'guest'], ['guest']],
  );
});

test('a hold may name an order that the account took in, and none of anybody else', async () => {
  const { owner, guestOrder } = await newCustomer();
  const stranger = await newCustomer();
  await assert.rejects(newHold(owner, [stranger.guestOrder]), { code: 'not-found' });
  const hold = await newHold(owner, [guestOrder]);
  await erase(owner);
  assert.deepEqual(await heldOf(hold), ['guest']);
});

test('an order that the account took in is held when it is erased alone, and the hold of the account goes on', async () => {
  const { owner, guest, guestOrder } = await newCustomer();
  const [whole, named] = [await newHold(owner), await newHold(owner, [guestOrder])];
  const own = await newCustomer();
  const of = await system.db
    .selectFrom('history.order')
    .select('order_id')
    .where('owner_id', '=', own.owner)
    .executeTakeFirstOrThrow();
  const elsewhere = await newHold(own.owner, [of.order_id]);
  const preview = await previewErasure(leaving(guest), guest);
  assert.deepEqual(
    preview.kept.map(({ what }) => what),
    ['held-orders', 'held-orders'],
  );
  assert.deepEqual((await erase(guest)).kept, ['held-orders', 'held-orders']);
  assert.deepEqual([await heldOf(whole), await heldOf(named)], [['guest'], ['guest']]);
  assert.deepEqual([await subjectOf(whole), await subjectOf(named)], [owner, owner]);
  assert.deepEqual((await erase(own.guest)).kept, [], 'the hold names another order');
  assert.equal(await subjectOf(elsewhere), own.owner);
  await erase(owner);
  assert.deepEqual([await heldOf(whole), await heldOf(named)], [['account', 'guest'], ['guest']]);
  assert.equal(await subjectOf(whole), null);
  const left = await system.db
    .selectFrom('routines.hold_order')
    .select('order_id')
    .where('owner_id', '=', named)
    .execute();
  assert.deepEqual(left, []);
});

for (const [how, isFirst] of [
  ['a confirmation waits for the erasure of an order that the account took in', true],
  ['the erasure of an order that the account took in waits for a confirmation', false],
] as const) {
  test(`${how}, and the hold is of what is left`, async () => {
    const { owner, guest } = await newCustomer();
    const hold = await proposeHold(as(one), {
      subject: owner,
      scope: 'history',
      orders: [],
      ground: 'claim',
      reason: 'Tvist om leveransen',
      endsAt: system.now.add({ hours: 90 * 24 }),
      isSecret: false,
    });
    const comers = [() => erase(guest), () => confirmHold(as(other), hold)];
    const outcomes = await queuedFor(
      system,
      'vault.owner',
      guest,
      isFirst ? comers : comers.toReversed(),
    );
    assert.ok(outcomes.every(({ status }) => status === 'fulfilled'));
    assert.deepEqual(await heldOf(hold), isFirst ? [] : ['guest']);
    assert.equal(await subjectOf(hold), owner);
  });
}

test('the proof of purchase has what the account took in, and the page before says how many', async () => {
  const { owner } = await newCustomer();
  assert.equal((await previewErasure(leaving(owner), owner)).provable?.count, 2);
  const proof = {
    line: ({ quantity, description }: { quantity: number; description: string }) =>
      `${quantity} × ${description}`,
    amount: (ore: number) => `${ore} öre`,
  };
  const { code, kept } = await erase(owner, { farewell: null, proof });
  assert.deepEqual(kept, ['proof-of-purchase']);
  const proofs = await readProofs(system.op('nobody', 'proof-of-purchase'), proofCodeOf(code));
  assert.equal(proofs.length, 2);
  assert.ok(proofs.some(({ bought }) => bought.includes('1 × Gästfilt')));
  assert.equal(new Set(proofs.map(({ number }) => number)).size, 2);
});
