import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { BlindIndexKind, Keys, KeysTransaction } from '../database/keys.ts';
import { scanDatabase } from '../database/scan.ts';
import type { Wanted } from '../database/scan.ts';
import { isUniqueViolation } from '../database/unique-violation.ts';
import type { OwnerId } from '../ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { Problem } from '../problem.ts';
import { keyFingerprint, unwrapKey, wrapKey } from './cipher.ts';
import { fenceMany } from './fence-many.ts';
import type { Keyring } from './keyring.ts';

/** Something that leads to exactly one owner, such as the address of an account. Stored only as a keyed hash. */
export type Claim = { readonly kind: BlindIndexKind; readonly value: string };

export type Fenced = { readonly ledgerIndex: number };
export type FenceRow = Fenced & { readonly owner: OwnerId };
export type OldFence = FenceRow & { readonly fencedAt: Temporal.Instant };

/** Called after each durable part of a longer step; tests use it to stop the process right there. */
export type Passed = (point: string) => void;

/** The one place that reads and writes the keys store. */
export class OwnerKeys {
  readonly #keys: Keys;
  readonly #keyring: Keyring;

  constructor(keys: Keys, keyring: Keyring) {
    this.#keys = keys;
    this.#keyring = keyring;
  }

  /**
   * Makes the key of a new owner and its claims in one transaction.
   * @throws Problem `fenced` for an erased owner, `conflict` when the owner exists or a claim is taken.
   */
  async create(owner: OwnerId, claims: readonly Claim[], now: Temporal.Instant): Promise<void> {
    const key = randomBytes(32);
    try {
      await this.#keys.transaction().execute(async (tx) => {
        await insertOwner(tx, owner, now);
        await assertNotFenced(tx, owner);
        await this.#insertKey(tx, owner, key);
        await this.#insertClaims(tx, owner, claims);
      });
    } catch (error) {
      throw isUniqueViolation(error)
        ? new Problem('conflict', 'The owner or a claim exists.')
        : error;
    } finally {
      key.fill(0);
    }
  }

  /**
   * The owner's key, unwrapped for this one use.
   * @throws Problem `fenced` when the owner was erased, `key-missing` when it was not: then the data is lost, not erased.
   */
  async unwrap(owner: OwnerId): Promise<KeyObject> {
    const found = await findWrapped(this.#keys, [owner]);
    return this.#unwrapFound(owner, found.get(owner));
  }

  /** As `unwrap`, for two. */
  async unwrapBoth([one, other]: readonly [OwnerId, OwnerId]): Promise<[KeyObject, KeyObject]> {
    const found = await findWrapped(this.#keys, [one, other]);
    const unwrapOf = (owner: OwnerId) => this.#unwrapFound(owner, found.get(owner));
    return Promise.all([unwrapOf(one), unwrapOf(other)]);
  }

  async #unwrapFound(owner: OwnerId, first: Wrapped | undefined): Promise<KeyObject> {
    let found = first;
    let root = found && this.#keyring.roots.find(found.epoch);
    // Between the row and its root the epoch may have ended: then the key stands in the next one.
    if (found && !root) {
      found = (await findWrapped(this.#keys, [owner])).get(owner);
      root = found && this.#keyring.roots.open(found.epoch);
    }
    if (!found || !root) throw await this.#whyMissing(owner);
    const key = unwrapKey(root, owner, found.epoch, found.wrapped);
    try {
      return createSecretKey(key);
    } finally {
      key.fill(0);
    }
  }

  /** The owner that has this claim, or null. The first step of every sign-in. */
  ownerOf(claim: Claim): Promise<OwnerId | null> {
    return this.#holderIn(this.#keys, claim);
  }

  /**
   * Destroys the owner's key and claims and puts up the fence. The ledger entry is durable before the key is touched;
   * whatever was interrupted can be repeated, and two at once put up one fence.
   */
  async fence(
    owner: OwnerId,
    ledger: Ledger,
    now: Temporal.Instant,
    passed: Passed,
  ): Promise<Fenced> {
    const before = await this.fenceOf(owner);
    if (before) return before;
    const fenced = await this.#keys.transaction().execute(async (tx) => {
      await lockOwner(tx, owner, now);
      // Asked again under the lock: of two who fence at once, the second finds the first one's fence.
      const meanwhile = await findFence(tx, owner);
      const made = meanwhile ?? (await putUpFence(tx, owner, ledger, now, passed));
      await tx.deleteFrom('keys.owner').where('owner_id', '=', owner).execute();
      return made;
    });
    passed('key is destroyed');
    return fenced;
  }

  /** The same for many owners at once; the last entry of the ledger that concerns one of them. */
  fenceAll(
    owners: readonly OwnerId[],
    ledger: Ledger,
    now: Temporal.Instant,
  ): Promise<number | null> {
    return this.#keys.transaction().execute(async (tx) => {
      const last = await fenceMany(tx, owners, ledger, now);
      if (last !== null) await noteApplied(tx, last);
      return last;
    });
  }

  /**
   * Takes the claim and drops the owner's other ones of its kind in one transaction, so that at each moment exactly one
   * leads to the owner. Doing it twice is as good as once.
   * @throws Problem `conflict` when the new claim is somebody else's, `fenced` or `key-missing` without a key
   */
  async changeClaim(owner: OwnerId, claim: Claim): Promise<void> {
    const value = this.#blind(claim);
    await this.#keys.transaction().execute(async (tx) => {
      if (!(await holdOwner(tx, owner))) throw await this.#whyMissing(owner);
      await tx
        .insertInto('keys.blind_index')
        .values({ value, kind: claim.kind, owner_id: owner })
        .onConflict((conflict) => conflict.columns(['value', 'kind']).doNothing())
        .execute();
      if ((await this.#holderIn(tx, claim)) !== owner)
        throw new Problem('conflict', 'The claim is taken.');
      await tx
        .deleteFrom('keys.blind_index')
        .where('owner_id', '=', owner)
        .where('kind', '=', claim.kind)
        .where('value', '<>', value)
        .execute();
    });
  }

  async #holderIn(keys: Keys, claim: Claim): Promise<OwnerId | null> {
    const found = await keys
      .selectFrom('keys.blind_index')
      .select('owner_id')
      .where('value', '=', this.#blind(claim))
      .where('kind', '=', claim.kind)
      .executeTakeFirst();
    return found?.owner_id ?? null;
  }

  /** Lets go of everything that leads to an owner who stays: nobody signs in as them any more. */
  async forgetClaims(owner: OwnerId): Promise<void> {
    await this.#keys.deleteFrom('keys.blind_index').where('owner_id', '=', owner).execute();
  }

  fenceOf(owner: OwnerId): Promise<Fenced | null> {
    return findFence(this.#keys, owner);
  }

  /** The youngest of those whose key was made before a moment. */
  async ownersBefore(moment: Temporal.Instant, limit: number): Promise<OwnerId[]> {
    const rows = await this.#keys
      .selectFrom('keys.owner')
      .select('owner_id')
      .where('created_at', '<', moment)
      .orderBy('created_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ owner_id }) => owner_id);
  }

  /** Those erased since a moment. */
  async fences(since: Temporal.Instant): Promise<FenceRow[]> {
    const rows = await this.#keys
      .selectFrom('keys.fence')
      .select(['owner_id', 'ledger_index'])
      .where('fenced_at', '>=', since)
      .execute();
    return rows.map((row) => ({ owner: row.owner_id, ledgerIndex: row.ledger_index }));
  }

  /** Those erased before a moment. */
  async fencesBefore(moment: Temporal.Instant): Promise<OldFence[]> {
    const rows = await this.#keys
      .selectFrom('keys.fence')
      .select(['owner_id', 'ledger_index', 'fenced_at'])
      .where('fenced_at', '<', moment)
      .orderBy('fenced_at')
      .execute();
    return rows.map((row) => ({
      owner: row.owner_id,
      ledgerIndex: row.ledger_index,
      fencedAt: row.fenced_at,
    }));
  }

  scan(wanted: Wanted): Promise<{ lookedAt: number; found: string[] }> {
    return scanDatabase(this.#keys, { ...wanted, except: ['keys.fence'] });
  }

  async #whyMissing(owner: OwnerId): Promise<Problem> {
    return (await this.fenceOf(owner))
      ? new Problem('fenced', 'The owner was erased.')
      : new Problem(
          'key-missing',
          'An owner has no key and no fence: its data is lost, not erased.',
        );
  }

  async #insertKey(tx: KeysTransaction, owner: OwnerId, key: Buffer): Promise<void> {
    const epoch = await currentEpoch(tx);
    const wrapped = wrapKey(this.#keyring.roots.open(epoch), owner, epoch, key);
    const fingerprint = keyFingerprint(key);
    await tx
      .insertInto('keys.owner_key')
      .values({ owner_id: owner, epoch, wrapped, fingerprint })
      .execute();
  }

  async #insertClaims(
    tx: KeysTransaction,
    owner: OwnerId,
    claims: readonly Claim[],
  ): Promise<void> {
    if (claims.length === 0) return;
    const rows = claims.map((claim) => ({
      value: this.#blind(claim),
      kind: claim.kind,
      owner_id: owner,
    }));
    await tx.insertInto('keys.blind_index').values(rows).execute();
  }

  #blind(claim: Claim): Buffer {
    const key = this.#keyring.index[claim.kind];
    return createHmac('sha256', key)
      .update(`${claim.kind}\0${normalised(claim.value)}`)
      .digest();
  }
}

