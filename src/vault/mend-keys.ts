import type { Keys, KeysTransaction } from '../database/keys.ts';
import type { OwnerId } from '../ids.ts';
import type { LedgerLog } from '../ledger/log.ts';
import { Problem } from '../problem.ts';
import { noteApplied } from './owner-keys.ts';

/** A fence as the ledger states it. */
export type StatedFence = {
  readonly index: number;
  readonly owner: OwnerId;
  readonly fingerprint: string | null;
  readonly at: Temporal.Instant;
};

/**
 * Fences of the ledger that the keys store lacks, because it is older.
 * @throws Problem `store-went-back` when the store is so old that the ledger has forgotten whom it would bring back
 */
export async function missingFences(keys: Keys, log: LedgerLog): Promise<StatedFence[]> {
  const rows = await keys.selectFrom('keys.fence').select('ledger_index').execute();
  const known = new Set(rows.map(({ ledger_index }) => ledger_index));
  const missing: StatedFence[] = [];
  for (let index = 0; index < log.size; index += 1) {
    const { kind, at } = log.parsedLine(index);
    if (kind !== 'fence' || known.has(index)) continue;
    const payload = (await log.payload(index)) as Payload | null;
    if (payload === null) throw tooOld(index);
    const { owner, key_fingerprint } = payload;
    missing.push({ index, owner, fingerprint: key_fingerprint, at: Temporal.Instant.from(at) });
  }
  // An owner that was stated twice has its fence already.
  const fenced = new Set(await fencedAmong(keys, missing));
  return missing.filter(({ owner }) => !fenced.has(owner));
}

type Payload = { readonly owner: OwnerId; readonly key_fingerprint: string | null };

/** Destroys a key again that came back, and puts its fence up as it stood. */
export function fenceAgain(keys: Keys, fence: StatedFence): Promise<void> {
  const { owner, fingerprint, at, index } = fence;
  return keys.transaction().execute(async (tx) => {
    await tx
      .selectFrom('keys.owner')
      .select('owner_id')
      .where('owner_id', '=', owner)
      .forUpdate()
      .execute();
    await tx
      .insertInto('keys.fence')
      .values({
        owner_id: owner,
        fenced_at: at,
        key_fingerprint: fingerprint === null ? null : Buffer.from(fingerprint, 'hex'),
        ledger_index: index,
        epoch: await newestEpoch(tx),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    for (const table of ['keys.blind_index', 'keys.owner_key', 'keys.owner'] as const)
      await tx.deleteFrom(table).where('owner_id', '=', owner).execute();
    await noteApplied(tx, index);
  });
}

/**
 * Notes the destroyed roots that an older keys store does not know of.
 * @throws Problem `store-went-back` when keys of the store are wrapped under one of them: then no copy of it opens any more
 */
export async function takeDestructions(keys: Keys, log: LedgerLog): Promise<void> {
  for (let index = 0; index < log.size; index += 1) {
    const { kind, at } = log.parsedLine(index);
    if (kind !== 'root-destroyed') continue;
    const payload = (await log.payload(index)) as { readonly epoch: number } | null;
    if (payload) await takeDestruction(keys, payload.epoch, Temporal.Instant.from(at));
  }
}

async function takeDestruction(keys: Keys, epoch: number, at: Temporal.Instant): Promise<void> {
  const row = await keys
    .selectFrom('keys.epoch')
    .select(['dropped_at', 'destroyed_at'])
    .where('epoch', '=', epoch)
    .executeTakeFirst();
  if (!row || row.dropped_at === null) throw rootDestroyed(epoch);
  if (row.destroyed_at !== null) return;
  await keys
    .updateTable('keys.epoch')
    .set({ destroyed_at: at })
    .where('epoch', '=', epoch)
    .execute();
}

/** Lets the keys store know the whole ledger, as who writes to it next would. */
export async function takeWholeLedger(keys: Keys, log: LedgerLog): Promise<void> {
  await keys.transaction().execute(async (tx) => {
    await tx
      .updateTable('keys.ledger_writer')
      .set({ size: log.size, root_hash: log.tree.root() })
      .execute();
    await noteApplied(tx, log.size - 1);
  });
}

/** Everybody who was ever erased, as the keys store knows it. */
export async function fencedOwners(keys: Keys): Promise<OwnerId[]> {
  const rows = await keys.selectFrom('keys.fence').select('owner_id').execute();
  return rows.map(({ owner_id }) => owner_id);
}

/** A page of owners with a key, in order. */
export async function ownersAfter(
  keys: Keys,
  after: OwnerId | null,
  limit: number,
): Promise<OwnerId[]> {
  const rows = await keys
    .selectFrom('keys.owner')
    .select('owner_id')
    .$if(after !== null, (query) => query.where('owner_id', '>', after as OwnerId))
    .orderBy('owner_id')
    .limit(limit)
    .execute();
  return rows.map(({ owner_id }) => owner_id);
}

/** Which of these owners have a key. */
export async function withKeys(keys: Keys, owners: readonly OwnerId[]): Promise<Set<OwnerId>> {
  if (owners.length === 0) return new Set();
  const rows = await keys
    .selectFrom('keys.owner')
    .select('owner_id')
    .where('owner_id', 'in', [...owners])
    .execute();
  return new Set(rows.map(({ owner_id }) => owner_id));
}

async function fencedAmong(keys: Keys, fences: readonly StatedFence[]): Promise<OwnerId[]> {
  if (fences.length === 0) return [];
  const rows = await keys
    .selectFrom('keys.fence')
    .select('owner_id')
    .where(
      'owner_id',
      'in',
      fences.map(({ owner }) => owner),
    )
    .execute();
  return rows.map(({ owner_id }) => owner_id);
}

async function newestEpoch(tx: KeysTransaction): Promise<number> {
  const { epoch } = await tx
    .selectFrom('keys.epoch')
    .select('epoch')
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return epoch;
}

function tooOld(index: number): Problem {
  return new Problem(
    'store-went-back',
    `The keys store is older than the erasure horizon: the ledger has forgotten whom its entry ${index} names. Put back a newer copy of the keys store.`,
  );
}

/** What a keys store is that was copied before the root key of its epoch was destroyed. */
export function rootDestroyed(epoch: number): Problem {
  return new Problem(
    'store-went-back',
    `The keys store went back in time: it is from epoch ${epoch}, whose root key was destroyed. No copy of it can be opened, and nothing can mend it. Put back a newer copy of the keys store.`,
  );
}
