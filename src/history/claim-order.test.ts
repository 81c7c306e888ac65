import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addTestProduct, shopWish } from '../../test/shop.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { newToken, writeToken } from '../accounts/tokens.ts';
import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { heldBy, holdFor } from '../vault/held.ts';
import { claimGuestOrder } from './claim-order.ts';
import { placeGuestOrder } from './guests-order.ts';

let system: TestSystem;
let owner: OwnerId;

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
});
after(() => system[Symbol.asyncDispose]());

async function guestOf(email: string): Promise<OwnerId> {
  const code = writeToken(newToken(newOwnerId(), newRowId(system.now)));
  const wish = shopWish(system, [{ item: await addTestProduct(system) }], 'on-site');
  const op = system.op('nobody', 'order');
  return placeGuestOrder(op, { code, email, language: 'sv' }, wish, () => null);
}

const opOf = (one: OwnerId) => system.op({ party: 'customer', owner: one }, 'history');

test('an account with the address of the order takes it in, once, however often it is asked', async () => {
  const guest = await guestOf(` ${person.email.toUpperCase()}`.trim());
  const asked = [1, 2, 3].map(() => claimGuestOrder(opOf(owner), opOf(guest)));
  assert.deepEqual(await Promise.all(asked), ['held', 'held', 'held']);
  assert.deepEqual(await heldBy(opOf(owner), owner), [guest]);
});

test('another address is not enough, and nothing is written', async () => {
  const guest = await guestOf('nagon.annan@example.se');
  assert.equal(await claimGuestOrder(opOf(owner), opOf(guest)), 'other-address');
  assert.ok(!(await heldBy(opOf(owner), owner)).includes(guest));
});

test('what another account holds looks like nothing, even to who has its address', async () => {
  const guest = await guestOf(person.email);
  const holder = await system.newCustomer({ email: 'annan@example.se' });
  await inTransaction(opOf(holder), (write) => holdFor(write, holder, guest));
  await assert.rejects(claimGuestOrder(opOf(owner), opOf(guest)), (error) =>
    isProblem(error, 'not-found'),
  );
});

test('a customer opens what the account holds, and no other guest’s order', async () => {
  const mine = await guestOf(person.email);
  const other = await guestOf('nagon.annan@example.se');
  await claimGuestOrder(opOf(owner), opOf(mine));
  const op = opOf(owner);
  assert.equal((await op.vault.openFor(op, mine, ['history'])).owner, mine);
  await assert.rejects(op.vault.openFor(op, other, ['history']), (error) =>
    isProblem(error, 'not-found'),
  );
});
