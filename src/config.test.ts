import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { originOf, prepareDataFolder, readConfig, readSecret } from './config.ts';
import { isProblem } from './problem.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

const production = {
  mode: 'production',
  origin: 'https://konto.example.se',
  smtp: { host: 'smtp.example.se', port: 465, secure: true, user: 'varsam', passwordFile: 'smtp' },
  regions: { records: 'SE/sto1', keys: 'SE', ledger: 'FI', backups: 'NO' },
};

function read(file: unknown, environment: Record<string, string> = {}) {
  const name = path.join(folder, 'varsam.json');
  writeFileSync(name, typeof file === 'string' ? file : JSON.stringify(file));
  return readConfig({ VARSAM_CONFIG: name, ...environment }, folder);
}

function refused(pattern: RegExp) {
  return (error: unknown) => isProblem(error, 'bad-input') && pattern.test(error.detail);
}

test('without any configuration it is a sandbox on port 8080 beside the project', () => {
  const config = readConfig({}, folder);
  assert.equal(config.mode, 'sandbox');
  assert.equal(config.dataFolder, path.join(folder, 'data'));
  assert.equal(originOf(config, config.port), 'http://localhost:8080');
});

test('PORT and VARSAM_DATA come from the environment', () => {
  const config = readConfig({ PORT: '9000', VARSAM_DATA: 'elsewhere' }, folder);
  assert.equal(config.port, 9000);
  assert.equal(config.dataFolder, path.join(folder, 'elsewhere'));
  for (const PORT of ['no', '-1', '65536', '80.5', '1e3']) {
    assert.throws(() => readConfig({ PORT }, folder), refused(/PORT must be a number/));
  }
});

test('a production configuration names its origin, mail server and regions', () => {
  const config = read(production);
  assert.equal(config.mode, 'production');
  assert.equal(originOf(config, 8080), 'https://konto.example.se');
  assert.equal(config.smtp?.passwordFile, path.join(folder, 'smtp'));
  assert.deepEqual(config.stores.records, { kind: 'embedded' });
});

test('an unknown key, a plain HTTP origin and a store outside the EU/EEA are refused by name', () => {
  assert.throws(() => read({ ...production, orgin: 'x' }), refused(/orgin/));
  const plain = { ...production, origin: 'http://konto.example.se' };
  assert.throws(() => read(plain), refused(/origin/));
  const regions = { ...production.regions, backups: 'US/us-east-1' };
  assert.throws(() => read({ ...production, regions }), refused(/EEA[^]*regions\.backups/));
  assert.throws(() => read('{'), refused(/is not JSON/));
});

test('who says where visitors are is named strictly, or nobody does', () => {
  assert.equal(read(production).clientAddress, null);
  const clientAddress = { header: 'X-Forwarded-For', hops: 2 };
  assert.deepEqual(read({ ...production, clientAddress }).clientAddress, clientAddress);
  for (const wrong of [
    { header: 'x-forwarded-for' },
    { header: 'x-forwarded-for', hops: 0 },
    { header: 'x-forwarded-for', hops: 6 },
    { header: 'x forwarded', hops: 1 },
    { header: '', hops: 1 },
    { ...clientAddress, trust: true },
  ])
    assert.throws(() => read({ ...production, clientAddress: wrong }), refused(/clientAddress/));
  assert.throws(() => read({ mode: 'sandbox', clientAddress }), refused(/clientAddress/));
});

test('a sandbox folder never serves production, and the other way round', () => {
  const VARSAM_DATA = path.join(folder, 'data');
  prepareDataFolder(readConfig({ VARSAM_DATA }, folder));
  assert.throws(
    () => prepareDataFolder(read(production, { VARSAM_DATA })),
    refused(/belongs to a sandbox/),
  );
  const other = { VARSAM_DATA: path.join(folder, 'real') };
  prepareDataFolder(read(production, other));
  mkdirSync(path.join(folder, 'real', 'secrets'));
  assert.throws(
    () => prepareDataFolder(readConfig(other, folder)),
    refused(/holds production data/),
  );
});

test('the data folder is closed to others', () => {
  const config = readConfig({}, folder);
  prepareDataFolder(config);
  assert.equal(statSync(config.dataFolder).mode & 0o066, 0);
});

test('a secret that others can read is refused with the mend', () => {
  const file = path.join(folder, 'secret');
  writeFileSync(file, 'word\n', { mode: 0o644 });
  assert.throws(() => readSecret(file), refused(/chmod 600/));
  chmodSync(file, 0o600);
  assert.equal(readSecret(file), 'word');
  assert.throws(() => readSecret(path.join(folder, 'none')), refused(/does not exist/));
});

test(
  'as root, a data folder that PostgreSQL cannot reach is refused, and the default goes elsewhere',
  { skip: process.getuid?.() !== 0 && 'only root hands PostgreSQL to somebody else' },
  () => {
    chmodSync(folder, 0o700);
    assert.throws(
      () => readConfig({ VARSAM_DATA: path.join(folder, 'data') }, folder),
      refused(/Set VARSAM_DATA/),
    );
    assert.match(readConfig({}, folder).dataFolder, /^\/var\/lib\/varsam\/[0-9a-f]{8}$/);
  },
);

test('the recovery recipient of the books is nobody who opens an archive of backups', () => {
  const recipients = { records: 'age1aaa', keys: 'age1bbb', keyring: 'age1ccc' };
  const backup = { to: '/backups', recipients };
  assert.equal(read(production).recoveryRecipient, null);
  const named = read({ ...production, backup, books: { recoveryRecipient: 'age1ddd' } });
  assert.equal(named.recoveryRecipient, 'age1ddd');
  for (const recoveryRecipient of Object.values(recipients)) {
    assert.throws(
      () => read({ ...production, backup, books: { recoveryRecipient } }),
      refused(/one of the recipients of backup/),
    );
  }
  assert.throws(() => read({ ...production, books: {} }), refused(/recoveryRecipient/));
  assert.throws(
    () => read({ mode: 'sandbox', books: { recoveryRecipient: 'age1ddd' } }),
    refused(/books/),
  );
});
