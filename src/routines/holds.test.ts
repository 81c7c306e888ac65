import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { queuedFor } from '../../test/queued.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { newOneTimeSecret } from '../accounts/one-time-codes.ts';
import { addStaff } from '../accounts/staff.ts';
import type { StaffRole } from '../database/records.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { advanceErasure } from './erasure.ts';
import { askErasure } from './erasure-ask.ts';
import { previewErasure } from './erasure-preview.ts';
import { readReceipt } from './erasure-receipt.ts';
import { readHeld } from './held-records.ts';
import {
  confirmHold,
  holdDaysMax,
  liftHold,
  listHolds,
  proposalDays,
  proposeHold,
  proposeRenewal,
  readHold,
} from './holds.ts';
import type { HoldWish } from './holds.ts';
import { endKept } from './kept-retention.ts';
import { newReceiptCode } from './receipt-code.ts';

let system: TestSystem;
let people = 0;
let one: OwnerId;
let other: OwnerId;
let bookkeeper: OwnerId;

before(async () => {
  system = await testSystem();
  one = await newColleague('administrator');
  other = await newColleague('administrator');
  bookkeeper = await newColleague('bookkeeper');
});
after(() => system[Symbol.asyncDispose]());

async function newColleague(role: StaffRole): Promise<OwnerId> {
  people += 1;
  const email = `staff${people}@example.com`;
  const op = system.op('routine', 'employment');
  const secret = newOneTimeSecret();
  await addStaff(op, { role, email, name: 'Stina Ek', password: person.password, secret });
  return (await op.vault.ownerOf({ kind: 'staff-email', value: email })) as OwnerId;
}

async function newCustomer(): Promise<{ owner: OwnerId; orders: RowId[] }> {
  people += 1;
  system.now = system.now.add({ minutes: 20 });
  const owner = await system.newCustomer({ email: `person${people}@example.se` });
  const orders = [];
  for (const street of ['Provgatan 1', 'Provgatan 2']) {
    system.now = system.now.add({ minutes: 1 });
    orders.push(await system.placeOrderFor(owner, { street }));
  }
  return { owner, orders };
}

const as = (owner: OwnerId, party: StaffRole = 'administrator') =>
  system.op({ party, owner }, 'holds');

const wish = (subject: OwnerId, more: Partial<HoldWish> = {}): HoldWish => ({
  subject,
  scope: 'history',
  orders: [],
  ground: 'claim',
  reason: 'Tvist om leveransen',
  endsAt: system.now.add({ hours: 90 * 24 }),
  isSecret: false,
  ...more,
});

async function erase(owner: OwnerId) {
  const op = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(op, owner, newReceiptCode());
  const routine = system.op('routine', 'leaving');
  assert.equal(await advanceErasure(routine, erasureId, system.around), 'complete');
  return readReceipt(routine, erasureId);
}

const previewOf = (owner: OwnerId) =>
  previewErasure(system.op({ party: 'customer', owner }, 'leaving'), owner);

test('a hold needs two people, and the second is somebody else', async () => {
  const { owner } = await newCustomer();
  const hold = await proposeHold(as(one), wish(owner));
  assert.deepEqual((await previewOf(owner)).kept, [], 'a proposal holds nothing');
  await assert.rejects(confirmHold(as(one), hold), (error) => isProblem(error, 'not-allowed'));
  await confirmHold(as(bookkeeper, 'bookkeeper'), hold);
  const [kept] = (await previewOf(owner)).kept;
  assert.deepEqual([kept?.what, kept?.law], ['held-orders', 'claim']);
  await assert.rejects(confirmHold(as(other), hold), (error) => isProblem(error, 'not-found'));
});

