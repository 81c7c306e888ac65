import { sql } from 'kysely';
import type { OwnerId, RowId } from '../ids.ts';
import { oneByOne } from '../one-by-one.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { bookingsOfOrder } from './booking-rows.ts';
import { cancelBookings } from './cancel-bookings.ts';
import { returnStock } from './catalogue/stock.ts';
import { noteEvent } from './order-events.ts';
import { readOrder } from './orders.ts';
import type { OrderLine } from './orders.ts';
import { cancelAtBank } from './payments/ask-bank.ts';
import type { Banks } from './payments/banks.ts';
import { isUnderWay, paymentsOfOrder } from './payments/payment-rows.ts';
import { lockOrder } from './whole-order.ts';

const ordersAtOnce = 50;

type Place = { readonly owner: OwnerId; readonly orderId: RowId };

/**
 * Ends orders that were not paid in time: their times and goods are free again. A payment that is under way is first
 * cancelled at the bank, so that nobody pays for what is gone; where the bank is unsure the order waits. Returns how many
 * have lapsed.
 */
export async function lapseUnpaid(op: Operation, banks: Banks): Promise<number> {
  return oneByOne(await unpaidTooLong(op), (order) => lapse(op, banks, order), ['fenced']);
}

/** Ends one order that is not paid; false when it is paid meanwhile, or the bank does not know yet. */
export async function lapse(op: Operation, banks: Banks, order: Place): Promise<boolean> {
  const payments = await paymentsOfOrder(op, order.owner, order.orderId);
  const open = payments.find(isUnderWay);
  if (open && (await cancelAtBank(op, banks, open)) !== 'ended') return false;
  const opener = await op.vault.openFor(op, order.owner, ['history']);
  const { lines } = await readOrder(op, opener, order.orderId);
  return inTransaction(op, async (write) => {
    await write.vault.sealFor(write, order.owner);
    if ((await lockOrder(write, order)) !== 'unpaid') return false;
    const meanwhile = await paymentsOfOrder(write, order.owner, order.orderId);
    if (meanwhile.some(isUnderWay)) return false;
    await setLapsed(write, order, lines);
    return true;
  });
}

async function setLapsed(
  write: WriteOperation,
  order: Place,
  lines: readonly OrderLine[],
): Promise<void> {
  await write.db
    .updateTable('history.order')
    .set({ state: 'lapsed' })
    .where('owner_id', '=', order.owner)
    .where('order_id', '=', order.orderId)
    .execute();
  // Times before goods, as whoever orders takes them: otherwise the two would wait for each other.
  const bookings = await bookingsOfOrder(write, order.owner, order.orderId);
  await cancelBookings(write, bookings, 'lapsed');
  await returnStock(
    write,
    lines.flatMap(({ item, quantity }) =>
      item?.variantId ? [{ itemId: item.itemId, variantId: item.variantId, quantity }] : [],
    ),
  );
  await noteEvent(write, order, 'lapsed');
}

async function unpaidTooLong(op: Operation): Promise<Place[]> {
  const rows = await op.db
    .selectFrom('history.order')
    .select(['owner_id', 'order_id'])
    .where('state', '=', 'unpaid')
    .where('pay_by', '<=', op.now)
    // In no order: those that have to wait for their bank must not keep the others waiting too.
    .orderBy(sql`random()`)
    .limit(ordersAtOnce)
    .execute();
  return rows.map(({ owner_id, order_id }) => ({ owner: owner_id, orderId: order_id }));
}
