import type { OwnerId, RowId } from '../ids.ts';
import { newRowId } from '../ids.ts';
import { lockResources } from '../history/calendar/slots.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { findRecipient } from '../recipients/register.ts';
import { lockOwner } from '../vault/lock-owner.ts';

/** For which recipient in the register a provider performs services, since when and until when. */
export type Engagement = {
  readonly recipientId: RowId;
  readonly beganAt: Temporal.Instant;
  /** Null while it runs. */
  readonly endedAt: Temporal.Instant | null;
};

/** The engagement that a provider has, or had last; null for who never had one. */
export async function latestEngagement(op: Operation, owner: OwnerId): Promise<Engagement | null> {
  return (await latestEngagements(op, [owner])).get(owner) ?? null;
}

/** The same for several providers. */
export async function latestEngagements(
  op: Operation,
  owners: readonly OwnerId[],
): Promise<ReadonlyMap<OwnerId, Engagement>> {
  if (owners.length === 0) return new Map();
  const rows = await op.db
    .selectFrom('accounts.engagement')
    .select(['owner_id', 'recipient_id', 'began_at', 'ended_at'])
    .where('owner_id', 'in', owners)
    .orderBy('ended_at', (order) => order.asc().nullsLast())
    .orderBy('began_at')
    .execute();
  // Of several the last one stays.
  return new Map(
    rows.map((row) => [
      row.owner_id,
      { recipientId: row.recipient_id, beganAt: row.began_at, endedAt: row.ended_at },
    ]),
  );
}

/**
 * Begins an engagement for a provider who has none that runs. The calendars stay.
 * @throws Problem `not-found` for who has left or is no provider, `conflict` when one runs already, when the recipient
 * performs no services, or when one of the calendars belongs to somebody of another recipient
 */
export async function beginEngagement(
  op: Operation,
  owner: OwnerId,
  recipientId: RowId,
): Promise<void> {
  await inTransaction(op, async (write) => {
    const latest = await takeProvider(write, owner);
    if (latest.endedAt === null) throw new Problem('conflict', 'An engagement runs already.');
    await insertEngagement(write, owner, recipientId, await resourcesOf(write, owner));
  });
}

/**
 * Ends the engagement that runs: from this moment nothing about customers is handed to the provider. The times in the
 * calendars are still seen. Doing it twice is as good as once.
 * @throws Problem `not-found` for who has left or is no provider
 */
export async function endEngagement(op: Operation, owner: OwnerId): Promise<void> {
  await inTransaction(op, async (write) => {
    await takeProvider(write, owner);
    await endRunning(write, owner);
  });
}

/**
 * Says whose calendars a provider sees, all of them at once.
 * @throws Problem `not-found` for who has left or is no provider, `bad-input` for what is no calendar, `conflict` when
 * one belongs to somebody of another recipient
 */
export async function chooseCalendars(
  op: Operation,
  owner: OwnerId,
  resourceIds: readonly RowId[],
): Promise<void> {
  await inTransaction(op, async (write) => {
    const { recipientId } = await takeProvider(write, owner);
    await assertCalendars(write, owner, recipientId, resourceIds);
    await removeCalendars(write, owner);
    await insertCalendars(write, owner, resourceIds);
  });
}

/** Writes down an engagement that begins now, with its calendars. The caller holds the owner. */
export async function insertEngagement(
  write: WriteOperation,
  owner: OwnerId,
  recipientId: RowId,
  resourceIds: readonly RowId[],
): Promise<void> {
  const recipient = await findRecipient(write.db, recipientId);
  if (recipient?.category !== 'performer')
    throw new Problem('conflict', 'The recipient performs no services.');
  await assertCalendars(write, owner, recipientId, resourceIds);
  await write.db
    .insertInto('accounts.engagement')
    .values({
      owner_id: owner,
      engagement_id: newRowId(write.now),
      recipient_id: recipientId,
      began_at: write.now,
      ended_at: null,
    })
    .execute();
  await removeCalendars(write, owner);
  await insertCalendars(write, owner, resourceIds);
}

