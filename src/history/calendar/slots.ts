import type { RowId } from '../../ids.ts';
import { newRowId } from '../../ids.ts';
import type { WriteOperation } from '../../operation.ts';
import { Problem } from '../../problem.ts';

/** A time on one resource that a booking has taken. */
export type TakenSlot = { readonly resourceId: RowId; readonly slotId: RowId };

/** The time to be taken on each of some resources: what the customer sees, and what is busy with the buffers around it. */
export type SlotWish = {
  readonly resourceIds: readonly RowId[];
  /** Null for what is sensitive: then a slot does not say what it is for, and nobody else can share it. */
  readonly itemId: RowId | null;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  readonly busyFrom: Temporal.Instant;
  readonly busyTo: Temporal.Instant;
  readonly capacity: number;
  /** A group that has begun to fill has seats left, by its own capacity, which may be another than the item has now. */
  readonly joins: boolean;
};

/**
 * Keeps everybody else from taking or moving times of these resources until the transaction ends. Always in the same
 * order, so that two who want several do not wait for each other.
 */
export async function lockResources(
  { db }: WriteOperation,
  resourceIds: readonly RowId[],
): Promise<void> {
  if (resourceIds.length === 0) return;
  await db
    .selectFrom('history.resource')
    .select('resource_id')
    .where('resource_id', 'in', resourceIds)
    .orderBy('resource_id')
    .forNoKeyUpdate()
    .execute();
}

/**
 * Takes one seat at this time on every resource. The resources are locked already; what this overlooks, the database
 * refuses (`slots_do_not_overlap`, `slot_is_not_overfull`).
 * @throws Problem `conflict` when a time is taken
 */
export async function takeSlots(op: WriteOperation, wish: SlotWish): Promise<TakenSlot[]> {
  const taken: TakenSlot[] = [];
  for (const resourceId of wish.resourceIds.toSorted()) {
    taken.push({ resourceId, slotId: await takeSlot(op, resourceId, wish) });
  }
  return taken;
}

async function takeSlot(op: WriteOperation, resourceId: RowId, wish: SlotWish): Promise<RowId> {
  const joined = wish.joins ? await joinSlot(op, resourceId, wish) : null;
  return joined ?? makeSlot(op, resourceId, wish);
}

/** A seat in a group that has begun to fill; null when there is none. */
async function joinSlot(
  { db }: WriteOperation,
  resourceId: RowId,
  { itemId, startsAt, endsAt }: SlotWish,
): Promise<RowId | null> {
  if (itemId === null) return null;
  const joined = await db
    .updateTable('history.slot')
    .set((row) => ({ taken: row('taken', '+', 1) }))
    .where('resource_id', '=', resourceId)
    .where('kind', '=', 'booked')
    .where('item_id', '=', itemId)
    .where('starts_at', '=', startsAt)
    .where('ends_at', '=', endsAt)
    .whereRef('taken', '<', 'capacity')
    .returning('slot_id')
    .executeTakeFirst();
  return joined?.slot_id ?? null;
}

async function makeSlot(op: WriteOperation, resourceId: RowId, wish: SlotWish): Promise<RowId> {
  const slot_id = newRowId(op.now);
  const made = await op.db
    .insertInto('history.slot')
    .values({
      resource_id: resourceId,
      slot_id,
      kind: 'booked',
      item_id: wish.itemId,
      starts_at: wish.startsAt,
      ends_at: wish.endsAt,
      busy_from: wish.busyFrom,
      busy_to: wish.busyTo,
      capacity: wish.itemId === null ? 1 : wish.capacity,
      taken: 1,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) throw new Problem('conflict', 'The time is taken.');
  return slot_id;
}

/** Gives seats back; a slot that nobody has any more goes. Once they are gone, giving them back again changes nothing. */
export async function releaseSlots(
  { db }: WriteOperation,
  slots: readonly TakenSlot[],
): Promise<void> {
  for (const { resourceId, slotId } of slots) {
    await db
      .updateTable('history.slot')
      .set((row) => ({ taken: row('taken', '-', 1) }))
      .where('resource_id', '=', resourceId)
      .where('slot_id', '=', slotId)
      .where('taken', '>', 0)
      .execute();
    await db
      .deleteFrom('history.slot')
      .where('resource_id', '=', resourceId)
      .where('slot_id', '=', slotId)
      .where('kind', '=', 'booked')
      .where('taken', '=', 0)
      .execute();
  }
}
