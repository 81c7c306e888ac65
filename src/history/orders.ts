import type { OrderState, OwnerKind, RecordsTables } from '../database/records.ts';
import type { ItemKind, PayWay, Withdrawal } from '../database/records-history.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Opener } from '../vault/vault.ts';
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

export type Order = {
  readonly orderId: RowId;
  readonly number: string;
  readonly placedAt: Temporal.Instant;
  readonly state: OrderState;
  readonly totalOre: number;
  readonly vatOre: number;
  /** Null for orders of before there were several ways. */
  readonly payWay: PayWay | null;
  /** Until when what was ordered is kept for who has not paid; null where nothing has to be paid first. */
  readonly payBy: Temporal.Instant | null;
  readonly performedAt: Temporal.Instant | null;
  readonly termsId: RowId | null;
  readonly delivery: Delivery;
};

export type OrderLine = {
  readonly lineId: RowId;
  readonly kind: ItemKind;
  /** Where it stands in the catalogue, if it is known still. */
  readonly item: ItemReference | null;
  readonly description: string;
  readonly quantity: number;
  readonly unitPriceOre: number;
  readonly vatPercent: number;
  readonly withdrawal: Withdrawal;
  readonly answers: Answers;
};

export type ItemReference = { readonly itemId: RowId; readonly variantId: RowId | null };

/** One page of an owner's orders, newest first; `before` is the time of the last one on the page before. */
export async function listOrders(
  op: Operation,
  opener: Opener,
  before: Temporal.Instant | null = null,
): Promise<Order[]> {
  const rows = await readPage(op, opener.owner, before);
  return rows.map((row) => openOrder(opener, row));
}

/** @throws Problem `not-found` for an order that is not this owner's */
export async function readOrder(
  op: Operation,
  opener: Opener,
  orderId: RowId,
): Promise<{ order: Order; lines: OrderLine[] }> {
  const row = await selectOrder(op, opener, orderId).executeTakeFirst();
  return openWithLines(op, opener, row);
}

/** The same under a lock that lasts until the transaction ends. @throws Problem `not-found` */
export async function readOrderLocked(
  write: WriteOperation,
  opener: Opener,
  orderId: RowId,
): Promise<{ order: Order; lines: OrderLine[] }> {
  const row = await selectOrder(write, opener, orderId).forUpdate().executeTakeFirst();
  return openWithLines(write, opener, row);
}

function selectOrder({ db }: Operation, { owner }: Opener, orderId: RowId) {
  return db
    .selectFrom('history.order')
    .select(orderColumns)
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId);
}

async function openWithLines(
  op: Operation,
  opener: Opener,
  row: OrderRow | undefined,
): Promise<{ order: Order; lines: OrderLine[] }> {
  if (!row) throw new Problem('not-found');
  const orderId = row.order_id;
  return {
    order: openOrder(opener, row),
    lines: (await readLinesOf(op, opener, [{ orderId }])).get(orderId) ?? [],
  };
}

const clearColumns = [
  'order_id',
  'placed_at',
  'state',
  'total_ore',
  'vat_ore',
  'pay_way',
  'pay_by',
  'performed_at',
  'terms_id',
] as const;
type ClearRow = Pick<RecordsTables['history.order'], (typeof clearColumns)[number]>;
export const orderColumns = [...clearColumns, 'sealed'] as const;
export type OrderRow = Pick<RecordsTables['history.order'], (typeof orderColumns)[number]>;

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

/** An order as its owner knows it, from its row. */
export function openOrder(opener: Opener, row: OrderRow): Order {
  const { number, ...delivery } = opener.open(order, row.order_id, row.sealed);
  return { ...inClear(row), number, delivery };
}

/** What of an order stands in clear. */
export type ClearOrder = Omit<Order, 'number' | 'delivery'>;

/** An order as far as it is not sealed. @throws Problem `not-found`, also for who is being erased */
export async function readClearOrder(
  { db }: Operation,
  owner: OwnerId,
  orderId: RowId,
): Promise<{ readonly ownerKind: OwnerKind; readonly order: ClearOrder }> {
  const row = await db
    .selectFrom('history.order')
    .innerJoin('vault.owner', 'vault.owner.owner_id', 'history.order.owner_id')
    .select(['vault.owner.kind', ...clearColumns])
    .where('history.order.owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .where('fenced_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
  return { ownerKind: row.kind, order: inClear(row) };
}

function inClear(row: ClearRow): ClearOrder {
  return {
    orderId: row.order_id,
    placedAt: row.placed_at,
    state: row.state,
    totalOre: row.total_ore,
    vatOre: row.vat_ore,
    payWay: row.pay_way,
    payBy: row.pay_by,
    performedAt: row.performed_at,
    termsId: row.terms_id,
  };
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
    .select([
      'order_id',
      'line_id',
      'kind',
      'item_id',
      'variant_id',
      'withdrawal',
      'quantity',
      'unit_price_ore',
      'vat_percent',
      'sealed',
    ])
    .where('owner_id', '=', opener.owner)
    .where(
      'order_id',
      'in',
      orders.map(({ orderId }) => orderId),
    )
    .orderBy('line_id')
    .execute();
  const lines = rows.map((row) => ({ orderId: row.order_id, ...openLine(opener, row) }));
  return Map.groupBy(lines, ({ orderId }) => orderId);
}

type LineRow = Pick<
  RecordsTables['history.order_line'],
  | 'line_id'
  | 'kind'
  | 'item_id'
  | 'variant_id'
  | 'withdrawal'
  | 'quantity'
  | 'unit_price_ore'
  | 'vat_percent'
  | 'sealed'
>;

function openLine(opener: Opener, row: LineRow): OrderLine {
  const opened = opener.open(orderLine, row.line_id, row.sealed);
  const { description, item_reference: hidden, ...answers } = opened;
  return {
    lineId: row.line_id,
    kind: row.kind,
    item: hidden === null ? referenceOf(row) : readReference(hidden),
    description,
    quantity: row.quantity,
    unitPriceOre: row.unit_price_ore,
    vatPercent: row.vat_percent,
    withdrawal: row.withdrawal,
    answers,
  };
}

function referenceOf({ item_id, variant_id }: LineRow): ItemReference | null {
  return item_id === null ? null : { itemId: item_id, variantId: variant_id };
}

/** A reference as it is sealed where the item is sensitive. */
export function writeReference({ itemId, variantId }: ItemReference): string {
  return variantId === null ? itemId : `${itemId}/${variantId}`;
}

function readReference(hidden: string): ItemReference {
  const [itemId, variantId = null] = hidden.split('/') as [RowId, RowId?];
  return { itemId, variantId };
}
