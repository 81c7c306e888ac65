import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSituation } from '../availability/situation.ts';
import { readConfig } from '../config.ts';
import { newRowId } from '../ids.ts';
import { projectFolder } from '../project.ts';
import { openWith } from './age.ts';
import { backupSystem } from './backup.fixture.ts';
import type { BackupSystem } from './backup.fixture.ts';
import { removeExpired } from './backups.ts';
import { chooseArchives } from './choose-archives.ts';
import { backUpNightly } from './nightly.ts';
import { planBackup } from './plan.ts';
import { rehearseWhenDue } from './rehearsal-due.ts';

const aDay = { hours: 24 } as const;
const aWeek = { hours: 7 * 24, minutes: 1 } as const;
const aYear = { hours: 365 * 24 } as const;

function op({ system }: BackupSystem) {
  return system.op({ party: 'routine', routine: 'backup' }, 'security');
}

async function nightly(backups: BackupSystem) {
  const { system } = backups;
  const parts = {
    ...backups.parts,
    config: readConfig({ VARSAM_DATA: system.folder }, projectFolder),
  };
  const plan = await planBackup(parts.config);
  return {
    plan,
    parts,
    run: () => backUpNightly(op(backups), parts),
    count: async () => (await plan.place.list()).length,
  };
}

test('a backup dated in the future by a clock that was ahead stops no later one, and costs no other archive', async () => {
  await using backups = await backupSystem();
  const { system } = backups;
  const { run, count, plan } = await nightly(backups);
  const today = system.now;
  assert.equal(await run(), 3);
  system.now = today.add(aYear);
  assert.equal(await run(), 3);
  assert.equal(await count(), 6);
  system.now = today.add(aDay);
  assert.equal(await run(), 3);
  assert.equal(await run(), 0);
  assert.equal(await count(), 9);
  // Past their time, the newest that are not of the future stay.
  const gone = await removeExpired(op(backups), plan, today.add({ hours: 40 * 24 }));
  assert.equal(gone.length, 3);
  assert.equal(await count(), 6);
});

test('when nothing was backed up for days, old archives go one backup later, and not later than that', async () => {
  await using backups = await backupSystem();
  const { system } = backups;
  const { run, count } = await nightly(backups);
  await run();
  const counts: number[] = [];
  for (let week = 0; week < 3; week += 1) {
    system.now = system.now.add(aWeek);
    await run();
    counts.push(await count());
  }
  // Of keys and keyring the first two go at the third backup, and the third at the fourth.
  assert.deepEqual(counts, [6, 5, 6]);
});

test('a rehearsal dated in the future stops no later one, and neither counts as fresh', async () => {
  await using backups = await backupSystem();
  const { system } = backups;
  const { run, parts } = await nightly(backups);
  await run();
  await system.db
    .insertInto('routines.rehearsal')
    .values({
      rehearsal_id: newRowId(system.now),
      ran_at: system.now.add(aYear),
      epoch: 1,
      outcome: 'clean',
      looked_at: 1,
      found: JSON.stringify([]) as never,
      records_taken_at: null,
      keys_taken_at: null,
    })
    .execute();
  const today = system.now;
  system.now = today.add(aYear);
  await run();
  system.now = today.add({ hours: 2 });
  const before = await readSituation(system.db, system.now);
  assert.deepEqual([before.backupAge, before.rehearsalAge], [7200, null]);
  const rehearsal = system.op({ party: 'routine', routine: 'rehearsal' }, 'proof');
  assert.equal(await rehearseWhenDue(rehearsal, parts), 1);
  const after = await readSituation(system.db, system.now);
  assert.equal(after.rehearsalAge, 0);
});

test('a restore passes over what is dated in the future, and says so, unless it is named or there is nothing else', async () => {
  await using backups = await backupSystem();
  const { system, plan } = backups;
  const today = system.now;
  const real = await backups.back();
  system.now = today.add(aYear);
  const ahead = await backups.back();
  const open = openWith(Object.values(backups.identities));
  const said: string[] = [];
  const choose = async (sources: string[], now: Temporal.Instant) => {
    const at = { now, progress: (words: string) => void said.push(words) };
    const { keyring } = await chooseArchives(sources, null, open, at);
    return keyring.name;
  };
  const place = plan.place.words;
  assert.equal(await choose([place], today), real.keyring.name);
  assert.ok(said.some((words) => words.includes(ahead.keyring.name)));
  assert.equal(said.length, 3);
  assert.equal(await choose([`${place}/${ahead.keyring.name}`, place], today), ahead.keyring.name);
  assert.equal(await choose([place], today.add(aYear)), ahead.keyring.name);
  assert.equal(await choose([place], today.subtract(aDay)), ahead.keyring.name);
});
