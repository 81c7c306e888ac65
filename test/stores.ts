import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ClusterName } from '../src/database/cluster.ts';
import { openClient, openPool, type Connection, type Pool } from '../src/database/pool.ts';
import { administrator } from '../src/database/throw-away.ts';

export type TestCluster = {
  /** Where its files are: heap, indexes, `pg_wal` and all. */
  readonly folder: string;
  readonly port: number;
  readonly superuserPassword: string;
  readonly applicationPassword: string;
};
export type TestClusters = Readonly<Record<ClusterName, TestCluster>>;

/** One store of a test: a database of its own, with the application's role and the superuser's. */
export type FreshStore = {
  readonly pool: Pool;
  readonly connection: Connection;
  readonly administrator: Connection;
};

export type FreshStores = {
  readonly records: FreshStore;
  readonly keys: FreshStore;
  /** A data folder with empty `ledger/`, `keyring/` and `log/`. */
  readonly folder: string;
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export const clustersVariable = 'VARSAM_TEST_CLUSTERS';

const connectionsMax = 5;
const cloneAttemptsMax = 20;
const clonePauseMs = 100;

export function templateName(name: ClusterName): string {
  return `${name}_template`;
}

/** The clusters that `test/run.ts` started. */
export function testClusters(): TestClusters {
  const text = process.env[clustersVariable];
  if (!text) throw new Error('Run the tests with `npm test -- FILE`: it starts their databases.');
  return JSON.parse(text) as TestClusters;
}

/** Both stores, migrated and empty, for one test file. Dispose of them in `after`. */
export async function freshStores(): Promise<FreshStores> {
  const suffix = randomBytes(6).toString('hex');
  const [records, keys] = await Promise.all([clone('records', suffix), clone('keys', suffix)]);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-'));
  for (const part of ['ledger', 'keyring', 'log']) {
    mkdirSync(path.join(folder, part), { mode: 0o700 });
  }
  const dispose = async () => {
    await Promise.all([drop(records), drop(keys)]);
    rmSync(folder, { recursive: true, force: true });
  };
  return { records, keys, folder, dispose, [Symbol.asyncDispose]: dispose };
}

async function clone(name: ClusterName, suffix: string): Promise<FreshStore> {
  const cluster = testClusters()[name];
  const database = `${name}_${suffix}`;
  await createFromTemplate(administrator(cluster, 'postgres'), database, templateName(name));
  const connection: Connection = {
    port: cluster.port,
    user: 'varsam',
    password: cluster.applicationPassword,
    database,
  };
  return {
    connection,
    administrator: administrator(cluster, database),
    pool: openPool({ ...connection, max: connectionsMax }),
  };
}

async function createFromTemplate(connection: Connection, database: string, template: string) {
  const client = await openClient(connection);
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await client.query(`create database ${database} template ${template}`);
        return;
      } catch (error) {
        // object_in_use: another test clones the template in this moment.
        const busy = (error as { code?: unknown }).code === '55006';
        if (!busy || attempt === cloneAttemptsMax) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, clonePauseMs));
    }
  } finally {
    await client.end();
  }
}

async function drop(store: FreshStore): Promise<void> {
  if (!store.pool.ended) await store.pool.end();
  const client = await openClient({ ...store.administrator, database: 'postgres' });
  try {
    await client.query(`drop database if exists ${store.connection.database} with (force)`);
  } finally {
    await client.end();
  }
}