/** Ends all that a provider has here, for who leaves or never came: the engagement and the calendars. */
export async function endAllEngagements(write: WriteOperation, owner: OwnerId): Promise<void> {
  await lockOwner(write.db, owner);
  await endRunning(write, owner);
  await removeCalendars(write, owner);
}

/** The calendars of a provider. */
export async function resourcesOf(op: Operation, owner: OwnerId): Promise<RowId[]> {
  const rows = await op.db
    .selectFrom('accounts.provider_resource')
    .select('resource_id')
    .where('owner_id', '=', owner)
    .execute();
  return rows.map(({ resource_id }) => resource_id);
}

/**
 * Those of some calendars that belong to a provider of another recipient: what is booked there is not for this one.
 * Who left has none; an engagement that ended still counts, as long as its provider sees the times.
 */
export async function calendarsOfOthers(
  op: Operation,
  owner: OwnerId | null,
  recipientId: RowId,
  resourceIds: readonly RowId[],
): Promise<RowId[]> {
  if (resourceIds.length === 0) return [];
  const rows = await op.db
    .selectFrom('accounts.provider_resource')
    .select(['owner_id', 'resource_id'])
    .where('resource_id', 'in', resourceIds)
    .execute();
  const others = rows.filter((row) => row.owner_id !== owner);
  const engagements = await latestEngagements(
    op,
    others.map((row) => row.owner_id),
  );
  return others
    .filter((row) => engagements.get(row.owner_id)?.recipientId !== recipientId)
    .map((row) => row.resource_id);
}

/** Two who change the same provider at once come one after the other, and nobody changes who leaves meanwhile. */
async function takeProvider(write: WriteOperation, owner: OwnerId): Promise<Engagement> {
  if (!(await lockOwner(write.db, owner))) throw new Problem('not-found');
  const latest = await latestEngagement(write, owner);
  const here = await write.db
    .selectFrom('accounts.staff')
    .select('left_at')
    .where('owner_id', '=', owner)
    .executeTakeFirst();
  const invited = await write.db
    .selectFrom('accounts.invitation')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .executeTakeFirst();
  const isHere = here === undefined ? invited !== undefined : here.left_at === null;
  if (latest === null || !isHere) throw new Problem('not-found');
  return latest;
}

async function assertCalendars(
  write: WriteOperation,
  owner: OwnerId,
  recipientId: RowId,
  resourceIds: readonly RowId[],
): Promise<void> {
  if (resourceIds.length === 0) return;
  await lockResources(write, resourceIds);
  const known = await write.db
    .selectFrom('history.resource')
    .select('resource_id')
    .where('resource_id', 'in', resourceIds)
    .execute();
  if (known.length !== new Set(resourceIds).size) throw new Problem('bad-input', 'no calendar');
  const taken = await calendarsOfOthers(write, owner, recipientId, resourceIds);
  if (taken.length > 0)
    throw new Problem('conflict', 'A calendar belongs to a provider of another recipient.');
}

async function endRunning(write: WriteOperation, owner: OwnerId): Promise<void> {
  await write.db
    .updateTable('accounts.engagement')
    .set({ ended_at: write.now })
    .where('owner_id', '=', owner)
    .where('ended_at', 'is', null)
    .execute();
}

async function removeCalendars(write: WriteOperation, owner: OwnerId): Promise<void> {
  await write.db.deleteFrom('accounts.provider_resource').where('owner_id', '=', owner).execute();
}

async function insertCalendars(
  write: WriteOperation,
  owner: OwnerId,
  resourceIds: readonly RowId[],
): Promise<void> {
  if (resourceIds.length === 0) return;
  await write.db
    .insertInto('accounts.provider_resource')
    .values([...new Set(resourceIds)].map((resource_id) => ({ owner_id: owner, resource_id })))
    .execute();
}
