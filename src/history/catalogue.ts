import type { Records } from '../database/records.ts';
import type { RowId } from '../ids.ts';

/** Something the company offers. Prices are in öre with VAT included. */
export type Item = {
  readonly itemId: RowId;
  readonly kind: 'product' | 'service' | 'booking';
  readonly name: { readonly sv: string; readonly en: string };
  readonly description: { readonly sv: string; readonly en: string };
  readonly priceOre: number;
  readonly vatPercent: 0 | 6 | 12 | 25;
  readonly isSensitive: boolean;
};

const itemsMax = 200;

/** What is offered now, in the company's order. */
export async function listItems(db: Records): Promise<Item[]> {
  const rows = await db
    .selectFrom('history.item')
    .selectAll()
    .where('offered', '=', true)
    .orderBy('position')
    .limit(itemsMax)
    .execute();
  return rows.map((row) => ({
    itemId: row.item_id,
    kind: row.kind,
    name: row.name,
    description: row.description,
    priceOre: row.price_ore,
    vatPercent: row.vat_percent,
    isSensitive: row.sensitive,
  }));
}

export async function findItem(db: Records, itemId: RowId): Promise<Item | null> {
  return (await listItems(db)).find((item) => item.itemId === itemId) ?? null;
}

/** Puts an item into the catalogue. */
export async function addItem(db: Records, item: Item, position: number): Promise<void> {
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
      offered: true,
    })
    .execute();
}

/** The VAT that is inside an amount in öre, rounded to whole öre. */
export function vatWithin(amountOre: number, vatPercent: number): number {
  return Math.round((amountOre * vatPercent) / (100 + vatPercent));
}
