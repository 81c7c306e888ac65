import { sql } from 'kysely';
import type { Keys, KeysTransaction } from '../database/keys.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { sqlStateOf } from '../log.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { noteApplied } from './owner-keys.ts';
import type { Passed } from './owner-keys.ts';
import type { WriteFile } from './private-files.ts';
import { wrapBatch, writeBatch } from './rewrap.ts';
import type { Batch } from './rewrap.ts';
import type { RootKeys } from './root-keys.ts';

/** How long root keys and backups live: what an erasure has to outlast. */
export type EpochPlan = {
  /** The length of an epoch. */
  readonly days: number;
  /**
   * `rehearsed`: a root key is destroyed only after a backup of the keys store in a newer epoch was restored in
   * rehearsal. `none`: the operator has said that the keys store has no backups, so there is nothing to wait for.
   */
  readonly keysBackups: 'rehearsed' | 'none';
  /** How long a backup of the keys store or of a root key lives, with its WAL. */
  readonly keysBackupDays: number;
  /** How long a backup of the records lives, with its WAL. */
  readonly recordsBackupDays: number;
};

/** A plan where nothing else is said: nothing is copied, so nothing has to be outlasted. */
export const planWithoutBackups: EpochPlan = {
  days: 7,
  keysBackups: 'none',
  keysBackupDays: 0,
  recordsBackupDays: 0,
};

export type Epoch = {
  readonly epoch: number;
  readonly beganAt: Temporal.Instant;
  /** When every living key stood in the next epoch as well. */
  readonly rewrappedAt: Temporal.Instant | null;
  readonly droppedAt: Temporal.Instant | null;
  readonly destroyedAt: Temporal.Instant | null;
};

/** What an epoch's end asks the world outside the vault before a root key is destroyed. */
export type BeforeDestruction = {
  /** Has a backup of the keys store that needs no root older than this epoch's been restored in rehearsal? */
  readonly isRehearsed: (epoch: number) => Promise<boolean>;
  /** Is a copy of this epoch's root key still kept anywhere that was declared? */
  readonly isCopied: (epoch: number) => Promise<boolean>;
};

type Parts = {
  readonly keys: Keys;
  readonly roots: RootKeys;
  readonly ledger: Ledger;
  readonly plan: EpochPlan;
  /** Writes root keys; tests give one that finds the disk full. */
  readonly write?: WriteFile;
};

/** Of several processes one at a time takes a step; the others leave it to that one. */
const lockOfEpochs = 7_202;
/** Owners that were being erased during a pass are looked for again; what is left then waits for the next turn. */
const passesMax = 3;
const lockNotAvailable = '55P03';
const millisecondsADay = 24 * 3600 * 1000;

