import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Problem } from '../problem.ts';
import { startOf } from './processes.ts';

/** Who works in a data folder: the server, or a command that started the stores for itself. */
export type Holder = {
  readonly role: 'server' | 'command';
  readonly pid: number;
  readonly startedAs: string;
  /** The HTTP port of the server once it listens. */
  readonly port: number | null;
};

export type ServerLock = {
  /** Says on which port the server listens, so that commands can find it. */
  announce(port: number): void;
  release(): void;
};

const holderShape = z.strictObject({
  role: z.enum(['server', 'command']),
  pid: z.int().positive(),
  startedAs: z.string(),
  port: z.int().nullable(),
});
const attemptsMax = 20;

/**
 * Takes the data folder for this process. A lock left by a process that is gone, or whose id now belongs to another
 * process, is replaced.
 *
 * @throws Problem `conflict` when another process holds it.
 */
export function holdDataFolder(dataFolder: string, role: Holder['role']): ServerLock {
  const file = lockFile(dataFolder);
  const mine: Holder = {
    role,
    pid: process.pid,
    startedAs: startOf(process.pid) ?? '',
    port: null,
  };
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    if (create(file, mine)) return lockOf(file, mine);
    const holder = holderOf(dataFolder);
    if (holder) throw new Problem('conflict', heldSentence(dataFolder, holder));
    removeStale(file);
  }
  throw new Problem('conflict', `${file} cannot be taken; other processes keep taking it`);
}

/** The living holder of a data folder, or null. */
export function holderOf(dataFolder: string): Holder | null {
  const holder = read(lockFile(dataFolder));
  if (!holder) return null;
  return startOf(holder.pid) === holder.startedAs ? holder : null;
}

function lockOf(file: string, mine: Holder): ServerLock {
  return {
    announce(port) {
      writeAside(file, { ...mine, port });
      renameSync(aside(file), file);
    },
    release() {
      if (read(file)?.pid === mine.pid) rmSync(file, { force: true });
    },
  };
}

function heldSentence(dataFolder: string, holder: Holder): string {
  const who = holder.role === 'server' ? 'A Varsam server' : 'A varsam command';
  const where = holder.port === null ? '' : ` at http://localhost:${holder.port}`;
  return `${who} (process ${holder.pid}) already uses ${dataFolder}${where}. Stop it first, or set VARSAM_DATA to another folder.`;
}

function create(file: string, holder: Holder): boolean {
  writeAside(file, holder);
  try {
    // A link to a finished file is atomic: nobody reads a lock that is half written.
    linkSync(aside(file), file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(aside(file), { force: true });
  }
}

function removeStale(file: string): void {
  const moved = `${file}.stale-${process.pid}`;
  try {
    // Of several starters that saw the same stale lock, the rename lets one through at a time.
    renameSync(file, moved);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const taken = read(moved);
  const living = taken !== null && startOf(taken.pid) === taken.startedAs;
  // Between looking and renaming another starter may have put its own lock there: give it back.
  if (living) renameSync(moved, file);
  else rmSync(moved, { force: true });
}

function read(file: string): Holder | null {
  try {
    const parsed = holderShape.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

function writeAside(file: string, holder: Holder): void {
  writeFileSync(aside(file), `${JSON.stringify(holder)}\n`, { mode: 0o600 });
}

function aside(file: string): string {
  return `${file}.${process.pid}`;
}

function lockFile(dataFolder: string): string {
  return path.join(dataFolder, 'server.json');
}
