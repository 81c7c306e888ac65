import { writeTogether } from '../database/together.ts';
import { isUniqueViolation } from '../database/unique-violation.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { newRowId } from '../ids.ts';
import { mailWrite } from '../messages/outbox.ts';
import type { Mail } from '../messages/outbox.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Sealer } from '../vault/vault.ts';
import { insertBooking } from './booking-rows.ts';
import { lockForTimes, takeTime } from './calendar/take-time.ts';
import { unitPriceOre } from './catalogue/items.ts';
import type { Item } from './catalogue/items.ts';
import { takeStock } from './catalogue/stock.ts';
import { order, orderLine } from './holdings.ts';
import { eventWrite } from './order-events.ts';
import { hashOfNumber, newOrderNumber } from './order-number.ts';
import { goodsOf, linesMax, totalsOf } from './order-wish.ts';
import type { OrderWish, WishedLine } from './order-wish.ts';
import { writeReference } from './orders.ts';
import type { Order } from './orders.ts';

/** For so long what was ordered is kept for who pays first: goods out of stock, times out of the calendar. */
export const payMinutes = 40;

/**
 * The letter that confirms the order; null where nobody is told. It is made before anybody knows whether the order is there
 * already, and written only with what is placed.
 */
export type Confirm = (placed: Order) => Mail | null;

/**
 * Places an order; the same order twice is placed once. Stock and times are taken in the same transaction, so that an
 * order has all of it or is not there. It is confirmed at once, in the same transaction (lagen 2002:562 om elektronisk
 * handel, 12 §); the receipt follows when it is paid.
 * @throws Problem `conflict` when a time or goods are gone
 */
export async function placeOrder(
  op: Operation,
  owner: OwnerId,
  wish: OrderWish,
  confirm: Confirm,
): Promise<RowId> {
  await onceInTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await placeIn(write, sealer, wish, confirm);
  });
  return wish.orderId;
}

/** Whoever places an order that is there already waits until it is, and changes nothing. */
export async function onceInTransaction(
  op: Operation,
  work: (write: WriteOperation) => Promise<void>,
): Promise<void> {
  try {
    await inTransaction(op, work);
  } catch (error) {
    if (!isUniqueViolation(error, 'order_pkey')) throw error;
  }
}

/**
 * The same inside a transaction (`onceInTransaction`) that has made its owner. What others want too comes last, because
 * they wait for it until the transaction ends: first the times, then the goods, as whoever gives them back does, so that
 * no two wait for each other.
 */
export async function placeIn(
  write: WriteOperation,
  sealer: Sealer,
  wish: OrderWish,
  confirm: Confirm,
): Promise<void> {
  assertSensible(wish);
  const placed = orderOf(write, wish);
  const of = { owner: sealer.owner, orderId: wish.orderId };
  const lines = wish.lines.map((line) => ({ lineId: newRowId(write.now), line }));
  const letter = confirm(placed);
  await writeTogether(write.db, [
    orderWrite(write, sealer, placed),
    linesWrite(write, sealer, placed.orderId, lines),
    eventWrite(write, of, 'placed'),
    ...(letter === null ? [] : [mailWrite(write, sealer, letter)]),
  ]);
  await lockForTimes(write, itemsWithTimes(wish.lines));
  for (const { lineId, line } of lines) await bookLine(write, sealer, placed, { lineId, line });
  await takeStock(write, goodsOf(wish.lines));
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

function assertSensible({ lines }: OrderWish): void {
  if (lines.length === 0 || lines.length > linesMax)
    throw new Problem('bad-input', 'an order has one line at least, and not too many');
  const isOdd = lines.some(
    ({ item, startsAt, variantId, quantity }) =>
      (item.kind === 'booking') !== (startsAt !== null) ||
      (item.kind === 'product') !== (variantId !== null) ||
      (item.kind === 'booking' && quantity !== 1),
  );
  if (isOdd) throw new Problem('bad-input', 'a line does not fit its item');
}

/** What several times are taken for: all are locked at once, so that two mixed orders do not wait for each other. */
function itemsWithTimes(lines: readonly WishedLine[]): Item[] {
  const items = lines.filter(({ startsAt }) => startsAt !== null).map(({ item }) => item);
  // A single one is locked when it is taken.
  return items.length > 1 ? items : [];
}

function orderOf(op: WriteOperation, wish: OrderWish): Order {
  const totals = totalsOf(wish.lines);
  // Nothing to pay is paid already.
  const paysFirst = wish.payWay !== 'on-site' && totals.totalOre > 0;
  return {
    orderId: wish.orderId,
    number: newOrderNumber(),
    placedAt: op.now,
    state: paysFirst ? 'unpaid' : 'placed',
    ...totals,
    payWay: wish.payWay,
    payBy: paysFirst ? op.now.add({ minutes: payMinutes }) : null,
    performedAt: null,
    termsId: wish.termsId,
    delivery: wish.delivery,
  };
}

function orderWrite(write: WriteOperation, sealer: Sealer, placed: Order) {
  return write.db.insertInto('history.order').values({
    owner_id: sealer.owner,
    order_id: placed.orderId,
    placed_at: placed.placedAt,
    state: placed.state,
    total_ore: placed.totalOre,
    vat_ore: placed.vatOre,
    number_hash: hashOfNumber(write.vault, placed.number),
    pay_way: placed.payWay,
    pay_by: placed.payBy,
    performed_at: null,
    terms_id: placed.termsId,
    sealed: sealer.seal(order, placed.orderId, { number: placed.number, ...placed.delivery }),
  });
}

type NewLine = { readonly lineId: RowId; readonly line: WishedLine };

async function bookLine(
  write: WriteOperation,
  sealer: Sealer,
  placed: Order,
  { lineId, line }: NewLine,
): Promise<void> {
  const { item, startsAt } = line;
  if (startsAt === null) return;
  const time = await takeTime(write, item, startsAt);
  await insertBooking(write, sealer, { placed, lineId, item, time: { startsAt, ...time } });
}

function linesWrite(
  { db }: WriteOperation,
  sealer: Sealer,
  orderId: RowId,
  lines: readonly NewLine[],
) {
  return db
    .insertInto('history.order_line')
    .values(lines.map((line) => lineRow(sealer, orderId, line)));
}

function lineRow(sealer: Sealer, orderId: RowId, { lineId, line }: NewLine) {
  const { item, variantId, quantity, name, answers } = line;
  const { isSensitive, itemId } = item;
  const hidden = isSensitive ? writeReference({ itemId, variantId }) : null;
  return {
    owner_id: sealer.owner,
    order_id: orderId,
    line_id: lineId,
    item_id: isSensitive ? null : itemId,
    variant_id: isSensitive ? null : variantId,
    kind: item.kind,
    withdrawal: item.withdrawal,
    quantity,
    unit_price_ore: unitPriceOre(item, variantId),
    vat_percent: item.vatPercent,
    sealed: sealer.seal(orderLine, lineId, {
      description: name,
      item_reference: hidden,
      ...answers,
    }),
  };
}
