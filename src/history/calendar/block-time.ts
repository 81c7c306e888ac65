import type { RowId } from '../../ids.ts';
import { newRowId } from '../../ids.ts';
import { inTransaction } from '../../operation.ts';
import type { Operation } from '../../operation.ts';
import { Problem } from '../../problem.ts';
import { lockResources } from './slots.ts';

export type Block = {
  readonly resourceId: RowId;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
};

/** Longer than any absence that is known beforehand. */
export const blockDaysMax = 366;

/**
 * Takes time of a resource for nobody, so that it cannot be booked. Bookings are never pushed aside: who wants to block
 * their time moves them first.
 * @returns the id of the slot
 * @throws Problem `conflict` when some of the time is taken, `not-found` for an unknown resource, `bad-input` for no span
 */
export async function blockTime(
  op: Operation,
  { resourceId, startsAt, endsAt }: Block,
): Promise<RowId> {
  const hours = endsAt.since(startsAt).total('hours');
  if (hours <= 0 || hours > blockDaysMax * 24) throw new Problem('bad-input', 'not a span');
  return inTransaction(op, async (write) => {
    await lockResources(write, [resourceId]);
    await assertIsThere(write, resourceId);
    const slot_id = newRowId(write.now);
    const made = await write.db
      .insertInto('history.slot')
      .values({
        resource_id: resourceId,
        slot_id,
        kind: 'blocked',
        item_id: null,
        starts_at: startsAt,
        ends_at: endsAt,
        busy_from: startsAt,
        busy_to: endsAt,
        capacity: 0,
        taken: 0,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 1n) throw new Problem('conflict', 'The time is taken.');
    return slot_id;
  });
}

/** Lets blocked time be booked again. Doing it for what is not blocked any more does nothing. */
export async function unblockTime(
  { db }: Operation,
  { resourceId, slotId }: { readonly resourceId: RowId; readonly slotId: RowId },
): Promise<void> {
  await db
    .deleteFrom('history.slot')
    .where('resource_id', '=', resourceId)
    .where('slot_id', '=', slotId)
    .where('kind', '=', 'blocked')
    .execute();
}

async function assertIsThere({ db }: Operation, resourceId: RowId): Promise<void> {
  const found = await db
    .selectFrom('history.resource')
    .select('resource_id')
    .where('resource_id', '=', resourceId)
    .executeTakeFirst();
  if (!found) throw new Problem('not-found');
}
