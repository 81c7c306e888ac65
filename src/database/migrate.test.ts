import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, beforeEach, test } from 'node:test';
import { testClusters } from '../../test/stores.ts';
import { isProblem } from '../problem.ts';
import { ensureDatabase, migrate } from './migrate.ts';
import { openClient, type Connection } from './pool.ts';
import { administrator } from './throw-away.ts';

const made: string[] = [];
let folder = '';
let connection: Connection;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-'));
  connection = administrator(testClusters().records, `migrate_${process.pid}_${made.length}`);
  made.push(connection.database);
  await ensureDatabase(connection);
});

afterEach(() => rmSync(folder, { recursive: true }));

after(async () => {
  const client = await openClient({ ...connection, database: 'postgres' });
  for (const name of made) await client.query(`drop database if exists ${name} with (force)`);
  await client.end();
});

function put(name: string, sql: string): void {
  writeFileSync(path.join(folder, name), sql);
}

function run(): Promise<string[]> {
  return migrate({ connection, folder, applicationPassword: null });
}

async function count(sql: string): Promise<number> {
  const client = await openClient(connection);
  try {
    return Number((await client.query<{ count: number }>(sql)).rows[0]?.count);
  } finally {
    await client.end();
  }
}

test('migrations are applied once, in their order', async () => {
  put('0001-first.sql', 'create table a (b integer);');
  put('0002-second.sql', 'alter table a add c integer;');
  assert.deepEqual(await run(), ['0001-first.sql', '0002-second.sql']);
  assert.deepEqual(await run(), []);
  put('0003-third.sql', 'alter table a drop c;');
  assert.deepEqual(await run(), ['0003-third.sql']);
});

test('twelve starters at once apply each migration exactly once', async () => {
  put('0001-first.sql', 'create table a (b integer); insert into a values (1);');
  put('0002-second.sql', 'insert into a values (2);');
  const applied = await Promise.all(Array.from({ length: 12 }, run));
  assert.deepEqual(applied.flat().sort(), ['0001-first.sql', '0002-second.sql']);
  assert.equal(await count('select count(*) from a'), 2);
});

test('a migration that fails leaves nothing behind and can be mended', async () => {
  put('0001-first.sql', 'create table a (b integer);\nselect nonsense;');
  await assert.rejects(
    run(),
    (error) => isProblem(error, 'unavailable') && error.detail.startsWith('0001-first.sql'),
  );
  assert.equal(await count('select count(*) from system.migration'), 0);
  put('0001-first.sql', 'create table a (b integer);');
  assert.deepEqual(await run(), ['0001-first.sql']);
});

test('a migration that was changed after it was applied is refused', async () => {
  put('0001-first.sql', 'create table a (b integer);');
  await run();
  put('0001-first.sql', 'create table a (b text);');
  await assert.rejects(run(), /0001-first.sql differs/);
});

test('a database of a newer version is refused', async () => {
  put('0001-first.sql', 'create table a (b integer);');
  put('0002-second.sql', 'create table c (d integer);');
  await run();
  rmSync(path.join(folder, '0002-second.sql'));
  await assert.rejects(run(), /0002-second.sql, which this version of Varsam does not know/);
});

test('a gap in the numbers, a strange name and an own transaction are refused before anything runs', async () => {
  put('0002-second.sql', 'select 1;');
  await assert.rejects(run(), /should have the number 1/);
  rmSync(path.join(folder, '0002-second.sql'));
  put('first.sql', 'select 1;');
  await assert.rejects(run(), /is not named like/);
  rmSync(path.join(folder, 'first.sql'));
  put('0001-first.sql', 'begin;\nselect 1;\ncommit;');
  await assert.rejects(run(), /begins or ends a transaction/);
});
