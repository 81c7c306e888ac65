import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { account } from '../accounts/holdings.ts';
import { order } from '../history/holdings.ts';
import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Actor, Operation } from '../operation.ts';
import type { CategoryName } from '../policy/categories.ts';
import { categoryNames, mayOpen, opensOnlyOwn, purposeNames } from '../policy/rules.ts';
import type { Purpose } from '../policy/purposes.ts';
import { isProblem } from '../problem.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { looks } from './looks.ts';
import { addOwner } from './vault.ts';

let system: TestSystem;
let maja: OwnerId;
let other: OwnerId;
let clerk: OwnerId;

before(async () => {
  system = await testSystem();
  maja = await system.newCustomer();
  other = await system.newCustomer({ email: 'nils@example.se', name: 'Nils Provsson' });
  await system.placeOrderFor(maja);
  clerk = await newStaff();
});
after(() => system[Symbol.asyncDispose]());

async function newStaff(): Promise<OwnerId> {
  const owner = newOwnerId();
  const op = system.op('routine', 'employment');
  await op.vault.createKey(op, owner);
  await inTransaction(op, (write) => addOwner(write, owner, 'staff'));
  return owner;
}

const support = (owner = clerk): Actor => ({ party: 'support', owner });
const open = (op: Operation, owner: OwnerId, ...categories: CategoryName[]) =>
  op.vault.openFor(op, owner, categories);

async function looksAt(owner: OwnerId) {
  return system.db
    .selectFrom('vault.look')
    .selectAll()
    .where('owner_id', '=', owner)
    .orderBy('look_id')
    .execute();
}

async function opens(actor: Actor, purpose: Purpose, category: CategoryName, whose: OwnerId) {
  try {
    await open(system.op(actor, purpose), whose, category);
    return 'opened';
  } catch (error) {
    if (isProblem(error, 'not-allowed', 'not-found')) return error.code;
    throw error;
  }
}

test('for every party, purpose and category: what the notice says opens, and nothing else', async () => {
  const actors: Actor[] = [
    { party: 'nobody' },
    { party: 'customer', owner: maja },
    support(),
    { party: 'administrator', owner: clerk },
    { party: 'bookkeeper', owner: clerk },
    { party: 'routine', routine: 'test' },
  ];
  for (const actor of actors) {
    for (const purpose of purposeNames()) {
      for (const category of categoryNames()) {
        const { party } = actor;
        const own = 'owner' in actor ? actor.owner : maja;
        const allowed = mayOpen(party, purpose, category);
        const name = `${party} ${purpose} ${category}`;
        assert.equal(
          await opens(actor, purpose, category, own),
          allowed ? 'opened' : 'not-allowed',
          name,
        );
        if (!allowed || party === 'nobody') continue;
        const isHidden = opensOnlyOwn(party, purpose);
        const expected = isHidden ? 'not-found' : 'opened';
        assert.equal(await opens(actor, purpose, category, other), expected, `${name} of another`);
      }
    }
  }
});

test("somebody else's data looks to a customer like what is not there", async () => {
  const op = system.op({ party: 'customer', owner: maja }, 'history');
  await assert.rejects(open(op, other, 'history'), (error) => isProblem(error, 'not-found'));
  await assert.rejects(open(op, newOwnerId(), 'history'), (error) => isProblem(error, 'not-found'));
});

test('one category that is not allowed refuses them all, and leaves no look', async () => {
  const before = (await looksAt(maja)).length;
  const op = system.op(support(), 'support');
  await assert.rejects(open(op, maja, 'history', 'traces'), (error) =>
    isProblem(error, 'not-allowed'),
  );
  assert.equal((await looksAt(maja)).length, before);
});

test('an opener opens only the categories that were asked for', async () => {
  const op = system.op({ party: 'customer', owner: maja }, 'history');
  const opener = await open(op, maja, 'history');
  const row = await system.db
    .selectFrom('accounts.account')
    .select('sealed')
    .where('owner_id', '=', maja)
    .executeTakeFirstOrThrow();
  assert.throws(
    () => opener.open(account, maja, row.sealed),
    (error) => isProblem(error, 'not-allowed'),
  );
});

test('a sealed row that was moved to another row or another owner does not open', async () => {
  const opened = (owner: OwnerId) =>
    open(system.op({ party: 'customer', owner }, 'history'), owner, 'history');
  const row = await system.db
    .selectFrom('history.order')
    .select(['order_id', 'sealed'])
    .where('owner_id', '=', maja)
    .executeTakeFirstOrThrow();
  const opener = await opened(maja);
  assert.equal(opener.open(order, row.order_id, row.sealed).recipient_name, person.name);
  const isDamaged = (error: unknown) => isProblem(error, 'sealed-damaged');
  assert.throws(() => opener.open(order, newRowId(system.now), row.sealed), isDamaged);
  const stranger = await opened(other);
  assert.throws(() => stranger.open(order, row.order_id, row.sealed), isDamaged);
});

