import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { linesOfAll, openRows, orderRows, wholeHistory } from './browse-orders.ts';
import type { OwnedOrder, Openers } from './browse-orders.ts';
import { historyPageSize } from './orders.ts';
import type { OrderLine } from './orders.ts';

/** Orders that are opened for one question; who wants to look further back asks again from there. */
export const searchedMax = 2_000;
const batchSize = 250;
/** Words of one search. */
export const searchLengthMax = 100;

export type FoundOrders = {
  readonly orders: readonly OwnedOrder[];
  readonly lines: ReadonlyMap<RowId, readonly OrderLine[]>;
  /** Where to go on; null when everything has been looked through. */
  readonly next: Temporal.Instant | null;
};

/**
 * Looks for words in what was ordered, and in the numbers of orders, from the newest back. What is sealed cannot be
 * searched by the database: it is opened page by page, never more of it than one page at a time, and never without end.
 */
export async function searchOrders(
  op: Operation,
  account: OwnerId,
  typed: string,
  before: Temporal.Instant | null = null,
): Promise<FoundOrders> {
  const wanted = wordsIn(typed);
  const openers: Openers = new Map([[account, await op.vault.openFor(op, account, ['history'])]]);
  const found: OwnedOrder[] = [];
  const lines = new Map<RowId, OrderLine[]>();
  let next = before;
  for (let searched = 0; searched < searchedMax; searched += batchSize) {
    const rows = await orderRows(op, account, {
      filter: wholeHistory,
      before: next,
      limit: batchSize,
    });
    const orders = await openRows(op, openers, rows);
    const linesOf = await linesOfAll(op, openers, orders);
    for (const order of orders) {
      const own = linesOf.get(order.orderId) ?? [];
      next = order.placedAt;
      if (!isMatch(order, own, wanted)) continue;
      found.push(order);
      lines.set(order.orderId, own);
      if (found.length === historyPageSize) return { orders: found, lines, next };
    }
    if (rows.length < batchSize) return { orders: found, lines, next: null };
  }
  return { orders: found, lines, next };
}

function isMatch(order: OwnedOrder, lines: readonly OrderLine[], wanted: readonly string[]) {
  const text = plain([order.number, ...lines.map(({ description }) => description)].join(' '));
  return wanted.length > 0 && wanted.every((word) => text.includes(word));
}

function wordsIn(typed: string): string[] {
  return plain(typed.slice(0, searchLengthMax)).split(' ').filter(Boolean);
}

/** As people search: small letters, one space, and neither accents nor hyphens matter. */
function plain(text: string): string {
  return text
    .toLocaleLowerCase('sv')
    .normalize('NFKD')
    .replaceAll(/(?<![ao])\p{M}|(?<=[ao])(?![\u0308\u030a])\p{M}/gu, '')
    .replaceAll(/[\s\-–]+/g, ' ')
    .normalize('NFC')
    .trim();
}
