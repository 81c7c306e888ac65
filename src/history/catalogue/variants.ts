import { newRowId } from '../../ids.ts';
import type { RowId } from '../../ids.ts';
import { inTransaction } from '../../operation.ts';
import type { Operation } from '../../operation.ts';
import type { Words } from '../../policy/shape.ts';
import { Problem } from '../../problem.ts';
import { assertPrices, lockItem } from './lock-item.ts';

/** Which variant of which item. */
export type VariantKey = { readonly itemId: RowId; readonly variantId: RowId };

export type VariantFacts = {
  readonly name: Words;
  readonly extraOre: number;
  readonly isOffered: boolean;
};

export const variantsMax = 30;
/** More is a slip of the finger, and far below what the column holds. */
export const stockMax = 100_000;

/**
 * Adds a variant behind the others.
 * @throws Problem `too-many`, `not-found`, `bad-input` when it would cost less than nothing
 */
export async function addVariant(
  op: Operation,
  itemId: RowId,
  { name, extraOre, isOffered }: VariantFacts,
): Promise<void> {
  await inTransaction(op, async ({ db, now }) => {
    await lockItem(db, itemId);
    const { count, last } = await db
      .selectFrom('history.variant')
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('position').as('last')])
      .where('item_id', '=', itemId)
      .executeTakeFirstOrThrow();
    if (count >= variantsMax) throw new Problem('too-many', 'variants of one item');
    await db
      .insertInto('history.variant')
      .values({
        item_id: itemId,
        variant_id: newRowId(now),
        position: ((last as number | null) ?? -1) + 1,
        name,
        extra_ore: extraOre,
        stock: null,
        offered: isOffered,
      })
      .execute();
    await assertPrices(db, itemId);
  });
}

/**
 * Changes a variant. What customers see has always one that they can order.
 * @throws Problem `not-found`, `conflict` for the last one that is offered of an item that is, `bad-input` when it would cost
 *   less than nothing
 */
export async function changeVariant(
  op: Operation,
  { itemId, variantId }: VariantKey,
  { name, extraOre, isOffered }: VariantFacts,
): Promise<void> {
  await inTransaction(op, async ({ db }) => {
    const item = await lockItem(db, itemId);
    const changed = await db
      .updateTable('history.variant')
      .set({ name, extra_ore: extraOre, offered: isOffered })
      .where('item_id', '=', itemId)
      .where('variant_id', '=', variantId)
      .executeTakeFirst();
    if (changed.numUpdatedRows !== 1n) throw new Problem('not-found');
    await assertPrices(db, itemId);
    if (!item.isOffered) return;
    const left = await db
      .selectFrom('history.variant')
      .select('variant_id')
      .where('item_id', '=', itemId)
      .where('offered', '=', true)
      .limit(1)
      .executeTakeFirst();
    if (!left) throw new Problem('conflict', 'the last variant that is offered');
  });
}

/**
 * Adds to what there is at this moment, or takes from it: an order that came in between is never written over.
 * @returns whether it was done; not where less would be left than nothing, more than `stockMax`, or nobody counts
 */
export async function changeStock(
  { db }: Operation,
  { itemId, variantId }: VariantKey,
  by: number,
): Promise<boolean> {
  const changed = await db
    .updateTable('history.variant')
    .set((row) => ({ stock: row('stock', '+', by) }))
    .where('item_id', '=', itemId)
    .where('variant_id', '=', variantId)
    .where((row) => row(row('stock', '+', by), '>=', 0))
    .where((row) => row(row('stock', '+', by), '<=', stockMax))
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** Begins to count what there is, where nobody did. @returns whether nobody did */
export async function startCounting(
  { db }: Operation,
  { itemId, variantId }: VariantKey,
  stock: number,
): Promise<boolean> {
  const changed = await db
    .updateTable('history.variant')
    .set({ stock })
    .where('item_id', '=', itemId)
    .where('variant_id', '=', variantId)
    .where('stock', 'is', null)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** From now on there is always enough. */
export async function stopCounting(
  { db }: Operation,
  { itemId, variantId }: VariantKey,
): Promise<void> {
  await db
    .updateTable('history.variant')
    .set({ stock: null })
    .where('item_id', '=', itemId)
    .where('variant_id', '=', variantId)
    .execute();
}