/** The epochs of root keys: begins the next one when due, wraps every key anew and ends the one before. */
export class Epochs {
  readonly plan: EpochPlan;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.plan = parts.plan;
    this.#parts = parts;
  }

  /** Every epoch there ever was, oldest first. */
  list(): Promise<Epoch[]> {
    return listEpochs(this.#parts.keys);
  }

  /** The epoch under which the key of an erasure was wrapped last, as its fence remembers; null when it does not. */
  async epochOfFence(ledgerIndex: number): Promise<number | null> {
    const found = await this.#parts.keys
      .selectFrom('keys.fence')
      .select('epoch')
      .where('ledger_index', '=', ledgerIndex)
      .executeTakeFirst();
    return found?.epoch ?? null;
  }

  /** How many keys are wrapped in each epoch that still has any place for them. */
  async countKeys(): Promise<ReadonlyMap<number, number>> {
    const rows = await this.#parts.keys
      .selectFrom('keys.owner_key')
      .select((column) => ['epoch', column.fn.countAll<number>().as('count')])
      .groupBy('epoch')
      .execute();
    return new Map(rows.map(({ epoch, count }) => [epoch, count]));
  }

  /**
   * Takes the epochs as far as they go now, and returns how many things were done. After a crash anywhere the next call
   * goes on.
   * @throws Problem `sealed-damaged` when keys do not open under their root: then the old epoch stays, and its root
   */
  async advance(
    op: Operation,
    before: BeforeDestruction,
    passed: Passed = () => undefined,
  ): Promise<number> {
    const begun = await this.#beginIfDue(op.now, passed);
    const moved = await this.#endOld(op.now, passed);
    return begun + moved + (await this.#destroyRoots(op.now, before, passed));
  }

  /** The key first, durable, then the epoch: a crash in between leaves a key that the next try takes up. */
  async #beginIfDue(now: Temporal.Instant, passed: Passed): Promise<number> {
    const due = dueEpoch(await this.list(), now, this.plan);
    if (due === null) return 0;
    const { roots, write } = this.#parts;
    const begun = await this.#alone(async (tx) => {
      const next = dueEpoch(await listEpochs(tx), now, this.plan);
      if (next === null) return 0;
      const fingerprint = roots.make(next, write);
      passed('root key is made');
      await sql`select keys.begin_epoch(${next}, ${fingerprint}, ${now})`.execute(tx);
      return 1;
    });
    if (begun) passed('epoch has begun');
    return begun ?? 0;
  }

  /** Wraps what is left of the epoch before, proves that nothing is, and drops its partition. */
  async #endOld(now: Temporal.Instant, passed: Passed): Promise<number> {
    const epochs = await this.list();
    const old = epochs.at(-2);
    if (!old || old.droppedAt !== null) return 0;
    let moved = 0;
    for (let pass = 0; pass < passesMax; pass += 1) {
      const { wrapped, damaged, isBusy } = await this.#rewrapAll(old.epoch, passed);
      moved += wrapped;
      if (isBusy) return moved;
      const missing = await this.#drop(old.epoch, now, passed);
      if (missing === null) return moved;
      if (missing === 0) return moved + 1;
      if (damaged > 0) throw damagedKeys(damaged, old.epoch);
    }
    return moved;
  }

  /** While one batch is written the next is read and wrapped: the database and this process work side by side. */
  async #rewrapAll(
    from: number,
    passed: Passed,
  ): Promise<{ wrapped: number; damaged: number; isBusy: boolean }> {
    const { keys, roots } = this.#parts;
    let [wrapped, damaged] = [0, 0];
    let batch: Batch | null = await wrapBatch(keys, roots, from, null);
    while (batch !== null) {
      const { next }: Batch = batch;
      const writing: Promise<number | null> = this.#write(batch, from);
      damaged += batch.damaged;
      const [written, following]: [number | null, Batch | null] = await Promise.all([
        writing,
        next === null ? null : wrapBatch(keys, roots, from, next),
      ]);
      if (written === null) return { wrapped, damaged, isBusy: true };
      if (written > 0) passed('keys are wrapped anew');
      wrapped += written;
      batch = following;
    }
    return { wrapped, damaged, isBusy: false };
  }

  #write(batch: Batch, from: number): Promise<number | null> {
    return this.#alone((tx) => writeBatch(tx, batch, from));
  }

  /**
   * Proof and drop in one transaction, under a lock that keeps every writer out. Returns how many keys are missing, or
   * null when the lock was not to be had.
   */
  async #drop(old: number, now: Temporal.Instant, passed: Passed): Promise<number | null> {
    const missing = await this.#alone(async (tx) => {
      const { rows } = await sql<{ missing: number }>`
        select keys.drop_epoch(${old}, ${now}) as missing`.execute(tx);
      return rows[0]?.missing ?? 0;
    });
    if (missing === 0) passed('old partition is dropped');
    return missing;
  }

  /**
   * The file first, then the ledger, then the row: the ledger never states what is not true yet. An epoch without keys
   * needs no root, so a crash in between loses nothing, and is taken up.
   */
  async #destroyRoots(
    now: Temporal.Instant,
    before: BeforeDestruction,
    passed: Passed,
  ): Promise<number> {
    let destroyed = 0;
    for (const { epoch, droppedAt, destroyedAt } of await this.list()) {
      if (droppedAt === null) continue;
      if (destroyedAt !== null) destroyed += this.#destroyAgain(epoch);
      else if (await this.#mayDestroy(epoch, before))
        destroyed += await this.#destroyRoot(epoch, now, passed);
    }
    return destroyed;
  }

  /** A keyring that came back from its backup brings roots that were destroyed. */
  #destroyAgain(epoch: number): number {
    const { roots } = this.#parts;
    if (!roots.has(epoch)) return 0;
    roots.destroy(epoch);
    return 1;
  }

  async #mayDestroy(epoch: number, before: BeforeDestruction): Promise<boolean> {
    if (await before.isCopied(epoch)) return false;
    return this.plan.keysBackups === 'none' || (await before.isRehearsed(epoch + 1));
  }

  async #destroyRoot(epoch: number, now: Temporal.Instant, passed: Passed): Promise<number> {
    const { roots, ledger } = this.#parts;
    const done = await this.#alone(async (tx) => {
      const row = await tx
        .selectFrom('keys.epoch')
        .select(['root_fingerprint', 'destroyed_at'])
        .where('epoch', '=', epoch)
        .executeTakeFirstOrThrow();
      if (row.destroyed_at !== null) return 0;
      roots.destroy(epoch);
      passed('root key is destroyed');
      const root_fingerprint = Buffer.from(row.root_fingerprint).toString('hex');
      const entry = { kind: 'root-destroyed', payload: { epoch, root_fingerprint } } as const;
      const index = await ledger.append(entry, now, tx);
      passed('ledger has the destruction');
      await tx
        .updateTable('keys.epoch')
        .set({ destroyed_at: now })
        .where('epoch', '=', epoch)
        .execute();
      await noteApplied(tx, index);
      return 1;
    });
    if (done) passed('epoch is over');
    return done ?? 0;
  }

  /**
   * One transaction under the lock of epochs. Null when another process holds it, or when somebody (a backup that
   * reads, say) holds the tables for longer than everybody else should wait: the next turn tries again.
   */
  async #alone<T>(work: (tx: KeysTransaction) => Promise<T>): Promise<T | null> {
    try {
      return await this.#parts.keys.transaction().execute(async (tx) => {
        const { rows } = await sql<{ got: boolean }>`
          select pg_try_advisory_xact_lock(${lockOfEpochs}) as got`.execute(tx);
        return rows[0]?.got ? await work(tx) : null;
      });
    } catch (error) {
      if (sqlStateOf(error).sqlState === lockNotAvailable) return null;
      throw error;
    }
  }
}

