/** For tests: owners with keys, and what is seen of them while one epoch follows the other. */
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Keys, KeysTables } from '../database/keys.ts';
import { openKysely } from '../database/pool.ts';
import { newOwnerId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import type { TestSystem } from '../../test/system.ts';
import { Epochs, planWithoutBackups } from './epochs.ts';
import type { EpochPlan } from './epochs.ts';
import type { WriteFile } from './private-files.ts';

export const never = {
  isRehearsed: () => Promise.resolve(false),
  isCopied: () => Promise.resolve(false),
};
export const rehearsed: EpochPlan = { ...planWithoutBackups, keysBackups: 'rehearsed' };

export const keysOf = (system: TestSystem): Keys => openKysely<KeysTables>(system.fresh.keys.pool);
export const rootFile = ({ folder }: TestSystem, epoch: number) =>
  join(folder, 'keyring', 'epochs', `00000${epoch}.key`);
export const routine = (system: TestSystem) => system.op('routine', 'retention');

export function later(system: TestSystem, days: number): void {
  system.now = system.now.add({ hours: days * 24 });
}

export async function newOwner(system: TestSystem): Promise<OwnerId> {
  const owner = newOwnerId();
  await system.vault.createKey(system.op('nobody', 'sign-up'), owner);
  return owner;
}

export function newOwners(system: TestSystem, count: number): Promise<OwnerId[]> {
  return Promise.all(Array.from({ length: count }, () => newOwner(system)));
}

/** What an owner's key makes of a word: the same for as long as it is the same key. */
export async function mark(system: TestSystem, owner: OwnerId): Promise<string> {
  return Buffer.from(await system.vault.mac(owner, 'test', 'word')).toString('hex');
}

export function marks(system: TestSystem, owners: readonly OwnerId[]): Promise<string[]> {
  return Promise.all(owners.map((owner) => mark(system, owner)));
}

export async function epochsOfKeys(system: TestSystem, owner: OwnerId): Promise<number[]> {
  const rows = await keysOf(system)
    .selectFrom('keys.owner_key')
    .select('epoch')
    .where('owner_id', '=', owner)
    .orderBy('epoch')
    .execute();
  return rows.map(({ epoch }) => epoch);
}

export async function partitions(system: TestSystem): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'keys.owner_key'::regclass order by 1`.execute(keysOf(system));
  return rows.map(({ name }) => name);
}

export function epochsWith(system: TestSystem, plan: EpochPlan, write?: WriteFile): Epochs {
  const { ledger, keyring } = system;
  return new Epochs({
    keys: keysOf(system),
    roots: keyring.roots,
    ledger,
    plan,
    ...(write && { write }),
  });
}
