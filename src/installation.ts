import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { prepareDataFolder, readSecret } from './config.ts';
import type { Config } from './config.ts';
import { findRunning, startCluster } from './database/cluster.ts';
import type { Cluster, ClusterChange, ClusterName } from './database/cluster.ts';
import { ensureDatabase, migrate } from './database/migrate.ts';
import { openPool } from './database/pool.ts';
import type { Connection, Pool } from './database/pool.ts';
import { readPassword } from './database/secrets.ts';
import { holdDataFolder, holderOf } from './database/server-lock.ts';
import type { ServerLock } from './database/server-lock.ts';
import { Problem } from './problem.ts';
import { migrationsFolder } from './project.ts';
import { openStores } from './stores.ts';
import type { Stores } from './stores.ts';

/** The stores of this installation, opened, and how to close them. */
export type Installation = Stores & {
  /** Null for a command that looks at stores which a running server holds. */
  readonly lock: ServerLock | null;
  /** The port of the running server when a command attached to it. */
  readonly serverPort: number | null;
  close(): Promise<void>;
};

export type InstallationOptions = {
  readonly config: Config;
  readonly role: 'server' | 'command';
  readonly now: Temporal.Instant;
  readonly onChange?: (store: ClusterName, change: ClusterChange) => void;
};

type Undo = () => Promise<void> | void;

/** Starts or finds both databases, brings them up to date, and opens the stores; whatever fails is undone. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { config, role, now } = options;
  prepareDataFolder(config);
  const undo: Undo[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const holder = role === 'command' ? holderOf(config.dataFolder) : null;
    const lock = holder ? null : holdDataFolder(config.dataFolder, role);
    if (lock) undo.push(() => lock.release());
    const [records, keys] = await Promise.all([
      openStore(options, 'records', lock !== null, undo),
      openStore(options, 'keys', lock !== null, undo),
    ]);
    const sandbox = config.mode === 'sandbox';
    const gateRole = lock ? 'server' : 'command';
    const stores = await openStores({
      records,
      keys,
      folder: config.dataFolder,
      sandbox,
      now,
      role: gateRole,
    });
    return { ...stores, lock, serverPort: holder?.port ?? null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The secret from which each recipient's own secret for erasure requests is derived; made at the first start. */
export function erasureMaster(dataFolder: string): Buffer {
  const file = path.join(dataFolder, 'secrets', 'erasure-requests');
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
}

async function openStore(
  options: InstallationOptions,
  name: ClusterName,
  isHolder: boolean,
  undo: Undo[],
): Promise<Pool> {
  const place = options.config.stores[name];
  const pool =
    place.kind === 'external'
      ? await openExternal(name, place)
      : isHolder
        ? await startEmbedded(options, name, undo)
        : attach(options.config, name);
  undo.push(() => pool.end());
  return pool;
}

async function startEmbedded(
  { config, onChange }: InstallationOptions,
  name: ClusterName,
  undo: Undo[],
): Promise<Pool> {
  const cluster = await startCluster({
    folder: config.dataFolder,
    name,
    onChange: (change) => onChange?.(name, change),
  });
  undo.push(() => cluster.stop());
  const administrator = connectionTo(cluster.port, 'postgres', cluster.superuserPassword, name);
  await ensureDatabase(administrator);
  await bringUpToDate(cluster, name, administrator);
  return openPool(connectionTo(cluster.port, 'varsam', cluster.applicationPassword, name));
}

async function bringUpToDate(
  { applicationPassword }: Cluster,
  name: ClusterName,
  connection: Connection,
): Promise<void> {
  await migrate({ connection, folder: migrationsFolder(name), applicationPassword });
}

function attach({ dataFolder }: Config, name: ClusterName): Pool {
  const port = findRunning(dataFolder, name);
  if (port === null) {
    throw new Problem(
      'unavailable',
      'Another Varsam process is starting or stopping. Try again in a moment.',
    );
  }
  return openPool(
    connectionTo(port, 'varsam', readPassword(dataFolder, name, 'application'), name),
  );
}

async function openExternal(
  name: ClusterName,
  place: { readonly urlFile: string; readonly administratorUrlFile: string | null },
): Promise<Pool> {
  if (place.administratorUrlFile !== null) {
    const connection = connectionFromUrl(readSecret(place.administratorUrlFile));
    await migrate({ connection, folder: migrationsFolder(name), applicationPassword: null });
  }
  return openPool(connectionFromUrl(readSecret(place.urlFile)));
}

function connectionTo(port: number, user: string, password: string, database: string): Connection {
  return { port, user, password, database };
}

function connectionFromUrl(text: string): Connection {
  const url = new URL(text);
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
  };
}
