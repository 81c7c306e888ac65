import { sql } from 'kysely';
import { holdings } from '../holdings.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { keeping } from '../policy/keeping.ts';
import type { Keeping } from '../policy/shape.ts';
import { Problem } from '../problem.ts';
import type { Holding } from '../vault/holding.ts';
import { noteApplied } from './erasure-steps.ts';

/** How often the sweep runs; what is older than its due time by more than this is a broken promise. */
export const sweepHours = 1;
const batchSize = 1000;
/** Owners that are fenced and removed together: one fsync of the ledger and one commit of each store for all of them. */
const ownersAtOnce = 250;

/** The moment before which rows of a holding are due; null where they live as long as their owner. */
export function dueBefore(holding: Holding, now: Temporal.Instant): Temporal.Instant | null {
  const { rule }: Keeping = keeping[holding.keep];
  if (rule.kind !== 'days' || holding.since === undefined) return null;
  return now.subtract({ hours: rule.days * 24 });
}

/** Removes what is due in every holding, in small batches. Returns the number of rows. */
export async function sweep(op: Operation): Promise<number> {
  let removed = 0;
  for (const holding of holdings) {
    const before = dueBefore(holding, op.now);
    if (before !== null) removed += await sweepHolding(op, holding, before);
  }
  return removed;
}

/** How many rows of a holding were due before a moment: for the sweep's dry run and for the proof. */
export async function countDue(
  op: Operation,
  holding: Holding,
  before: Temporal.Instant,
): Promise<number> {
  const { count } = await op.db
    .selectFrom(holding.table)
    .select((column) => column.fn.countAll<number>().as('count'))
    .where(sql.ref(holding.since ?? ''), '<', before)
    .executeTakeFirstOrThrow();
  return count;
}

/** Takes no locks of its own: some of these tables can only be added to and deleted from, and a lock asks for more. */
async function sweepHolding(
  op: Operation,
  { table, since = '' }: Holding,
  before: Temporal.Instant,
): Promise<number> {
  let removed = 0;
  for (;;) {
    // The time is asked for twice: a row that was used again since it was chosen is no longer due.
    const result = await sql`
      delete from ${sql.table(table)}
      where ${sql.ref(since)} < ${before}
        and ctid = any (array(
          select ctid from ${sql.table(table)} where ${sql.ref(since)} < ${before} limit ${batchSize}
        ))`.execute(op.db);
    const count = Number(result.numAffectedRows ?? 0n);
    removed += count;
    if (count === 0) return removed;
  }
}

/** Days whose key has lived as long as the notice allows. */
export function daysDue(op: Operation): Promise<OwnerId[]> {
  return ownersBefore(op, 'day', keeping.day.rule.days);
}

/** Cases of erasures that are not complete after a month: what they remember about somebody dies all the same. */
export function casesDue(op: Operation): Promise<OwnerId[]> {
  return ownersBefore(op, 'erasure_case', keeping.case.rule.days);
}

/** Destroys the keys of days that are over, and everything that was kept under them. */
export async function endDays(op: Operation): Promise<number> {
  return endOwners(op, daysDue);
}

/** Closes cases that have grown too old. Their erasures go on, with nothing but ids to look for. */
export async function endCases(op: Operation): Promise<number> {
  return endOwners(op, casesDue);
}

async function ownersBefore(
  op: Operation,
  kind: 'day' | 'erasure_case',
  days: number,
): Promise<OwnerId[]> {
  const rows = await op.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('kind', '=', kind)
    .where('created_at', '<', op.now.subtract({ hours: days * 24 }))
    .execute();
  return rows.map(({ owner_id }) => owner_id);
}

/** Which owners are over at this moment. */
export type OwnersDue = (op: Operation) => Promise<readonly OwnerId[]>;

/**
 * Destroys the keys of owners that are over, and everything that was kept under them. Which they are is asked again once
 * nobody can write under them any more: somebody may have decided meanwhile to keep one. Returns how many.
 */
export async function endOwners(op: Operation, due: OwnersDue): Promise<number> {
  const owners = await due(op);
  let ended = 0;
  for (let from = 0; from < owners.length; from += ownersAtOnce) {
    const some = owners.slice(from, from + ownersAtOnce).toSorted();
    const fenced = await inTransaction(op, (write) => fenceOwners(write, some, due));
    // Apart from the fence: whoever has a letter on its way must be able to write what became of it.
    await inTransaction(op, (write) => removeOwners(write, fenced));
    ended += fenced.length;
  }
  return ended;
}

/**
 * Waits for whoever is writing under these owners, keeps later ones out, and destroys the keys of those that are over
 * still. Returns which they are.
 */
