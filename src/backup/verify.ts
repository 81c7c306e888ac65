import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { readMigrations } from '../database/migrate.ts';
import { Problem } from '../problem.ts';
import { migrationsFolder } from '../project.ts';
import { readSealedPart, readWholeEntry } from './archive-reader.ts';
import type { Archive } from './archive-reader.ts';
import type { ArchiveSet } from './choose-archives.ts';
import { archiveStores, isSignerOf } from './manifest.ts';

/** The ledger's signing key among the files of the keyring's archive. */
const signingEntry = 'keyring/long-lived/ledger-signing.pem';

/**
 * Holds every part of every archive against its hash in the signed list, before anything is touched. What was checked
 * is remembered in a file, so that a verification that was cut off goes on where it was. The loading checks again.
 */
export async function verifyArchives(
  archives: ArchiveSet,
  checkedFile: string,
  progress: (words: string) => void,
): Promise<void> {
  const checked = new Set(
    existsSync(checkedFile) ? readFileSync(checkedFile, 'utf8').split('\n') : [],
  );
  for (const store of archiveStores) {
    const archive = archives[store];
    const { parts } = archive.manifest;
    for (const [index, part] of parts.entries()) {
      const line = `${archive.manifestSha256} ${part.file}`;
      if (checked.has(line)) continue;
      await readSealedPart(archive, part);
      appendFileSync(checkedFile, `${line}\n`, { mode: 0o600 });
      progress(`${archive.name}: ${index + 1} of ${parts.length} parts are as they were written`);
    }
  }
}

/**
 * Are these three of one installation, is the ledger far enough, and does this version know their schema?
 * @throws Problem that says which of them does not fit, and what to do
 */
export async function assertFitTogether(archives: ArchiveSet, isSandbox: boolean): Promise<void> {
  const { records, keys, keyring } = archives;
  assertSameInstallation(archives);
  if (keys.manifest.sandbox !== isSandbox) {
    throw new Problem(
      'not-allowed',
      isSandbox
        ? 'These are archives of a production installation. Set VARSAM_CONFIG to its configuration.'
        : 'These are archives of a sandbox. They can never serve production.',
    );
  }
  assertKeyringOpens(archives);
  const applied = [records, keys].map(({ manifest }) => manifest.state?.applied_ledger ?? -1);
  if (Math.max(...applied) >= (keyring.manifest.ledger_size ?? 0)) {
    throw new Problem(
      'store-went-back',
      `The ledger in ${keyring.name} ends before what the stores have applied: erasures would be forgotten. Take a newer archive of the keyring.`,
    );
  }
  assertKnownSchema(records);
  assertKnownSchema(keys);
  await assertSigner(archives);
}

function assertSameInstallation({ records, keys, keyring }: ArchiveSet): void {
  for (const other of [keys, keyring]) {
    if (other.manifest.store_id === records.manifest.store_id) continue;
    throw new Problem(
      'bad-input',
      `${records.name} and ${other.name} are of different installations: nothing in one would open with the other. Take three that belong together.`,
    );
  }
}

/** Each key that the keys store was made with, and the root of each epoch that it uses. */
function assertKeyringOpens({ keys, keyring }: ArchiveSet): void {
  const there = keyring.manifest.fingerprints;
  const wrong = Object.entries(keys.manifest.fingerprints).find(
    ([name, print]) => there[name] !== print,
  );
  if (!wrong) return;
  const [name] = wrong;
  throw new Problem(
    'keyring',
    name in there
      ? `The key "${name}" in ${keyring.name} is not the one that ${keys.name} was made with. Take archives of the same night.`
      : `${keyring.name} does not hold the key "${name}" that ${keys.name} needs. The root key of an epoch is destroyed when the epoch is over; take an archive of the keys that is newer.`,
  );
}

function assertKnownSchema({ name, manifest }: Archive): void {
  const store = manifest.store === 'keys' ? 'keys' : 'records';
  const known = readMigrations(migrationsFolder(store));
  for (const { number, name: migration, sha256 } of manifest.migrations) {
    const own = known[number - 1];
    if (!own) {
      throw new Problem(
        'unavailable',
        `${name} was made by a newer Varsam (${manifest.varsam}), whose migration ${migration} this one does not know. Restore it with that version or a newer one.`,
      );
    }
    if (own.sha256 === sha256) continue;
    throw new Problem(
      'unavailable',
      `${name} was made with another wording of migration ${migration} than this version has. Restore it with the version that made it (${manifest.varsam}).`,
    );
  }
}

/** All three must be signed by the key that comes back with them, or one of them is not ours. */
async function assertSigner(archives: ArchiveSet): Promise<void> {
  const { keyring } = archives;
  const entry = keyring.manifest.entries.find(({ name }) => name === signingEntry);
  const pem = entry ? (await readWholeEntry(keyring, entry)).toString('utf8') : '';
  for (const store of archiveStores) {
    if (pem !== '' && isSignerOf(pem, archives[store].verifierKey)) continue;
    throw new Problem(
      'unavailable',
      `${archives[store].name} is not signed by the signing key in ${keyring.name}. Somebody else made one of them. Restore neither before you know who.`,
    );
  }
}
