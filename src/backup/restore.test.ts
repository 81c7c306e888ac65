import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readConfig } from '../config.ts';
import { clearLeftovers } from '../database/postmaster.ts';
import { openDatabases } from '../database/databases.ts';
import { openInstallation } from '../installation.ts';
import { isProblem } from '../problem.ts';
import { projectFolder } from '../project.ts';
import { backupSystem } from './backup.fixture.ts';
import type { BackupSystem } from './backup.fixture.ts';
import { restore } from './restore.ts';
import type { RestoreOptions } from './restore.ts';

type Target = { readonly folder: string; [Symbol.asyncDispose](): Promise<void> };

/** A data folder that does not exist yet; what still runs in it is stopped at the end. */
function target(): Target {
  const above = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-restore-'));
  chmodSync(above, 0o711);
  const folder = path.join(above, 'data');
  return {
    folder,
    [Symbol.asyncDispose]: async () => {
      for (const store of ['records', 'keys']) {
        if (existsSync(path.join(folder, store))) await clearLeftovers(path.join(folder, store));
      }
      rmSync(above, { recursive: true, force: true });
    },
  };
}

function optionsOf(backups: BackupSystem, { folder }: Target): RestoreOptions {
  return {
    config: readConfig({ VARSAM_DATA: folder }, projectFolder),
    sources: [path.join(backups.folder, 'place')],
    identityFiles: backups.identityFiles,
    now: backups.system.now,
    progress: () => undefined,
    replace: () => Promise.resolve(false),
  };
}

async function used(): Promise<BackupSystem> {
  const backups = await backupSystem();
  await backups.system.placeOrderFor(await backups.system.newCustomer());
  await backups.back();
  return backups;
}

async function countAccounts({ folder }: Target): Promise<number> {
  const config = readConfig({ VARSAM_DATA: folder }, projectFolder);
  const databases = await openDatabases({ config, role: 'command' });
  try {
    const { rows } = await databases.records.pool.query('select from accounts.account');
    return rows.length;
  } finally {
    await databases.stop();
  }
}

/** Starts as a server would. */
async function startAs({ folder }: Target, now: Temporal.Instant): Promise<void> {
  const config = readConfig({ VARSAM_DATA: folder }, projectFolder);
  const installation = await openInstallation({ config, role: 'server', now });
  await installation.close();
}

test('an installation is put back whole, does not serve unconfirmed, and is replaced only when that is wanted', async () => {
  await using backups = await used();
  await using at = target();
  const restored = await restore(optionsOf(backups, at));
  assert.ok(restored.rows > 10);
  assert.equal(await countAccounts(at), 1);
  for (const folder of ['keyring/long-lived', 'keyring/epochs']) {
    const there = readdirSync(path.join(at.folder, folder)).toSorted();
    assert.deepEqual(there, readdirSync(path.join(backups.system.folder, folder)).toSorted());
  }
  await assert.rejects(startAs(at, backups.system.now), (error) =>
    isProblem(error, 'store-went-back'),
  );
  await assert.rejects(
    restore(optionsOf(backups, at)),
    (error) => isProblem(error, 'conflict') && error.detail.includes('is not empty'),
  );
  const wanted = { ...optionsOf(backups, at), replace: () => Promise.resolve(true) };
  const { movedTo } = await restore(wanted);
  assert.ok(movedTo && existsSync(path.join(movedTo, 'records')));
  // Damage is found before what is in use is touched.
  const place = path.join(backups.folder, 'place');
  const records = readdirSync(place).find((name) => name.includes('-records-'));
  rmSync(path.join(place, records ?? '', 'part-000001.age'));
  await assert.rejects(restore(wanted), (error) => isProblem(error, 'not-found'));
  assert.equal(await countAccounts(at), 1);
});

/** Runs the command in a process of its own and kills it when it says something. */
async function killedAt(backups: BackupSystem, { folder }: Target, words: RegExp): Promise<string> {
  const args = ['restore', '--from', path.join(backups.folder, 'place')];
  const identities = backups.identityFiles.flatMap((file) => ['--identity', file]);
  const child = spawn(
    process.execPath,
    [path.join(projectFolder, 'dist/src/cli/main.js'), ...args, ...identities],
    { env: { ...process.env, VARSAM_DATA: folder }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (words.test(said)) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.once('close', resolve));
  return said;
}

test('a restore that is killed serves nothing, and is completed when it is run again', async () => {
  await using backups = await used();
  await using at = target();
  // The records are there already, and the keys are not.
  const said = await killedAt(backups, at, /keys\.owner:/);
  assert.match(said, /history\.item/);
  assert.ok(existsSync(path.join(at.folder, 'restoring.json')));
  await assert.rejects(
    startAs(at, backups.system.now),
    (error) => isProblem(error, 'unavailable') && error.detail.includes('was cut off'),
  );
  await restore(optionsOf(backups, at));
  assert.equal(await countAccounts(at), 1);
  assert.ok(!existsSync(path.join(at.folder, 'restoring.json')));
});
