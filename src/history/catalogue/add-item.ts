import type { RecordsTransaction } from '../../database/records.ts';
import type { RowId } from '../../ids.ts';
import type { BookingRules, Item } from './items.ts';
import { assertPrices } from './lock-item.ts';

/** A new item with its variants, questions and booking rules, and which skills a booking of it takes. */
export type NewItem = Item & {
  readonly needs?: readonly RowId[];
  /** False for what is still being written; customers do not see it. True unless said. */
  readonly isOffered?: boolean;
};

/**
 * Puts an item into the catalogue, all of it or nothing.
 * @throws Problem `bad-input` for a variant that costs less than nothing
 */
export async function addItem(
  db: RecordsTransaction,
  item: NewItem,
  position: number,
): Promise<void> {
  await db
    .insertInto('history.item')
    .values({
      item_id: item.itemId,
      kind: item.kind,
      position,
      name: item.name,
      description: item.description,
      price_ore: item.priceOre,
      vat_percent: item.vatPercent,
      sensitive: item.isSensitive,
      offered: item.isOffered ?? true,
      fulfilment: item.fulfilment,
      withdrawal: item.withdrawal,
      pay_on_site: item.paysOnSite,
    })
    .execute();
  for (const [place, variant] of item.variants.entries())
    await addVariant(db, item.itemId, variant, place);
  await assertPrices(db, item.itemId);
  for (const { field, isRequired } of item.questions) {
    await db
      .insertInto('history.question')
      .values({ item_id: item.itemId, field, required: isRequired })
      .execute();
  }
  if (item.booking) await addBookable(db, item, item.booking);
}

async function addVariant(
  db: RecordsTransaction,
  itemId: RowId,
  variant: Item['variants'][number],
  position: number,
): Promise<void> {
  await db
    .insertInto('history.variant')
    .values({
      item_id: itemId,
      variant_id: variant.variantId,
      position,
      name: variant.name,
      extra_ore: variant.extraOre,
      stock: variant.stock,
    })
    .execute();
}

async function addBookable(
  db: RecordsTransaction,
  { itemId, needs = [] }: NewItem,
  rules: BookingRules,
): Promise<void> {
  await db
    .insertInto('history.bookable')
    .values({ item_id: itemId, ...bookableColumns(rules) })
    .execute();
  for (const skill_id of needs) {
    await db.insertInto('history.need').values({ item_id: itemId, skill_id }).execute();
  }
}

/** How the rules of a booking stand in their row. */
export function bookableColumns(rules: BookingRules) {
  return {
    duration_minutes: rules.durationMinutes,
    buffer_before_minutes: rules.bufferBeforeMinutes,
    buffer_after_minutes: rules.bufferAfterMinutes,
    step_minutes: rules.stepMinutes,
    lead_minutes: rules.leadMinutes,
    horizon_days: rules.horizonDays,
    capacity: rules.capacity,
    free_cancel_hours: rules.freeCancelHours,
    late_fee_percent: rules.lateFeePercent,
  };
}