/** Addresses that differ only in case or Unicode form lead to the same owner. */
export function normalised(address: string): string {
  return address.trim().normalize('NFC').toLowerCase();
}

async function insertOwner(
  tx: KeysTransaction,
  owner: OwnerId,
  now: Temporal.Instant,
): Promise<void> {
  await tx.insertInto('keys.owner').values({ owner_id: owner, created_at: now }).execute();
}

type Wrapped = { readonly epoch: number; readonly wrapped: Uint8Array };

/** Where the owners' keys stand, in the newest epoch: while one follows the other a key stands in both. */
async function findWrapped(
  keys: Keys,
  owners: readonly OwnerId[],
): Promise<ReadonlyMap<OwnerId, Wrapped>> {
  const rows = await keys
    .selectFrom('keys.owner_key')
    .select(['owner_id', 'epoch', 'wrapped'])
    .where('owner_id', 'in', owners)
    .orderBy('epoch')
    .execute();
  // Of two with the same owner the later one stays.
  return new Map(rows.map(({ owner_id, ...wrapped }) => [owner_id, wrapped]));
}

/**
 * Asked after the owner's row was written: an epoch that begins waits for whoever holds one, and who comes later is
 * shown the new epoch. Once it has begun no key is made in an older one.
 */
async function currentEpoch(tx: KeysTransaction): Promise<number> {
  const { epoch } = await tx
    .selectFrom('keys.epoch')
    .select('epoch')
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return epoch;
}

