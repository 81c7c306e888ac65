import { readSecret, type Config, type StorePlace } from '../config.ts';
import { Problem } from '../problem.ts';
import { migrationsFolder } from '../project.ts';
import { findRunning, startCluster, type ClusterChange, type ClusterName } from './cluster.ts';
import { applicationRole, ensureDatabase, migrate } from './migrate.ts';
import { openPool, type Connection, type Pool } from './pool.ts';
import { readPassword } from './secrets.ts';
import { holdDataFolder, holderOf, type Holder, type ServerLock } from './server-lock.ts';

export type OpenDatabase = {
  /** As the application's role, with the grants that the migrations give. */
  readonly pool: Pool;
  readonly connection: Connection;
};

export type OpenDatabases = {
  readonly records: OpenDatabase;
  readonly keys: OpenDatabase;
  /** Null when the stores are those of a running server, which holds the lock. */
  readonly lock: ServerLock | null;
  /** Ends the connections and, when they were started here, the clusters. */
  stop(): Promise<void>;
};

export type OpenOptions = {
  readonly config: Config;
  /** A server must hold the data folder; a command joins the running server if there is one. */
  readonly role: Holder['role'];
  readonly connectionsMax?: number;
  readonly onChange?: (store: ClusterName, change: ClusterChange | 'started' | 'recovered') => void;
};

type Started = { readonly connection: Connection; stop(): Promise<void> };

const urlProtocols = ['postgres:', 'postgresql:'];
const defaultPort = 5432;

/**
 * Both stores, running, migrated and connected. The data folder has been prepared (`prepareDataFolder`).
 *
 * @throws Problem `conflict` when another process holds the data folder, `unavailable` when a store does not start.
 */
export async function openDatabases(options: OpenOptions): Promise<OpenDatabases> {
  const { config, role } = options;
  if (role === 'command' && holderOf(config.dataFolder)?.role === 'server') {
    return connect(options, null, [attach(config, 'records'), attach(config, 'keys')]);
  }
  const lock = holdDataFolder(config.dataFolder, role);
  const started = await Promise.allSettled([start(options, 'records'), start(options, 'keys')]);
  const [records, keys] = started;
  if (records.status === 'fulfilled' && keys.status === 'fulfilled') {
    return connect(options, lock, [records.value, keys.value]);
  }
  for (const one of started) if (one.status === 'fulfilled') await one.value.stop();
  lock.release();
  throw records.status === 'rejected' ? records.reason : (keys as PromiseRejectedResult).reason;
}

/**
 * The records store alone, for when the keys store is lost: nothing in it can be opened by us then.
 * @throws Problem as `openDatabases`
 */
export async function openRecordsAlone(
  config: Config,
): Promise<{ readonly pool: Pool; stop(): Promise<void> }> {
  const options: OpenOptions = { config, role: 'command' };
  const isServed = holderOf(config.dataFolder)?.role === 'server';
  const lock = isServed ? null : holdDataFolder(config.dataFolder, 'command');
  try {
    const started = isServed ? attach(config, 'records') : await start(options, 'records');
    const pool = openPool(started.connection);
    const stop = async () => {
      await pool.end();
      await started.stop();
      lock?.release();
    };
    return { pool, stop };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

function connect(
  options: OpenOptions,
  lock: ServerLock | null,
  [records, keys]: readonly [Started, Started],
): OpenDatabases {
  const open = ({ connection }: Started): OpenDatabase => ({
    connection,
    pool: openPool({
      ...connection,
      ...(options.connectionsMax && { max: options.connectionsMax }),
    }),
  });
  const stores = { records: open(records), keys: open(keys) };
  const stop = async () => {
    await Promise.all([stores.records.pool.end(), stores.keys.pool.end()]);
    await Promise.all([records.stop(), keys.stop()]);
    lock?.release();
  };
  return { ...stores, lock, stop };
}

function start(options: OpenOptions, name: ClusterName): Promise<Started> {
  const place = options.config.stores[name];
  return place.kind === 'embedded' ? startEmbedded(options, name) : useExternal(place, name);
}

async function startEmbedded(options: OpenOptions, name: ClusterName): Promise<Started> {
  const { config, onChange } = options;
  const cluster = await startCluster({
    folder: config.dataFolder,
    name,
    onChange: (change) => onChange?.(name, change),
  });
  try {
    onChange?.(name, cluster.leftovers === 'nothing' ? 'started' : 'recovered');
    const administrator = embedded(cluster.port, 'postgres', cluster.superuserPassword, name);
    await ensureDatabase(administrator);
    await migrate({
      connection: administrator,
      folder: migrationsFolder(name),
      applicationPassword: cluster.applicationPassword,
    });
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  const { port, applicationPassword } = cluster;
  return {
    connection: embedded(port, applicationRole, applicationPassword, name),
    stop: () => cluster.stop(),
  };
}

function embedded(port: number, user: string, password: string, name: ClusterName): Connection {
  return { port, user, password, database: name };
}

/** The store of the running server, which started and migrated it. */
function attach(config: Config, name: ClusterName): Started {
  const place = config.stores[name];
  const stop = async () => {};
  if (place.kind === 'external') return { connection: readUrl(place.urlFile), stop };
  const port = findRunning(config.dataFolder, name);
  if (port === null) {
    throw new Problem('unavailable', `The server runs, but its ${name} store does not answer.`);
  }
  const password = readPassword(config.dataFolder, name, 'application');
  return { connection: embedded(port, applicationRole, password, name), stop };
}

/** The owner of the database in an outside server, who makes its tables. */
export function administratorOf(
  place: Extract<StorePlace, { kind: 'external' }>,
  name: ClusterName,
): Connection {
  if (place.administratorUrlFile !== null) return readUrl(place.administratorUrlFile);
  throw new Problem(
    'bad-input',
    `To restore the ${name} store, its tables are made anew. Name the owner of its database: stores.${name}.administratorUrlFile.`,
  );
}

async function useExternal(
  place: Extract<StorePlace, { kind: 'external' }>,
  name: ClusterName,
): Promise<Started> {
  if (place.administratorUrlFile !== null) {
    await migrate({
      connection: readUrl(place.administratorUrlFile),
      folder: migrationsFolder(name),
      applicationPassword: null,
    });
  }
  return { connection: readUrl(place.urlFile), stop: async () => {} };
}

/** Outside loopback the connection is encrypted and the server's certificate verified, whatever the URL says. */
function readUrl(file: string): Connection {
  const url = URL.parse(readSecret(file));
  if (!url || !urlProtocols.includes(url.protocol) || url.pathname.length < 2) {
    throw new Problem('bad-input', `${file} must hold postgres://user:password@host/database`);
  }
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? defaultPort : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(!isLocal && { tls: { authorityFile: url.searchParams.get('sslrootcert') } }),
  };
}
