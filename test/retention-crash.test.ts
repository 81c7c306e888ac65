// The process is killed (SIGKILL) while it destroys the keys of days that are over and of sign-ups that were cut off.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { newOwnerId } from '../src/ids.ts';
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
