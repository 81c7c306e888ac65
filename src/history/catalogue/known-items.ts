import type { Records } from '../../database/records.ts';
import type { RowId } from '../../ids.ts';
import { readItems, variantsOf } from './items.ts';
import type { Item, Variant } from './items.ts';

/** An item as those see it who care for the catalogue, whether it is offered or not. */
export type KnownItem = Item & {
  readonly isOffered: boolean;
  /** Variants that are not offered: they stay, because orders have been placed for them. */
  readonly hiddenVariants: readonly Variant[];
  /** Skills of the resources that a booking takes. */
  readonly needs: readonly RowId[];
};

/** The whole catalogue, in the company's order. */
export function listKnownItems(db: Records): Promise<KnownItem[]> {
  return readKnown(db, null);
}

/** One item, offered or not; null where there is none. */
export async function findKnownItem(db: Records, itemId: RowId): Promise<KnownItem | null> {
  return (await readKnown(db, [itemId]))[0] ?? null;
}

async function readKnown(db: Records, only: readonly RowId[] | null): Promise<KnownItem[]> {
  const items = await readItems(db, { only, hiddenToo: true });
  const ids = items.map(({ itemId }) => itemId);
  if (ids.length === 0) return [];
  const offered = await offeredAmong(db, ids);
  const hidden = await variantsOf(db, ids, { offered: false });
  const needs = await needsOf(db, ids);
  return items.map((item) => ({
    ...item,
    isOffered: offered.has(item.itemId),
    hiddenVariants: hidden.get(item.itemId) ?? [],
    needs: (needs.get(item.itemId) ?? []).map(({ skill_id }) => skill_id),
  }));
}

async function offeredAmong(db: Records, ids: readonly RowId[]): Promise<ReadonlySet<RowId>> {
  const rows = await db
    .selectFrom('history.item')
    .select('item_id')
    .where('item_id', 'in', ids)
    .where('offered', '=', true)
    .execute();
  return new Set(rows.map(({ item_id }) => item_id));
}

async function needsOf(db: Records, ids: readonly RowId[]) {
  const rows = await db
    .selectFrom('history.need')
    .select(['item_id', 'skill_id'])
    .where('item_id', 'in', ids)
    .orderBy('skill_id')
    .execute();
  return Map.groupBy(rows, ({ item_id }) => item_id);
}
