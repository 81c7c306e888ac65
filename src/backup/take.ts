import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import {
  copyOut,
  listPartitions,
  listTables,
  migrationTable,
  openSnapshot,
} from '../database/copy.ts';
import type { CopiedTable } from '../database/copy.ts';
import { openClient } from '../database/pool.ts';
import type { Connection } from '../database/pool.ts';
import { newRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { version } from '../project.ts';
import { openKeyring } from '../vault/keyring.ts';
import { sealFor } from './age.ts';
import { nameArchive, parseArchiveName, installationTag } from './archive-name.ts';
import { ArchiveWriter } from './archive-writer.ts';
import { noteBackup } from './backups.ts';
import { countLines, installationFiles } from './installation-files.ts';
import type { InstallationFile } from './installation-files.ts';
import { archiveFormat } from './manifest.ts';
import type { ArchiveStore, Manifest } from './manifest.ts';
import type { BackupPlan } from './plan.ts';
import { expectedFingerprints, neededEpoch, readState } from './store-facts.ts';
import type { StoreFacts } from './store-facts.ts';

export type BackupParts = {
  readonly dataFolder: string;
  readonly connections: Readonly<Record<'records' | 'keys', Connection>>;
  /** Signs the lists of contents, as it signs the ledger. */
  readonly signing: { readonly key: KeyObject; readonly origin: string };
  readonly clock: () => Temporal.Instant;
  readonly progress: (words: string) => void;
};

export type Taken = { readonly name: string; readonly store: ArchiveStore; readonly bytes: number };

/** Nobody else takes it; two backups at once would clear away each other's beginnings. */
const advisoryLock = 7_238_114_002;

type Snapshots = { readonly records: pg.Client; readonly keys: pg.Client };
type Run = {
  readonly op: Operation;
  readonly parts: BackupParts;
  readonly plan: BackupPlan;
  readonly setId: RowId;
  readonly takenAt: Temporal.Instant;
  readonly snapshots: Snapshots;
  readonly facts: StoreFacts;
};

/**
 * Writes the archives of keyring, keys and records while the server runs. Records are seen first, then keys, then
 * the ledger: every row of the archive of records has its key or its fence in that of the keys, and every fence its entry.
 * @throws Problem `conflict` while another backup runs.
 */
export async function takeBackup(
  op: Operation,
  parts: BackupParts,
  plan: BackupPlan,
): Promise<Taken[]> {
  const lock = await openClient(parts.connections.records);
  try {
    await takeLock(lock);
    return await withSnapshots(parts, async (snapshots) => {
      const facts = await readState(snapshots);
      const tag = installationTag(facts.storeId);
      const clear = () => plan.place.clear((name) => parseArchiveName(name)?.installation === tag);
      await clear();
      const run = {
        op,
        parts,
        plan,
        setId: newRowId(parts.clock()),
        takenAt: parts.clock(),
        snapshots,
        facts,
      };
      try {
        // The small ones first: the ledger is to be copied close to the snapshots.
        return [
          await takeKeyring(run),
          await takeStore(run, 'keys'),
          await takeStore(run, 'records'),
        ];
      } catch (error) {
        // A full disk is to have its room back. What cannot be cleared now is cleared by the next backup.
        await clear().catch(() => undefined);
        throw error;
      }
    });
  } finally {
    await lock.end();
  }
}

async function takeLock(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_lock($1) as taken',
    [advisoryLock],
  );
  if (rows[0]?.taken) return;
  throw new Problem('conflict', 'Another backup is running. Wait until it is done.');
}

async function withSnapshots<T>(
  { connections }: BackupParts,
  work: (snapshots: Snapshots) => Promise<T>,
): Promise<T> {
  const records = await openSnapshot(connections.records);
  try {
    const keys = await openSnapshot(connections.keys);
    try {
      return await work({ records, keys });
    } finally {
      await keys.end();
    }
  } finally {
    await records.end();
  }
}

