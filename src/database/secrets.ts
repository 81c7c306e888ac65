import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { Problem } from '../problem.ts';

export type DatabaseRole = 'superuser' | 'application';

const passwordBytes = 32;

/** The password of a role of an embedded cluster, from `secrets/` in the data folder. */
export function readPassword(dataFolder: string, cluster: string, role: DatabaseRole): string {
  const file = passwordFile(dataFolder, cluster, role);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Problem(
      'unavailable',
      `The database password ${file} cannot be read. Restore the folder secrets/ from its backup.`,
      { cause: error },
    );
  }
}

/** Makes the passwords of a cluster that is about to be made; those of an interrupted attempt are kept. */
export function makePasswords(dataFolder: string, cluster: string): void {
  const folder = path.join(dataFolder, 'secrets');
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  for (const role of ['superuser', 'application'] as const) {
    writeNew(
      passwordFile(dataFolder, cluster, role),
      randomBytes(passwordBytes).toString('base64url'),
    );
  }
}

function writeNew(file: string, text: string): void {
  if (isWhole(file)) return;
  const descriptor = openSync(file, 'w', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A crash while writing leaves an empty or short file. */
function isWhole(file: string): boolean {
  try {
    return readFileSync(file, 'utf8').length === Math.ceil((passwordBytes * 4) / 3);
  } catch {
    return false;
  }
}

function passwordFile(dataFolder: string, cluster: string, role: DatabaseRole): string {
  return path.join(dataFolder, 'secrets', `${cluster}-${role}-password`);
}