test('what is held is readable under the hold when its account is erased, and the receipt says so', async () => {
  const { owner, orders } = await newCustomer();
  const hold = await proposeHold(
    as(one),
    wish(owner, { scope: 'orders', orders: orders.slice(0, 1) }),
  );
  await confirmHold(as(other), hold);
  const receipt = await erase(owner);
  assert.deepEqual(
    receipt?.body.kept.map(({ what, law }) => `${what} ${law}`),
    ['held-orders claim'],
  );
  const held = await readHeld(as(one), hold);
  assert.equal(held.length, 1, 'the order that was named, and no other');
  assert.ok(held[0]?.includes('Provgatan 1'));
  const listed = (await listHolds(as(one))).find(({ holdId }) => holdId === hold);
  assert.equal(listed?.subject, null, 'nothing leads to the account any more');
});

test('a hold of the whole history holds every order', async () => {
  const { owner } = await newCustomer();
  const hold = await proposeHold(as(one), wish(owner));
  await confirmHold(as(other), hold);
  await erase(owner);
  assert.equal((await readHeld(as(one), hold)).length, 2);
});

test('an order that forbids telling is neither in the preview nor on the receipt', async () => {
  const { owner } = await newCustomer();
  const secret = wish(owner, { ground: 'order-to-preserve', isSecret: true });
  const hold = await proposeHold(as(one), secret);
  await confirmHold(as(other), hold);
  assert.deepEqual((await previewOf(owner)).kept, []);
  const receipt = await erase(owner);
  assert.deepEqual(receipt?.body.kept, []);
  assert.equal((await readHeld(as(one), hold)).length, 2);
});

test('a proposal that nobody confirmed holds nothing when the account is erased, and is over', async () => {
  const { owner } = await newCustomer();
  const hold = await proposeHold(as(one), wish(owner));
  const receipt = await erase(owner);
  assert.deepEqual(receipt?.body.kept, []);
  await assert.rejects(confirmHold(as(other), hold), (error) => isProblem(error, 'not-found'));
  assert.ok((await endKept(system.op('routine', 'retention'))) >= 1);
});

test('a hold ends on its day and its key is destroyed with everything held', async () => {
  const { owner } = await newCustomer();
  const endsAt = system.now.add({ hours: 24 });
  const hold = await proposeHold(as(one), wish(owner, { endsAt }));
  await confirmHold(as(other), hold);
  await erase(owner);
  const before = system.now;
  system.now = endsAt.subtract({ milliseconds: 1 });
  await endKept(system.op('routine', 'retention'));
  assert.equal((await readHeld(as(one), hold)).length, 2);
  system.now = endsAt;
  assert.equal(await endKept(system.op('routine', 'retention')), 1);
  assert.deepEqual(await readHeld(as(one), hold), []);
  const op = as(one);
  await assert.rejects(op.vault.openFor(op, hold, ['holds']), (error) =>
    isProblem(error, 'fenced'),
  );
  system.now = before;
});

test('a hold lasts a year at most, and two people may renew it', async () => {
  const { owner } = await newCustomer();
  const year = system.now.add({ hours: holdDaysMax * 24 });
  const tooLong = wish(owner, { endsAt: year.add({ seconds: 1 }) });
  await assert.rejects(proposeHold(as(one), tooLong), (error) => isProblem(error, 'bad-input'));
  const past = wish(owner, { endsAt: system.now });
  await assert.rejects(proposeHold(as(one), past), (error) => isProblem(error, 'bad-input'));
  const hold = await proposeHold(as(one), wish(owner));
  await confirmHold(as(other), hold);
  const endOf = async () =>
    (await listHolds(as(one))).find(({ holdId }) => holdId === hold)?.endsAt.toString();
  const first = await endOf();
  await proposeRenewal(as(one), hold, year);
  assert.equal(await endOf(), first, 'a proposal changes nothing');
  await assert.rejects(confirmHold(as(one), hold), (error) => isProblem(error, 'not-allowed'));
  await confirmHold(as(other), hold);
  assert.equal(await endOf(), year.toString());
});

