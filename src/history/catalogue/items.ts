import type { Records } from '../../database/records.ts';
import type { Fulfilment, ItemKind, Withdrawal } from '../../database/records-history.ts';
import type { RowId } from '../../ids.ts';
import { intakeFields } from '../../policy/intake.ts';
import type { IntakeField } from '../../policy/intake.ts';
import type { Words } from '../../policy/shape.ts';

/** One kind of a product, such as a size. Its price is that of the item and what is extra. */
export type Variant = {
  readonly variantId: RowId;
  /** Empty where the product has only one. */
  readonly name: Words;
  readonly extraOre: number;
  /** How many are left; null where nobody counts. */
  readonly stock: number | null;
};

/** A question that is put before the item is carried out; its field is one of the notice. */
export type Question = { readonly field: IntakeField; readonly isRequired: boolean };

/** How a bookable item takes time. Minutes and hours are elapsed time, also on the nights when the clocks change. */
export type BookingRules = {
  readonly durationMinutes: number;
  /** Time that the resources are taken before and after the appointment itself, to make ready and to clean. */
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  /** Starts are this far apart, counted on the wall clock from where an opening begins. */
  readonly stepMinutes: number;
  /** How long before its start a time can be booked at the latest. */
  readonly leadMinutes: number;
  /** How many days after today can be booked; 0 is today alone. */
  readonly horizonDays: number;
  /** Seats of one occasion; 1 for what is not a group. */
  readonly capacity: number;
  readonly freeCancelHours: number;
  readonly lateFeePercent: number;
};

/** Something the company offers. Prices are in öre with VAT included. */
export type Item = {
  readonly itemId: RowId;
  readonly kind: ItemKind;
  readonly name: Words;
  readonly description: Words;
  readonly priceOre: number;
  readonly vatPercent: 0 | 6 | 12 | 25;
  readonly isSensitive: boolean;
  readonly fulfilment: Fulfilment;
  readonly withdrawal: Withdrawal;
  readonly paysOnSite: boolean;
  /** At least one for a product, none for anything else. */
  readonly variants: readonly Variant[];
  readonly questions: readonly Question[];
  /** For bookings, and null for anything else. */
  readonly booking: BookingRules | null;
};

/** Offered or not: what is more than this would not be shown. */
export const itemsMax = 200;

/** What is offered now, in the company's order. */
export function listItems(db: Records): Promise<Item[]> {
  return readItems(db, { only: null });
}

/** One item that is offered, or null. */
export async function findItem(db: Records, itemId: RowId): Promise<Item | null> {
  return (await readItems(db, { only: [itemId] }))[0] ?? null;
}

/** Several items that are offered; those that are not are left out. */
export function findItems(db: Records, itemIds: readonly RowId[]): Promise<Item[]> {
  return itemIds.length === 0 ? Promise.resolve([]) : readItems(db, { only: itemIds });
}

/** What one of an item costs: of this variant, where there are some. */
export function unitPriceOre(item: Item, variantId: RowId | null): number {
  const variant = item.variants.find((one) => one.variantId === variantId);
  return item.priceOre + (variant?.extraOre ?? 0);
}

/** The VAT that is inside an amount in öre, rounded to whole öre. */
export function vatWithin(amountOre: number, vatPercent: number): number {
  return Math.round((amountOre * vatPercent) / (100 + vatPercent));
}

type Wanted = {
  /** Null for all. */
  readonly only: readonly RowId[] | null;
  /** Also those that are offered no more, or not yet. */
  readonly hiddenToo?: boolean;
};

/** Items with the variants that are offered, in the company's order. */
export async function readItems(db: Records, { only, hiddenToo = false }: Wanted): Promise<Item[]> {
  const rows = await db
    .selectFrom('history.item as i')
    .leftJoin('history.bookable as b', 'b.item_id', 'i.item_id')
    .selectAll('i')
    .select([
      'b.duration_minutes',
      'b.buffer_before_minutes',
      'b.buffer_after_minutes',
      'b.step_minutes',
      'b.lead_minutes',
      'b.horizon_days',
      'b.capacity',
      'b.free_cancel_hours',
      'b.late_fee_percent',
    ])
    .$if(!hiddenToo, (query) => query.where('i.offered', '=', true))
    .$if(only !== null, (query) => query.where('i.item_id', 'in', only!))
    .orderBy('i.position')
    .orderBy('i.item_id')
    .limit(itemsMax)
    .execute();
  const ids = rows.map(({ item_id }) => item_id);
  const variants = await variantsOf(db, ids, { offered: true });
  const questions = await questionsOf(db, ids);
  return rows.map((row) => ({
    itemId: row.item_id,
    kind: row.kind,
    name: row.name,
    description: row.description,
    priceOre: row.price_ore,
    vatPercent: row.vat_percent,
    isSensitive: row.sensitive,
    fulfilment: row.fulfilment,
    withdrawal: row.withdrawal,
    paysOnSite: row.pay_on_site,
    variants: variants.get(row.item_id) ?? [],
    questions: questions.get(row.item_id) ?? [],
    booking: rulesOf(row),
  }));
}

type RulesRow = {
  readonly duration_minutes: number | null;
  readonly buffer_before_minutes: number | null;
  readonly buffer_after_minutes: number | null;
  readonly step_minutes: number | null;
  readonly lead_minutes: number | null;
  readonly horizon_days: number | null;
  readonly capacity: number | null;
  readonly free_cancel_hours: number | null;
  readonly late_fee_percent: number | null;
};

function rulesOf(row: RulesRow): BookingRules | null {
  if (row.duration_minutes === null || row.step_minutes === null) return null;
  return {
    durationMinutes: row.duration_minutes,
    bufferBeforeMinutes: row.buffer_before_minutes ?? 0,
    bufferAfterMinutes: row.buffer_after_minutes ?? 0,
    stepMinutes: row.step_minutes,
    leadMinutes: row.lead_minutes ?? 0,
    horizonDays: row.horizon_days ?? 1,
    capacity: row.capacity ?? 1,
    freeCancelHours: row.free_cancel_hours ?? 0,
    lateFeePercent: row.late_fee_percent ?? 0,
  };
}

/** The variants of some items that are offered, or those that are not, in the company's order. */
export async function variantsOf(
  db: Records,
  ids: readonly RowId[],
  { offered }: { readonly offered: boolean },
): Promise<ReadonlyMap<RowId, Variant[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('history.variant')
    .select(['item_id', 'variant_id', 'name', 'extra_ore', 'stock'])
    .where('item_id', 'in', ids)
    .where('offered', '=', offered)
    .orderBy('position')
    .execute();
  const variants = rows.map((row) => ({
    itemId: row.item_id,
    variantId: row.variant_id,
    name: row.name,
    extraOre: row.extra_ore,
    stock: row.stock,
  }));
  return Map.groupBy(variants, ({ itemId }) => itemId);
}

/** A question whose field the notice no longer names is not put. */
async function questionsOf(db: Records, ids: readonly RowId[]): Promise<Map<RowId, Question[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('history.question')
    .select(['item_id', 'field', 'required'])
    .where('item_id', 'in', ids)
    .where('field', 'in', intakeFields)
    .execute();
  const questions = rows.map((row) => ({
    itemId: row.item_id,
    field: row.field as IntakeField,
    isRequired: row.required,
  }));
  questions.sort(
    (one, other) => intakeFields.indexOf(one.field) - intakeFields.indexOf(other.field),
  );
  return Map.groupBy(questions, ({ itemId }) => itemId);
}
