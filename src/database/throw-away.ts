import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { migrationsFolder } from '../project.ts';
import { startCluster, type Cluster, type ClusterName } from './cluster.ts';
import { ensureDatabase, migrate } from './migrate.ts';
import type { Connection } from './pool.ts';
import { clearLeftovers } from './postmaster.ts';
import { startOf } from './processes.ts';
import { throwAwaySettings } from './settings.ts';
import { canEnter, postgresIdentity } from './unprivileged.ts';

/** Two clusters in a temporary folder, for tests, benchmarks and the rendering of `schema.sql`. */
export type ThrowAway = {
  readonly folder: string;
  readonly clusters: Readonly<Record<ClusterName, Cluster>>;
  stop(): Promise<void>;
};

export const clusterNames = ['records', 'keys'] as const satisfies readonly ClusterName[];

const prefix = 'varsam-throw-away-';
const ownerFile = 'owner.json';

export async function startThrowAway(): Promise<ThrowAway> {
  await removeAbandoned();
  const folder = makeFolder();
  const start = (name: ClusterName) => startCluster({ folder, name, settings: throwAwaySettings });
  const started = await Promise.allSettled([start('records'), start('keys')]);
  const stop = async () => {
    const running = started.filter((one) => one.status === 'fulfilled');
    await Promise.all(running.map((one) => one.value.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  const [records, keys] = started;
  if (records.status === 'fulfilled' && keys.status === 'fulfilled') {
    return { folder, clusters: { records: records.value, keys: keys.value }, stop };
  }
  await stop();
  throw records.status === 'rejected' ? records.reason : (keys as PromiseRejectedResult).reason;
}

/** A migrated database in one of the clusters. */
export async function makeDatabase(
  cluster: Cluster,
  name: ClusterName,
  database: string,
): Promise<Connection> {
  const connection = administrator(cluster, database);
  await ensureDatabase(connection);
  await migrate({
    connection,
    folder: migrationsFolder(name),
    applicationPassword: cluster.applicationPassword,
  });
  return connection;
}

export function administrator(
  cluster: Pick<Cluster, 'port' | 'superuserPassword'>,
  database: string,
): Connection {
  return { port: cluster.port, user: 'postgres', password: cluster.superuserPassword, database };
}

function makeFolder(): string {
  const folder = mkdtempSync(path.join(temporaryFolder(), prefix));
  // As root PostgreSQL runs as somebody else, who has to get through to its own folder.
  if (postgresIdentity(folder)) chmodSync(folder, 0o711);
  const owner = { pid: process.pid, startedAs: startOf(process.pid) };
  writeFileSync(path.join(folder, ownerFile), JSON.stringify(owner));
  return folder;
}

function temporaryFolder(): string {
  const folder = os.tmpdir();
  return canEnter(folder, postgresIdentity(folder)) ? folder : '/tmp';
}

/** A run that was killed leaves its clusters running: the next one ends them. */
async function removeAbandoned(): Promise<void> {
  const parent = temporaryFolder();
  for (const name of readdirSync(parent)) {
    const folder = path.join(parent, name);
    if (!name.startsWith(prefix) || !isAbandoned(folder)) continue;
    for (const cluster of clusterNames) {
      const clusterFolder = path.join(folder, cluster);
      if (existsSync(clusterFolder)) await clearLeftovers(clusterFolder);
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAbandoned(folder: string): boolean {
  try {
    const text = readFileSync(path.join(folder, ownerFile), 'utf8');
    const owner = JSON.parse(text) as { pid: number; startedAs: string };
    return startOf(owner.pid) !== owner.startedAs;
  } catch {
    // Just being made, or somebody else's: not ours to remove.
    return false;
  }
}
