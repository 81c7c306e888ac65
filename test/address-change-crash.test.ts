// The process is killed (SIGKILL) at every part of a change of address and of its undoing. Whatever was left, exactly one
// address leads to the account, the routine takes up what was interrupted, and one letter tells of it.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { addressLinks, lettersTo, moveTo, newPassword, tokenFor } from './access-letters.ts';
import { readAccount } from '../src/accounts/account.ts';
import { askAddressChange, finishAddressChanges } from '../src/accounts/address-changes.ts';
import { signIn } from '../src/accounts/sign-in.ts';
import type { OwnerId } from '../src/ids.ts';
import { crash, restart } from './crashes.ts';
import type { CrashOrder } from './crash-order.ts';
import { person, testSystem } from './system.ts';
import type { TestSystem } from './system.ts';

type How = Pick<CrashOrder, 'points' | 'dieAt'>;
let system: TestSystem;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

/** A customer, and two addresses of theirs; later than everybody before. */
async function somebody() {
  system.now = system.now.add({ minutes: 30 });
  const word = randomBytes(5).toString('hex');
  const addresses = { former: `${word}.a@example.se`, next: `${word}.b@example.se` };
  const owner = await system.newCustomer({ email: addresses.former });
  return { owner, ...addresses };
}

/** Which of the addresses sign in, with which passwords; there is always exactly one that does. */
async function entersBy(at: TestSystem, email: string, password: string): Promise<boolean> {
  const attempt = { email, password, device: '?' };
  return (await signIn(at.op('nobody', 'sign-in'), attempt)) !== null;
}

async function addressesLeadingTo(at: TestSystem, owner: OwnerId, all: readonly string[]) {
  const owners = await Promise.all(
    all.map((value) => at.vault.ownerOf({ kind: 'account-email', value })),
  );
  return all.filter((_, index) => owners[index] === owner);
}

/** What the routine does a little later, and what is there then. */
async function settle(at: TestSystem, owner: OwnerId): Promise<string> {
  system.now = system.now.add({ minutes: 5 });
  await finishAddressChanges(at.op('routine', 'account'), addressLinks);
  const waiting = await at.db
    .selectFrom('accounts.address_change')
    .select('state')
    .where('owner_id', '=', owner)
    .where('state', 'in', ['making', 'undoing'])
    .execute();
  assert.deepEqual(waiting, [], 'nothing is left half done');
  const op = at.op({ party: 'customer', owner }, 'account');
  return (await readAccount(op, await op.vault.openFor(op, owner, ['credentials']))).email;
}

async function changeAndDie(how: How): Promise<string[]> {
  const { owner, former, next } = await somebody();
  const op = system.op({ party: 'customer', owner }, 'account');
  await askAddressChange(op, owner, { email: next, language: 'sv' }, addressLinks);
  const token = await tokenFor(system, next, 'change-email');
  const points = await crash(system, { kind: 'change-address', owner, token }, how);
  const restarted = await restart(system);
  const between = await addressesLeadingTo(restarted, owner, [former, next]);
  assert.equal(between.length, 1, 'exactly one address leads to the account at each moment');
  const email = await settle(restarted, owner);
  assert.deepEqual(await addressesLeadingTo(restarted, owner, [former, next]), [email]);
  assert.ok(await entersBy(restarted, email, person.password));
  const told = (await lettersTo(restarted, former)).filter(({ text }) =>
    text.includes('/undo-email/'),
  );
  assert.equal(told.length, email === next ? 1 : 0, 'told once, and only of what happened');
  if (email === former) {
    await tokenFor(restarted, next, 'change-email');
    assert.equal(
      (await crash(system, { kind: 'change-address', owner, token }, living)).length > 0,
      true,
    );
  }
  return points;
}

async function undoAndDie(how: How): Promise<string[]> {
  const { owner, former, next } = await somebody();
  const token = await moveTo(system, owner, next);
  const journey = { kind: 'undo-address', token, password: person.password, newPassword } as const;
  const points = await crash(system, journey, how);
  const restarted = await restart(system);
  assert.equal((await addressesLeadingTo(restarted, owner, [former, next])).length, 1);
  const email = await settle(restarted, owner);
  assert.deepEqual(await addressesLeadingTo(restarted, owner, [former, next]), [email]);
  const password = email === former ? newPassword : person.password;
  assert.ok(await entersBy(restarted, email, password), 'address and password go back together');
  return points;
}

const living: How = { points: 'named', dieAt: 0 };

test('a change of address that is killed between its parts is taken up, and told of once', async () => {
  const points = await changeAndDie(living);
  assert.deepEqual(points, [
    'the change is written down',
    'the address leads to the account',
    'the account has the address',
  ]);
  for (const index of points.keys()) await changeAndDie({ points: 'named', dieAt: index + 1 });
});

test('undoing that is killed between its parts is taken up', async () => {
  const points = await undoAndDie(living);
  assert.equal(points.length, 3);
  for (const index of points.keys()) await undoAndDie({ points: 'named', dieAt: index + 1 });
});

test('a change of address that is killed before any statement leaves one address or the other', async () => {
  const { length } = await changeAndDie({ points: 'every', dieAt: 0 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: length }), async (dieAt) => {
      await changeAndDie({ points: 'every', dieAt });
    }),
    { numRuns: 6, endOnFailure: true },
  );
});
