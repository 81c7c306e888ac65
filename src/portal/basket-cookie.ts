import { z } from 'zod';
import { uuidOf } from '../accounts/tokens.ts';
import { quantityMax } from '../history/orders.ts';
import { idBytes, isRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';

/** One row of a basket: what, how many, when it begins, and what one of it cost when it was put there. Nothing personal. */
export type BasketEntry = {
  readonly itemId: RowId;
  readonly variantId: RowId | null;
  /** Places, where it is a time. */
  readonly quantity: number;
  readonly startsAt: Temporal.Instant | null;
  readonly seenOre: number;
};

export type ReadBasket = {
  readonly entries: readonly BasketEntry[];
  /** How many rows could not be read. */
  readonly broken: number;
};

/** Rows of one basket, as many as an order has lines. */
export const entriesMax = 20;
/** Far below what browsers keep of one cookie, with its name and its attributes. */
export const basketTextMax = 3_000;
const format = '1';
const priceMax = 2 ** 31 - 1;
/** Ends in the year 2096; minutes since 1970 fit into nine digits until 3871. */
const minutesMax = 66_666_666;
const msOfMinute = 60_000;

const shortId = z
  .string()
  .regex(/^[\w-]{22}$/)
  .transform((text, context): RowId => {
    const bytes = Buffer.from(text, 'base64url');
    const id = uuidOf(bytes);
    // The last character has bits to spare; only one way to write them counts.
    if (isRowId(id) && bytes.toString('base64url') === text) return id;
    context.addIssue('not an id');
    return z.NEVER;
  });
const count = (min: number, max: number) =>
  z
    .string()
    .regex(/^(?:0|[1-9]\d{0,9})$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
const empty = z.literal('').transform(() => null);

const entryFields = z
  .tuple([
    shortId,
    z.union([empty, shortId]),
    count(1, quantityMax),
    count(0, priceMax),
    z.union([empty, count(1, minutesMax)]),
  ])
  .transform(([itemId, variantId, quantity, seenOre, minutes]): BasketEntry => ({
    itemId,
    variantId,
    quantity,
    seenOre,
    startsAt:
      minutes === null ? null : Temporal.Instant.fromEpochMilliseconds(minutes * msOfMinute),
  }));

/** Reads what a browser or a form sent. Never throws: a row that is broken, comes twice or is one too many is left out. */
export function readBasketText(text: string | null): ReadBasket {
  if (text === null || text === '') return { entries: [], broken: 0 };
  const [version, ...rows] = text.length > basketTextMax ? [] : text.split('~');
  if (version !== format) return { entries: [], broken: 1 };
  const entries = new Map<string, BasketEntry>();
  for (const row of rows) {
    const parsed = entryFields.safeParse(row.split('.'));
    if (!parsed.success || entries.size === entriesMax) continue;
    const key = keyOf(parsed.data);
    if (!entries.has(key)) entries.set(key, parsed.data);
  }
  return { entries: [...entries.values()], broken: rows.length - entries.size };
}

export function writeBasketText(entries: readonly BasketEntry[]): string {
  return [format, ...entries.map(writeEntry)].join('~');
}

/** What a row is about: the same item, variant and time is the same row. Fit for the name of a field. */
export function keyOf({ itemId, variantId, startsAt }: BasketEntry): string {
  const ids = [itemId, variantId].filter((id) => id !== null).map(writeId);
  return [...ids, ...(startsAt === null ? [] : [minutesOf(startsAt)])].join('-');
}

/** True for a time that a basket can hold: a whole minute, not too far away. */
export function isWholeMinute(startsAt: Temporal.Instant): boolean {
  const { epochMilliseconds } = startsAt;
  return (
    epochMilliseconds % msOfMinute === 0 &&
    epochMilliseconds >= msOfMinute &&
    epochMilliseconds <= minutesMax * msOfMinute
  );
}

function writeEntry(entry: BasketEntry): string {
  const { itemId, variantId, quantity, seenOre, startsAt } = entry;
  return [
    writeId(itemId),
    variantId === null ? '' : writeId(variantId),
    quantity,
    seenOre,
    startsAt === null ? '' : minutesOf(startsAt),
  ].join('.');
}

function writeId(id: RowId): string {
  return Buffer.from(idBytes(id)).toString('base64url');
}

function minutesOf(startsAt: Temporal.Instant): number {
  return startsAt.epochMilliseconds / msOfMinute;
}
