import type { RowId } from '../../ids.ts';
import type { WriteOperation } from '../../operation.ts';
import { Problem } from '../../problem.ts';

/** A number of one variant of a product. */
export type Goods = {
  readonly itemId: RowId;
  readonly variantId: RowId;
  readonly quantity: number;
};

/**
 * Takes goods out of stock, all or none. Always in the same order, so that two who want the same things do not wait for
 * each other.
 * @throws Problem `conflict` when there are not so many left
 */
export async function takeStock(op: WriteOperation, goods: readonly Goods[]): Promise<void> {
  for (const { itemId, variantId, quantity } of inOneOrder(goods)) {
    const taken = await op.db
      .updateTable('history.variant')
      .set((row) => ({ stock: row('stock', '-', quantity) }))
      .where('item_id', '=', itemId)
      .where('variant_id', '=', variantId)
      .where('offered', '=', true)
      .where((row) => row.or([row('stock', 'is', null), row('stock', '>=', quantity)]))
      .executeTakeFirst();
    if (taken.numUpdatedRows !== 1n) throw new Problem('conflict', 'There are not so many left.');
  }
}

/** Puts goods back that were taken and did not go. */
export async function returnStock(op: WriteOperation, goods: readonly Goods[]): Promise<void> {
  for (const { itemId, variantId, quantity } of inOneOrder(goods)) {
    await op.db
      .updateTable('history.variant')
      .set((row) => ({ stock: row('stock', '+', quantity) }))
      .where('item_id', '=', itemId)
      .where('variant_id', '=', variantId)
      .execute();
  }
}

function inOneOrder(goods: readonly Goods[]): Goods[] {
  return goods.toSorted((one, other) => (one.variantId < other.variantId ? -1 : 1));
}
