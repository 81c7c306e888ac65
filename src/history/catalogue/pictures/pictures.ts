import { createHash } from 'node:crypto';
import type { Records } from '../../../database/records.ts';
import type { PictureType } from '../../../database/records-history.ts';
import { newRowId } from '../../../ids.ts';
import type { RowId } from '../../../ids.ts';
import { inTransaction } from '../../../operation.ts';
import type { Operation } from '../../../operation.ts';
import type { Words } from '../../../policy/shape.ts';
import { Problem } from '../../../problem.ts';
import { lockItem } from '../lock-item.ts';
import { cleanPicture, pictureSizeMax } from './clean-picture.ts';

/** What a page needs to show a picture; its bytes are at `/pictures/` and its id. */
export type Picture = {
  readonly pictureId: RowId;
  /** For who does not see it. */
  readonly alternative: Words;
  readonly widthPx: number;
  readonly heightPx: number;
};

export type NewPicture = { readonly bytes: Buffer; readonly alternative: Words };
export type PictureFault = 'not-a-picture' | 'too-large' | 'too-many';

export const picturesMax = 8;

/** The pictures of some items, by item, in the company's order. */
export async function picturesOf(
  db: Records,
  itemIds: readonly RowId[],
): Promise<ReadonlyMap<RowId, Picture[]>> {
  if (itemIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('history.picture')
    .select(['item_id', 'picture_id', 'alternative', 'width_px', 'height_px'])
    .where('item_id', 'in', itemIds)
    .orderBy('position')
    .orderBy('picture_id')
    .execute();
  const pictures = rows.map((row) => ({
    itemId: row.item_id,
    pictureId: row.picture_id,
    alternative: row.alternative,
    widthPx: row.width_px,
    heightPx: row.height_px,
  }));
  return Map.groupBy(pictures, ({ itemId }) => itemId);
}

/** The bytes of a picture as they are served, or null. They never change under their id. */
export async function readPicture(
  db: Records,
  pictureId: RowId,
): Promise<{ readonly mediaType: PictureType; readonly content: Uint8Array } | null> {
  const row = await db
    .selectFrom('history.picture')
    .select(['media_type', 'content'])
    .where('picture_id', '=', pictureId)
    .executeTakeFirst();
  return row === undefined ? null : { mediaType: row.media_type, content: row.content };
}

/**
 * Adds a picture behind the others, cleaned of everything but the picture. Null when it is there.
 * @throws Problem `not-found` for an item that is not there
 */
export async function addPicture(
  op: Operation,
  itemId: RowId,
  { bytes, alternative }: NewPicture,
): Promise<PictureFault | null> {
  const clean = cleanPicture(bytes);
  if (clean === null) return 'not-a-picture';
  if (clean.content.length > pictureSizeMax) return 'too-large';
  return inTransaction(op, async ({ db, now }) => {
    await lockItem(db, itemId);
    const { places } = await db
      .selectFrom('history.picture')
      .select(({ fn }) => fn.agg<number[]>('array_agg', ['position']).as('places'))
      .where('item_id', '=', itemId)
      .executeTakeFirstOrThrow();
    const taken = (places as number[] | null) ?? [];
    if (taken.length >= picturesMax) return 'too-many';
    await db
      .insertInto('history.picture')
      .values({
        item_id: itemId,
        picture_id: newRowId(now),
        position: Math.max(-1, ...taken) + 1,
        alternative,
        media_type: clean.mediaType,
        width_px: clean.widthPx,
        height_px: clean.heightPx,
        sha256: createHash('sha256').update(clean.content).digest(),
        content: clean.content,
      })
      .execute();
    return null;
  });
}

/** @throws Problem `not-found` */
export async function describePicture(
  { db }: Operation,
  { itemId, pictureId }: { readonly itemId: RowId; readonly pictureId: RowId },
  alternative: Words,
): Promise<void> {
  const changed = await db
    .updateTable('history.picture')
    .set({ alternative })
    .where('item_id', '=', itemId)
    .where('picture_id', '=', pictureId)
    .executeTakeFirst();
  if (changed.numUpdatedRows !== 1n) throw new Problem('not-found');
}

/** Doing it for what is gone does nothing. */
export async function removePicture(
  { db }: Operation,
  { itemId, pictureId }: { readonly itemId: RowId; readonly pictureId: RowId },
): Promise<void> {
  await db
    .deleteFrom('history.picture')
    .where('item_id', '=', itemId)
    .where('picture_id', '=', pictureId)
    .execute();
}
