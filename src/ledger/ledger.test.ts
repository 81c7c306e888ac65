import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { KeysTables } from '../database/keys.ts';
import { openKysely } from '../database/pool.ts';
import { newOwnerId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { ledgerOrigin } from '../stores.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { parseVerifierKey, verifyCheckpoint } from './checkpoint.ts';
import { donePayload, openLedger } from './ledger.ts';
import type { Ledger, LedgerProof } from './ledger.ts';
import type { Entry } from './log.ts';
import { leafHash, verifyInclusion } from './merkle.ts';

const fence = (): Entry => ({
  kind: 'fence',
  payload: { owner: newOwnerId(), key_fingerprint: null },
});

function optionsOf(system: TestSystem) {
  return {
    folder: join(system.folder, 'ledger'),
    keys: openKysely<KeysTables>(system.fresh.keys.pool),
    signing: system.keyring.signing,
    origin: ledgerOrigin(true),
  };
}

/** What an outsider does with a proof and the published key. */
function holds(proof: LedgerProof, key: string): boolean {
  const verifier = parseVerifierKey(key);
  const checkpoint = verifier && verifyCheckpoint(proof.checkpoint, verifier.publicKey);
  if (!checkpoint || checkpoint.origin !== verifier.origin) return false;
  return verifyInclusion({
    index: proof.index,
    size: checkpoint.size,
    leaf: leafHash(Buffer.from(proof.entry)),
    proof: proof.inclusion.map((hash) => Buffer.from(hash, 'base64')),
    root: checkpoint.root,
  });
}

const isLedgerProblem = (error: unknown) =>
  isProblem(error, 'store-went-back') &&
  /ledger/i.test(error.detail) &&
  /Restore/.test(error.detail);

test('two processes that append at once leave no gap, and nothing is written over', async () => {
  await using system = await testSystem();
  const writers = [await openLedger(optionsOf(system)), await openLedger(optionsOf(system))];
  const before = system.ledger.log.size;
  const indexes = await Promise.all(
    Array.from({ length: 30 }, (_, n) => (writers[n % 2] as Ledger).append(fence(), system.now)),
  );
  assert.deepEqual(
    indexes.toSorted((one, other) => one - other),
    Array.from({ length: 30 }, (_, n) => before + n),
  );
  const reopened = await openLedger(optionsOf(system));
  await Promise.all(writers.map(({ log }) => log.refresh()));
  assert.equal(reopened.log.size, before + 30);
  for (const { log } of writers) assert.ok(log.tree.root().equals(reopened.log.tree.root()));
});

test('two processes that append the same entry at once write it once', async () => {
  await using system = await testSystem();
  const writers = [await openLedger(optionsOf(system)), await openLedger(optionsOf(system))];
  const entry = fence();
  const indexes = await Promise.all(
    Array.from({ length: 8 }, (_, n) => (writers[n % 2] as Ledger).append(entry, system.now)),
  );
  assert.equal(new Set(indexes).size, 1);
});

test('every entry is proved to whoever has the published key, and to no other key', async () => {
  await using system = await testSystem();
  const { ledger } = system;
  for (let n = 0; n < 9; n += 1) await ledger.append(fence(), system.now);
  for (let index = 0; index < ledger.log.size; index += 1) {
    const proof = await ledger.prove(index);
    assert.ok(holds(proof, ledger.verifierKey));
    assert.ok(!holds({ ...proof, entry: proof.entry.replace('2026', '2025') }, ledger.verifierKey));
  }
  await using other = await testSystem();
  assert.ok(!holds(await ledger.prove(0), other.ledger.verifierKey));
});

test('the ledger states the receipt that it was written for, and no other', async () => {
  await using system = await testSystem();
  const receipt = { erasure: 'x', steps: [1, 2] };
  const payload = donePayload(receipt);
  const index = await system.ledger.append({ kind: 'done', payload }, system.now);
  const fenceIndex = await system.ledger.append(fence(), system.now);
  assert.ok(system.ledger.states(index, { steps: [1, 2], erasure: 'x' }));
  assert.ok(!system.ledger.states(index, { ...receipt, steps: [1] }));
  assert.ok(!system.ledger.states(fenceIndex, receipt));
  assert.ok(!system.ledger.states(index + 9, receipt));
  assert.ok(!system.ledger.states(-1, receipt));
});

test('a ledger with an entry changed or removed does not open', async () => {
  await using system = await testSystem();
  for (let n = 0; n < 4; n += 1) await system.ledger.append(fence(), system.now);
  const file = join(system.folder, 'ledger', 'log');
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n').slice(0, -1);
  for (const wrong of [
    text.replace('12:00:00', '12:00:01'),
    text.replace('"fence"', '"done"'),
    `${lines.slice(0, -1).join('\n')}\n`,
    '',
  ]) {
    writeFileSync(file, wrong);
    await assert.rejects(openLedger(optionsOf(system)), isLedgerProblem);
  }
  writeFileSync(file, text);
  await openLedger(optionsOf(system));
});

test('a checkpoint of another key, or a changed one, does not open', async () => {
  await using system = await testSystem();
  await system.ledger.append(fence(), system.now);
  const { privateKey } = generateKeyPairSync('ed25519');
  const options = optionsOf(system);
  await assert.rejects(openLedger({ ...options, signing: privateKey }), isLedgerProblem);
  const file = join(system.folder, 'ledger', 'checkpoint');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+$/m, '1'));
  await assert.rejects(openLedger(options), isLedgerProblem);
});

test('an entry whose writer died before the checkpoint is signed for by the next one', async () => {
  await using system = await testSystem();
  await system.ledger.log.append(fence(), system.now);
  const next = await openLedger(optionsOf(system));
  const index = await next.append(fence(), system.now);
  for (const each of [index - 1, index]) assert.ok(holds(await next.prove(each), next.verifierKey));
});
