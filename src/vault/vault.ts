import { createHmac, createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { OwnerKind, Records } from '../database/records.ts';
import type { Wanted } from '../database/scan.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import type { CategoryName } from '../policy/categories.ts';
import {
  leavesTrace,
  mayOpen,
  mayOpenProtected,
  opensOnlyOwn,
  stoppedBy,
} from '../policy/rules.ts';
import { Problem } from '../problem.ts';
import { keyOf } from './apart.ts';
import { openBytes, sealBytes } from './cipher.ts';
import type { Epochs } from './epochs.ts';
import type { Holding } from './holding.ts';
import { isHeldBy } from './held.ts';
import { looks } from './looks.ts';
import { openerOf } from './opener.ts';
import type { Opener } from './opener.ts';
import { readProtected } from './protected-identity.ts';
import { sealerOf } from './sealer.ts';
import type { Sealer } from './sealer.ts';
import type { StoreWatch } from './store-watch.ts';
import type { Claim, Fenced, FenceRow, OldFence, OwnerKeys, Passed } from './owner-keys.ts';
import { hashOfRecipient, wrapForRecovery } from './wrap-for-recovery.ts';
import type { WrappedForRecovery } from './wrap-for-recovery.ts';

export type { Opener } from './opener.ts';
export type { Sealer } from './sealer.ts';

/** A restore makes tokens void, apart from those that customers keep for years. */
const lastingTokens: ReadonlySet<string> = new Set([
  'proof of purchase',
  'order of a guest',
  'order number',
  'bank reference',
]);
type TokenKeys = { readonly lasting: KeyObject; readonly voidable: KeyObject };

/** The only way to personal data. Nothing is opened that the notice does not allow, and no look goes unwritten. */
export class Vault {
  readonly ledger: Ledger;
  readonly epochs: Epochs;
  readonly watch: StoreWatch;
  /** A sandbox stays one for ever, and what it signs and issues says so. */
  readonly isSandbox: boolean;
  readonly #records: Records;
  readonly #keys: OwnerKeys;
  readonly #tokens: TokenKeys;
  readonly #recoveryRecipient: string | null;

  constructor(parts: {
    records: Records;
    keys: OwnerKeys;
    ledger: Ledger;
    epochs: Epochs;
    watch: StoreWatch;
    isSandbox: boolean;
    tokens: TokenKeys;
    /** The age recipient for whom the keys of fiscal years are wrapped as well; null where none is named. */
    recoveryRecipient: string | null;
  }) {
    this.ledger = parts.ledger;
    this.epochs = parts.epochs;
    this.watch = parts.watch;
    this.isSandbox = parts.isSandbox;
    this.#records = parts.records;
    this.#keys = parts.keys;
    this.#tokens = parts.tokens;
    this.#recoveryRecipient = parts.recoveryRecipient;
  }

  /**
   * A hash of a token for one use, under a key that is in neither database: who can write to the records can neither
   * make a token nor turn one of his own into somebody else's.
   */
  hashToken(use: string, token: { owner: string; row: string; secret: Uint8Array }): Buffer {
    const bound = `varsam token\0${use}\0${token.owner}\0${token.row}\0`;
    const key = lastingTokens.has(use) ? this.#tokens.lasting : this.#tokens.voidable;
    return createHmac('sha256', key).update(bound).update(token.secret).digest();
  }

  /** The key of a new owner, and what leads to it. Comes before its row in records; see `addOwner`. */
  createKey(op: Operation, owner: OwnerId, claims: readonly Claim[] = []): Promise<void> {
    return this.#keys.create(owner, claims, op.now);
  }

  ownerOf(claim: Claim): Promise<OwnerId | null> {
    return this.#keys.ownerOf(claim);
  }

  /**
   * Lets an owner be found by another address, and by no other one of its kind. The caller holds the owner's row, and has
   * written down what it means to do: a crash after this is taken up from there. Doing it twice is as good as once.
   * @throws Problem `conflict` when the new one leads to somebody else, `fenced` when the owner was erased
   */
  changeClaim(owner: OwnerId, claim: Claim): Promise<void> {
    return this.#keys.changeClaim(owner, claim);
  }

  /** Lets go of everything that leads to an owner who stays, such as the address of somebody who no longer works here. */
  forgetClaims(owner: OwnerId): Promise<void> {
    return this.#keys.forgetClaims(owner);
  }

  /**
   * Takes the owner's row so that no erasure can pass while this transaction writes, and hands out its sealer.
   * @throws Problem `fenced` when the owner is being erased or is gone, `key-missing` when its key is lost.
   */
  async sealFor(op: WriteOperation, owner: OwnerId): Promise<Sealer> {
    await holdOwner(op, owner);
    return sealerOf(owner, await this.#keys.unwrap(owner));
  }

  /**
   * The same for two owners who write in one transaction, such as a customer and the year in which the sale is booked.
   * @throws Problem as `sealFor`, when it is so with one of them
   */
  async sealForBoth(
    op: WriteOperation,
    [one, other]: readonly [OwnerId, OwnerId],
  ): Promise<[Sealer, Sealer]> {
    await holdOwners(op, [one, other]);
    const [keyOfOne, keyOfOther] = await this.#keys.unwrapBoth([one, other]);
    return [sealerOf(one, keyOfOne), sealerOf(other, keyOfOther)];
  }

  /** A keyed hash under the owner's key, for what is only counted. Seals nothing, and so holds nobody. */
  async mac(owner: OwnerId, label: string, value: string): Promise<Uint8Array> {
    return sealerOf(owner, await this.#keys.unwrap(owner)).mac(label, value);
  }

  /** As `mac`, for several values, with the key fetched once. */
  async macs(owner: OwnerId, label: string, values: readonly string[]): Promise<Uint8Array[]> {
    const sealer = sealerOf(owner, await this.#keys.unwrap(owner));
    return values.map((value) => sealer.mac(label, value));
  }

  /**
   * Opens for the operation's actor and purpose: asks the policy, then restrictions, objections and whether the owner
   * is to be seen by few, then writes down the look where anybody but the customer looks, and only then opens.
   * @throws Problem `not-allowed`, `not-found` (somebody else's), `restricted`, `protected`, `fenced` or `key-missing`.
   */
  async openFor(
    op: Operation,
    owner: OwnerId,
    categories: readonly CategoryName[],
  ): Promise<Opener> {
    await assertAllowed(op, owner, categories);
    await assertNotStopped(op, owner);
    if (!mayOpenProtected(op.actor.party, op.purpose) && isSomebodyElse(op, owner))
      await this.assertNotProtected(owner);
    if (leavesTrace(op.actor.party) && isSomebodyElse(op, owner))
      await this.#writeLook(op, owner, categories);
    return openerOf(owner, await this.#keys.unwrap(owner), categories);
  }

  /** @throws Problem `protected` for somebody with a protected identity (skyddade personuppgifter) */
  async assertNotProtected(owner: OwnerId): Promise<void> {
    const keyOf = (one: OwnerId) => this.#keys.unwrap(one);
    if (await readProtected(this.#records, owner, keyOf))
      throw new Problem('protected', 'few may open this customer');
  }

  /** Asked before the gate writes down a disclosure, so that what may not leave leaves no row of it either. */
  async assertMayHandOut(op: Operation, owner: OwnerId, category: CategoryName): Promise<void> {
    await assertNotStopped(op, owner);
    await assertAllowed(op, owner, [category]);
  }

  /**
   * Opens what the gate hands out. The gate has checked and committed the disclosure, which is the trace, so no look
   * is written beside it. For `recipients/` only; the lint wall keeps it so.
   */
  async openForGate(op: Operation, owner: OwnerId, category: CategoryName): Promise<Opener> {
    await assertAllowed(op, owner, [category]);
    await assertNotStopped(op, owner);
    return openerOf(owner, await this.#keys.unwrap(owner), [category]);
  }

  /**
   * The key of a holding that stands apart, sealed for another owner: what is left of an owner whose key is about to be
   * destroyed, until the other one's is destroyed as well.
   */
  async handOver(op: WriteOperation, way: Handover): Promise<string> {
    await assertAllowed(op, way.from, [way.holding.category]);
    if (way.holding.apart !== true) throw new Error('it has no key of its own');
    const key = keyOf(await this.#keys.unwrap(way.from), way.holding).export();
    try {
      const sealed = sealBytes(await this.#keys.unwrap(way.to), placeOf(way), key);
      return Buffer.from(sealed).toString('base64');
    } finally {
      key.fill(0);
    }
  }

  /** Opens rows of one holding with a key that was handed over; for nothing but that. */
  async openHandedOver(op: Operation, way: Handover, handed: string): Promise<Opener> {
    await assertAllowed(op, way.to, [way.holding.category]);
    const own = await this.#keys.unwrap(way.to);
    const key = openBytes(own, placeOf(way), Buffer.from(handed, 'base64'));
    try {
      return openerOf(way.from, createSecretKey(key), [way.holding.category], way.holding.table);
    } finally {
      key.fill(0);
    }
  }

  /** Which recovery recipient is named, as a hash; null where none is. */
  get recoveryRecipientHash(): Uint8Array | null {
    return this.#recoveryRecipient === null ? null : hashOfRecipient(this.#recoveryRecipient);
  }

  /** An owner's key, sealed for the recovery recipient; null where none is named. For fiscal years alone. */
  async wrapForRecovery(owner: OwnerId): Promise<WrappedForRecovery | null> {
    if (this.#recoveryRecipient === null) return null;
    return wrapForRecovery(owner, await this.#keys.unwrap(owner), this.#recoveryRecipient);
  }

  /** Does this value open under this owner's key where it stands? Shows nothing of what is inside. */
  async authenticates(
    owner: OwnerId,
    place: { readonly table: string; readonly row: string; readonly owner: string },
    sealed: Uint8Array,
    holding: Pick<Holding, 'table' | 'apart'>,
  ): Promise<boolean> {
    const key = keyOf(await this.#keys.unwrap(owner), holding);
    try {
      openBytes(key, place, sealed).fill(0);
      return true;
    } catch {
      return false;
    }
  }

  /** Destroys the owner's key. The caller holds its row for update. */
  fence(op: WriteOperation, owner: OwnerId, passed: Passed = () => undefined): Promise<Fenced> {
    return this.#keys.fence(owner, this.ledger, op.now, passed);
  }

  /** The same for many owners, whose rows the caller holds for update. The last entry of the ledger about them. */
  fenceAll(op: WriteOperation, owners: readonly OwnerId[]): Promise<number | null> {
    return this.#keys.fenceAll(owners, this.ledger, op.now);
  }

  /** Everybody who was erased since a moment, and where the ledger says so. */
  fences(since: Temporal.Instant): Promise<FenceRow[]> {
    return this.#keys.fences(since);
  }

  /** Everybody who was erased before a moment. */
  fencesBefore(moment: Temporal.Instant): Promise<OldFence[]> {
    return this.#keys.fencesBefore(moment);
  }

  /** Owners with a key that was made before a moment, the youngest first. */
  ownersBefore(moment: Temporal.Instant, limit: number): Promise<OwnerId[]> {
    return this.#keys.ownersBefore(moment, limit);
  }

  /** Does the ledger hold the entry that this fence names? */
  async isFenceInLedger({ owner, ledgerIndex }: FenceRow): Promise<boolean> {
    const { log } = this.ledger;
    await log.refresh();
    if (ledgerIndex >= log.size || log.parsedLine(ledgerIndex).kind !== 'fence') return false;
    const payload = await log.payload(ledgerIndex);
    // A payload that has been pruned can no longer name anybody; its line in the log is what is left.
    return payload === null || ('owner' in payload && payload.owner === owner);
  }

  /** Looks through the keys store for what should be gone; the fences themselves stay. */
  scanKeys(wanted: Wanted): Promise<{ lookedAt: number; found: string[] }> {
    return this.#keys.scan(wanted);
  }

  /** Committed on its own, before anything is opened, so that no crash leaves a look unwritten. */
  async #writeLook(
    op: Operation,
    owner: OwnerId,
    categories: readonly CategoryName[],
  ): Promise<void> {
    if (op.db.isTransaction)
      throw new Error('a look is committed by itself, not inside a transaction');
    const by = 'owner' in op.actor ? op.actor.owner : null;
    await this.#records.transaction().execute(async (db) => {
      const sealer = await this.sealFor({ ...op, db }, owner);
      for (const category of categories) {
        const look_id = newRowId(op.now);
        const sealed = by === null ? null : sealer.seal(looks, look_id, { looked_by: by });
        await db
          .insertInto('vault.look')
          .values({
            owner_id: owner,
            look_id,
            looked_at: op.now,
            party: op.actor.party,
            purpose: op.purpose,
            category,
            sealed,
          })
          .execute();
      }
    });
  }
}

/** The owner's row in records, after its key. What refers to it cannot be written before. */
export async function addOwner(op: WriteOperation, owner: OwnerId, kind: OwnerKind): Promise<void> {
  await op.db
    .insertInto('vault.owner')
    .values({ owner_id: owner, kind, created_at: op.now, fenced_at: null })
    .execute();
}

/** Keeps an erasure out until this transaction ends. */
export function holdOwner(op: WriteOperation, owner: OwnerId): Promise<void> {
  return holdOwners(op, [owner]);
}

/** Always in the same order, so that two who hold the same do not wait for each other. */
async function holdOwners({ db }: WriteOperation, owners: readonly OwnerId[]): Promise<void> {
  const found = await db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', 'in', owners)
    .where('fenced_at', 'is', null)
    .orderBy('owner_id')
    .forKeyShare()
    .execute();
  if (found.length !== owners.length)
    throw new Problem('fenced', 'The owner is erased or being erased.');
}

/** Where a handed-over key belongs: it opens for these two owners and this holding alone. */
export type Handover = { readonly from: OwnerId; readonly to: OwnerId; readonly holding: Holding };

function placeOf({ from, to, holding }: Handover) {
  return { owner: to, table: `key of ${holding.table}`, row: from };
}

async function assertAllowed(
  op: Operation,
  owner: OwnerId,
  categories: readonly CategoryName[],
): Promise<void> {
  const { actor, purpose } = op;
  const refused = categories.find((category) => !mayOpen(actor.party, purpose, category));
  if (refused)
    throw new Problem('not-allowed', `${actor.party} may not open ${refused} for ${purpose}`);
  // What is not yours looks like what is not there.
  if (!opensOnlyOwn(actor.party, purpose) || !isSomebodyElse(op, owner)) return;
  if (actor.party === 'customer' && (await isHeldBy(op, actor.owner, owner))) return;
  throw new Problem('not-found');
}

function isSomebodyElse({ actor }: Operation, owner: OwnerId): boolean {
  return !('owner' in actor) ? actor.party !== 'nobody' : actor.owner !== owner;
}

/** A purpose that no right stops needs no question to the database: the customer's own pages, above all. */
async function assertNotStopped(op: Operation, owner: OwnerId): Promise<void> {
  const grounds = stoppedBy(op.purpose);
  if (grounds.length === 0) return;
  const stop = await op.db
    .selectFrom('vault.stop')
    .select('ground')
    .where('owner_id', '=', owner)
    .where('purpose', '=', op.purpose)
    .where('ground', 'in', [...grounds])
    .executeTakeFirst();
  if (stop) throw new Problem('restricted', `a ${stop.ground} of the customer stops ${op.purpose}`);
}
