import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { openLedger } from '../ledger/ledger.ts';
import { openKysely } from '../database/pool.ts';
import type { KeysTables } from '../database/keys.ts';
import { isProblem } from '../problem.ts';
import { ledgerOrigin } from '../stores.ts';
import { testSystem } from '../../test/system.ts';
import { installationFiles, writeInstallationFile } from './installation-files.ts';

async function copyTo(folder: string, from: string): Promise<string[]> {
  const names: string[] = [];
  for await (const file of installationFiles(from)) {
    names.push(file.name);
    await writeInstallationFile(folder, file);
  }
  return names;
}

test('keyring and ledger come back as they were, without what is only half written', async () => {
  await using system = await testSystem();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-'));
  try {
    const log = readFileSync(path.join(system.folder, 'ledger', 'log'), 'utf8');
    appendFileSync(path.join(system.folder, 'ledger', 'log'), '{"at":"2026-11-22T12');
    writeFileSync(path.join(system.folder, 'keyring', 'long-lived', 'tokens-next.key.new'), 'half');
    const names = await copyTo(folder, system.folder);
    assert.ok(names.includes('keyring/long-lived/ledger-signing.pem'));
    assert.ok(names.includes('keyring/epochs/000001.key'));
    assert.ok(!names.some((name) => name.includes('password') || name.endsWith('.new')));
    assert.equal(readFileSync(path.join(folder, 'ledger', 'log'), 'utf8'), log);
    const ledger = await openLedger({
      folder: path.join(folder, 'ledger'),
      keys: openKysely<KeysTables>(system.fresh.keys.pool),
      signing: system.keyring.signing,
      origin: ledgerOrigin(true),
    });
    assert.equal(ledger.log.size, system.ledger.log.size);
    for (let index = 0; index < ledger.log.size; index += 1) {
      assert.deepEqual(await ledger.log.payload(index), await system.ledger.log.payload(index));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('an archive cannot write anywhere else', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-'));
  try {
    const bytes = Buffer.from('x');
    for (const name of [
      '../outside',
      'records/PG_VERSION',
      'keyring/epochs/../../../x',
      '/etc/x',
    ]) {
      await assert.rejects(writeInstallationFile(folder, { name, bytes }), (error) =>
        isProblem(error, 'unavailable'),
      );
    }
    const group = 'ledger/payloads/000000.jsonl';
    const outside = Buffer.from(`${JSON.stringify(['../../../x.json', 'x'])}\n`);
    await assert.rejects(writeInstallationFile(folder, { name: group, bytes: outside }), (error) =>
      isProblem(error, 'unavailable'),
    );
    assert.deepEqual(readdirSync(folder), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
