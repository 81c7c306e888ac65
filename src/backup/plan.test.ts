import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { isProblem } from '../problem.ts';
import { newIdentity, openWith, readIdentities, sealFor } from './age.ts';
import { openFolder } from './place-folder.ts';
import { identityFilesOf, planBackup } from './plan.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-'));
  chmodSync(folder, 0o711);
});
afterEach(() => rmSync(folder, { recursive: true }));

function sandbox(): Config {
  return readConfig({ VARSAM_DATA: path.join(folder, 'data') }, folder);
}

function says(pattern: RegExp) {
  return (error: unknown) => isProblem(error, 'bad-input') && pattern.test(error.detail);
}

test('a sandbox makes three identities once, readable by nobody else, that open what is sealed', async () => {
  const config = sandbox();
  const first = await planBackup(config);
  assert.equal(new Set(Object.values(first.recipients)).size, 3);
  assert.deepEqual((await planBackup(config)).recipients, first.recipients);
  const files = identityFilesOf(config);
  for (const file of files) assert.equal(statSync(file).mode & 0o077, 0);
  const open = openWith(readIdentities(files));
  const sealed = await sealFor(first.recipients.keys)(Buffer.from('words'));
  assert.equal(Buffer.from((await open(sealed)) ?? []).toString(), 'words');
  assert.equal(first.place.words, path.join(folder, 'data', 'backups'));
});

test('a sandbox whose identity is cut short says so, instead of sealing what nobody can open', async () => {
  const config = sandbox();
  await planBackup(config);
  const [file = ''] = identityFilesOf(config);
  const [publicKey = ''] = readFileSync(file, 'utf8').split('\n');
  for (const text of [publicKey, 'AGE-SECRET-KEY-1']) {
    writeFileSync(file, `${text}\n`);
    await assert.rejects(planBackup(config), says(/is not an identity/));
  }
});

test('two archives for one recipient, and a recipient that is none, are refused before anything is read', async () => {
  const config = sandbox();
  const { backup } = config;
  assert.ok(backup);
  const [one, two] = [await newIdentity(), await newIdentity()];
  const planFor = (records: string, keys: string, keyring: string) =>
    planBackup({ ...config, backup: { ...backup, recipients: { records, keys, keyring } } });
  await assert.rejects(
    planFor(one.recipient, two.recipient, one.recipient),
    says(/Two archives have the same recipient/),
  );
  await assert.rejects(
    planFor(one.recipient, two.recipient, 'age1oops'),
    says(/not an age recipient/),
  );
  await assert.rejects(planBackup({ ...config, backup: null }), says(/has no part "backup"/));
});

test('a file without an identity, or one that others can read, is refused by name', async () => {
  const file = path.join(folder, 'identity.txt');
  writeFileSync(file, 'nothing of the kind\n', { mode: 0o600 });
  assert.throws(() => readIdentities([file]), says(/identity\.txt holds no age identity/));
  const open = path.join(folder, 'open.txt');
  writeFileSync(open, `${(await newIdentity()).identity}\n`, { mode: 0o644 });
  assert.throws(() => readIdentities([open]), says(/can be read by others/));
});

test('a bucket needs keys, and a place has to be one', async () => {
  const config = sandbox();
  await assert.rejects(planBackup(config, 's3://kopior/natt'), says(/no way into S3/));
  await assert.rejects(planBackup(config, 's3:///natt'), says(/is not s3:\/\/bucket\/prefix/));
});

test('a full disk is told with its folder', { skip: process.platform !== 'linux' }, async () => {
  const draft = await openFolder(folder).begin('archive');
  symlinkSync('/dev/full', path.join(folder, 'archive.unfinished', 'part-000001.age'));
  await assert.rejects(
    draft.write('part-000001.age', Buffer.alloc(1000)),
    (error) => isProblem(error, 'unavailable') && error.detail.startsWith(`${folder} is full`),
  );
});
