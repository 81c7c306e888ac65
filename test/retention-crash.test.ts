// The process is killed (SIGKILL) while it destroys the keys of days that are over and of sign-ups that were cut off.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { newOwnerId, newRowId } from '../src/ids.ts';
import type { OwnerId } from '../src/ids.ts';
import { daysDue, endDays, endOrphans, orphansDue } from '../src/routines/retention.ts';
import { dayOwner } from '../src/vault/day.ts';
import { crash, restart } from './crashes.ts';
import { testSystem } from './system.ts';
import type { TestSystem } from './system.ts';

let system: TestSystem;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

const work = {
  'end-days': {
    make: () => dayOwner(system.op('nobody', 'sign-up')),
    due: daysDue,
    run: endDays,
  },
  'end-orphans': {
    make: async () => {
      const owner = newOwnerId();
      const op = system.op('nobody', 'sign-up');
      const value = `${owner}@example.se`;
      await op.vault.createKey(op, owner, [{ kind: 'account-email', value }]);
      return owner;
    },
    due: orphansDue,
    run: endOrphans,
  },
} as const;

async function fencesOf(at: TestSystem, owner: OwnerId): Promise<number> {
  const fences = await at.vault.fences(at.now.subtract({ hours: 24 }));
  return fences.filter((fence) => fence.owner === owner).length;
}

async function assertGone(at: TestSystem, owner: OwnerId): Promise<void> {
  const { found } = await at.vault.scanKeys({ ids: [owner], strings: [] });
  assert.deepEqual(found, []);
  assert.equal(await fencesOf(at, owner), 1);
  const rows = await at.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .execute();
  assert.deepEqual(rows, []);
}

for (const routine of ['end-days', 'end-orphans'] as const) {
  test(`${routine} that is killed before any statement or fsync is finished after the next start`, async () => {
    const { make, due, run } = work[routine];
    const journey = { kind: 'routine', routine } as const;
    await make();
    system.now = system.now.add({ hours: 96 });
    const { length } = await crash(system, journey, { points: 'every', dieAt: 0 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: length }), async (dieAt) => {
        const owner = await make();
        system.now = system.now.add({ hours: 96 });
        await crash(system, journey, { points: 'every', dieAt });
        const restarted = await restart(system);
        const op = restarted.op('routine', 'retention');
        await run(op);
        assert.deepEqual(await due(op), []);
        await endDays(op);
        await assertGone(restarted, owner);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
}

test('many keys without records look like a lost store: none is touched', async () => {
  const owners = await Promise.all(Array.from({ length: 101 }, () => work['end-orphans'].make()));
  system.now = system.now.add({ hours: 49 });
  await assert.rejects(endOrphans(system.op('routine', 'retention')), { code: 'store-went-back' });
  const { found } = await system.vault.scanKeys({ ids: owners, strings: [] });
  assert.ok(found.includes('keys.owner_key.owner_id: 101'), found.join());
});

/** An operator confirms a restore, and is told of so many keys without records. */
async function confirmRestore(at: TestSystem, orphans: number): Promise<void> {
  await at.db
    .insertInto('system.mending')
    .values({
      mending_id: newRowId(at.now),
      confirmed_at: at.now,
      went_back: ['records'],
      erased_again: 0,
      stops_again: 0,
      orphans,
    })
    .execute();
}

async function makeOrphans(at: TestSystem, count: number): Promise<void> {
  const op = at.op('nobody', 'sign-up');
  for (let made = 0; made < count; made += 1) await op.vault.createKey(op, newOwnerId());
}

const lost = { code: 'store-went-back' };
const sweepOrphans = (at: TestSystem) => endOrphans(at.op('routine', 'retention'));

test('keys that a restore has left without records go when it was confirmed, and for seven days', async () => {
  await using at = await testSystem();
  await makeOrphans(at, 101);
  at.now = at.now.add({ hours: 1 });
  const confirmed = at.now;
  await confirmRestore(at, 1);
  at.now = confirmed.add({ hours: 7 * 24 });
  await assert.rejects(sweepOrphans(at), lost);
  at.now = at.now.subtract({ milliseconds: 1 });
  assert.equal(await sweepOrphans(at), 101);
});

test('keys made after a restore was confirmed are not what was confirmed', async () => {
  await using at = await testSystem();
  await confirmRestore(at, 1000);
  at.now = at.now.add({ milliseconds: 1 });
  await makeOrphans(at, 101);
  at.now = at.now.add({ hours: 49 });
  await assert.rejects(sweepOrphans(at), lost);
});

test('more keys than the operator was told of are a loss of their own', async () => {
  await using at = await testSystem();
  await makeOrphans(at, 103);
  at.now = at.now.add({ hours: 1 });
  await confirmRestore(at, 1);
  await confirmRestore(at, 2);
  at.now = at.now.add({ hours: 49 });
  await assert.rejects(sweepOrphans(at), lost);
});
