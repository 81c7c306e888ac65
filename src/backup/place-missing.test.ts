import assert from 'node:assert/strict';
import { existsSync, renameSync } from 'node:fs';
import { test } from 'node:test';
import { readConfig } from '../config.ts';
import { isProblem } from '../problem.ts';
import { projectFolder } from '../project.ts';
import { isRootCopied } from '../routines/epochs.ts';
import { backupSystem } from './backup.fixture.ts';
import type { BackupSystem } from './backup.fixture.ts';
import { backUp } from './nightly.ts';
import { planBackup } from './plan.ts';

const aDay = { hours: 24 } as const;

async function prepare(backups: BackupSystem) {
  const { system } = backups;
  const config = readConfig({ VARSAM_DATA: system.folder }, projectFolder);
  const { place } = await planBackup(config);
  const op = () => system.op({ party: 'routine', routine: 'backup' }, 'security');
  const run = () => backUp(op(), { ...backups.parts, config }, null);
  return { place, run, isCopied: () => isRootCopied(op(), 1) };
}

test('a place that is not mounted for a night is refused, nothing is written beside it, and its copies of a root still count', async () => {
  await using backups = await backupSystem();
  const { system } = backups;
  const { place, run, isCopied } = await prepare(backups);
  await run();
  const drawer = `${place.words}-in-the-drawer`;
  renameSync(place.words, drawer);
  system.now = system.now.add(aDay);
  await assert.rejects(
    run(),
    (error) => isProblem(error, 'unavailable') && error.detail.includes('Mount'),
  );
  assert.equal(existsSync(place.words), false);
  assert.ok(await isCopied());
  renameSync(drawer, place.words);
  assert.equal((await run()).taken.length, 3);
  assert.equal((await place.list()).length, 6);
});

test('an archive that is missing counts as a copy until its time has passed, and then no longer', async () => {
  await using backups = await backupSystem();
  const { system } = backups;
  const { place, run } = await prepare(backups);
  const first = system.now;
  const { taken } = await run();
  const keyring = taken.find(({ store }) => store === 'keyring')?.name ?? '';
  await place.remove(keyring);
  const removedAt = async () => {
    const row = await system.db
      .selectFrom('routines.backup')
      .select('removed_at')
      .where('store', '=', 'keyring')
      .where('taken_at', '=', first)
      .executeTakeFirstOrThrow();
    return row.removed_at;
  };
  for (let night = 1; night <= 7; night += 1) {
    system.now = first.add({ hours: night * 24 });
    await run();
    assert.equal(await removedAt(), null);
  }
  system.now = first.add({ hours: 7 * 24, seconds: 1 });
  await run();
  assert.ok((await removedAt())?.equals(system.now));
});

test('where everything that was expected is past its time, an empty place is begun again', async () => {
  await using backups = await backupSystem();
  const { system } = backups;
  const { place, run } = await prepare(backups);
  const first = system.now;
  await run();
  renameSync(place.words, `${place.words}-lost`);
  system.now = first.add({ hours: 30 * 24 });
  await assert.rejects(run(), (error) => isProblem(error, 'unavailable'));
  system.now = first.add({ hours: 30 * 24, seconds: 1 });
  assert.equal((await run()).taken.length, 3);
});
