import { createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  assertPrivate,
  findSecret,
  fingerprint,
  readSecret,
  syncFolder,
  writeSecret,
} from './private-files.ts';
import type { WriteFile } from './private-files.ts';

/**
 * The root keys of epochs, one file each. They are read when they are needed and held by nobody: a process that runs
 * for months finds the root that another one made, and keeps none that was destroyed.
 */
export type RootKeys = {
  /** @throws Problem `keyring` when the file is missing or damaged */
  open(epoch: number): KeyObject;
  /** The same, or null when the file is missing: then the epoch may just have ended. */
  find(epoch: number): KeyObject | null;
  has(epoch: number): boolean;
  epochs(): number[];
  fingerprint(epoch: number): Buffer;
  /**
   * Makes the key of a new epoch, durably; one that an interrupted beginning left is taken up.
   * @returns its fingerprint
   */
  make(epoch: number, write?: WriteFile): Buffer;
  /** Overwrites and removes the file, durably. What is gone already stays gone. */
  destroy(epoch: number): void;
};

const fileName = /^(\d{6,9})\.key$/;
const keySize = 32;

export function rootKeysIn(folder: string): RootKeys {
  const at = (epoch: number) => join(folder, `${String(epoch).padStart(6, '0')}.key`);
  const has = (epoch: number) => existsSync(at(epoch));
  const find = findInTurns((epoch) => findSecret(at(epoch)));
  return {
    has,
    find,
    open: (epoch) => find(epoch) ?? createSecretKey(readSecret(at(epoch))),
    epochs: () => listEpochs(folder),
    fingerprint: (epoch) => fingerprint(readSecret(at(epoch))),
    make: (epoch, write) => {
      if (!has(epoch)) writeSecret(at(epoch), write);
      return fingerprint(readSecret(at(epoch)));
    },
    destroy: (epoch) => {
      if (has(epoch)) overwriteAndRemove(at(epoch));
      syncFolder(folder);
    },
  };
}

/** Requests that come in the same turn of the process share one reading; after it nothing is held. */
function findInTurns(read: (epoch: number) => Buffer | null): RootKeys['find'] {
  const held = new Map<number, KeyObject>();
  return (epoch) => {
    const before = held.get(epoch);
    if (before) return before;
    const secret = read(epoch);
    if (secret === null) return null;
    const root = createSecretKey(secret);
    secret.fill(0);
    if (held.size === 0) setImmediate(() => held.clear());
    held.set(epoch, root);
    return root;
  };
}

function listEpochs(folder: string): number[] {
  assertPrivate(folder);
  return readdirSync(folder)
    .flatMap((name) => {
      const digits = fileName.exec(name)?.[1];
      return digits === undefined ? [] : [Number(digits)];
    })
    .sort((one, other) => one - other);
}

/**
 * Safety: on a disk that writes elsewhere (flash, copy-on-write, snapshots) the old bytes can stay until they are used
 * again. The volume of the keyring is therefore to be encrypted and in no snapshot (docs/operations.md).
 */
function overwriteAndRemove(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    // In the form of a key, so that a crash before the removal leaves nothing that a start would call damaged.
    writeSync(descriptor, `${randomBytes(keySize).toString('hex')}\n`, 0);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  rmSync(path);
}
