import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Keys, KeysTransaction } from '../database/keys.ts';
import type { OwnerId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { unwrapKey, wrapKey } from './cipher.ts';
import type { RootKeys } from './root-keys.ts';

const batchSize = 1_000;
/** After so many keys, some milliseconds, whoever waits for the process gets his turn. */
const sliceSize = 200;
const otherWays = [
  'enable_sort',
  'enable_incremental_sort',
  'enable_bitmapscan',
  'enable_seqscan',
  'enable_hashjoin',
  'enable_mergejoin',
];
const wrappedSize = 60;
const fingerprintSize = 16;

/** Keys of the old epoch as they were read, each column in one value. */
type Read = {
  readonly owners: readonly OwnerId[];
  readonly wrapped: Buffer;
  readonly fingerprints: Buffer;
};

/** The same keys wrapped under the next root, to be written. */
export type Batch = Read & {
  /** How many do not open under the old root: they stay where they are, and the old epoch with them. */
  readonly damaged: number;
  /** Where the next batch begins; null when this was the last. */
  readonly next: OwnerId | null;
};

/**
 * The next keys of an epoch that do not stand in the following one yet, wrapped for it. Takes no locks: an owner's key
 * never changes, it is only destroyed, and `writeBatch` looks whether its owner is still there.
 */
export async function wrapBatch(
  keys: Keys,
  roots: RootKeys,
  from: number,
  after: OwnerId | null,
): Promise<Batch> {
  const read = await readKeys(keys, from, after);
  const last = read.owners.at(-1);
  const moved = last ? await wrapAnew(read, roots, from) : read;
  return {
    ...moved,
    damaged: read.owners.length - moved.owners.length,
    next: last && read.owners.length === batchSize ? last : null,
  };
}

/**
 * Writes a batch beside the old copies, and returns how many keys. Holds each owner's row as creation and erasure do
 * (`for key share` is what an erasure's `for update` waits for): who is being erased in this moment is passed over, who
 * was erased is not there, and whose turn came first is erased from both epochs afterwards. What another process has
 * written since the batch was read stays as it is: it is the same key.
 */
export async function writeBatch(tx: KeysTransaction, batch: Batch, from: number): Promise<number> {
  if (batch.owners.length === 0) return 0;
  const result = await sql`
    insert into keys.owner_key (owner_id, epoch, wrapped, fingerprint)
    select o.owner_id, ${from + 1},
           substring(${batch.wrapped}::bytea from (n::int - 1) * ${wrappedSize} + 1 for ${wrappedSize}),
           substring(${batch.fingerprints}::bytea from (n::int - 1) * ${fingerprintSize} + 1 for ${fingerprintSize})
    from unnest(${[...batch.owners]}::uuid[]) with ordinality m(owner_id, n)
    join keys.owner o on o.owner_id = m.owner_id
    for key share of o skip locked
    on conflict do nothing`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

function readKeys(keys: Keys, from: number, after: OwnerId | null): Promise<Read> {
  return keys.transaction().execute(async (tx) => {
    // Along both indexes, whatever the planner knows of partitions this young: every other way reads all that is left,
    // for each batch anew.
    await sql`select set_config(name, 'off', true) from unnest(${otherWays}::text[]) name`.execute(
      tx,
    );
    return readNext(tx, from, after);
  });
}

async function readNext(tx: KeysTransaction, from: number, after: OwnerId | null): Promise<Read> {
  const { rows } = await sql<{ owners: string; wrapped: Buffer; fingerprints: Buffer }>`
    select string_agg(owner_id::text, ',') as owners, string_agg(wrapped, '') as wrapped,
           string_agg(fingerprint, '') as fingerprints
    from (
      select k.owner_id, k.wrapped, k.fingerprint
      from keys.owner_key k
      where k.epoch = ${from}
        and k.owner_id > ${after ?? '00000000-0000-0000-0000-000000000000'}
        and not exists (select from keys.owner_key n where n.owner_id = k.owner_id and n.epoch = ${from + 1})
      order by k.owner_id
      limit ${batchSize}
    ) k
    having count(*) > 0`.execute(tx);
  const [row] = rows;
  const nothing = Buffer.alloc(0);
  if (!row) return { owners: [], wrapped: nothing, fingerprints: nothing };
  return { ...row, owners: row.owners.split(',') as OwnerId[] };
}

async function wrapAnew(read: Read, roots: RootKeys, from: number): Promise<Read> {
  const [old, next] = [roots.open(from), roots.open(from + 1)];
  const owners: OwnerId[] = [];
  const wrapped: Uint8Array[] = [];
  const fingerprints: Uint8Array[] = [];
  for (const [index, owner] of read.owners.entries()) {
    if (index % sliceSize === sliceSize - 1) await setImmediate();
    const key = unwrapOrNull(old, owner, from, slice(read.wrapped, index, wrappedSize));
    if (key === null) continue;
    owners.push(owner);
    wrapped.push(wrapKey(next, owner, from + 1, key));
    fingerprints.push(slice(read.fingerprints, index, fingerprintSize));
    key.fill(0);
  }
  return { owners, wrapped: Buffer.concat(wrapped), fingerprints: Buffer.concat(fingerprints) };
}

function unwrapOrNull(...given: Parameters<typeof unwrapKey>): Buffer | null {
  try {
    return unwrapKey(...given);
  } catch (error) {
    if (isProblem(error, 'sealed-damaged')) return null;
    throw error;
  }
}

function slice(column: Buffer, index: number, size: number): Buffer {
  return column.subarray(index * size, (index + 1) * size);
}
