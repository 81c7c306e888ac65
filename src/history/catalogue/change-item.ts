import type { RowId } from '../../ids.ts';
import { inTransaction } from '../../operation.ts';
import type { Operation } from '../../operation.ts';
import { Problem } from '../../problem.ts';
import { addItem, bookableColumns } from './add-item.ts';
import type { NewItem } from './add-item.ts';
import { lockList } from '../lock-list.ts';
import { itemsMax } from './items.ts';
import type { BookingRules, Item, Question } from './items.ts';
import { assertPrices, lockItem } from './lock-item.ts';

/** What can be changed of an item at any time. Orders keep what they were placed for: their text, price and VAT. */
export type ItemFacts = Pick<
  Item,
  | 'name'
  | 'description'
  | 'priceOre'
  | 'vatPercent'
  | 'isSensitive'
  | 'fulfilment'
  | 'withdrawal'
  | 'paysOnSite'
>;

/**
 * Puts an item at the end of the catalogue.
 * @throws Problem `too-many`, also counting those that are hidden; `bad-input` as `addItem`
 */
export async function appendItem(op: Operation, item: NewItem): Promise<void> {
  await inTransaction(op, async ({ db }) => {
    await lockList(db, 'items');
    const { count, last } = await db
      .selectFrom('history.item')
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('position').as('last')])
      .executeTakeFirstOrThrow();
    if (count >= itemsMax) throw new Problem('too-many', 'items');
    await addItem(db, item, ((last as number | null) ?? -1) + 1);
  });
}

/** @throws Problem `not-found`, `bad-input` when a variant would cost less than nothing */
export async function changeItem(op: Operation, itemId: RowId, facts: ItemFacts): Promise<void> {
  await inTransaction(op, async ({ db }) => {
    await lockItem(db, itemId);
    await db
      .updateTable('history.item')
      .set({
        name: facts.name,
        description: facts.description,
        price_ore: facts.priceOre,
        vat_percent: facts.vatPercent,
        sensitive: facts.isSensitive,
        fulfilment: facts.fulfilment,
        withdrawal: facts.withdrawal,
        pay_on_site: facts.paysOnSite,
      })
      .where('item_id', '=', itemId)
      .execute();
    await assertPrices(db, itemId);
  });
}

/** Shows an item to customers, or hides it. Nothing of it is removed. */
export async function offerItem(
  { db }: Operation,
  { itemId, isOffered }: { readonly itemId: RowId; readonly isOffered: boolean },
): Promise<void> {
  await db
    .updateTable('history.item')
    .set({ offered: isOffered })
    .where('item_id', '=', itemId)
    .execute();
}

/**
 * Lets an item change places with the one before or after it. At the end of the list nothing happens. All places are
 * counted anew, because two items may have had the same one.
 */
export async function moveItem(
  op: Operation,
  { itemId, by }: { readonly itemId: RowId; readonly by: -1 | 1 },
): Promise<void> {
  await inTransaction(op, async ({ db }) => {
    const rows = await db
      .selectFrom('history.item')
      .select(['item_id', 'position'])
      .orderBy('position')
      .orderBy('item_id')
      .forUpdate()
      .execute();
    const order = rows.map(({ item_id }) => item_id);
    const at = order.indexOf(itemId);
    const other = order[at + by];
    if (at === -1 || other === undefined) return;
    [order[at], order[at + by]] = [other, itemId];
    for (const [position, item_id] of order.entries()) {
      const before = rows.find((row) => row.item_id === item_id);
      if (before?.position === position) continue;
      await db
        .updateTable('history.item')
        .set({ position })
        .where('item_id', '=', item_id)
        .execute();
    }
  });
}

/** Replaces what is asked before an item is carried out. */
export async function changeQuestions(
  op: Operation,
  itemId: RowId,
  questions: readonly Question[],
): Promise<void> {
  await inTransaction(op, async ({ db }) => {
    await lockItem(db, itemId);
    await db.deleteFrom('history.question').where('item_id', '=', itemId).execute();
    const rows = questions.map(({ field, isRequired }) => ({
      item_id: itemId,
      field,
      required: isRequired,
    }));
    if (rows.length > 0) await db.insertInto('history.question').values(rows).execute();
  });
}

/** Replaces how an item is booked. Bookings that are made keep their times and what was agreed about cancelling. */
export async function changeBooking(
  op: Operation,
  itemId: RowId,
  { rules, needs }: { readonly rules: BookingRules; readonly needs: readonly RowId[] },
): Promise<void> {
  await inTransaction(op, async ({ db }) => {
    await lockItem(db, itemId);
    await db
      .insertInto('history.bookable')
      .values({ item_id: itemId, ...bookableColumns(rules) })
      .onConflict((conflict) => conflict.column('item_id').doUpdateSet(bookableColumns(rules)))
      .execute();
    await db.deleteFrom('history.need').where('item_id', '=', itemId).execute();
    const rows = needs.map((skill_id) => ({ item_id: itemId, skill_id }));
    if (rows.length > 0) await db.insertInto('history.need').values(rows).execute();
  });
}
