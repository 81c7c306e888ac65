import { sql } from 'kysely';
import type { ItemKind } from '../database/records-history.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { companyTimeZone } from '../text/format.ts';
import type { Opener } from '../vault/vault.ts';
import { historyPageSize, openOrder, orderColumns, readLinesOf } from './orders.ts';
import type { Order, OrderLine, OrderRow } from './orders.ts';

/** An order of an account, or one that the account holds; `owner` is whose key it is sealed with. */
export type OwnedOrder = Order & { readonly owner: OwnerId };

/** What of the history is shown. */
export type HistoryFilter = {
  readonly what: 'all' | 'upcoming' | ItemKind;
  /** Orders of one calendar year where the company is; null for every year. */
  readonly year: number | null;
};

export const wholeHistory: HistoryFilter = { what: 'all', year: null };

export type HistoryPage = {
  readonly orders: readonly OwnedOrder[];
  /** By the id of their order. */
  readonly lines: ReadonlyMap<RowId, readonly OrderLine[]>;
  /** Are there older ones? */
  readonly isMore: boolean;
};

/** The owners whose keys a page needs, each opened once. */
export type Openers = Map<OwnerId, Opener>;

/** One page of the history with the lines of its orders. */
export async function browseOrders(
  op: Operation,
  account: OwnerId,
  filter: HistoryFilter,
  before: Temporal.Instant | null,
): Promise<HistoryPage> {
  const { orders, openers, isMore } = await openHistory(op, account, filter, before);
  return { orders, isMore, lines: await linesOfAll(op, openers, orders) };
}

/**
 * One page of everything that an account has ordered or holds, the newest first; `before` is the time of the last one on
 * the page before. One query and one key, as a rule: the sealed rows are on their way while the vault fetches the key, and
 * are dropped if it refuses.
 */
export async function openHistory(
  op: Operation,
  account: OwnerId,
  filter: HistoryFilter = wholeHistory,
  before: Temporal.Instant | null = null,
): Promise<{ orders: OwnedOrder[]; openers: Openers; isMore: boolean }> {
  const [opener, rows] = await Promise.all([
    op.vault.openFor(op, account, ['history']),
    orderRows(op, account, { filter, before, limit: historyPageSize + 1 }),
  ]);
  const openers: Openers = new Map([[account, opener]]);
  const orders = await openRows(op, openers, rows.slice(0, historyPageSize));
  return { orders, openers, isMore: rows.length > historyPageSize };
}

/** The newest of all; null when there is none. */
export async function latestOrderOf(op: Operation, account: OwnerId): Promise<OwnedOrder | null> {
  const rows = await orderRows(op, account, { filter: wholeHistory, before: null, limit: 1 });
  const [latest] = await openRows(op, new Map(), rows);
  return latest ?? null;
}

export type OwnedRow = OrderRow & { readonly owner_id: OwnerId };

/**
 * Rows of an account's own orders and of those that it holds, in one query. Opens nothing. Each owner's are looked up by
 * themselves: joined as a whole, the database goes through the latest orders of everybody until it has enough, and who
 * holds none never has.
 */
export function orderRows(op: Operation, account: OwnerId, wish: PageWish): Promise<OwnedRow[]> {
  const own = filtered(op, wish).where('o.owner_id', '=', account).as('own');
  const held = op.db
    .selectFrom('vault.held as h')
    .innerJoinLateral(
      filtered(op, wish)
        .where('o.owner_id', '=', sql<OwnerId>`h.held_id`)
        .as('of'),
      (join) => join.onTrue(),
    )
    .selectAll('of')
    .where('h.owner_id', '=', account)
    .as('held');
  return op.db
    .selectFrom(own)
    .selectAll()
    .unionAll(op.db.selectFrom(held).selectAll())
    .orderBy('placed_at', 'desc')
    .limit(wish.limit)
    .execute();
}

type PageWish = {
  readonly filter: HistoryFilter;
  readonly before: Temporal.Instant | null;
  readonly limit: number;
};

