import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { isProblem } from '../problem.ts';
import { canonical, LedgerLog, sha256 } from './log.ts';
import type { Entry } from './log.ts';

const at = Temporal.Instant.from('2026-11-22T12:00:00Z');
let folder: string;
let file: string;
const payloadOf = (index: number) => join(folder, 'payloads', '000000', `00000000${index}.json`);
const done = (text: string): Entry => ({
  kind: 'done',
  payload: { receipt_sha256: sha256(text) },
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'varsam-test-'));
  file = join(folder, 'log');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function logOf(...texts: string[]): Promise<LedgerLog> {
  const log = await LedgerLog.open(folder);
  for (const text of texts) await log.append(done(text), at);
  return log;
}

const isWentBack = (error: unknown) =>
  isProblem(error, 'store-went-back') && /ledger/i.test(error.detail);

test('entries get consecutive numbers, and stand in the file as canonical lines', async () => {
  const log = await logOf('one', 'two');
  const lines = readFileSync(file, 'utf8').split('\n');
  assert.deepEqual(lines, [log.line(0), log.line(1), '']);
  assert.deepEqual(log.parsedLine(1), {
    at: '2026-11-22T12:00:00Z',
    index: 1,
    kind: 'done',
    payload_sha256: sha256(canonical(done('two').payload)),
  });
  assert.deepEqual(await log.payload(1), done('two').payload);
});

test('only the user who runs Varsam can read the ledger', async () => {
  await logOf('one');
  for (const path of [file, payloadOf(0)]) assert.equal(statSync(path).mode & 0o077, 0, path);
});

test('the same entry twice stands once, also after a restart', async () => {
  const log = await logOf('one', 'two');
  assert.equal(await log.append(done('one'), at.add({ hours: 1 })), 0);
  const again = await LedgerLog.open(folder);
  assert.equal(await again.append(done('two'), at.add({ hours: 2 })), 1);
  assert.equal(again.size, 2);
  assert.equal(readFileSync(file, 'utf8').split('\n').length, 3);
});

test('after a crash in the middle of a line the torn tail is cut and the log goes on', async () => {
  const whole = await logOf('one', 'two', 'three');
  const bytes = readFileSync(file);
  const lastLine = Buffer.byteLength(whole.line(2)) + 1;
  for (const torn of [1, 2, 10, lastLine - 1]) {
    writeFileSync(file, bytes.subarray(0, bytes.length - torn));
    const log = await LedgerLog.open(folder);
    assert.equal(log.size, 2, `${torn} bytes torn`);
    assert.equal(await log.append(done('four'), at), 2);
    const again = await LedgerLog.open(folder);
    assert.deepEqual([again.size, again.line(1), again.line(2)], [3, whole.line(1), log.line(2)]);
    assert.ok(again.tree.root().equals(log.tree.root()));
  }
});

test('a payload that was changed is refused, and one that was pruned is told as such', async () => {
  const log = await logOf('one', 'two');
  writeFileSync(payloadOf(0), canonical(done('other').payload));
  await assert.rejects(log.payload(0), isWentBack);
  rmSync(payloadOf(1));
  assert.equal(await log.payload(1), null);
});

test('a line that was removed, doubled, swapped or damaged is refused with words for it', async () => {
  const log = await logOf('one', 'two', 'three');
  const [one, two, three] = [log.line(0), log.line(1), log.line(2)];
  for (const lines of [
    [two, three],
    [one, three],
    [one, one, two],
    [two, one],
    [one, two.slice(5), three],
    [one, 'null', three],
    [one, '', two],
    ['\0\0\0'],
  ]) {
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
    await assert.rejects(LedgerLog.open(folder), isWentBack, lines.join(' | '));
  }
});

test('what another process appends is read on, and a reader never takes half a line', async () => {
  const writer = await logOf('one');
  const reader = await LedgerLog.open(folder);
  await writer.append(done('two'), at);
  await Promise.all([reader.refresh(), reader.refresh(), reader.refresh()]);
  assert.equal(reader.size, 2);
  appendFileSync(file, '{"at":"20');
  await reader.refresh();
  assert.equal(reader.size, 2);
});

test('a disk that fails for a moment does not close the ledger for good', async () => {
  const log = await logOf('one');
  renameSync(file, `${file}.aside`);
  mkdirSync(file);
  // An empty folder has no size in memory, and would read as if nothing were new.
  for (let one = 0; one < 100; one += 1) writeFileSync(join(file, String(one)), '');
  await assert.rejects(log.refresh());
  rmSync(file, { recursive: true });
  renameSync(`${file}.aside`, file);
  assert.equal(await log.append(done('two'), at), 1);
});
