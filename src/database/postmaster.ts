import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../problem.ts';
import { pause, processesIn, signal, waitUntilGone } from './processes.ts';

/** What PostgreSQL writes into `postmaster.pid` (src/include/utils/pidfile.h). */
export type Postmaster = {
  readonly pid: number;
  readonly port: number;
  readonly state: 'starting' | 'ready' | 'stopping';
};

const fastStopMs = 10_000;
const immediateStopMs = 5_000;
const orphanWaitMs = 2_000;
const startPollMs = 20;

/** The postmaster that really runs in a cluster's folder, or null. A stale `postmaster.pid` is not believed. */
export function runningPostmaster(clusterFolder: string): Postmaster | null {
  const postmaster = readPostmaster(clusterFolder);
  if (!postmaster) return null;
  return processesIn(realpathSync(clusterFolder)).includes(postmaster.pid) ? postmaster : null;
}

/**
 * Leaves the folder without any process of an earlier run, so that a new postmaster can recover it. An earlier
 * server that was killed leaves its postmaster running; a postmaster that was killed leaves its children for a
 * moment, and a pid file whose number another process may have by now.
 */
export async function clearLeftovers(clusterFolder: string): Promise<'nothing' | 'found'> {
  const running = runningPostmaster(clusterFolder);
  if (running) await stopPostmaster(running.pid);
  const folder = realpathSync(clusterFolder);
  const orphans = processesIn(folder);
  if (!(await waitUntilGone(orphans, orphanWaitMs))) {
    // Children without their postmaster write nothing any more that recovery would not repeat.
    for (const pid of processesIn(folder)) signal(pid, 'SIGKILL');
    await waitUntilGone(orphans, orphanWaitMs);
  }
  if (processesIn(folder).length > 0) {
    throw new Problem('unavailable', `processes of an earlier run do not end in ${folder}`);
  }
  // Nobody works in this folder, so whatever process has the number in the file now is a stranger.
  const pidFile = path.join(clusterFolder, 'postmaster.pid');
  const unclean = existsSync(pidFile);
  rmSync(pidFile, { force: true });
  return running || unclean ? 'found' : 'nothing';
}

/** Fast shutdown (SIGINT): connections are cut, what was committed is written. Immediate (SIGQUIT) if that hangs. */
export async function stopPostmaster(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await waitUntilGone([pid], fastStopMs)) return;
  signal(pid, 'SIGQUIT');
  if (await waitUntilGone([pid], immediateStopMs)) return;
  signal(pid, 'SIGKILL');
  await waitUntilGone([pid], immediateStopMs);
}

/** Waits for the postmaster `pid` to accept connections; false if it ended or time ran out. */
export async function waitUntilReady(options: {
  readonly clusterFolder: string;
  readonly pid: number;
  readonly timeoutMs: number;
  readonly hasEnded: () => boolean;
}): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < options.timeoutMs; waitedMs += startPollMs) {
    if (options.hasEnded()) return false;
    const found = readPostmaster(options.clusterFolder);
    if (found?.pid === options.pid && found.state === 'ready') return true;
    await pause(startPollMs);
  }
  return false;
}

function readPostmaster(clusterFolder: string): Postmaster | null {
  try {
    const text = readFileSync(path.join(clusterFolder, 'postmaster.pid'), 'utf8');
    return parsePostmaster(text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Lines: pid, data directory, start time, port, socket directory, listen address, shared memory key, state. */
export function parsePostmaster(text: string): Postmaster | null {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  const port = Number.parseInt(lines[3] ?? '', 10);
  if (!Number.isSafeInteger(pid) || pid === 0) return null;
  return { pid, port: Number.isNaN(port) ? 0 : port, state: stateOf(lines[7]) };
}

function stateOf(word: string | undefined): Postmaster['state'] {
  if (word === 'ready') return 'ready';
  return word === 'stopping' ? 'stopping' : 'starting';
}
