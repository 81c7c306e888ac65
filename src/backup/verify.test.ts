import assert from 'node:assert/strict';
import {
  cpSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { isProblem } from '../problem.ts';
import { newIdentity, openWith } from './age.ts';
import type { Open } from './age.ts';
import { readPart } from './archive-reader.ts';
import { backupSystem } from './backup.fixture.ts';
import type { BackupSystem } from './backup.fixture.ts';
import { chooseArchives } from './choose-archives.ts';
import { manifestFile } from './archive-files.ts';
import { assertFitTogether, verifyArchives } from './verify.ts';

const at = { now: Temporal.Instant.from('2027-01-01T00:00:00Z'), progress: () => undefined };

type Prepared = { readonly place: string; readonly state: string; readonly open: Open };

async function prepare(backups: BackupSystem): Promise<Prepared> {
  await backups.system.placeOrderFor(await backups.system.newCustomer());
  await backups.back();
  const open = openWith(Object.values(backups.identities));
  return {
    place: path.join(backups.folder, 'place'),
    state: path.join(backups.folder, 'state'),
    open,
  };
}

/** All that a restore checks before it touches anything. */
async function check({ place, state, open }: Prepared, sources = [place]): Promise<string[]> {
  const archives = await chooseArchives(sources, null, open, at);
  await assertFitTogether(archives, true);
  const checked: string[] = [];
  await verifyArchives(archives, state, (words) => checked.push(words));
  return checked;
}

function says(pattern: RegExp) {
  return (error: unknown) => {
    assert.ok(isProblem(error), String(error));
    assert.match(error.detail, pattern);
    return true;
  };
}

function archiveOf(place: string, store: string): string {
  const name = readdirSync(place).find((one) => one.includes(`-${store}-`));
  assert.ok(name);
  return path.join(place, name);
}

test('a bit flipped anywhere in any file of any archive is found before anything is touched', async () => {
  await using backups = await backupSystem();
  const prepared = await prepare(backups);
  await check(prepared);
  const files = readdirSync(prepared.place, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.age$|SHA256SUMS$/.test(name),
  );
  assert.equal(files.length, 9);
  const anywhere = fc.record({ file: fc.constantFrom(...files), at: fc.nat(), bit: fc.nat(7) });
  await fc.assert(
    fc.asyncProperty(anywhere, async ({ file, at, bit }) => {
      const name = path.join(prepared.place, file);
      const whole = readFileSync(name);
      const flipped = Buffer.from(whole);
      const index = at % flipped.length;
      flipped[index] = (flipped[index] ?? 0) ^ (1 << bit);
      writeFileSync(name, flipped);
      rmSync(prepared.state, { force: true });
      try {
        await assert.rejects(check(prepared), (error) => isProblem(error, 'unavailable'));
      } finally {
        writeFileSync(name, whole);
      }
    }),
    { numRuns: 40 },
  );
});

test('a wrong identity, a part that is cut off, and one that is gone are each told as what they are', async () => {
  await using backups = await backupSystem();
  const prepared = await prepare(backups);
  const { identity } = await newIdentity();
  const others = { ...prepared, open: openWith([identity, backups.identities.keys]) };
  await assert.rejects(check(others), says(/^None of the identities opens .*-records-/));
  const part = path.join(archiveOf(prepared.place, 'records'), 'part-000001.age');
  const whole = readFileSync(part);
  truncateSync(part, whole.length - 1);
  await assert.rejects(check(prepared), says(/-records-.*part-000001\.age is cut off/));
  rmSync(part);
  await assert.rejects(check(prepared), says(/part-000001\.age is missing/));
});

test('an archive without its manifest is not whole, and is named by its store', async () => {
  await using backups = await backupSystem();
  const prepared = await prepare(backups);
  const keys = archiveOf(prepared.place, 'keys');
  renameSync(keys, `${keys}.unfinished`);
  await assert.rejects(check(prepared), says(/^There is no whole archive of the keys in /));
  await assert.rejects(check(prepared, [prepared.place, keys]), says(/is not there, or not whole/));
});

test('records of one installation and keys of another are refused', async () => {
  await using backups = await backupSystem();
  await using others = await backupSystem();
  const prepared = await prepare(backups);
  const foreign = await prepare(others);
  const mixed = path.join(backups.folder, 'mixed');
  for (const store of ['records', 'keyring']) {
    const from = archiveOf(prepared.place, store);
    cpSync(from, path.join(mixed, path.basename(from)), { recursive: true });
  }
  const keys = archiveOf(foreign.place, 'keys');
  cpSync(keys, path.join(mixed, path.basename(keys)), { recursive: true });
  const open = openWith([
    ...Object.values(backups.identities),
    ...Object.values(others.identities),
  ]);
  const both = { ...prepared, open };
  await assert.rejects(
    check(both, [mixed]),
    says(/^These are archives of different installations/),
  );
  const named = readdirSync(mixed).map((name) => path.join(mixed, name));
  await assert.rejects(check(both, named), says(/^These are archives of different installations/));
  // Somebody renamed it, so that the name says the same installation.
  const tag = path.basename(archiveOf(prepared.place, 'records')).slice(7, 15);
  const renamed = path.basename(keys).replace(/^varsam-.{8}/, `varsam-${tag}`);
  renameSync(path.join(mixed, path.basename(keys)), path.join(mixed, renamed));
  await assert.rejects(check(both, [mixed]), says(/are of different installations: nothing/));
});

test('a verification that was cut off goes on with the parts that were not checked', async () => {
  await using backups = await backupSystem();
  const prepared = await prepare(backups);
  const archives = await chooseArchives([prepared.place], null, prepared.open, at);
  const { records } = archives;
  let read = 0;
  const counting = {
    ...records.place,
    read: (a: string, f: string) => ((read += 1), records.place.read(a, f)),
  };
  const counted = { ...archives, records: { ...records, place: counting } };
  await verifyArchives(counted, prepared.state, () => undefined);
  assert.equal(read, records.manifest.parts.length);
  await verifyArchives(counted, prepared.state, () => undefined);
  assert.equal(read, records.manifest.parts.length);
});

test('an archive that somebody else made for our recipient is not restored', async () => {
  await using backups = await backupSystem();
  await using others = await backupSystem();
  const prepared = await prepare(backups);
  const { keyring } = others.system;
  const { takeBackup } = await import('./take.ts');
  const op = backups.system.op({ party: 'routine', routine: 'backup' }, 'security');
  // All is as it should be but for the key that signs.
  backups.system.now = backups.system.now.add({ hours: 1 });
  const parts = {
    ...backups.parts,
    signing: { key: keyring.signing, origin: 'SANDBOX-x/varsam-ledger' },
  };
  await takeBackup(op, parts, backups.plan);
  await assert.rejects(check(prepared), says(/is not signed by the signing key in/));
});

test('an archive of a newer Varsam, or of another wording of a migration, is refused by name', async () => {
  await using backups = await backupSystem();
  const prepared = await prepare(backups);
  const archives = await chooseArchives([prepared.place], null, prepared.open, at);
  const { records } = archives;
  const withMigrations = (migrations: typeof records.manifest.migrations) => ({
    ...archives,
    records: { ...records, manifest: { ...records.manifest, migrations } },
  });
  const newer = { number: 999, name: '0999-later.sql', sha256: '0'.repeat(64) };
  const more = withMigrations([...records.manifest.migrations, newer]);
  await assert.rejects(assertFitTogether(more, true), says(/newer Varsam .*0999-later\.sql/));
  const [first, ...rest] = records.manifest.migrations;
  assert.ok(first);
  const other = withMigrations([{ ...first, sha256: '0'.repeat(64) }, ...rest]);
  await assert.rejects(assertFitTogether(other, true), says(/another wording of migration 0001/));
  await assert.rejects(assertFitTogether(archives, false), says(/archives of a sandbox/));
});

test('a ledger that ends before what the stores have applied is refused', async () => {
  await using backups = await backupSystem();
  const prepared = await prepare(backups);
  const archives = await chooseArchives([prepared.place], null, prepared.open, at);
  const { keys } = archives;
  const state = { start_counter: 1, applied_ledger: 99 };
  const ahead = { ...archives, keys: { ...keys, manifest: { ...keys.manifest, state } } };
  await assert.rejects(assertFitTogether(ahead, true), says(/^The ledger in .* ends before/));
});

test('the parts of an archive open one by one with age and nothing else', async () => {
  await using backups = await backupSystem();
  const prepared = await prepare(backups);
  const { records } = await chooseArchives([prepared.place], null, prepared.open, at);
  const [part] = records.manifest.parts;
  assert.ok(part);
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addIdentity(backups.identities.records);
  const file = path.join(archiveOf(prepared.place, 'records'), part.file);
  const plain = await decrypter.decrypt(readFileSync(file));
  assert.ok(Buffer.from(plain).equals(await readPart(records, part)));
  assert.equal(manifestFile, 'manifest.age');
});
