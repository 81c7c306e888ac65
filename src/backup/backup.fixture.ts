/** For tests: a used company with somewhere to back up to, and the identities that open what is written there. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openClient } from '../database/pool.ts';
import type { Connection } from '../database/pool.ts';
import type { ClusterName } from '../database/cluster.ts';
import { administrator } from '../database/throw-away.ts';
import { ledgerOrigin } from '../stores.ts';
import { testClusters } from '../../test/stores.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { newIdentity, openWith } from './age.ts';
import { openArchive } from './archive-reader.ts';
import type { Archive } from './archive-reader.ts';
import { archiveStores } from './manifest.ts';
import type { ArchiveStore } from './manifest.ts';
import { openFolder } from './place-folder.ts';
import type { Place } from './place.ts';
import type { BackupPlan } from './plan.ts';
import { takeBackup } from './take.ts';
import type { BackupParts, Taken } from './take.ts';

export type BackupSystem = {
  readonly system: TestSystem;
  readonly parts: BackupParts;
  readonly plan: BackupPlan;
  /** Where the archives lie. */
  readonly folder: string;
  readonly identities: Readonly<Record<ArchiveStore, string>>;
  /** Files as age-keygen writes them. */
  readonly identityFiles: readonly string[];
  back(plan?: Partial<BackupPlan>): Promise<Readonly<Record<ArchiveStore, Taken>>>;
  open(taken: Taken, place?: Place): Promise<Archive>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function backupSystem(): Promise<BackupSystem> {
  const system = await testSystem();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-backup-'));
  const made = await Promise.all(archiveStores.map(() => newIdentity()));
  const of = (pick: (one: (typeof made)[number]) => string) =>
    Object.fromEntries(
      archiveStores.map((store, index) => [store, pick(made[index] as (typeof made)[number])]),
    ) as Record<ArchiveStore, string>;
  const identities = of(({ identity }) => identity);
  const identityFiles = archiveStores.map((store) => {
    const file = path.join(folder, `${store}.txt`);
    writeFileSync(file, `# ${store}\n${identities[store]}\n`, { mode: 0o600 });
    return file;
  });
  const plan: BackupPlan = {
    place: openFolder(path.join(folder, 'place')),
    recipients: of(({ recipient }) => recipient),
    keepDays: { records: 30, keys: 7, keyring: 7 },
  };
  const parts = partsOf(system);
  const open = openWith(Object.values(identities));
  return {
    system,
    parts,
    plan,
    folder,
    identities,
    identityFiles,
    back: async (change) => byStore(await backUp(system, parts, { ...plan, ...change })),
    open: ({ name }, place = plan.place) => openArchive(place, name, open),
    [Symbol.asyncDispose]: async () => {
      await system[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function partsOf(system: TestSystem): BackupParts {
  const { fresh, keyring } = system;
  return {
    dataFolder: system.folder,
    connections: { records: fresh.records.connection, keys: fresh.keys.connection },
    signing: { key: keyring.signing, origin: ledgerOrigin(true) },
    clock: () => system.now,
    progress: () => undefined,
  };
}

function backUp(system: TestSystem, parts: BackupParts, plan: BackupPlan): Promise<Taken[]> {
  return takeBackup(system.op({ party: 'routine', routine: 'backup' }, 'security'), parts, plan);
}

function byStore(taken: readonly Taken[]): Record<ArchiveStore, Taken> {
  return Object.fromEntries(taken.map((one) => [one.store, one])) as Record<ArchiveStore, Taken>;
}

/** An empty database beside those of the tests, dropped at the end. */
export async function emptyDatabase(
  store: ClusterName,
): Promise<{ readonly connection: Connection; [Symbol.asyncDispose](): Promise<void> }> {
  const cluster = testClusters()[store];
  const database = `empty_${randomBytes(6).toString('hex')}`;
  const administer = async (sql: string) => {
    const client = await openClient(administrator(cluster, 'postgres'));
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await administer(`create database ${database}`);
  return {
    connection: administrator(cluster, database),
    [Symbol.asyncDispose]: () => administer(`drop database ${database} with (force)`),
  };
}