function filtered({ db, now }: Operation, { filter, before, limit }: PageWish) {
  const { what, year } = filter;
  return db
    .selectFrom('history.order as o')
    .select(['o.owner_id', ...orderColumns.map((column) => `o.${column}` as const)])
    .$if(before !== null, (query) => query.where('o.placed_at', '<', before!))
    .$if(year !== null, (query) =>
      query
        .where('o.placed_at', '>=', newYear(year!))
        .where('o.placed_at', '<', newYear(year! + 1)),
    )
    .$if(what === 'upcoming', (query) => query.where(isToCome(now)))
    .$if(what !== 'all' && what !== 'upcoming', (query) => query.where(hasKind(what as ItemKind)))
    .orderBy('o.placed_at', 'desc')
    .limit(limit);
}

/** What waits for something: not carried out yet, and not a booking whose time is over. */
function isToCome(now: Temporal.Instant) {
  return sql<boolean>`o.state in ('unpaid', 'placed') and coalesce(
  (
    select max(b.ends_at) filter (where b.state in ('held', 'booked'))
    from history.booking b where b.owner_id = o.owner_id and b.order_id = o.order_id
  ) > ${now},
  not exists (select 1 from history.booking b where b.owner_id = o.owner_id and b.order_id = o.order_id)
)`;
}

function hasKind(kind: ItemKind) {
  return sql<boolean>`exists (
    select 1 from history.order_line l
    where l.owner_id = o.owner_id and l.order_id = o.order_id and l.kind = ${kind}
  )`;
}

function newYear(year: number): Temporal.Instant {
  return Temporal.PlainDate.from({ year, month: 1, day: 1 })
    .toZonedDateTime(companyTimeZone)
    .toInstant();
}

/** Opens rows, with the key of the account or of the order that it holds. */
export async function openRows(
  op: Operation,
  openers: Openers,
  rows: readonly OwnedRow[],
): Promise<OwnedOrder[]> {
  const orders: OwnedOrder[] = [];
  for (const row of rows) {
    const opener =
      openers.get(row.owner_id) ?? (await op.vault.openFor(op, row.owner_id, ['history']));
    openers.set(row.owner_id, opener);
    orders.push({ ...openOrder(opener, row), owner: row.owner_id });
  }
  return orders;
}

/** The lines of orders of several owners, by order. */
export async function linesOfAll(
  op: Operation,
  openers: Openers,
  orders: readonly OwnedOrder[],
): Promise<Map<RowId, OrderLine[]>> {
  const lines = new Map<RowId, OrderLine[]>();
  for (const [owner, of] of Map.groupBy(orders, ({ owner }) => owner)) {
    const opener = openers.get(owner);
    if (opener === undefined) continue;
    for (const [orderId, found] of await readLinesOf(op, opener, of)) lines.set(orderId, found);
  }
  return lines;
}

/** The calendar years in which something was ordered, the latest first. */
export async function yearsOfHistory({ db, now }: Operation, account: OwnerId): Promise<number[]> {
  // The first of each owner, for the same reason as above.
  const { rows } = await sql<{ first: Temporal.Instant | null }>`
    select min(f.placed_at) as first
    from (select ${account}::uuid as owner_id
          union all select h.held_id from vault.held h where h.owner_id = ${account}) a
    cross join lateral (
      select o.placed_at from history.order o
      where o.owner_id = a.owner_id order by o.placed_at limit 1) f`.execute(db);
  const first = rows[0]?.first ?? null;
  if (first === null) return [];
  const last = yearOf(now);
  return Array.from({ length: last - yearOf(first) + 1 }, (_, index) => last - index);
}

/** The calendar years of some orders, the latest first. */
export function yearsOf(orders: readonly Order[]): number[] {
  return [...new Set(orders.map(({ placedAt }) => yearOf(placedAt)))].toSorted((a, b) => b - a);
}

function yearOf(at: Temporal.Instant): number {
  return at.toZonedDateTimeISO(companyTimeZone).year;
}
