import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '../problem.ts';

/** Writes a new file of mode 0600 and returns when it is durable; throws when the disk is full. */
export type WriteFile = (path: string, text: string) => void;

/** A 256-bit key from a file that nobody else can read. */
export function readSecret(path: string): Buffer {
  return parseSecret(path, readPrivate(path));
}

/**
 * The same for a file that was looked at before and is read again and again: without asking who else can read it. Null
 * when it is not there.
 */
export function findSecret(path: string): Buffer | null {
  try {
    return parseSecret(path, readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function parseSecret(path: string, text: string): Buffer {
  const key = Buffer.from(text.trim(), 'hex');
  if (key.length !== 32)
    throw new Problem(
      'keyring',
      `${path} is not a 256-bit key in hexadecimal. Restore it from its backup.`,
    );
  return key;
}

export function readPrivate(path: string): string {
  assertPrivate(path);
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Problem(
      'keyring',
      `${path} cannot be read by this user. Give it to the user who runs Varsam, mode 0600.`,
    );
  }
}

/**
 * Makes a random 256-bit key: written aside, durable, then put in its place whole, so that a crash or a full disk leaves
 * no half key under its name.
 * @throws Problem `keyring` when it cannot be written
 */
export function writeSecret(path: string, write: WriteFile = writeDurably): void {
  const fresh = `${path}.new`;
  rmSync(fresh, { force: true });
  try {
    write(fresh, `${randomBytes(32).toString('hex')}\n`);
    putInPlace(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new Problem('keyring', `${path} could not be written (${code ?? 'unexpected'}).`);
  }
}

function putInPlace(fresh: string, path: string): void {
  renameSync(fresh, path);
  syncFolder(dirname(path));
}

export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export function writeDurably(path: string, text: string): void {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export function assertPrivate(path: string): void {
  const found = statIfThere(path);
  if (!found)
    throw new Problem(
      'keyring',
      `${path} is missing. Restore the keyring from its backup; a new one cannot open the stores.`,
    );
  if ((found.mode & 0o077) !== 0) {
    throw new Problem('keyring', `${path} can be read by others. Run: chmod go-rwx ${path}`);
  }
}

/** Names a secret of the keyring without telling it. */
export function fingerprint(secret: Uint8Array): Buffer {
  return createHash('sha256')
    .update('varsam keyring fingerprint')
    .update(secret)
    .digest()
    .subarray(0, 16);
}

function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    throw new Problem(
      'keyring',
      `${path} cannot be reached by this user. Give its folder to the user who runs Varsam, mode 0700.`,
    );
  }
}