async function fenceOwners(
  write: WriteOperation,
  owners: readonly OwnerId[],
  due: OwnersDue,
): Promise<readonly OwnerId[]> {
  const locked = await write.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', '=', anyOf(owners))
    .orderBy('owner_id')
    .forUpdate()
    .execute();
  if (locked.length === 0) return [];
  const still = new Set(await due(write));
  const found = locked.flatMap(({ owner_id }) => (still.has(owner_id) ? [owner_id] : []));
  if (found.length === 0) return [];
  const ledgerIndex = await write.vault.fenceAll(write, found);
  await write.db
    .updateTable('vault.owner')
    .set({ fenced_at: write.now })
    .where('owner_id', '=', anyOf(found))
    // Since when it is half done is what the proof goes by, however often this is tried.
    .where('fenced_at', 'is', null)
    .execute();
  if (ledgerIndex !== null) await noteApplied(write, ledgerIndex);
  return found;
}

/** Deletes all that these owners have, by the list of holdings, and the owners. */
async function removeOwners(write: WriteOperation, owners: readonly OwnerId[]): Promise<void> {
  await write.db.deleteFrom('accounts.signup').where('account_id', '=', anyOf(owners)).execute();
  for (const { table } of holdings) {
    await sql`delete from ${sql.table(table)} where owner_id = ${anyOf(owners)}`.execute(write.db);
  }
  await write.db.deleteFrom('vault.owner').where('owner_id', '=', anyOf(owners)).execute();
}

function anyOf(owners: readonly OwnerId[]) {
  return sql<OwnerId>`any (${[...owners]}::uuid[])`;
}

/** Disclosures without an answer after ten minutes: the process died between handing over and writing down. */
export async function settleDisclosures(op: Operation): Promise<number> {
  const result = await sql`
    insert into recipients.outcome (owner_id, disclosure_id, outcome_id, told_at, outcome)
    select d.owner_id, d.disclosure_id, d.disclosure_id, ${op.now}, 'unknown'
    from recipients.disclosure d
    join vault.owner o on o.owner_id = d.owner_id and o.fenced_at is null
    where d.disclosed_at < ${op.now.subtract({ minutes: 10 })}
      and not exists (select from recipients.outcome x
                      where x.owner_id = d.owner_id and x.disclosure_id = d.disclosure_id)
    on conflict do nothing`.execute(op.db);
  return Number(result.numAffectedRows ?? 0n);
}

/** A key is made before its records; one that has none after this time belongs to a sign-up that was cut off. */
export const orphanHours = 48;
const orphansMax = 100;
/** How long it counts that an operator was told of keys whose records a restore has lost. */
const confirmedHours = 7 * 24;
const ownersLookedAt = 1000;

/** Owners that have a key and nothing else, for longer than any sign-up takes. */
export async function orphansDue(op: Operation): Promise<OwnerId[]> {
  const owners = await op.vault.ownersBefore(
    op.now.subtract({ hours: orphanHours }),
    ownersLookedAt,
  );
  if (owners.length === 0) return [];
  const known = await op.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', 'in', owners)
    .execute();
  const withRecords = new Set(known.map(({ owner_id }) => owner_id));
  return owners.filter((owner) => !withRecords.has(owner));
}

/**
 * Destroys the keys of sign-ups that were cut off. Many at once look like a records store that lost rows: then nothing
 * is destroyed, and the routine fails until somebody has looked.
 * @throws Problem `store-went-back`
 */
export async function endOrphans(op: Operation): Promise<number> {
  // Never on a store that went back, before an operator has confirmed: its rows may be the ones that are missing.
  await op.vault.watch.look();
  const orphans = await orphansDue(op);
  if (orphans.length > orphansMax + (await countConfirmed(op, orphans))) {
    throw new Problem(
      'store-went-back',
      `${orphans.length} keys have no records; none was touched.`,
    );
  }
  for (const orphan of orphans) await markAsOver(op, orphan);
  if (orphans.length > 0) await endDays(op);
  return orphans.length;
}

/**
 * How many of them lost their records to a restore, as the operator was told when it was confirmed. Older restores and
 * younger keys do not count: who said yes once has not said yes to the next loss.
 */
async function countConfirmed(op: Operation, orphans: readonly OwnerId[]): Promise<number> {
  const mending = await op.db
    .selectFrom('system.mending')
    .select(['confirmed_at', 'orphans'])
    .where('confirmed_at', '>', op.now.subtract({ hours: confirmedHours }))
    .where('confirmed_at', '<=', op.now)
    .orderBy('confirmed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!mending) return 0;
  const youngest = op.now.subtract({ hours: orphanHours });
  const isOlder = Temporal.Instant.compare(mending.confirmed_at, youngest) < 0;
  const before = isOlder ? mending.confirmed_at : youngest;
  const told = new Set(await op.vault.ownersBefore(before, ownersLookedAt));
  return Math.min(mending.orphans, orphans.filter((orphan) => told.has(orphan)).length);
}

/**
 * Gives an orphan the row of a day that is over, committed before its key is touched: a crash in between is then told
 * from a store that went back, and a sign-up that comes late finds its place taken.
 */
async function markAsOver(op: Operation, owner_id: OwnerId): Promise<void> {
  const hours = keeping.day.rule.days * 24;
  const created_at = op.now.subtract({ hours, milliseconds: 1 });
  await op.db
    .insertInto('vault.owner')
    .values({ owner_id, kind: 'day', created_at, fenced_at: op.now })
    .onConflict((conflict) => conflict.column('owner_id').doNothing())
    .execute();
}