/**
 * The number of the epoch that should begin now, or null: when the newest is as old as an epoch may be, and the one
 * before has ended. One that began an epoch's length in the future was dated by a clock that was wrong.
 */
export function dueEpoch(
  epochs: readonly Epoch[],
  now: Temporal.Instant,
  { days }: EpochPlan,
): number | null {
  const newest = epochs.at(-1);
  if (!newest) return null;
  const isTwo = epochs.some(({ epoch, droppedAt }) => epoch < newest.epoch && droppedAt === null);
  const age = Math.abs(now.since(newest.beganAt).total('milliseconds'));
  return !isTwo && age >= days * millisecondsADay ? newest.epoch + 1 : null;
}

async function listEpochs(keys: Keys): Promise<Epoch[]> {
  const rows = await keys.selectFrom('keys.epoch').selectAll().orderBy('epoch').execute();
  return rows.map((row) => ({
    epoch: row.epoch,
    beganAt: row.began_at,
    rewrappedAt: row.rewrapped_at,
    droppedAt: row.dropped_at,
    destroyedAt: row.destroyed_at,
  }));
}

function damagedKeys(count: number, epoch: number): Problem {
  return new Problem(
    'sealed-damaged',
    `${count} keys of epoch ${epoch} do not open under its root. They and the epoch stay as they are.`,
  );
}
