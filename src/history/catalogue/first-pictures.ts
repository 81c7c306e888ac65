import type { Records } from '../../database/records.ts';
import type { RowId } from '../../ids.ts';
import type { Words } from '../../policy/shape.ts';

/** A picture of an item, by its id; the picture itself is served by its own address. */
export type PictureOf = { readonly pictureId: RowId; readonly alternative: Words };

/** The first picture of each of some items; an item without pictures is not in the map. */
export async function firstPictures(
  db: Records,
  itemIds: readonly RowId[],
): Promise<ReadonlyMap<RowId, PictureOf>> {
  if (itemIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('history.picture')
    .distinctOn('item_id')
    .select(['item_id', 'picture_id', 'alternative'])
    .where('item_id', 'in', itemIds)
    .orderBy('item_id')
    .orderBy('position')
    .execute();
  return new Map(
    rows.map(({ item_id, picture_id, alternative }) => [
      item_id,
      { pictureId: picture_id, alternative },
    ]),
  );
}
