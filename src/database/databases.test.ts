import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { prepareDataFolder, readConfig, type Config } from '../config.ts';
import { isProblem } from '../problem.ts';
import { findRunning } from './cluster.ts';
import { holderOf } from './server-lock.ts';
import { openDatabases } from './databases.ts';

let folder = '';
let config: Config;

before(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-'));
  chmodSync(folder, 0o711);
  config = readConfig({ VARSAM_DATA: path.join(folder, 'data') }, folder);
  prepareDataFolder(config);
});
after(() => rmSync(folder, { recursive: true }));

test('a server has both stores for itself, and a command joins it', async () => {
  const server = await openDatabases({ config, role: 'server' });
  await assert.rejects(openDatabases({ config, role: 'server' }), (error) =>
    isProblem(error, 'conflict'),
  );
  const command = await openDatabases({ config, role: 'command' });
  assert.equal(command.lock, null);
  for (const { pool } of [command.records, command.keys]) {
    const { rows } = await pool.query('select current_user as role, count(*) from system.store');
    assert.deepEqual(rows, [{ role: 'varsam', count: 0 }]);
  }
  await command.stop();
  assert.notEqual(findRunning(config.dataFolder, 'records'), null);
  await server.stop();
  assert.equal(findRunning(config.dataFolder, 'records'), null);
});

test('without a server a command starts the stores and ends them', async () => {
  const command = await openDatabases({ config, role: 'command' });
  assert.equal(holderOf(config.dataFolder)?.role, 'command');
  await assert.rejects(openDatabases({ config, role: 'command' }), (error) =>
    isProblem(error, 'conflict'),
  );
  await command.stop();
  assert.equal(holderOf(config.dataFolder), null);
});

test('records and keys are clusters of their own', async () => {
  const stores = await openDatabases({ config, role: 'command' });
  const identify = 'select system_identifier::text as identifier from pg_control_system()';
  const [records, keys] = await Promise.all([
    stores.records.pool.query(identify),
    stores.keys.pool.query(identify),
  ]);
  assert.notDeepEqual(records.rows, keys.rows);
  await stores.stop();
});
