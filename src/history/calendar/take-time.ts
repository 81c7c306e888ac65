import type { RowId } from '../../ids.ts';
import type { WriteOperation } from '../../operation.ts';
import { Problem } from '../../problem.ts';
import type { Item } from '../catalogue/items.ts';
import { lockResources, takeSlots } from './slots.ts';
import type { TakenSlot } from './slots.ts';

/** Takes a time for an item. @throws Problem `conflict` when it is not free */
export async function takeTime(
  op: WriteOperation,
  item: Item,
  startsAt: Temporal.Instant,
): Promise<{ slots: TakenSlot[]; endsAt: Temporal.Instant }> {
  const rules = item.booking;
  if (rules === null) throw new Problem('bad-input', 'nothing to book');
  const rows = await op.db
    .selectFrom('history.need as n')
    .innerJoin('history.resource_skill as s', 's.skill_id', 'n.skill_id')
    .select(['n.skill_id', 's.resource_id'])
    .where('n.item_id', '=', item.itemId)
    .orderBy('s.resource_id')
    .execute();
  const bySkill = Map.groupBy(rows, ({ skill_id }) => skill_id);
  const resourceIds: RowId[] = [];
  for (const of of bySkill.values()) {
    const free = of.find(({ resource_id }) => !resourceIds.includes(resource_id));
    if (free) resourceIds.push(free.resource_id);
  }
  if (resourceIds.length === 0 || resourceIds.length < bySkill.size)
    throw new Problem('conflict', 'Nothing that it needs is free.');
  await lockResources(op, resourceIds);
  const endsAt = startsAt.add({ minutes: rules.durationMinutes });
  const slots = await takeSlots(op, {
    resourceIds,
    itemId: item.isSensitive ? null : item.itemId,
    startsAt,
    endsAt,
    busyFrom: startsAt.subtract({ minutes: rules.bufferBeforeMinutes }),
    busyTo: endsAt.add({ minutes: rules.bufferAfterMinutes }),
    capacity: rules.capacity,
  });
  return { slots, endsAt };
}
