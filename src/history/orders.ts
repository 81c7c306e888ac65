import { randomInt } from 'node:crypto';
import type { OrderState, RecordsTables } from '../database/records.ts';
import type { PayWay } from '../database/records-history.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Opener, Sealer } from '../vault/vault.ts';
import { unitPriceOre, vatWithin } from './catalogue/items.ts';
import type { Item } from './catalogue/items.ts';
import { noAnswers } from './answers.ts';
import type { Answers } from './answers.ts';
import { order, orderLine } from './holdings.ts';

export const quantityMax = 99;
/** Rows of one page of the history. */
export const historyPageSize = 20;

/** Who ordered and how they are reached; an address only where something comes to them. */
export type Delivery = {
  readonly recipient_name: string;
  readonly phone: string | null;
  readonly street: string | null;
  readonly postal_code: string | null;
  readonly town: string | null;
  readonly message: string | null;
};

/** One thing that is wished for: a number of a product, a service, or a time. */
export type WishedLine = {
  readonly item: Item;
  /** Which of a product's variants; null for anything else. */
  readonly variantId: RowId | null;
  readonly quantity: number;
  /** What the customer read, in his language: kept as it was, whatever the catalogue says later. */
  readonly name: string;
  /** When a booking begins; null for anything else. */
  readonly startsAt: Temporal.Instant | null;
  readonly answers: Answers;
};

export type OrderWish = {
  /** Made with the form, so that a second click is the same order. */
  readonly orderId: RowId;
  readonly lines: readonly WishedLine[];
  readonly delivery: Delivery;
  readonly payWay: PayWay;
  /** The conditions of sale that were shown. */
  readonly termsId: RowId | null;
};

/** A number of a product of which there is one kind, or of its first variant, or of a service without questions. */
export function plainLine(item: Item, quantity: number, name: string): WishedLine {
  const variantId = item.variants[0]?.variantId ?? null;
  return { item, variantId, quantity, name, startsAt: null, answers: noAnswers };
}

export type Order = {
  readonly orderId: RowId;
  readonly number: string;
  readonly placedAt: Temporal.Instant;
  readonly state: OrderState;
  readonly totalOre: number;
  readonly vatOre: number;
  readonly delivery: Delivery;
};

export type OrderLine = {
  readonly lineId: RowId;
  readonly description: string;
  readonly quantity: number;
  readonly unitPriceOre: number;
  readonly vatPercent: number;
};

/**
 * Places an order; the same order twice is placed once. `confirm` writes the confirmation in the same transaction, so
 * that there is never one without the other.
 */
export async function placeOrder(
  op: Operation,
  owner: OwnerId,
  wish: OrderWish,
  confirm: (op: WriteOperation, sealer: Sealer, placed: Order) => Promise<void>,
): Promise<RowId> {
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const placed = priced(write, wish);
    if (!(await insertOrder(write, sealer, placed))) return;
    for (const line of wish.lines) await insertLine(write, sealer, wish.orderId, line);
    await confirm(write, sealer, placed);
  });
  return wish.orderId;
}

/** One page of an owner's orders, newest first; `before` is the time of the last one on the page before. */
export async function listOrders(
  op: Operation,
  opener: Opener,
  before: Temporal.Instant | null = null,
): Promise<Order[]> {
  const rows = await readPage(op, opener.owner, before);
  return rows.map((row) => openOrder(opener, row));
}

/**
 * The same page for who has no opener yet: the sealed rows are on their way while the vault decides and fetches the
 * key, and are dropped if it refuses.
 */
export async function openHistory(
  op: Operation,
  owner: OwnerId,
  before: Temporal.Instant | null = null,
): Promise<{ opener: Opener; orders: Order[] }> {
  const [opener, rows] = await Promise.all([
    op.vault.openFor(op, owner, ['history']),
    readPage(op, owner, before),
  ]);
  return { opener, orders: rows.map((row) => openOrder(opener, row)) };
}

/** @throws Problem `not-found` for an order that is not this owner's */
export async function readOrder(
  op: Operation,
  opener: Opener,
  orderId: RowId,
): Promise<{ order: Order; lines: OrderLine[] }> {
  const row = await op.db
    .selectFrom('history.order')
    .select(orderColumns)
    .where('owner_id', '=', opener.owner)
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
  return {
    order: openOrder(opener, row),
    lines: (await readLinesOf(op, opener, [{ orderId }])).get(orderId) ?? [],
  };
}

const orderColumns = ['order_id', 'placed_at', 'state', 'total_ore', 'vat_ore', 'sealed'] as const;
type OrderRow = Pick<RecordsTables['history.order'], (typeof orderColumns)[number]>;

function readPage(
  op: Operation,
  owner: OwnerId,
  before: Temporal.Instant | null,
): Promise<OrderRow[]> {
  return op.db
    .selectFrom('history.order')
    .select(orderColumns)
    .where('owner_id', '=', owner)
    .$if(before !== null, (query) => query.where('placed_at', '<', before as Temporal.Instant))
    .orderBy('placed_at', 'desc')
    .limit(historyPageSize)
    .execute();
}

