import type { HoldGround, HoldScope, HoldState, Sealed, StaffRole } from '../database/records.ts';
import { newOwnerId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { heldBy } from '../vault/held.ts';
import { addOwner, holdOwner } from '../vault/vault.ts';
import type { Opener } from '../vault/vault.ts';
import { hold } from './hold-holdings.ts';

/** A hold ends after this time at the latest, unless two people renew it. */
export const holdDaysMax = 366;
/** A hold that nobody confirms is forgotten after this time. */
export const proposalDays = 14;
/** Orders that one hold can name; more is the whole history. */
export const holdOrdersMax = 50;
const listedMax = 200;

export const holdGrounds: readonly HoldGround[] = ['claim', 'order-to-preserve'];
/** Who may decide of holds, each as one of the two. */
export const proposers: readonly StaffRole[] = ['administrator'];
export const confirmers: readonly StaffRole[] = ['administrator', 'bookkeeper'];

export type HoldWish = {
  readonly subject: OwnerId;
  readonly scope: HoldScope;
  readonly orders: readonly RowId[];
  readonly ground: HoldGround;
  readonly reason: string;
  /** The last moment of it. */
  readonly endsAt: Temporal.Instant;
  /** An order of an authority may forbid telling the customer. */
  readonly isSecret: boolean;
};

/** A hold without what is sealed in it. */
export type ListedHold = {
  readonly holdId: OwnerId;
  /** Whose records they are; null once the account is erased. */
  readonly subject: OwnerId | null;
  readonly scope: HoldScope;
  readonly ground: HoldGround;
  readonly state: HoldState;
  readonly isSecret: boolean;
  readonly proposedAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  readonly renewalEndsAt: Temporal.Instant | null;
};

/**
 * Proposes a hold. It holds nothing until somebody else confirms it.
 * @throws Problem `bad-input` for an end beyond a year or in the past, `not-found` for who is not there
 */
export async function proposeHold(op: Operation, wish: HoldWish): Promise<OwnerId> {
  assertEnd(op, wish.endsAt);
  const owner = newOwnerId();
  await op.vault.createKey(op, owner);
  await inTransaction(op, async (write) => {
    await assertSubject(write, wish);
    await addOwner(write, owner, 'hold');
    const sealer = await write.vault.sealFor(write, owner);
    const proposed_by = staffOf(op);
    await write.db
      .insertInto('routines.hold')
      .values({
        owner_id: owner,
        subject_id: wish.subject,
        scope: wish.scope,
        ground: wish.ground,
        state: 'proposed',
        secret: wish.isSecret,
        proposed_at: write.now,
        confirmed_at: null,
        ends_at: wish.endsAt,
        renewed_at: null,
        renewal_ends_at: null,
        sealed: sealer.seal(hold, owner, { reason: wish.reason, proposed_by, confirmed_by: null }),
      })
      .execute();
    if (wish.scope === 'orders') await insertOrders(write, owner, wish.orders);
  });
  return owner;
}

/**
 * Confirms a hold that somebody else proposed, or the renewal of one.
 * @throws Problem `not-allowed` for who proposed it, `not-found` when there is nothing to confirm or it was proposed too
 * long ago, `fenced` when the account is being erased
 */
export async function confirmHold(op: Operation, holdId: OwnerId): Promise<void> {
  const opener = await openerOf(op, holdId);
  await inTransaction(op, async (write) => {
    await holdSubject(write, holdId);
    const row = await lockHold(write, opener);
    if (row.opened.proposedBy === staffOf(op))
      throw new Problem('not-allowed', 'A hold is confirmed by somebody else.');
    if (row.state === 'proposed') await confirmProposal(write, holdId, row);
    else if (row.renewal_ends_at !== null)
      await confirmRenewal(write, holdId, row.renewal_ends_at, row.opened);
    else throw new Problem('not-found', 'There is nothing to confirm.');
  });
}

/** Proposes another end. The hold goes on as it is until somebody else confirms it. */
export async function proposeRenewal(
  op: Operation,
  holdId: OwnerId,
  endsAt: Temporal.Instant,
): Promise<void> {
  assertEnd(op, endsAt);
  const opener = await openerOf(op, holdId);
  await inTransaction(op, async (write) => {
    const row = await lockHold(write, opener);
    if (row.state !== 'confirmed') throw new Problem('not-found');
    const sealer = await write.vault.sealFor(write, holdId);
    const { reason, confirmedBy } = row.opened;
    const sealed = sealer.seal(hold, holdId, {
      reason,
      proposed_by: staffOf(op),
      confirmed_by: confirmedBy,
    });
    await write.db
      .updateTable('routines.hold')
      .set({ renewal_ends_at: endsAt, sealed })
      .where('owner_id', '=', holdId)
      .execute();
  });
}

/** Ends a hold now. One person is enough to keep less. */
export async function liftHold(op: Operation, holdId: OwnerId): Promise<void> {
  await op.db
    .updateTable('routines.hold')
    .set({ ends_at: op.now })
    .where('owner_id', '=', holdId)
    .where('ends_at', '>', op.now)
    .execute();
}

/** For staff: every hold, those that end first on top. Opens nothing. */
export async function listHolds(op: Operation): Promise<ListedHold[]> {
  const rows = await op.db
    .selectFrom('routines.hold')
    .select(['owner_id', 'subject_id', 'scope', 'ground', 'state', 'secret'])
    .select(['proposed_at', 'ends_at', 'renewal_ends_at'])
    .where('ends_at', '>', op.now)
    .orderBy('ends_at')
    .limit(listedMax)
    .execute();
  return rows.map((row) => ({
    holdId: row.owner_id,
    subject: row.subject_id,
    scope: row.scope,
    ground: row.ground,
    state: row.state,
    isSecret: row.secret,
    proposedAt: row.proposed_at,
    endsAt: row.ends_at,
    renewalEndsAt: row.renewal_ends_at,
  }));
}

/** @throws Problem `not-found` */
export async function findHold(op: Operation, holdId: OwnerId): Promise<ListedHold> {
  const found = (await listHolds(op)).find((one) => one.holdId === holdId);
  if (!found) throw new Problem('not-found');
  return found;
}

export type OpenedHold = {
  readonly reason: string;
  readonly proposedBy: string;
  readonly confirmedBy: string | null;
};

/** Why there is a hold, and who decided it. @throws Problem `not-found` */
export async function readHold(op: Operation, holdId: OwnerId): Promise<OpenedHold> {
  const { sealed } = await findHoldRow(op, holdId);
  return open(await op.vault.openFor(op, holdId, ['holds']), sealed);
}

/** Holds that are over: at their end, or proposed and never confirmed. Their keys are to be destroyed. */
export async function holdsDue(op: Operation): Promise<OwnerId[]> {
  const rows = await op.db
    .selectFrom('routines.hold')
    .select('owner_id')
    .where((row) =>
      row.or([
        row('ends_at', '<=', op.now),
        row.and([row('state', '=', 'proposed'), row('proposed_at', '<=', lastForgotten(op))]),
      ]),
    )
    .execute();
  return rows.map(({ owner_id }) => owner_id);
}

async function confirmProposal(
  write: WriteOperation,
  holdId: OwnerId,
  { subject_id, proposed_at, opened }: LockedHold,
): Promise<void> {
  const isForgotten = Temporal.Instant.compare(proposed_at, lastForgotten(write)) <= 0;
  if (subject_id === null || isForgotten) throw new Problem('not-found');
  await write.db
    .updateTable('routines.hold')
    .set({
      state: 'confirmed',
      confirmed_at: write.now,
      sealed: await sealConfirmed(write, holdId, opened),
    })
    .where('owner_id', '=', holdId)
    .execute();
}

async function confirmRenewal(
  write: WriteOperation,
  holdId: OwnerId,
  ends_at: Temporal.Instant,
  opened: OpenedHold,
): Promise<void> {
  await write.db
    .updateTable('routines.hold')
    .set({
      ends_at,
      renewed_at: write.now,
      renewal_ends_at: null,
      sealed: await sealConfirmed(write, holdId, opened),
    })
    .where('owner_id', '=', holdId)
    .execute();
}

async function sealConfirmed(
  write: WriteOperation,
  holdId: OwnerId,
  { reason, proposedBy }: OpenedHold,
) {
  const sealer = await write.vault.sealFor(write, holdId);
  return sealer.seal(hold, holdId, {
    reason,
    proposed_by: proposedBy,
    confirmed_by: staffOf(write),
  });
}

/** Got before the transaction: a look is committed by itself. */
async function openerOf(op: Operation, holdId: OwnerId): Promise<Opener> {
  await findHoldRow(op, holdId);
  return op.vault.openFor(op, holdId, ['holds']);
}

/**
 * Takes the account that a proposal is about, and the guests that it holds, before the row of the hold, as an erasure does.
 * An account that is being erased meanwhile has gone without the hold; then there is nothing left to hold. A guest whose
 * order is being erased alone has gone likewise, and the hold is of what is left.
 */
async function holdSubject(write: WriteOperation, holdId: OwnerId): Promise<void> {
  const { state, subject_id } = await findHoldRow(write, holdId);
  if (state !== 'proposed' || subject_id === null) return;
  await holdOwner(write, subject_id);
  const held = await heldBy(write, subject_id);
  if (held.length === 0) return;
  await write.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', 'in', held)
    .orderBy('owner_id')
    .forKeyShare()
    .execute();
}

type LockedHold = Awaited<ReturnType<typeof lockHold>>;

/** What is sealed is opened under the lock: who proposed last may have changed since anybody looked. */
async function lockHold(write: WriteOperation, opener: Opener) {
  const row = await holdRow(write, opener.owner).forUpdate().executeTakeFirst();
  if (!row) throw new Problem('not-found');
  const { sealed, ...clear } = row;
  return { ...clear, opened: open(opener, sealed) };
}

async function findHoldRow(op: Operation, holdId: OwnerId) {
  const row = await holdRow(op, holdId).executeTakeFirst();
  if (!row) throw new Problem('not-found');
  return row;
}

function holdRow(op: Operation, holdId: OwnerId) {
  return op.db
    .selectFrom('routines.hold')
    .select(['state', 'subject_id', 'proposed_at', 'renewal_ends_at', 'sealed'])
    .where('owner_id', '=', holdId)
    .where('ends_at', '>', op.now);
}

function open(opener: Opener, sealed: Sealed<'holds'>): OpenedHold {
  const { reason, proposed_by, confirmed_by } = opener.open(hold, opener.owner, sealed);
  return { reason, proposedBy: proposed_by, confirmedBy: confirmed_by };
}

/** Proposals from this moment or before are over. */
function lastForgotten({ now }: Operation): Temporal.Instant {
  return now.subtract({ hours: proposalDays * 24 });
}

/** An account, and orders of its own or placed as a guest and taken into it. */
async function assertSubject(write: WriteOperation, wish: HoldWish): Promise<void> {
  const found = await write.db
    .selectFrom('accounts.account')
    .select('owner_id')
    .where('owner_id', '=', wish.subject)
    .executeTakeFirst();
  if (!found) throw new Problem('not-found');
  await holdOwner(write, wish.subject);
  if (wish.scope === 'history') return;
  if (wish.orders.length === 0 || wish.orders.length > holdOrdersMax)
    throw new Problem('bad-input', 'a hold of orders names some');
  const orders = await write.db
    .selectFrom('history.order')
    .select('order_id')
    .where('owner_id', 'in', [wish.subject, ...(await heldBy(write, wish.subject))])
    .where('order_id', 'in', [...wish.orders])
    .execute();
  if (orders.length !== new Set(wish.orders).size) throw new Problem('not-found');
}

async function insertOrders(
  write: WriteOperation,
  owner_id: OwnerId,
  orders: readonly RowId[],
): Promise<void> {
  const rows = [...new Set(orders)].map((order_id) => ({ owner_id, order_id }));
  await write.db.insertInto('routines.hold_order').values(rows).execute();
}

function assertEnd(op: Operation, endsAt: Temporal.Instant): void {
  const { compare } = Temporal.Instant;
  const last = op.now.add({ hours: holdDaysMax * 24 });
  if (compare(endsAt, op.now) <= 0 || compare(endsAt, last) > 0)
    throw new Problem('bad-input', 'a hold ends within a year');
}

function staffOf({ actor }: Operation): string {
  if (!('owner' in actor)) throw new Problem('not-allowed', 'a hold is decided by people');
  return actor.owner;
}
