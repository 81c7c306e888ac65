import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

const pollMs = 20;

/**
 * When a process started, as an opaque text that differs for a later process with the same id. Null if it is gone or
 * ended without being collected by its parent (a zombie), as happens where no init process does that.
 */
export function startOf(pid: number): string | null {
  if (process.platform !== 'linux') return ps(pid, 'lstart=');
  const [state, ...numbers] = statOf(pid);
  return state === undefined || hasEnded(state) ? null : (numbers[18] ?? null);
}

/** The processes that work in a folder: for PostgreSQL, which changes into its data directory, those of this cluster. */
export function processesIn(folder: string): number[] {
  if (process.platform !== 'linux') return processesNaming(folder);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingFolder(pid) === folder && isPostgres(pid));
}

/** Waits until none of the processes is left; false if some still are after `timeoutMs`. */
export async function waitUntilGone(pids: readonly number[], timeoutMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs <= timeoutMs; waitedMs += pollMs) {
    if (!pids.some(isRunning)) return true;
    await pause(pollMs);
  }
  return false;
}

/** Sends a signal; a process that is already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export function isRunning(pid: number): boolean {
  if (process.platform !== 'linux') return isAlive(pid);
  const [state] = statOf(pid);
  return state !== undefined && !hasEnded(state);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM means that it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The fields of /proc/PID/stat from the third, the state, on (proc_pid_stat(5)); none if it is gone. */
function statOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may itself hold spaces and parentheses, so count from the last one.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function hasEnded(state: string): boolean {
  return state === 'Z' || state === 'X';
}

function workingFolder(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres';
  } catch {
    return false;
  }
}

function processesNaming(folder: string): number[] {
  const listed = spawnSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' }).stdout ?? '';
  return listed
    .split('\n')
    .filter((line) => /\bpostgres\b/.test(line) && line.includes(` ${folder}`))
    .map((line) => Number.parseInt(line, 10));
}

function ps(pid: number, column: string): string | null {
  const text = spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).stdout;
  return text?.trim() || null;
}