test('one person may end a hold, and nobody may hold orders of somebody else', async () => {
  const { owner } = await newCustomer();
  const stranger = await newCustomer();
  const foreign = wish(owner, { scope: 'orders', orders: stranger.orders });
  await assert.rejects(proposeHold(as(one), foreign), (error) => isProblem(error, 'not-found'));
  const hold = await proposeHold(as(one), wish(owner));
  await confirmHold(as(other), hold);
  await liftHold(as(one), hold);
  assert.deepEqual((await previewOf(owner)).kept, []);
});

test('who proposes a renewal and confirms it in the same moment does not confirm it', async () => {
  const { owner } = await newCustomer();
  const hold = await proposeHold(as(other), wish(owner));
  await confirmHold(as(one), hold);
  const endsAt = system.now.add({ hours: 200 * 24 });
  const [renewal, confirmation] = await queuedFor(system, 'routines.hold', hold, [
    () => proposeRenewal(as(one), hold, endsAt),
    () => confirmHold(as(one), hold),
  ]);
  assert.equal(renewal?.status, 'fulfilled');
  assert.ok(isRefused(confirmation, 'not-allowed'));
  await confirmHold(as(other), hold);
  const { reason, proposedBy, confirmedBy } = await readHold(as(one), hold);
  assert.deepEqual([reason, proposedBy, confirmedBy], ['Tvist om leveransen', one, other]);
});

test('a renewal that comes right after a confirmation keeps who confirmed', async () => {
  const { owner } = await newCustomer();
  const hold = await proposeHold(as(one), wish(owner));
  const endsAt = system.now.add({ hours: 200 * 24 });
  const settled = await queuedFor(system, 'routines.hold', hold, [
    () => confirmHold(as(other), hold),
    () => proposeRenewal(as(one), hold, endsAt),
  ]);
  assert.ok(settled.every(({ status }) => status === 'fulfilled'));
  assert.equal((await readHold(as(one), hold)).confirmedBy, other);
});

test('a proposal can be confirmed for two weeks, and not when it is about to be removed', async () => {
  const { owner } = await newCustomer();
  const inTime = await proposeHold(as(one), wish(owner));
  const tooLate = await proposeHold(as(one), wish(owner));
  const start = system.now;
  const over = start.add({ hours: proposalDays * 24 });
  system.now = over.subtract({ milliseconds: 1 });
  await confirmHold(as(other), inTime);
  system.now = over;
  await assert.rejects(confirmHold(as(other), tooLate), (error) => isProblem(error, 'not-found'));
  await endKept(system.op('routine', 'retention'));
  const left = (await listHolds(as(one))).filter(({ subject }) => subject === owner);
  assert.deepEqual(
    left.map(({ holdId, state }) => [holdId, state]),
    [[inTime, 'confirmed']],
  );
  system.now = start;
});

test('an erasure that comes right before a confirmation goes through, and nothing is held', async () => {
  const { owner } = await newCustomer();
  const hold = await proposeHold(as(one), wish(owner));
  const [erasure, confirmation] = await queuedFor(system, 'vault.owner', owner, [
    () => erase(owner),
    () => confirmHold(as(other), hold),
  ]);
  assert.ok(erasure?.status === 'fulfilled');
  assert.ok(isRefused(confirmation, 'fenced'));
  assert.deepEqual(await readHeld(as(one), hold), []);
});

test('an erasure that comes right after a confirmation waits for it, and keeps what is held', async () => {
  const { owner } = await newCustomer();
  const hold = await proposeHold(as(one), wish(owner));
  const [confirmation, erasure] = await queuedFor(system, 'vault.owner', owner, [
    () => confirmHold(as(other), hold),
    () => erase(owner),
  ]);
  assert.equal(confirmation?.status, 'fulfilled');
  assert.equal(erasure?.status, 'fulfilled');
  assert.equal((await readHeld(as(one), hold)).length, 2);
});

function isRefused(
  settled: PromiseSettledResult<unknown> | undefined,
  code: Parameters<typeof isProblem>[1],
): boolean {
  return settled?.status === 'rejected' && isProblem(settled.reason, code);
}