async function takeStore(run: Run, store: 'records' | 'keys'): Promise<Taken> {
  const client = run.snapshots[store];
  const tables = await listTables(client);
  const head = {
    epoch: store === 'keys' ? await neededEpoch(client) : null,
    state: run.facts[store].state,
    ledger_size: null,
    fingerprints: store === 'keys' ? await expectedFingerprints(client) : {},
    migrations: run.facts[store].migrations,
    partitions: await listPartitions(client),
  };
  return takeArchive(run, store, head, async (writer) => {
    for (const table of tables.filter(({ name }) => name !== migrationTable)) {
      await addTable(run, writer, client, table);
    }
  });
}

async function addTable(
  { parts }: Run,
  writer: ArchiveWriter,
  client: pg.Client,
  table: CopiedTable,
): Promise<void> {
  const { bytes, rowCount } = copyOut(client, table);
  const columns = table.columns.map((column) => ({ ...column }));
  const { rows } = await writer.addTable({ name: table.name, columns }, bytes, rowCount);
  parts.progress(`${table.name}: ${rows} rows`);
}

async function takeKeyring(run: Run): Promise<Taken> {
  const { parts } = run;
  const { epochs } = run.facts.keys;
  const files: InstallationFile[] = [];
  for await (const file of installationFiles(parts.dataFolder)) {
    // A root that nothing needs any more waits for its destruction, and new copies of it would put that off.
    if (!isOtherRoot(file.name, epochs)) files.push(file);
  }
  const { fingerprints, roots } = openKeyring(`${parts.dataFolder}/keyring`);
  const missing = epochs.find((epoch) => !roots.has(epoch));
  if (missing !== undefined) {
    throw new Problem('conflict', `The root key of epoch ${missing} has just gone. Run it again.`);
  }
  const log = files.find(({ name }) => name === 'ledger/log');
  const head = {
    epoch: Math.min(...epochs),
    state: null,
    ledger_size: log ? countLines(log.bytes) : 0,
    fingerprints: hexOf(fingerprints, epochs),
    migrations: [],
    partitions: [],
  };
  return takeArchive(run, 'keyring', head, async (writer) => {
    for (const { name, bytes } of files) await writer.addFile(name, bytes);
    parts.progress(`keyring and ledger: ${files.length} files`);
  });
}

type Head = Pick<
  Manifest,
  'epoch' | 'state' | 'ledger_size' | 'fingerprints' | 'migrations' | 'partitions'
>;

async function takeArchive(
  run: Run,
  store: ArchiveStore,
  head: Head,
  fill: (writer: ArchiveWriter) => Promise<void>,
): Promise<Taken> {
  const { op, parts, plan, setId, takenAt, facts } = run;
  const backupId = newRowId(parts.clock());
  const name = nameArchive({ storeId: facts.storeId, takenAt, store, backupId });
  const writer = new ArchiveWriter(await plan.place.begin(name), sealFor(plan.recipients[store]));
  await fill(writer);
  const { sandbox, storeId } = facts;
  const whole = {
    ...head,
    format: archiveFormat,
    varsam: version(),
    store,
    backup_id: backupId,
    set_id: setId,
    store_id: storeId,
    sandbox,
    taken_at: takenAt.toString(),
  } as const;
  const written = await writer.finish(whole, parts.signing);
  await noteBackup(op, { plan, written, finishedAt: parts.clock() });
  parts.progress(`${name}: ${written.sealedBytes} bytes`);
  return { name, store, bytes: written.sealedBytes };
}

function isOtherRoot(name: string, epochs: readonly number[]): boolean {
  const epoch = /^keyring\/epochs\/(\d+)\.key$/.exec(name)?.[1];
  return epoch !== undefined && !epochs.includes(Number(epoch));
}

function hexOf(
  fingerprints: Readonly<Record<string, Buffer>>,
  epochs: readonly number[],
): Record<string, string> {
  const roots = epochs.map((epoch) => `epoch-${epoch}`);
  return Object.fromEntries(
    Object.entries(fingerprints)
      .filter(([name]) => !name.startsWith('epoch-') || roots.includes(name))
      .map(([name, print]) => [name, print.toString('hex')]),
  );
}
