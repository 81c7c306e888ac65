// The process is killed (SIGKILL) while one epoch of root keys follows the other, several times in a row.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { KeysTables } from '../src/database/keys.ts';
import { openKysely } from '../src/database/pool.ts';
import { newOwnerId } from '../src/ids.ts';
import type { OwnerId } from '../src/ids.ts';
import { advanceEpochs } from '../src/routines/epochs.ts';
import { crash, restart } from './crashes.ts';
import { testSystem } from './system.ts';
import type { TestSystem } from './system.ts';

const journey = { kind: 'routine', routine: 'epochs' } as const;
const namedPoints = [
  'root key is made',
  'epoch has begun',
  'keys are wrapped anew',
  'old partition is dropped',
  'root key is destroyed',
  'ledger has the destruction',
  'epoch is over',
];
const keysMade = 5;

let system: TestSystem;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

async function newMarks(): Promise<Map<OwnerId, string>> {
  const marks = new Map<OwnerId, string>();
  for (let count = 0; count < keysMade; count += 1) {
    const owner = newOwnerId();
    await system.vault.createKey(system.op('nobody', 'sign-up'), owner);
    marks.set(owner, await markOf(system, owner));
  }
  return marks;
}

async function markOf(at: TestSystem, owner: OwnerId): Promise<string> {
  return Buffer.from(await at.vault.mac(owner, 'test', 'word')).toString('hex');
}

/** One epoch alone, all keys in it and readable, its root the only one, and every destruction in the ledger once. */
async function assertOneEpoch(at: TestSystem, marks: ReadonlyMap<OwnerId, string>): Promise<void> {
  const epochs = await at.vault.epochs.list();
  const newest = epochs.at(-1)?.epoch ?? 0;
  assert.deepEqual(at.keyring.roots.epochs(), [newest]);
  for (const { epoch, destroyedAt } of epochs) assert.equal(destroyedAt === null, epoch === newest);
  const stand = await openKysely<KeysTables>(at.fresh.keys.pool)
    .selectFrom('keys.owner_key')
    .select('epoch')
    .distinct()
    .execute();
  assert.deepEqual(stand, [{ epoch: newest }]);
  for (const [owner, mark] of marks) assert.equal(await markOf(at, owner), mark);
  const { log } = at.ledger;
  await log.refresh();
  const kinds = Array.from({ length: log.size }, (_, index) => log.parsedLine(index).kind);
  assert.equal(kinds.filter((kind) => kind === 'root-destroyed').length, newest - 1);
}

/** Every living key opens at any moment, in a process that just started. */
async function assertReadable(marks: ReadonlyMap<OwnerId, string>): Promise<TestSystem> {
  const restarted = await restart(system);
  for (const [owner, mark] of marks) assert.equal(await markOf(restarted, owner), mark);
  return restarted;
}

test('an epoch that is cut off at any of its durable points is ended by the next turn', async () => {
  for (const [index, point] of namedPoints.entries()) {
    const marks = await newMarks();
    system.now = system.now.add({ hours: 7 * 24 });
    const reached = await crash(system, journey, { points: 'named', dieAt: index + 1 });
    assert.equal(reached.at(-1), point);
    const restarted = await assertReadable(marks);
    await advanceEpochs(restarted.op('routine', 'retention'));
    await assertOneEpoch(restarted, marks);
  }
});

test('killed before any statement or fsync, any number of times in a row, no key is lost and no epoch made twice', async () => {
  const marks = await newMarks();
  system.now = system.now.add({ hours: 7 * 24 });
  const { length } = await crash(system, journey, { points: 'every', dieAt: 0 });
  const deaths = fc.array(fc.integer({ min: 1, max: length }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(deaths, async (points) => {
      system.now = system.now.add({ hours: 7 * 24 });
      for (const dieAt of points) {
        await crash(system, journey, { points: 'every', dieAt });
        await assertReadable(marks);
      }
      const restarted = await restart(system);
      await advanceEpochs(restarted.op('routine', 'retention'));
      await assertOneEpoch(restarted, marks);
    }),
    { numRuns: 8, endOnFailure: true },
  );
});
