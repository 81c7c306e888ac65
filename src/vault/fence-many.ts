import { sql } from 'kysely';
import type { KeysTransaction } from '../database/keys.ts';
import type { OwnerId } from '../ids.ts';
import type { Ledger } from '../ledger/ledger.ts';

/**
 * Puts up the fences of many owners and destroys their keys: an entry each in the ledger, all of them durable before the
 * first key is touched. Those that are fenced already stay as they are.
 * @returns the last entry that concerns one of them; null when there is none
 */
export async function fenceMany(
  tx: KeysTransaction,
  owners: readonly OwnerId[],
  ledger: Ledger,
  now: Temporal.Instant,
): Promise<number | null> {
  // In one order, or two processes with the same owners would wait for each other.
  const sorted = owners.toSorted();
  await lockOwners(tx, sorted, now);
  const fenced = await fencesOf(tx, sorted);
  const open = sorted.filter((owner) => !fenced.has(owner));
  const put = open.length === 0 ? [] : await putUpFences(tx, open, ledger, now);
  await tx.deleteFrom('keys.owner').where('owner_id', '=', anyOf(sorted)).execute();
  const last = Math.max(...fenced.values(), ...put);
  return Number.isFinite(last) ? last : null;
}

async function lockOwners(
  tx: KeysTransaction,
  owners: readonly OwnerId[],
  now: Temporal.Instant,
): Promise<void> {
  await sql`insert into keys.owner (owner_id, created_at)
    select unnest(${[...owners]}::uuid[]), ${now} on conflict do nothing`.execute(tx);
  await tx
    .selectFrom('keys.owner')
    .select('owner_id')
    .where('owner_id', '=', anyOf(owners))
    .orderBy('owner_id')
    .forUpdate()
    .execute();
}

async function fencesOf(
  tx: KeysTransaction,
  owners: readonly OwnerId[],
): Promise<ReadonlyMap<OwnerId, number>> {
  const rows = await tx
    .selectFrom('keys.fence')
    .select(['owner_id', 'ledger_index'])
    .where('owner_id', '=', anyOf(owners))
    .execute();
  return new Map(rows.map(({ owner_id, ledger_index }) => [owner_id, ledger_index]));
}

async function putUpFences(
  tx: KeysTransaction,
  owners: readonly OwnerId[],
  ledger: Ledger,
  now: Temporal.Instant,
): Promise<number[]> {
  const keys = await tx
    .selectFrom('keys.owner_key')
    .select(['owner_id', 'epoch', 'fingerprint'])
    .where('owner_id', '=', anyOf(owners))
    .orderBy('epoch')
    .execute();
  // The newest wrapping comes last, and is the one that counts.
  const last = new Map(keys.map((key) => [key.owner_id, key]));
  const fingerprintOf = (owner: OwnerId) => {
    const key = last.get(owner);
    return key ? Buffer.from(key.fingerprint) : null;
  };
  const entries = owners.map((owner) => ({
    kind: 'fence' as const,
    payload: { owner, key_fingerprint: fingerprintOf(owner)?.toString('hex') ?? null },
  }));
  const indexes = await ledger.appendAll(entries, now, tx);
  await sql`insert into keys.fence (owner_id, fenced_at, key_fingerprint, ledger_index, epoch)
    select f.owner_id, ${now}, f.fingerprint, f.index,
      coalesce(f.epoch, (select max(e.epoch) from keys.epoch e))
    from unnest(${[...owners]}::uuid[], ${owners.map(fingerprintOf)}::bytea[], ${indexes}::bigint[],
      ${owners.map((owner) => last.get(owner)?.epoch ?? null)}::int[])
      as f (owner_id, fingerprint, index, epoch)`.execute(tx);
  await tx.deleteFrom('keys.blind_index').where('owner_id', '=', anyOf(owners)).execute();
  await tx.deleteFrom('keys.owner_key').where('owner_id', '=', anyOf(owners)).execute();
  return indexes;
}

function anyOf(owners: readonly OwnerId[]) {
  return sql<OwnerId>`any (${[...owners]}::uuid[])`;
}