test('a look is written down with who, when, why and what, and the customer can read by whom', async () => {
  const before = new Set((await looksAt(maja)).map(({ look_id }) => look_id));
  await open(system.op(support(), 'order-handling'), maja, 'history', 'credentials');
  const [first, second] = (await looksAt(maja)).filter(({ look_id }) => !before.has(look_id));
  assert.deepEqual(
    new Set([first?.category, second?.category]),
    new Set(['credentials', 'history']),
  );
  assert.deepEqual(
    [first?.party, first?.purpose, first?.looked_at.toString()],
    ['support', 'order-handling', system.now.toString()],
  );
  const op = system.op({ party: 'customer', owner: maja }, 'insight');
  const opener = await open(op, maja, 'traces');
  assert.ok(first?.sealed);
  assert.equal(opener.open(looks, first.look_id, first.sealed).looked_by, clerk);
});

test('a look stands even when what was looked at does not open', async () => {
  const before = (await looksAt(maja)).length;
  const opener = await open(system.op(support(), 'support'), maja, 'history');
  assert.throws(() => opener.open(order, newRowId(system.now), Buffer.alloc(64, 1)));
  assert.equal((await looksAt(maja)).length, before + 1);
});

test('a look cannot hide in a transaction that is rolled back', async () => {
  const before = (await looksAt(maja)).length;
  const op = system.op(support(), 'support');
  await assert.rejects(
    inTransaction(op, (write) => open(write, maja, 'history')),
    /committed by itself/,
  );
  assert.equal((await looksAt(maja)).length, before);
});

test("neither the customer's own pages nor staff's own data leave a look", async () => {
  const before = (await looksAt(maja)).length;
  await open(system.op({ party: 'customer', owner: maja }, 'insight'), maja, 'history');
  await open(system.op(support(), 'employment'), clerk, 'staff');
  assert.equal((await looksAt(maja)).length, before);
  assert.equal((await looksAt(clerk)).length, 0);
});

test('a restriction or an objection stops the purposes that the notice says, and no others', async () => {
  const owner = await system.newCustomer({ email: 'stopp@example.se' });
  const stop = (purpose: string, ground: 'restriction' | 'objection') =>
    system.db
      .insertInto('vault.stop')
      .values({ owner_id: owner, purpose, ground, since: system.now })
      .execute();
  await stop('support', 'objection');
  await stop('history', 'restriction');
  const isRestricted = (error: unknown) => isProblem(error, 'restricted');
  await assert.rejects(open(system.op(support(), 'support'), owner, 'history'), isRestricted);
  assert.equal((await looksAt(owner)).length, 0);
  await open(system.op(support(), 'order-handling'), owner, 'history');
  await stop('order-handling', 'restriction');
  const handling = system.op(support(), 'order-handling');
  await assert.rejects(open(handling, owner, 'history'), isRestricted);
  await open(system.op({ party: 'customer', owner }, 'history'), owner, 'history');
});

test('counting under a key tells the same from the other, and nothing to who has no key', async () => {
  const macOf = (owner: OwnerId, label: string, value: string) =>
    inTransaction(system.op({ party: 'customer', owner }, 'order'), async (write) =>
      Buffer.from((await write.vault.sealFor(write, owner)).mac(label, value)).toString('hex'),
    );
  const mac = await macOf(maja, 'attempt', 'a@example.se');
  assert.equal(mac, await macOf(maja, 'attempt', 'a@example.se'));
  assert.notEqual(mac, await macOf(maja, 'attempt', 'b@example.se'));
  assert.notEqual(mac, await macOf(maja, 'other', 'a@example.se'));
  assert.notEqual(mac, await macOf(other, 'attempt', 'a@example.se'));
});

test('who seals for two in one transaction gets each one’s own key, and nothing when one of them is erased', async () => {
  const op = system.op('routine', 'order');
  const both = (owners: readonly [OwnerId, OwnerId]) =>
    inTransaction(op, (write) => write.vault.sealForBoth(write, owners));
  const marks = async (owners: readonly [OwnerId, OwnerId]) =>
    (await both(owners)).map((sealer) => sealer.mac('test', 'word'));
  const alone = await Promise.all([maja, other].map((one) => op.vault.mac(one, 'test', 'word')));
  assert.deepEqual(await marks([maja, other]), alone);
  assert.deepEqual(await marks([other, maja]), alone.toReversed());
  const gone = await newStaff();
  await system.db
    .updateTable('vault.owner')
    .set({ fenced_at: system.now })
    .where('owner_id', '=', gone)
    .execute();
  for (const owners of [
    [maja, gone],
    [gone, maja],
  ] as const)
    await assert.rejects(both(owners), (error) => isProblem(error, 'fenced'));
});
