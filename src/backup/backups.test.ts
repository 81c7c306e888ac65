import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../config.ts';
import { projectFolder } from '../project.ts';
import { backupSystem } from './backup.fixture.ts';
import type { BackupSystem } from './backup.fixture.ts';
import { lastNight, removeExpired } from './backups.ts';
import { backUpNightly } from './nightly.ts';

function op({ system }: BackupSystem) {
  return system.op({ party: 'routine', routine: 'backup' }, 'security');
}

async function storesOf({ plan }: BackupSystem): Promise<string[]> {
  return (await plan.place.list()).map((name) => name.split('-')[3] ?? '').toSorted();
}

test('archives of keys and keyring are gone after a week, those of records after a month, not a moment before', async () => {
  await using backups = await backupSystem();
  const { system, plan } = backups;
  await backups.back();
  const first = system.now;
  system.now = first.add({ hours: 1 });
  await backups.back();
  const remove = (now: Temporal.Instant) => removeExpired(op(backups), plan, now);
  assert.deepEqual(await remove(first.add({ hours: 7 * 24 })), []);
  const gone = await remove(first.add({ hours: 7 * 24, seconds: 1 }));
  assert.deepEqual(gone.map((name) => name.split('-')[3] ?? '').toSorted(), ['keyring', 'keys']);
  assert.deepEqual(await storesOf(backups), ['keyring', 'keys', 'records', 'records']);
  assert.equal((await remove(first.add({ hours: 30 * 24, seconds: 1 }))).length, 1);
  const rows = await system.db
    .selectFrom('routines.backup')
    .select('store')
    .where('removed_at', 'is', null)
    .execute();
  assert.equal(rows.length, 3);
});

test('the newest archive of each store stays whatever its age, and its row says that it is there', async () => {
  await using backups = await backupSystem();
  await backups.back();
  const later = backups.system.now.add({ hours: 365 * 24 });
  assert.deepEqual(await removeExpired(op(backups), backups.plan, later), []);
  assert.deepEqual(await storesOf(backups), ['keyring', 'keys', 'records']);
});

test('what another installation keeps in the same place is left alone, and what somebody removed is noted', async () => {
  await using backups = await backupSystem();
  await using others = await backupSystem();
  const { place } = backups.plan;
  await others.back({ place });
  const mine = await backups.back();
  await place.remove(mine.records.name);
  const later = backups.system.now.add({ hours: 100 * 24 });
  await removeExpired(op(backups), backups.plan, later);
  assert.equal((await place.list()).length, 5);
  const row = await backups.system.db
    .selectFrom('routines.backup')
    .select('removed_at')
    .where('store', '=', 'records')
    .executeTakeFirstOrThrow();
  assert.ok(row.removed_at?.equals(later));
});

test('a night begins at two in the morning in Sweden, in summer and in winter', () => {
  const at = (text: string) => lastNight(Temporal.Instant.from(text)).toString();
  assert.equal(at('2026-11-22T00:59:59Z'), '2026-11-21T01:00:00Z');
  assert.equal(at('2026-11-22T01:00:00Z'), '2026-11-22T01:00:00Z');
  assert.equal(at('2026-07-01T00:00:00Z'), '2026-07-01T00:00:00Z');
});

test('a backup is made once a night, a missed one is made up for, and none where none is configured', async () => {
  await using backups = await backupSystem();
  const { system, parts } = backups;
  const config = readConfig({ VARSAM_DATA: system.folder }, projectFolder);
  const run = () => backUpNightly(op(backups), { ...parts, config });
  assert.equal(
    await backUpNightly(op(backups), { ...parts, config: { ...config, backup: null } }),
    0,
  );
  assert.equal(await run(), 3);
  assert.equal(await run(), 0);
  system.now = Temporal.Instant.from('2026-11-23T00:59:00Z');
  assert.equal(await run(), 0);
  system.now = Temporal.Instant.from('2026-11-25T09:00:00Z');
  assert.equal(await run(), 3);
  assert.equal(await run(), 0);
});
