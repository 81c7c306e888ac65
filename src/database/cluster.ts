import { spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  fchmodSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { Problem } from '../problem.ts';
import { findBinaries } from './binaries.ts';
import {
  clusterFolder,
  initialiseCluster,
  postgresEnvironment,
  type ClusterPlace,
} from './initialise.ts';
import { clearLeftovers, runningPostmaster, stopPostmaster, waitUntilReady } from './postmaster.ts';
import { pause } from './processes.ts';
import { readPassword } from './secrets.ts';
import { settingArguments, shippedSettings, type Settings } from './settings.ts';
import { canEnter, handOver, postgresIdentity } from './unprivileged.ts';

export type ClusterName = 'records' | 'keys';

export type ClusterOptions = {
  /** The data folder; the cluster lies in a folder of its name below it. */
  readonly folder: string;
  readonly name: ClusterName;
  /** Settings that differ from the shipped ones. */
  readonly settings?: Settings;
  /** Called when the running cluster ended by itself, and again when it is back or given up. */
  readonly onChange?: (change: ClusterChange) => void;
};

export type ClusterChange = 'ended' | 'restarted' | 'given-up';

export type Cluster = {
  readonly port: number;
  readonly superuserPassword: string;
  readonly applicationPassword: string;
  readonly pid: number;
  /** Whether an earlier run had ended without order, and its work was recovered. */
  readonly leftovers: 'nothing' | 'found';
  stop(): Promise<void>;
};

const portAttemptsMax = 5;
/** Recovery after a crash replays at most `max_wal_size`; this is far more than that takes. */
const startTimeoutMs = 120_000;
const logBytesMax = 10_000_000;
const restartsMax = 5;
const restartPauseMs = 200;

type Running = { child: ChildProcess; pid: number; ended: boolean };

/**
 * Starts an embedded PostgreSQL cluster on 127.0.0.1, made on first use. When it is killed from outside it is started
 * again on the same port. Processes of a run that was killed are stopped first and their work is recovered; the caller
 * therefore holds the data folder (`holdDataFolder`).
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const place = prepare(options);
  await initialiseCluster(place);
  const leftovers = await clearLeftovers(clusterFolder(place.dataFolder, place.name));
  handOver(clusterFolder(place.dataFolder, place.name), place.identity);
  const { running, port } = await startOnFreePort(place, options);
  const supervised = supervise({ place, options, port, running });
  return {
    port,
    superuserPassword: readPassword(place.dataFolder, place.name, 'superuser'),
    applicationPassword: readPassword(place.dataFolder, place.name, 'application'),
    get pid() {
      return supervised.pid();
    },
    leftovers,
    stop: supervised.stop,
  };
}

/** The port of a cluster that a running server started, or null. */
export function findRunning(dataFolder: string, name: ClusterName): number | null {
  try {
    const postmaster = runningPostmaster(clusterFolder(dataFolder, name));
    return postmaster?.state === 'ready' ? postmaster.port : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function prepare(options: ClusterOptions): ClusterPlace {
  mkdirSync(path.join(options.folder, 'log'), { recursive: true, mode: 0o700 });
  const dataFolder = realpathSync(options.folder);
  const identity = postgresIdentity(clusterFolder(dataFolder, options.name));
  if (!canEnter(dataFolder, identity)) throw unreachable(dataFolder);
  return { dataFolder, name: options.name, identity, binaries: findBinaries(dataFolder, identity) };
}

function unreachable(dataFolder: string): Problem {
  return new Problem(
    'unavailable',
    `PostgreSQL does not run as root, and the user it runs as cannot enter ${dataFolder}. Set VARSAM_DATA to a folder outside private home folders, or run Varsam as an ordinary user.`,
  );
}

async function startOnFreePort(place: ClusterPlace, options: ClusterOptions) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const running = await startPostmaster(place, options, port);
    if (running) return { running, port };
    // Another program may have taken the port in between; anything else fails the same way again.
    if (attempt === portAttemptsMax) throw didNotStart(place);
  }
}

function didNotStart(place: ClusterPlace): Problem {
  return new Problem(
    'unavailable',
    `The ${place.name} cluster did not start. Its own words are in ${logFile(place)}.`,
  );
}

async function startPostmaster(
  place: ClusterPlace,
  options: ClusterOptions,
  port: number,
): Promise<Running | null> {
  const folder = clusterFolder(place.dataFolder, place.name);
  const settings = { ...shippedSettings, ...options.settings, port: String(port) };
  const log = openLog(place);
  // A process group of its own: Ctrl-C in the terminal reaches us alone, and we stop PostgreSQL in order.
  const child = spawn(place.binaries.postgres, ['-D', folder, ...settingArguments(settings)], {
    ...place.identity,
    cwd: place.dataFolder,
    env: postgresEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const running: Running = { child, pid: child.pid ?? 0, ended: false };
  child.once('error', () => (running.ended = true));
  child.once('exit', () => (running.ended = true));
  const hasEnded = () => running.ended;
  const ready = await waitUntilReady({
    clusterFolder: folder,
    pid: running.pid,
    timeoutMs: startTimeoutMs,
    hasEnded,
  });
  if (!ready && !running.ended) await stopPostmaster(running.pid);
  return ready ? running : null;
}

type Supervised = { readonly pid: () => number; readonly stop: () => Promise<void> };

function supervise(started: {
  place: ClusterPlace;
  options: ClusterOptions;
  port: number;
  running: Running;
}): Supervised {
  const { place, options, port } = started;
  let running = started.running;
  let stopping = false;
  let restarting: Promise<void> = Promise.resolve();

  const watch = () => {
    const ended = () => {
      if (!stopping) restarting = restart();
    };
    if (running.ended) ended();
    else running.child.once('exit', ended);
  };
  const restart = async () => {
    options.onChange?.('ended');
    for (let attempt = 1; attempt <= restartsMax && !stopping; attempt++) {
      const again = await restartOnce(place, options, port);
      if (again) {
        running = again;
        options.onChange?.('restarted');
        return watch();
      }
      await pause(restartPauseMs * attempt);
    }
    if (!stopping) options.onChange?.('given-up');
  };

  watch();
  return {
    pid: () => running.pid,
    async stop() {
      stopping = true;
      await restarting;
      if (!running.ended) await stopPostmaster(running.pid);
    },
  };
}

async function restartOnce(place: ClusterPlace, options: ClusterOptions, port: number) {
  try {
    await clearLeftovers(clusterFolder(place.dataFolder, place.name));
    return await startPostmaster(place, options, port);
  } catch {
    // The log of the cluster says why; the caller tries again and gives up in the end.
    return null;
  }
}

function openLog(place: ClusterPlace): number {
  const file = logFile(place);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logBytesMax) renameSync(file, `${file}.1`);
  const descriptor = openSync(file, 'a', 0o600);
  fchmodSync(descriptor, 0o600);
  return descriptor;
}

function logFile(place: ClusterPlace): string {
  return path.join(place.dataFolder, 'log', `postgres-${place.name}.log`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
