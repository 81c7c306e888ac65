import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { isProblem } from '../problem.ts';
import { buildBreachFilter } from './breach-filter-build.ts';
import type { FilterBuild } from './breach-filter-build.ts';
import { askFilter, breachCheck, breachFilterIn, pageSize } from './breach-filter.ts';

let folder: string;
const leaked = Array.from({ length: 20_000 }, (_, n) => `läckt lösenord ${n}`);
const others = Array.from({ length: 6_000 }, (_, n) => `annat lösenord ${n}`);

before(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-filter-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex').toUpperCase();
}

function listOf(name: string, lines: readonly string[], end = '\n'): string {
  const file = path.join(folder, `${name}.txt`);
  writeFileSync(file, lines.map((line) => `${line}${end}`).join(''));
  return file;
}

async function build(name: string, source: string, change: Partial<FilterBuild> = {}) {
  const target = breachFilterIn(path.join(folder, name));
  const progress: string[] = [];
  const header = await buildBreachFilter({
    source,
    lines: 'sha1',
    target,
    rate: 0.01,
    progress: (step, done, total) => progress.push(`${step} ${done}/${total}`),
    ...change,
  });
  return { target, header, progress };
}

async function countFound(target: string, passwords: readonly string[]): Promise<number> {
  let found = 0;
  for (const password of passwords) {
    const answer = await askFilter(target, password);
    assert.ok(answer === 'leaked' || answer === 'not-leaked');
    if (answer === 'leaked') found += 1;
  }
  return found;
}

test('every leaked password is found, and others about as often as was declared', async () => {
  const hashes = leaked.map((password) => `${sha1(password)}:${password.length}`);
  const { target, header, progress } = await build('sorted', listOf('sorted', hashes.toSorted()));
  assert.equal(header.entries, leaked.length);
  assert.equal(await countFound(target, leaked.slice(0, 3_000)), 3_000);
  const wrong = await countFound(target, others);
  assert.ok(wrong > 0 && wrong < others.length * 0.0135, `${wrong} of ${others.length}`);
  assert.equal(statSync(target).mode & 0o777, 0o600);
  assert.equal(statSync(path.dirname(target)).mode & 0o777, 0o700);
  assert.equal(statSync(target).size, (header.pages + 1) * pageSize);
  assert.deepEqual(readdirSync(path.dirname(target)), ['breached.filter']);
  assert.match(progress[0] ?? '', /^counting/);
  assert.match(progress.at(-1) ?? '', /^writing/);
});

test('a list in any order, in parts, with other line ends and in small letters makes the same filter', async () => {
  const hashes = leaked.map((password) => `${sha1(password)}:1`);
  const memoryBytes = 2 * pageSize;
  const sorted = await build('a', listOf('a', hashes.toSorted()), { memoryBytes });
  const mixed = await build(
    'b',
    listOf(
      'b',
      hashes.map((line) => line.toLowerCase()),
      '\r\n',
    ),
    {
      memoryBytes,
    },
  );
  const plain = await build('c', listOf('c', leaked), { lines: 'plain' });
  const [one, other, third] = await Promise.all(
    [sorted, mixed, plain].map(async ({ target }) => {
      const handle = await open(target, 'r');
      const bytes = await handle.readFile();
      await handle.close();
      return bytes;
    }),
  );
  assert.ok(one && other && third);
  assert.ok(one.equals(other));
  assert.ok(one.equals(third));
});

test('a smaller declared rate is kept as well', async () => {
  const { target } = await build('rare', listOf('rare', leaked), { lines: 'plain', rate: 0.0005 });
  assert.ok((await countFound(target, others)) < 12);
  assert.equal(await countFound(target, leaked.slice(0, 500)), 500);
});

test('a password is the same in every Unicode form', async () => {
  const { target } = await build('forms', listOf('forms', ['blåbär med grädde'.normalize('NFD')]), {
    lines: 'plain',
  });
  assert.equal(await askFilter(target, 'blåbär med grädde'.normalize('NFC')), 'leaked');
});

test('a line that is no hash is named by its number, and what was there before stays', async () => {
  const good = await build('kept', listOf('good', leaked), { lines: 'plain' });
  const wrong = listOf('wrong', [`${sha1('a')}:1`, 'hemligt lösenord']);
  await assert.rejects(build('kept', wrong), (error) => {
    assert.ok(isProblem(error, 'bad-input'));
    assert.match(error.detail, /^Line 2 of /);
    assert.ok(!error.detail.includes('hemligt'));
    return true;
  });
  await assert.rejects(build('kept', listOf('empty', [])), (error) =>
    isProblem(error, 'bad-input'),
  );
  await assert.rejects(
    build('kept', listOf('endless', ['x'.repeat(3_000_000)]), { lines: 'plain' }),
  );
  assert.equal(await askFilter(good.target, leaked[0] ?? ''), 'leaked');
  assert.deepEqual(readdirSync(path.dirname(good.target)), ['breached.filter']);
});

test('a filter that is not there refuses nothing; one that is damaged is told and refuses nothing', async () => {
  const absent = path.join(folder, 'absent');
  assert.equal(await askFilter(absent, 'a'), 'no-filter');
  const { target, header } = await build('damaged', listOf('damaged', leaked), { lines: 'plain' });
  let told = 0;
  const isBreached = breachCheck(target, () => (told += 1));
  assert.equal(await isBreached(leaked[0] ?? ''), true);
  const handle = await open(target, 'r+');
  for (let page = 1; page <= header.pages; page += 1) {
    const byte = Buffer.alloc(1);
    await handle.read(byte, 0, 1, page * pageSize + 77);
    byte[0] = (byte[0] ?? 0) ^ 1;
    await handle.write(byte, 0, 1, page * pageSize + 77);
  }
  await handle.close();
  assert.equal(await isBreached(leaked[0] ?? ''), false);
  assert.equal(told, 1);
  truncateSync(target, pageSize * 2);
  assert.equal(await askFilter(target, 'a'), 'damaged');
  writeFileSync(target, 'something else');
  assert.equal(await askFilter(target, 'a'), 'damaged');
});
