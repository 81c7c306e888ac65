import { freeTimesOf } from '../history/calendar/times-to-book.ts';
import { findItems, unitPriceOre } from '../history/catalogue/items.ts';
import type { Item, Variant } from '../history/catalogue/items.ts';
import { ruledTime } from '../history/rule-words.ts';
import type { RuledLine } from '../history/rule-words.ts';
import { vatByRate, vatOfLines } from '../history/receipts/vat-split.ts';
import type { VatRow } from '../history/receipts/vat-split.ts';
import type { Visit } from '../http/route.ts';
import type { RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import type { Language } from '../text/bilingual.ts';
import { dayAt } from '../text/format.ts';
import { keyOf, readBasketText, writeBasketText } from './basket-cookie.ts';
import type { BasketEntry } from './basket-cookie.ts';

/** Why a row cannot be ordered as it is: fewer are left than wished for, none at all, or the time is taken. */
export type Trouble =
  | { readonly kind: 'fewer'; readonly left: number }
  | { readonly kind: 'sold-out' }
  | { readonly kind: 'time-gone' };

/** A row of the basket as the catalogue knows it now. */
export type BasketLine = {
  readonly key: string;
  readonly item: Item;
  readonly variant: Variant | null;
  readonly quantity: number;
  readonly startsAt: Temporal.Instant | null;
  readonly unitOre: number;
  /** What one of it cost when it was seen last; the same as now unless the price has changed. */
  readonly seenOre: number;
  readonly trouble: Trouble | null;
};

export type Basket = {
  readonly lines: readonly BasketLine[];
  /** Rows that could not be read, or that are not offered any more. */
  readonly dropped: number;
};

/** What the browser has in its basket, held against the catalogue. */
export async function readBasket(visit: Visit): Promise<Basket> {
  const { entries, broken } = readBasketText(visit.cookie('__Host-basket'));
  const lines = await resolveEntries(visit.op, entries);
  return { lines, dropped: broken + entries.length - lines.length };
}

/** The rows of a basket that are offered, with what is in their way. */
export async function resolveEntries(
  op: Operation,
  entries: readonly BasketEntry[],
): Promise<BasketLine[]> {
  const items = new Map(
    (await findItems(op.db, [...new Set(entries.map(({ itemId }) => itemId))])).map((item) => [
      item.itemId,
      item,
    ]),
  );
  const seats = new Map<string, number>();
  for (const entry of entries) {
    const item = items.get(entry.itemId);
    if (item?.booking && entry.startsAt)
      seats.set(keyOf(entry), await seatsAt(op, item, entry.startsAt));
  }
  return entries.flatMap((entry) => {
    const item = items.get(entry.itemId);
    return item === undefined ? [] : lineOf(entry, item, seats.get(keyOf(entry)) ?? 0);
  });
}

/** How many can still come to a time; nought when it cannot be booked. */
export async function seatsAt(
  op: Operation,
  item: Item,
  startsAt: Temporal.Instant,
): Promise<number> {
  const span = { from: dayAt(startsAt), days: 1 };
  const times = await freeTimesOf(op.db, item, span, op.now);
  return times.find((free) => free.startsAt.equals(startsAt))?.seatsLeft ?? 0;
}

/** Makes the browser keep these rows, or nothing where there are none. */
export function keepBasket(visit: Visit, entries: readonly BasketEntry[]): void {
  if (entries.length > 0) visit.setCookie('__Host-basket', writeBasketText(entries));
  else if (visit.cookie('__Host-basket') !== null) visit.clearCookie('__Host-basket');
}

/** Rows as they stand now: whoever sends them on has seen today's prices. */
export function entriesOf(lines: readonly BasketLine[]): BasketEntry[] {
  return lines.map((line) => ({ ...seenEntryOf(line), seenOre: line.unitOre }));
}

/** A row as it was put into the basket. */
export function seenEntryOf(line: BasketLine): BasketEntry {
  const { item, variant, quantity, startsAt, seenOre } = line;
  const variantId = variant?.variantId ?? null;
  return { itemId: item.itemId, variantId, quantity, startsAt, seenOre };
}

/** What a row is called in the reader's language: the item, and its kind where there are several. */
export function nameOf({ item, variant }: BasketLine, language: Language): string {
  const kind = variant?.name[language] ?? '';
  return kind === '' ? item.name[language] : `${item.name[language]}, ${kind}`;
}

export function isRepriced({ unitOre, seenOre }: BasketLine): boolean {
  return unitOre !== seenOre;
}

/** What the lines cost together, and the VAT of each rate as the receipt will have it. */
export function sumsOf(lines: readonly BasketLine[]): {
  readonly totalOre: number;
  readonly vat: readonly VatRow[];
} {
  const priced = lines.map(({ item, unitOre, quantity }) => ({
    amount_ore: unitOre * quantity,
    vat_percent: item.vatPercent,
  }));
  const vat = vatOfLines(priced);
  return {
    totalOre: priced.reduce((sum, { amount_ore }) => sum + amount_ore, 0),
    vat: vatByRate(priced.map((line, index) => ({ ...line, vat_ore: vat[index] ?? 0 }))),
  };
}

/** What of a row decides the rules that hold for it. */
export function ruledLineOf({ item, unitOre, startsAt }: BasketLine): RuledLine {
  const { kind, fulfilment, withdrawal, booking } = item;
  const time = booking && startsAt && ruledTime(booking, startsAt);
  return { kind, fulfilment, withdrawal, unitPriceOre: unitOre, time };
}

function lineOf(entry: BasketEntry, item: Item, seats: number): BasketLine[] {
  const variant = variantOf(item, entry.variantId);
  const isOffered = item.variants.length > 0 ? variant !== null : entry.variantId === null;
  const fitsKind = (item.kind === 'booking') === (entry.startsAt !== null);
  if (!isOffered || !fitsKind) return [];
  const { quantity, startsAt, seenOre } = entry;
  return [
    {
      key: keyOf(entry),
      item,
      variant,
      quantity,
      startsAt,
      unitOre: unitPriceOre(item, entry.variantId),
      seenOre,
      trouble: startsAt === null ? stockTrouble(variant, quantity) : timeTrouble(seats, quantity),
    },
  ];
}

function variantOf(item: Item, variantId: RowId | null): Variant | null {
  return item.variants.find((one) => one.variantId === variantId) ?? null;
}

function stockTrouble(variant: Variant | null, quantity: number): Trouble | null {
  const left = variant?.stock ?? null;
  if (left === null || left >= quantity) return null;
  return left === 0 ? { kind: 'sold-out' } : { kind: 'fewer', left };
}

function timeTrouble(seats: number, places: number): Trouble | null {
  if (seats >= places) return null;
  return seats === 0 ? { kind: 'time-gone' } : { kind: 'fewer', left: seats };
}
