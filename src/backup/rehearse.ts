import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { Keys, KeysTables } from '../database/keys.ts';
import { openKysely, openPool } from '../database/pool.ts';
import { ensureDatabase } from '../database/migrate.ts';
import { administrator, startThrowAway } from '../database/throw-away.ts';
import type { ThrowAway } from '../database/throw-away.ts';
import { newRowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { isProblem, Problem } from '../problem.ts';
import { mend, planMending } from '../routines/restore-mending.ts';
import { openStores } from '../stores.ts';
import { openWith, readIdentities } from './age.ts';
import { readWholeEntry } from './archive-reader.ts';
import type { Archive } from './archive-reader.ts';
import { installationTag } from './archive-name.ts';
import { chooseArchives, newestArchive } from './choose-archives.ts';
import type { ArchiveSet } from './choose-archives.ts';
import { installationFiles, writeInstallationFile } from './installation-files.ts';
import { loadArchive } from './load.ts';
import { archiveStores } from './manifest.ts';
import type { NightlyParts } from './nightly.ts';
import { placeOf } from './plan.ts';
import { lookForErased, ownersInFences, sampleOpens } from './rehearsal-checks.ts';
import { assertFitTogether, verifyArchives } from './verify.ts';

export type Rehearsal = {
  readonly outcome: 'clean' | 'found' | 'failed';
  readonly epoch: number | null;
  readonly lookedAt: number;
  /** By table and count, never by content. */
  readonly found: readonly string[];
  readonly recordsTakenAt: Temporal.Instant | null;
  readonly keysTakenAt: Temporal.Instant | null;
};

export type RehearsalOptions = {
  /** Where to restore from; null takes the configured place. */
  readonly sources: readonly string[] | null;
  readonly identityFiles: readonly string[];
};

/** Half of a rehearsal is knowing what came out: it is written down however it went. */
export async function rehearse(
  op: Operation,
  parts: NightlyParts,
  options: RehearsalOptions,
): Promise<Rehearsal> {
  let archives: ArchiveSet | null = null;
  let seen: { lookedAt: number; found: readonly string[] } = { lookedAt: 0, found: [] };
  let outcome: Rehearsal['outcome'] = 'failed';
  try {
    archives = await openArchives(op, parts, options);
    seen = await tryOut(op, parts, archives);
    outcome = seen.found.length > 0 ? 'found' : 'clean';
  } catch (error) {
    seen = { lookedAt: 0, found: [isProblem(error) ? error.detail || error.code : 'unexpected'] };
    if (!isProblem(error)) throw error;
  } finally {
    await note(op, parts, resultOf(archives, outcome, seen));
  }
  return resultOf(archives, outcome, seen);
}

async function openArchives(
  op: Operation,
  parts: NightlyParts,
  { sources, identityFiles }: RehearsalOptions,
): Promise<ArchiveSet> {
  const open = openWith(readIdentities(identityFiles));
  const s3 = parts.config.backup?.s3 ?? null;
  const from = sources ?? (await newestOnes(op, parts));
  const at = { now: parts.clock(), progress: parts.progress };
  const archives = await chooseArchives(from, s3, open, at);
  for (const store of archiveStores) parts.progress(`${store}: ${archives[store].name}`);
  return archives;
}

/** The newest whole archives of this installation, by name: others may lie in the same place. */
async function newestOnes(op: Operation, parts: NightlyParts): Promise<string[]> {
  const { store_id } = await op.db
    .selectFrom('system.store')
    .select('store_id')
    .executeTakeFirstOrThrow();
  const place = await placeOf(parts.config);
  const installation = installationTag(store_id);
  const names: string[] = [];
  for (const store of archiveStores) {
    const name = await newestArchive(place, { store, installation, now: parts.clock() });
    if (name === null) throw new Problem('not-found', `There is no archive of the ${store} yet.`);
    names.push(`${place.words.replace(/\/+$/, '')}/${name}`);
  }
  return names;
}

/** Restores on scratch clusters, which are gone afterwards whatever happens; nothing secret is written in clear. */
async function tryOut(
  op: Operation,
  parts: NightlyParts,
  archives: ArchiveSet,
): Promise<{ lookedAt: number; found: string[] }> {
  const isSandbox = parts.config.mode === 'sandbox';
  await assertFitTogether(archives, isSandbox);
  const scratch = await startThrowAway();
  try {
    await verifyArchives(archives, path.join(scratch.folder, 'checked.txt'), parts.progress);
    await assertKeyringIsOurs(archives.keyring, parts.dataFolder);
    await load(scratch, archives, parts);
    await layOut(scratch.folder, parts.dataFolder);
    return await lookAt(op, scratch, isSandbox);
  } finally {
    await scratch.stop();
  }
}

async function load(scratch: ThrowAway, archives: ArchiveSet, { progress }: NightlyParts) {
  for (const store of ['records', 'keys'] as const) {
    const cluster = scratch.clusters[store];
    const connection = administrator(cluster, store);
    await ensureDatabase(connection);
    const { applicationPassword } = cluster;
    await loadArchive({ connection, archive: archives[store], applicationPassword, progress });
  }
}

/**
 * Beside the scratch stores: the ledger as it is now, for what was erased since, and the keyring where it lies, for no
 * copy of a root key may come about that nobody counts.
 */
async function layOut(folder: string, dataFolder: string): Promise<void> {
  for await (const file of installationFiles(dataFolder)) {
    if (file.name.startsWith('ledger/')) await writeInstallationFile(folder, file);
  }
  mkdirSync(path.join(folder, 'log'), { recursive: true });
  symlinkSync(path.join(dataFolder, 'keyring'), path.join(folder, 'keyring'));
}

/** What the archive of the keyring would put back is, byte for byte, what opens the stores today. */
async function assertKeyringIsOurs(keyring: Archive, dataFolder: string): Promise<void> {
  for (const entry of keyring.manifest.entries) {
    if (entry.name.startsWith('ledger/')) continue;
    const file = path.join(dataFolder, entry.name);
    const bytes = await readWholeEntry(keyring, entry);
    const same = existsSync(file) && readFileSync(file).equals(bytes);
    bytes.fill(0);
    if (same) continue;
    throw new Problem(
      'keyring',
      `${keyring.name}: ${entry.name} is not the one that is in use. Back up again; if it goes on, ask who changed it.`,
    );
  }
}

async function lookAt(
  op: Operation,
  { clusters, folder }: ThrowAway,
  sandbox: boolean,
): Promise<{ lookedAt: number; found: string[] }> {
  const records = openPool(administrator(clusters.records, 'records'));
  const keys = openPool(administrator(clusters.keys, 'keys'));
  try {
    const { db, vault } = await openStores({
      records,
      keys,
      folder,
      sandbox,
      now: op.now,
      role: 'command',
    });
    const there = { ...op, db, vault };
    const lost = await mendScratch(there, openKysely<KeysTables>(keys));
    const erased = await ownersInFences(there);
    const traces = await lookForErased(there, erased, path.join(folder, 'log'));
    const sample = await sampleOpens(there);
    return {
      lookedAt: traces.lookedAt + sample.lookedAt,
      found: [...lost, ...traces.found, ...sample.found],
    };
  } finally {
    await Promise.all([records.end(), keys.end()]);
  }
}

/**
 * What `restore confirm` would do. Tokens are left as they are: the key that would be made anew is the one in use.
 * @returns what is lost even so
 */
async function mendScratch(op: Operation, keys: Keys): Promise<string[]> {
  const plan = await planMending(op, keys);
  await mend(op, keys, plan, { voidTokens: () => undefined, passed: () => undefined });
  return plan.keyless > 0 ? [`vault.owner: ${plan.keyless} have lost their keys`] : [];
}

function resultOf(
  archives: ArchiveSet | null,
  outcome: Rehearsal['outcome'],
  { lookedAt, found }: { readonly lookedAt: number; readonly found: readonly string[] },
): Rehearsal {
  const at = (archive: Archive | undefined) =>
    archive ? Temporal.Instant.from(archive.manifest.taken_at) : null;
  return {
    outcome,
    epoch: archives?.keys.manifest.epoch ?? null,
    lookedAt,
    found,
    recordsTakenAt: at(archives?.records),
    keysTakenAt: at(archives?.keys),
  };
}

async function note(op: Operation, parts: NightlyParts, result: Rehearsal): Promise<void> {
  await op.db
    .insertInto('routines.rehearsal')
    .values({
      rehearsal_id: newRowId(parts.clock()),
      ran_at: parts.clock(),
      epoch: result.epoch,
      outcome: result.outcome,
      looked_at: result.lookedAt,
      found: JSON.stringify(result.found) as never,
      records_taken_at: result.recordsTakenAt,
      keys_taken_at: result.keysTakenAt,
    })
    .execute();
}
