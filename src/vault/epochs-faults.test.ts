import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OwnerId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { advanceEpochs } from '../routines/epochs.ts';
import { restart } from '../../test/crashes.ts';
import { testSystem } from '../../test/system.ts';
import { dueEpoch, planWithoutBackups } from './epochs.ts';
import type { WriteFile } from './private-files.ts';
import {
  never,
  rehearsed,
  keysOf,
  rootFile,
  routine,
  later,
  newOwner,
  newOwners,
  mark,
  marks,
  epochsOfKeys,
  epochsWith,
} from './epochs.fixture.ts';

test('a clock that jumps makes no second epoch beside one that is under way, and destroys nothing early', async () => {
  await using system = await testSystem();
  const owner = await newOwner(system);
  const before = await mark(system, owner);
  const start = system.now;
  const epochs = epochsWith(system, rehearsed);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(-365, -7, -1, 0, 1, 7, 365), { minLength: 1, maxLength: 6 }),
      async (jumps) => {
        for (const days of jumps) {
          system.now = start.add({ hours: days * 24 });
          await epochs.advance(routine(system), never);
          const list = await epochs.list();
          assert.ok(list.filter(({ droppedAt }) => droppedAt === null).length === 1);
          assert.ok(list.every(({ destroyedAt }) => destroyedAt === null));
          assert.equal(await mark(system, owner), before);
        }
      },
    ),
    { numRuns: 10 },
  );
});

test('an epoch that a wrong clock dated far ahead does not last until then', () => {
  const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
  const dated = (days: number) => {
    const beganAt = now.add({ hours: days * 24 });
    const newest = { epoch: 4, beganAt, rewrappedAt: null, droppedAt: null, destroyedAt: null };
    return dueEpoch([newest], now, planWithoutBackups);
  };
  assert.deepEqual([-8, -7, -6, 0, 1, 6, 7, 365].map(dated), [5, 5, null, null, null, null, 5, 5]);
});

test('a disk without room for the next root key begins nothing, and the next try does', async () => {
  await using system = await testSystem();
  const owner = await newOwner(system);
  later(system, 7);
  const half: WriteFile = (path, text) => {
    writeFileSync(path, text.slice(0, 20), { mode: 0o600 });
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  const full = epochsWith(system, planWithoutBackups, half);
  await assert.rejects(full.advance(routine(system), never), (error) => {
    assert.ok(isProblem(error, 'keyring') && error.detail.includes('ENOSPC'));
    return true;
  });
  assert.deepEqual(system.keyring.roots.epochs(), [1]);
  assert.equal((await full.list()).length, 1);
  await advanceEpochs(routine(system));
  assert.deepEqual(await epochsOfKeys(system, owner), [2]);
});

test('a next root key that went missing is told by its name, and the old keys open until it is back', async () => {
  await using system = await testSystem();
  const owner = await newOwner(system);
  const before = await mark(system, owner);
  later(system, 7);
  const lose = (point: string) => {
    if (point === 'epoch has begun')
      renameSync(rootFile(system, 2), join(system.folder, 'lost.key'));
  };
  await assert.rejects(advanceEpochs(routine(system), lose), (error) => {
    assert.ok(isProblem(error, 'keyring') && error.detail.includes('000002.key is missing'));
    return true;
  });
  assert.equal(await mark(system, owner), before);
  await assert.rejects(newOwner(system), (error) => isProblem(error, 'keyring'));
  renameSync(join(system.folder, 'lost.key'), rootFile(system, 2));
  await advanceEpochs(routine(system));
  assert.equal(await mark(system, owner), before);
});

test('a key that does not open is told, the others move, and its epoch stays with its root', async () => {
  await using system = await testSystem();
  const [damaged, ...sound] = (await newOwners(system, 5)) as [OwnerId, ...OwnerId[]];
  await keysOf(system)
    .updateTable('keys.owner_key')
    .set({ wrapped: Buffer.alloc(60, 7) })
    .where('owner_id', '=', damaged)
    .execute();
  later(system, 7);
  await assert.rejects(advanceEpochs(routine(system)), (error) => {
    assert.ok(isProblem(error, 'sealed-damaged') && error.detail.startsWith('1 keys of epoch 1'));
    return true;
  });
  for (const owner of sound) assert.deepEqual(await epochsOfKeys(system, owner), [1, 2]);
  assert.ok(existsSync(rootFile(system, 1)));
  await marks(system, sound);
});

test('a destroyed root that a restored keyring brings back is destroyed again', async () => {
  await using system = await testSystem();
  const old = readFileSync(rootFile(system, 1));
  later(system, 7);
  await advanceEpochs(routine(system));
  writeFileSync(rootFile(system, 1), old);
  chmodSync(rootFile(system, 1), 0o600);
  await restart(system);
  assert.equal(await advanceEpochs(routine(system)), 1);
  assert.equal(existsSync(rootFile(system, 1)), false);
});
