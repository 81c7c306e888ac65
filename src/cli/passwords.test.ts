import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { askFilter, breachFilterIn } from '../accounts/breach-filter.ts';
import { runCommandLine } from './main.ts';
import type { Terminal } from './terminal.ts';

let dataFolder: string;

before(() => {
  dataFolder = mkdtempSync(path.join(os.tmpdir(), 'varsam-passwords-'));
  mkdirSync(path.join(dataFolder, 'secrets'));
  writeFileSync(path.join(dataFolder, 'list'), 'korrekt häst batteri\nen läckt lösenfras\n');
});
after(() => rmSync(dataFolder, { recursive: true, force: true }));

async function run(...args: string[]) {
  const out: string[] = [];
  const notes: string[] = [];
  const terminal: Terminal = {
    out: (line) => out.push(line),
    note: (line) => notes.push(line),
    environment: { VARSAM_DATA: dataFolder },
    now: () => Temporal.Now.instant(),
    resolve: (file) => path.resolve(dataFolder, file),
  };
  const code = await runCommandLine(['passwords', 'filter', ...args], terminal);
  return { code, out: out.join('\n'), notes: notes.join('\n') };
}

test('a list becomes a filter where the server looks for it, with progress on stderr', async () => {
  const { code, out, notes } = await run('list', '--plain', '--rate', '0.0001');
  assert.equal(code, 0);
  assert.match(out, /^2 passwords in 8192 bytes/);
  assert.match(out, /One in 10000 other passwords/);
  assert.match(notes, /Writing the filter: 100 %/);
  const file = breachFilterIn(dataFolder);
  assert.equal(await askFilter(file, 'en läckt lösenfras'), 'leaked');
  assert.equal(await askFilter(file, 'en helt annan lösenfras'), 'not-leaked');
});

test('what is not understood is told with the usage, and nothing of the list', async () => {
  for (const args of [
    [],
    ['nowhere'],
    ['list', '--rate', '2'],
    ['list', '--rate'],
    ['list', '--fast'],
  ])
    assert.equal((await run(...args)).code, 2, args.join(' '));
  const { code, notes } = await run('list');
  assert.equal(code, 1);
  assert.match(notes, /Line 1 of .* add --plain/);
  assert.ok(!notes.includes('korrekt'));
});
