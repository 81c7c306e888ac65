import { spawnSync } from 'node:child_process';
import { chownSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** "nobody" and "nogroup" (or "nobody") on Linux and macOS alike enough: an identity that owns nothing. */
const nobodyId = 65_534;

export type Identity = { readonly uid: number; readonly gid: number };

/**
 * As whom PostgreSQL runs: it refuses root. Null means as ourselves. As root it is the owner of a cluster that
 * exists, so that an ordinary user's installation stays that user's when root starts it once.
 *
 * Safety: a cluster that root makes belongs to an identity that other programs may share. Run Varsam as a user of its
 * own where that matters; docs/operations.md says how.
 */
export function postgresIdentity(clusterFolder: string): Identity | null {
  if (process.getuid?.() !== 0) return null;
  const found = statSync(clusterFolder, { throwIfNoEntry: false });
  return found && found.uid !== 0
    ? { uid: found.uid, gid: found.gid }
    : { uid: nobodyId, gid: nobodyId };
}

/** Whether the identity can enter a folder that exists; tried rather than computed, because of ACLs and mounts. */
export function canEnter(folder: string, identity: Identity | null): boolean {
  const shell = ['-c', 'cd -- "$1"', 'sh', folder];
  return spawnSync('/bin/sh', shell, { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Hands a folder of root's, one restored from a backup for example, and all in it to the identity. */
export function handOver(folder: string, identity: Identity | null): void {
  if (!identity || statSync(folder).uid === identity.uid) return;
  chownSync(folder, identity.uid, identity.gid);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    chownSync(path.join(entry.parentPath, entry.name), identity.uid, identity.gid);
  }
}
