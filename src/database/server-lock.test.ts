import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { isProblem } from '../problem.ts';
import { startOf } from './processes.ts';
import { holdDataFolder, holderOf } from './server-lock.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function leaveLock(pid: number, startedAs: string): void {
  const holder = { role: 'server', pid, startedAs, port: 8080 };
  writeFileSync(path.join(folder, 'server.json'), JSON.stringify(holder));
}

test('one server per data folder: the second is told who has it', () => {
  const lock = holdDataFolder(folder, 'server');
  lock.announce(8123);
  assert.equal(holderOf(folder)?.port, 8123);
  assert.throws(
    () => holdDataFolder(folder, 'command'),
    (error) => isProblem(error, 'conflict') && /at http:\/\/localhost:8123/.test(error.detail),
  );
  lock.release();
  assert.equal(holderOf(folder), null);
  holdDataFolder(folder, 'command').release();
});

test('a lock of a server that was killed is taken over', () => {
  const ended = spawnSync('true');
  leaveLock(ended.pid, '1');
  assert.equal(holderOf(folder), null);
  holdDataFolder(folder, 'server').release();
});

test('a lock whose number another process has by now is taken over', () => {
  const other = spawn('sleep', ['60'], { stdio: 'ignore' });
  leaveLock(other.pid!, `not ${startOf(other.pid!)}`);
  assert.equal(holderOf(folder), null);
  holdDataFolder(folder, 'server').release();
  other.kill();
});

test('a damaged lock is taken over', () => {
  writeFileSync(path.join(folder, 'server.json'), '{"role":');
  holdDataFolder(folder, 'server').release();
});

test('of many starters at once exactly one gets the folder, even past a stale lock', async () => {
  leaveLock(spawnSync('true').pid, '1');
  const module = JSON.stringify(path.join(import.meta.dirname, 'server-lock.js'));
  const script = `
    import { holdDataFolder } from ${module};
    try { holdDataFolder(${JSON.stringify(folder)}, 'server'); console.log('held'); } catch { console.log('refused'); }
    setTimeout(() => {}, 1000);`;
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => firstLine(script)));
  assert.equal(outcomes.filter((line) => line === 'held').length, 1);
});

async function firstLine(script: string): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await child.stdout.take(1).toArray()) as [Buffer];
  return line.toString().trim();
}