function openOrder(opener: Opener, row: OrderRow): Order {
  const { number, ...delivery } = opener.open(order, row.order_id, row.sealed);
  return {
    orderId: row.order_id,
    number,
    placedAt: row.placed_at,
    state: row.state,
    totalOre: row.total_ore,
    vatOre: row.vat_ore,
    delivery,
  };
}

/** Whether an owner has placed the order that a form gave this id. Opens nothing. */
export async function isPlaced(op: Operation, owner: OwnerId, orderId: RowId): Promise<boolean> {
  const found = await op.db
    .selectFrom('history.order')
    .select('order_id')
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  return found !== undefined;
}

/** An order as staff sees it in the list: nothing of it is opened. */
export type ListedOrder = Pick<Order, 'orderId' | 'placedAt' | 'state' | 'totalOre'> & {
  readonly owner: OwnerId;
};

/** Rows of one page of the orders of everybody. */
export const latestOrdersSize = 50;

/**
 * For staff: the newest orders of everybody, without anything that is sealed; `after` is the last one of the page
 * before.
 */
export async function latestOrders(
  op: Operation,
  after: Pick<Order, 'orderId' | 'placedAt'> | null = null,
): Promise<ListedOrder[]> {
  const rows = await op.db
    .selectFrom('history.order')
    .select(['owner_id', 'order_id', 'placed_at', 'state', 'total_ore'])
    .$if(after !== null, (query) =>
      query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('placed_at', 'order_id'), '<', tuple(after!.placedAt, after!.orderId)),
      ),
    )
    .orderBy('placed_at', 'desc')
    .orderBy('order_id', 'desc')
    .limit(latestOrdersSize)
    .execute();
  return rows.map((row) => ({
    owner: row.owner_id,
    orderId: row.order_id,
    placedAt: row.placed_at,
    state: row.state,
    totalOre: row.total_ore,
  }));
}

/** The lines of several orders of one owner, by order. An order without lines is not in the map. */
export async function readLinesOf(
  op: Operation,
  opener: Opener,
  orders: readonly Pick<Order, 'orderId'>[],
): Promise<ReadonlyMap<RowId, OrderLine[]>> {
  if (orders.length === 0) return new Map();
  const rows = await op.db
    .selectFrom('history.order_line')
    .select(['order_id', 'line_id', 'quantity', 'unit_price_ore', 'vat_percent', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .where(
      'order_id',
      'in',
      orders.map(({ orderId }) => orderId),
    )
    .orderBy('line_id')
    .execute();
  const lines = rows.map((row) => ({
    orderId: row.order_id,
    lineId: row.line_id,
    description: opener.open(orderLine, row.line_id, row.sealed).description,
    quantity: row.quantity,
    unitPriceOre: row.unit_price_ore,
    vatPercent: row.vat_percent,
  }));
  return Map.groupBy(lines, ({ orderId }) => orderId);
}

function priced(op: WriteOperation, wish: OrderWish): Order {
  const amounts = wish.lines.map(({ item, variantId, quantity }) => {
    const total = unitPriceOre(item, variantId) * quantity;
    return { total, vat: vatWithin(total, item.vatPercent) };
  });
  return {
    orderId: wish.orderId,
    number: newOrderNumber(),
    placedAt: op.now,
    state: 'placed',
    totalOre: amounts.reduce((sum, { total }) => sum + total, 0),
    vatOre: amounts.reduce((sum, { vat }) => sum + vat, 0),
    delivery: wish.delivery,
  };
}

/** False when the order was there already. */
async function insertOrder(write: WriteOperation, sealer: Sealer, placed: Order): Promise<boolean> {
  const inserted = await write.db
    .insertInto('history.order')
    .values({
      owner_id: sealer.owner,
      order_id: placed.orderId,
      placed_at: placed.placedAt,
      state: placed.state,
      total_ore: placed.totalOre,
      vat_ore: placed.vatOre,
      sealed: sealer.seal(order, placed.orderId, { number: placed.number, ...placed.delivery }),
    })
    .onConflict((conflict) => conflict.columns(['owner_id', 'order_id']).doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

async function insertLine(
  write: WriteOperation,
  sealer: Sealer,
  orderId: RowId,
  { item, variantId, quantity, name, answers }: WishedLine,
): Promise<void> {
  const line_id = newRowId(write.now);
  await write.db
    .insertInto('history.order_line')
    .values({
      owner_id: sealer.owner,
      order_id: orderId,
      line_id,
      item_id: item.isSensitive ? null : item.itemId,
      kind: item.kind,
      withdrawal: item.withdrawal,
      variant_id: item.isSensitive ? null : variantId,
      quantity,
      unit_price_ore: unitPriceOre(item, variantId),
      vat_percent: item.vatPercent,
      sealed: sealer.seal(orderLine, line_id, { description: name, ...answers }),
    })
    .execute();
}

// Crockford's alphabet: no I, L, O or U, so that a number can be read aloud and copied by hand.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Eight characters in two groups, such as `K7QF-3M2P`: 40 random bits that say nothing about how many there are. */
function newOrderNumber(): string {
  const characters = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]);
  return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`;
}