/** Takes the row on which creation, erasure and re-wrapping meet; false where there is none. */
async function holdOwner(tx: KeysTransaction, owner: OwnerId): Promise<boolean> {
  const held = await tx
    .selectFrom('keys.owner')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .forUpdate()
    .executeTakeFirst();
  return held !== undefined;
}

/** Takes the row on which creation, erasure and re-wrapping meet; makes it first where it is missing. */
async function lockOwner(
  tx: KeysTransaction,
  owner: OwnerId,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto('keys.owner')
    .values({ owner_id: owner, created_at: now })
    .onConflict((conflict) => conflict.column('owner_id').doNothing())
    .execute();
  await tx
    .selectFrom('keys.owner')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .forUpdate()
    .execute();
}

/** The ledger first, then the key: whoever dies in between leaves a statement that is made true at the next try. */
async function putUpFence(
  tx: KeysTransaction,
  owner: OwnerId,
  ledger: Ledger,
  now: Temporal.Instant,
  passed: Passed,
): Promise<Fenced> {
  const { key_fingerprint, epoch } = await findLast(tx, owner);
  const payload = { owner, key_fingerprint: key_fingerprint?.toString('hex') ?? null };
  const ledgerIndex = await ledger.append({ kind: 'fence', payload }, now, tx);
  passed('ledger has the fence');
  await tx
    .insertInto('keys.fence')
    .values({ owner_id: owner, fenced_at: now, key_fingerprint, ledger_index: ledgerIndex, epoch })
    .execute();
  await tx.deleteFrom('keys.blind_index').where('owner_id', '=', owner).execute();
  await tx.deleteFrom('keys.owner_key').where('owner_id', '=', owner).execute();
  await noteApplied(tx, ledgerIndex);
  return { ledgerIndex };
}

async function findFence(keys: Keys, owner: OwnerId): Promise<Fenced | null> {
  const found = await keys
    .selectFrom('keys.fence')
    .select('ledger_index')
    .where('owner_id', '=', owner)
    .executeTakeFirst();
  return found ? { ledgerIndex: found.ledger_index } : null;
}

/** The owner's key by its fingerprint, and the newest epoch that it was wrapped in; without a key the current one. */
async function findLast(
  tx: KeysTransaction,
  owner: OwnerId,
): Promise<{ key_fingerprint: Buffer | null; epoch: number }> {
  const found = await tx
    .selectFrom('keys.owner_key')
    .select(['fingerprint', 'epoch'])
    .where('owner_id', '=', owner)
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found
    ? { key_fingerprint: Buffer.from(found.fingerprint), epoch: found.epoch }
    : { key_fingerprint: null, epoch: await currentEpoch(tx) };
}

/** Read after the owner's row was taken: a fence that is being put up has committed by then. */
async function assertNotFenced(tx: KeysTransaction, owner: OwnerId): Promise<void> {
  const fence = await tx
    .selectFrom('keys.fence')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .executeTakeFirst();
  if (fence) throw new Problem('fenced', 'An erased owner never gets a key again.');
}

export async function noteApplied(tx: KeysTransaction, index: number): Promise<void> {
  await tx
    .updateTable('system.store')
    .set((row) => ({
      applied_ledger: row.fn('greatest', ['applied_ledger', row.val(index)]) as never,
    }))
    .execute();
}
