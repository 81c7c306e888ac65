import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { isProblem } from '../problem.ts';
import { findRunning, startCluster, type Cluster, type ClusterChange } from './cluster.ts';
import { isConnectionLoss, openClient, openPool } from './pool.ts';
import { isRunning, pause, processesIn } from './processes.ts';
import { administrator } from './throw-away.ts';

let folder = '';
let cluster: Cluster;
const changes: ClusterChange[] = [];

before(async () => {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'varsam-test-')));
  chmodSync(folder, 0o711);
  cluster = await start();
});

after(async () => {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

function start(): Promise<Cluster> {
  return startCluster({ folder, name: 'records', onChange: (change) => changes.push(change) });
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = await openClient(administrator(cluster, 'postgres'));
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('what was committed survives a restart, and stopping leaves no process behind', async () => {
  await query('create table kept (number integer); insert into kept values (7)');
  assert.equal(findRunning(folder, 'records'), cluster.port);
  const { pid } = cluster;
  await cluster.stop();
  assert.equal(isRunning(pid), false);
  assert.deepEqual(processesIn(path.join(folder, 'records')), []);
  assert.equal(findRunning(folder, 'records'), null);
  cluster = await start();
  assert.equal(cluster.leftovers, 'nothing');
  assert.deepEqual(await query('select number from kept'), [{ number: 7 }]);
});

test('the data is durable, checked for damage and sorted the same everywhere', async () => {
  const [settings] = await query(`
    select current_setting('fsync') as fsync, current_setting('data_checksums') as checksums,
      current_setting('server_encoding') as encoding, datlocprovider as provider, datlocale as locale
    from pg_database where datname = 'template1'`);
  assert.deepEqual(settings, {
    fsync: 'on',
    checksums: 'on',
    encoding: 'UTF8',
    provider: 'b',
    locale: 'C.UTF-8',
  });
});

test('a wrong password is refused', async () => {
  const wrong = { ...administrator(cluster, 'postgres'), password: 'wrong' };
  await assert.rejects(openClient(wrong), /password authentication failed/);
});

test('PostgreSQL that is killed in mid-request comes back on the same port with what was committed', async () => {
  changes.length = 0;
  const pool = openPool(administrator(cluster, 'postgres'));
  // Several idle connections, so that the next request may get one that is dead and does not know it.
  await Promise.all([1, 2, 3].map(() => pool.query('select pg_sleep(0.1)')));
  await pool.query('insert into kept values (8)');
  const { port, pid } = cluster;
  const request = pool.query('select pg_sleep(30)').catch((error: unknown) => error);
  await pause(100);
  process.kill(pid, 'SIGKILL');
  assert.equal(isConnectionLoss(await request), true);
  const { rows } = await pool.query('select number from kept order by number');
  assert.deepEqual(rows, [{ number: 7 }, { number: 8 }]);
  // The answer may have come from a backend that had not noticed yet.
  while (!changes.includes('restarted')) await pause(50);
  assert.equal(cluster.port, port);
  assert.notEqual(cluster.pid, pid);
  assert.deepEqual(changes, ['ended', 'restarted']);
  await pool.end();
});

test('values of statements that fail are not in the log', async () => {
  const value = 'astrid@example.se';
  await assert.rejects(query(`select '${value}'::uuid`), /invalid input syntax/);
  await query('create table single (name text primary key)');
  await query(`insert into single values ('${value}')`);
  await assert.rejects(query(`insert into single values ('${value}')`), /duplicate key/);
  const file = path.join(folder, 'log', 'postgres-records.log');
  assert.equal(readFileSync(file, 'utf8').includes(value), false);
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('a cluster whose making was interrupted is made anew', async () => {
  const other = mkdtempSync(path.join(folder, 'other-'));
  chmodSync(other, 0o711);
  mkdirSync(path.join(other, 'records.unfinished', 'base'), { recursive: true });
  writeFileSync(path.join(other, 'records.unfinished', 'PG_VERSION'), '18\n');
  const made = await startCluster({ folder: other, name: 'records' });
  await made.stop();
  assert.equal(existsSync(path.join(other, 'records.unfinished')), false);
  assert.equal(existsSync(path.join(other, 'records', 'PG_VERSION')), true);
});

test('a cluster that was once whole is never made anew, even when it is damaged', async () => {
  const other = mkdtempSync(path.join(folder, 'damaged-'));
  chmodSync(other, 0o711);
  await (await startCluster({ folder: other, name: 'records' })).stop();
  rmSync(path.join(other, 'records', 'PG_VERSION'));
  await assert.rejects(startCluster({ folder: other, name: 'records' }), (error) =>
    isProblem(error, 'unavailable'),
  );
  assert.equal(existsSync(path.join(other, 'records', 'base')), true);
});

test('a postmaster that a killed server left behind is stopped and its work recovered', async () => {
  const other = mkdtempSync(path.join(folder, 'killed-'));
  chmodSync(other, 0o711);
  const server = await startInOtherProcess(other);
  process.kill(server.pid, 'SIGKILL');
  assert.equal(findRunning(other, 'records'), server.port);
  const again = await startCluster({ folder: other, name: 'records' });
  assert.equal(again.leftovers, 'found');
  assert.equal(isRunning(server.postmaster), false);
  await again.stop();
});

test('after everything was killed at once the next start recovers by itself', async () => {
  const other = mkdtempSync(path.join(folder, 'power-'));
  chmodSync(other, 0o711);
  const server = await startInOtherProcess(other);
  for (const pid of [server.pid, ...processesIn(path.join(other, 'records'))]) {
    process.kill(pid, 'SIGKILL');
  }
  const again = await startCluster({ folder: other, name: 'records' });
  assert.equal(again.leftovers, 'found');
  await again.stop();
});

test('a process of somebody else that has the number in the pid file is left alone', async () => {
  const other = mkdtempSync(path.join(folder, 'stranger-'));
  chmodSync(other, 0o711);
  await (await startCluster({ folder: other, name: 'records' })).stop();
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
  const pidFile = path.join(other, 'records', 'postmaster.pid');
  writeFileSync(pidFile, `${stranger.pid}\n${other}/records\n1\n1\n\n127.0.0.1\n\nready\n`);
  assert.equal(findRunning(other, 'records'), null);
  const again = await startCluster({ folder: other, name: 'records' });
  assert.equal(stranger.exitCode, null);
  stranger.kill();
  await again.stop();
});

test('a request is served while PostgreSQL recovers from the death of one of its processes', async () => {
  const pool = openPool(administrator(cluster, 'postgres'));
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const lost = pool.query('select pg_sleep(30)').catch((error: unknown) => error);
  process.kill(rows[0]!.pid, 'SIGKILL');
  assert.equal(isConnectionLoss(await lost), true);
  // The postmaster hears of the death a moment after the client does, and then ends all connections.
  await pause(300);
  assert.equal((await pool.query('select 1')).rowCount, 1);
  await pool.end();
});

/** A server that can be killed without killing the test. */
async function startInOtherProcess(data: string) {
  const script = `
    import { startCluster } from ${JSON.stringify(path.join(import.meta.dirname, 'cluster.js'))};
    const { port, pid } = await startCluster({ folder: ${JSON.stringify(data)}, name: 'records' });
    console.log(JSON.stringify({ port, postmaster: pid }));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await child.stdout.take(1).toArray()) as [Buffer];
  const told = JSON.parse(line.toString()) as { port: number; postmaster: number };
  return { pid: child.pid ?? 0, ...told };
}
