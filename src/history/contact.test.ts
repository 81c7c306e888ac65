import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addTestProduct, shopWish } from '../../test/shop.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { changeAccount } from '../accounts/account.ts';
import { setProtectedIdentity } from '../accounts/protected-identity.ts';
import { newToken, writeToken } from '../accounts/tokens.ts';
import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Actor, Operation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { changeStops } from '../requests/stops.ts';
import { claimGuestOrder } from './claim-order.ts';
import { contactOf } from './contact.ts';
import { placeGuestOrder } from './guests-order.ts';

let system: TestSystem;
let owner: OwnerId;
let guest: OwnerId;

const newAddress = 'ny.adress@example.se';
const support: Actor = { party: 'support', owner: newOwnerId() };
const administrator: Actor = { party: 'administrator', owner: newOwnerId() };

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  guest = await guestOf(person.email);
  await claimGuestOrder(customer(owner), customer(guest));
  await moveTo(newAddress);
});
after(() => system[Symbol.asyncDispose]());

const customer = (one: OwnerId) => system.op({ party: 'customer', owner: one }, 'history');

async function guestOf(email: string): Promise<OwnerId> {
  const code = writeToken(newToken(newOwnerId(), newRowId(system.now)));
  const wish = shopWish(system, [{ item: await addTestProduct(system) }], 'on-site');
  const op = system.op('nobody', 'order');
  return placeGuestOrder(op, { code, email, language: 'en' }, wish, () => null);
}

async function moveTo(email: string): Promise<void> {
  const op = customer(owner);
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  await inTransaction(op, (write) => changeAccount(write, opener, { email }));
}

async function contactFor(op: Operation, of: OwnerId) {
  return contactOf(op, await op.vault.openFor(op, of, ['credentials', 'history']));
}

test('what is written about an order that an account has taken in goes to the address that the account has now', async () => {
  for (const op of [
    customer(owner),
    system.op('routine', 'payment'),
    system.op(support, 'order-handling'),
  ]) {
    const { email, language, isGuest } = await contactFor(op, guest);
    assert.deepEqual(
      { email, language, isGuest },
      { email: newAddress, language: 'sv', isGuest: false },
      op.actor.party,
    );
  }
});

test('the code of the order opens nothing of the account: the letter goes to where the code went', async () => {
  const contact = await contactFor(customer(guest), guest);
  assert.equal(contact.email, person.email);
  assert.equal(contact.isGuest, true);
});

test('the order of a guest that nobody has taken in is written about to the guest', async () => {
  const other = await guestOf(person.email);
  const contact = await contactFor(system.op('routine', 'payment'), other);
  assert.equal(contact.email, person.email);
  assert.equal(contact.isGuest, true);
});

test('staff that looks up the address leaves a look on the account as well', async () => {
  const looksAt = (of: OwnerId) =>
    system.db.selectFrom('vault.look').select('look_id').where('owner_id', '=', of).execute();
  const earlier = await looksAt(owner);
  await contactFor(system.op(support, 'order-handling'), guest);
  assert.equal((await looksAt(owner)).length, earlier.length + 1);
});

test('an account that has stopped reminders is not reminded of what it has taken in', async () => {
  const wish = { ground: 'restriction', purposes: ['reminder'], stops: true } as const;
  await changeStops(customer(owner), owner, wish, () => undefined);
  const op = system.op('routine', 'reminder');
  await assert.rejects(contactFor(op, guest), (error) => isProblem(error, 'restricted'));
});

test('who has a protected identity has it for what the account has taken in, too', async () => {
  await setProtectedIdentity(system.op({ party: 'customer', owner }, 'account'), owner, true);
  const op = system.op(support, 'order-handling');
  await assert.rejects(contactFor(op, guest), (error) => isProblem(error, 'protected'));
  const seen = await contactFor(system.op(administrator, 'order-handling'), guest);
  assert.equal(seen.isProtected, true);
});
