import type { RecordsTransaction } from '../../database/records.ts';
import type { RowId } from '../../ids.ts';
import { Problem } from '../../problem.ts';

/**
 * Keeps everybody else from changing an item, or what belongs to it, until the transaction ends. Orders go on.
 * @throws Problem `not-found`
 */
export async function lockItem(
  db: RecordsTransaction,
  itemId: RowId,
): Promise<{ readonly isOffered: boolean }> {
  const found = await db
    .selectFrom('history.item')
    .select('offered')
    .where('item_id', '=', itemId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!found) throw new Problem('not-found');
  return { isOffered: found.offered };
}

/**
 * What is extra for a variant may be negative, its price may not, also of one that is hidden: it may be shown again.
 * Asked under the item's lock, after the change.
 * @throws Problem `bad-input` when one would cost less than nothing
 */
export async function assertPrices(db: RecordsTransaction, itemId: RowId): Promise<void> {
  const found = await db
    .selectFrom('history.variant as v')
    .innerJoin('history.item as i', 'i.item_id', 'v.item_id')
    .select('v.variant_id')
    .where('i.item_id', '=', itemId)
    .where((row) => row(row('i.price_ore', '+', row.ref('v.extra_ore')), '<', 0))
    .limit(1)
    .executeTakeFirst();
  if (found) throw new Problem('bad-input', 'a variant would cost less than nothing');
}
