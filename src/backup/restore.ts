import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { prepareDataFolder } from '../config.ts';
import type { Config } from '../config.ts';
import { startCluster } from '../database/cluster.ts';
import { listTables, migrationTable } from '../database/copy.ts';
import { administratorOf } from '../database/databases.ts';
import { ensureDatabase } from '../database/migrate.ts';
import { openClient } from '../database/pool.ts';
import type { Connection } from '../database/pool.ts';
import { clearLeftovers } from '../database/postmaster.ts';
import { holdDataFolder } from '../database/server-lock.ts';
import { administrator } from '../database/throw-away.ts';
import { Problem } from '../problem.ts';
import { openWith, readIdentities } from './age.ts';
import { readWholeEntry } from './archive-reader.ts';
import type { Archive } from './archive-reader.ts';
import { chooseArchives } from './choose-archives.ts';
import type { ArchiveSet } from './choose-archives.ts';
import { writeInstallationFile } from './installation-files.ts';
import { loadArchive } from './load.ts';
import { archiveStores } from './manifest.ts';
import { readRestoreMark, removeRestoreMark, writeRestoreMark } from './restore-mark.ts';
import { assertFitTogether, verifyArchives } from './verify.ts';

export type RestoreOptions = {
  readonly config: Config;
  /** Places, or archives that are named themselves. */
  readonly sources: readonly string[];
  readonly identityFiles: readonly string[];
  readonly now: Temporal.Instant;
  readonly progress: (words: string) => void;
  /** Asked when something is in the way; true moves it aside. */
  readonly replace: () => Promise<boolean>;
};

export type Restored = {
  readonly archives: Readonly<Record<'records' | 'keys' | 'keyring', string>>;
  readonly rows: number;
  /** Where what was there before has been moved, or null. */
  readonly movedTo: string | null;
};

const stores = ['records', 'keys'] as const;
const ownFolders = [...stores, 'ledger', 'keyring', 'secrets'];
const checkedFile = 'restore-checked.txt';

/**
 * Puts an installation back from the newest archives of its three stores. Everything is verified before anything is
 * touched; from then on a mark keeps the server from starting until all of it is there, and a restore that was cut off
 * is run again. What comes back has seen no start, unlike its ledger, so the restore gate replays and asks first.
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { config, progress } = options;
  prepareDataFolder(config);
  const lock = holdDataFolder(config.dataFolder, 'command');
  try {
    const open = openWith(readIdentities(options.identityFiles));
    const s3 = config.backup?.s3 ?? null;
    const archives = await chooseArchives(options.sources, s3, open, options);
    for (const store of archiveStores) progress(`${store}: ${archives[store].name}`);
    await assertFitTogether(archives, config.mode === 'sandbox');
    await verifyArchives(archives, path.join(config.dataFolder, checkedFile), progress);
    const movedTo = await makeRoom(options);
    writeRestoreMark(config.dataFolder, { archives: archiveStores.map((s) => archives[s].name) });
    const rows = await putBack(options, archives);
    removeRestoreMark(config.dataFolder);
    rmSync(path.join(config.dataFolder, checkedFile), { force: true });
    return { archives: namesOf(archives), rows, movedTo };
  } finally {
    lock.release();
  }
}

async function putBack({ config, progress }: RestoreOptions, archives: ArchiveSet) {
  const { dataFolder } = config;
  let rows = 0;
  for (const store of stores) {
    const target = await openTarget(config, store);
    try {
      await clearDatabase(target.connection);
      const { connection, applicationPassword } = target;
      const archive = archives[store];
      rows += await loadArchive({ connection, archive, applicationPassword, progress });
      await noteRestored(connection);
    } finally {
      await target.stop();
    }
  }
  await putFilesBack(dataFolder, archives.keyring);
  return rows;
}

export async function putFilesBack(folder: string, keyring: Archive): Promise<void> {
  for (const entry of keyring.manifest.entries) {
    await writeInstallationFile(folder, {
      name: entry.name,
      bytes: await readWholeEntry(keyring, entry),
    });
  }
}

/**
 * Lets the store have seen no start at all: so the gate takes it for what it is, restored, even when all three come
 * from the same night and would agree, and whatever newer ledger is put beside it.
 */
async function noteRestored(connection: Connection): Promise<void> {
  const client = await openClient(connection);
  try {
    await client.query('update system.store set start_counter = 0');
  } finally {
    await client.end();
  }
}

type Target = {
  readonly connection: Connection;
  readonly applicationPassword: string | null;
  stop(): Promise<void>;
};

async function openTarget(config: Config, store: 'records' | 'keys'): Promise<Target> {
  const place = config.stores[store];
  if (place.kind === 'external') {
    const connection = administratorOf(place, store);
    return { connection, applicationPassword: null, stop: () => Promise.resolve() };
  }
  const cluster = await startCluster({ folder: config.dataFolder, name: store });
  const connection = administrator(cluster, store);
  try {
    await ensureDatabase(connection);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return {
    connection,
    applicationPassword: cluster.applicationPassword,
    stop: () => cluster.stop(),
  };
}

/**
 * Removes what an earlier restore that was cut off has left; moves aside what else is there, if that is wanted.
 * @returns where it was moved, or null
 */
async function makeRoom({ config, now, replace }: RestoreOptions): Promise<string | null> {
  const { dataFolder } = config;
  const isOurs = readRestoreMark(dataFolder) !== null;
  if (!isOurs) await assertOutsideEmpty(config);
  const there = ownFolders.filter((name) => existsSync(path.join(dataFolder, name)));
  if (there.length === 0) return null;
  for (const store of stores) {
    const folder = path.join(dataFolder, store);
    if (existsSync(folder)) await clearLeftovers(folder);
  }
  if (isOurs) {
    for (const name of there) rmSync(path.join(dataFolder, name), { recursive: true });
    return null;
  }
  if (!(await replace())) throw occupied(dataFolder, there);
  const aside = path.join(dataFolder, `replaced-${now.toString({ smallestUnit: 'second' })}`);
  mkdirSync(aside, { mode: 0o700 });
  for (const name of there) renameSync(path.join(dataFolder, name), path.join(aside, name));
  return aside;
}

async function assertOutsideEmpty(config: Config): Promise<void> {
  for (const store of stores) {
    const place = config.stores[store];
    if (place.kind !== 'external') continue;
    const tables = await tablesOf(administratorOf(place, store));
    if (tables.length === 0) continue;
    throw new Problem(
      'conflict',
      `The ${store} database is not empty. Varsam drops nothing in a server that is not its own: make a new, empty database and name it in the configuration.`,
    );
  }
}

async function tablesOf(connection: Connection): Promise<string[]> {
  const client = await openClient(connection);
  try {
    return (await listTables(client)).map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** Only ever called under the mark: what stands there is the beginning of a restore. */
async function clearDatabase(connection: Connection): Promise<void> {
  const tables = await tablesOf(connection);
  if (tables.length === 0) return;
  const schemas = new Set([...tables, migrationTable].map((name) => name.split('.')[0] ?? ''));
  const client = await openClient(connection);
  try {
    await client.query(`drop schema if exists ${[...schemas].join(', ')} cascade`);
  } finally {
    await client.end();
  }
}

function occupied(dataFolder: string, there: readonly string[]): Problem {
  return new Problem(
    'conflict',
    `${dataFolder} is not empty (${there.join(', ')}). Nothing was changed. Set VARSAM_DATA to a new folder, or give --replace.`,
  );
}

function namesOf({ records, keys, keyring }: ArchiveSet): Restored['archives'] {
  return { records: records.name, keys: keys.name, keyring: keyring.name };
}
