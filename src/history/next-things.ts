import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { heldBy } from '../vault/held.ts';
import { bookingColumns, bookingOf } from './booking-rows.ts';
import type { Booking } from './booking-rows.ts';

/** Something that waits for the customer. */
export type ToDo = {
  readonly kind: 'pay' | 'send-back';
  readonly owner: OwnerId;
  readonly orderId: RowId;
  /** Until when it can be paid; from when goods are to be sent back. */
  readonly at: Temporal.Instant;
};

export type NextThings = {
  /** The next time that is booked, or that is going on. */
  readonly booking: Booking | null;
  readonly toDo: readonly ToDo[];
};

const toDoMax = 5;

/** What is next for an account and for what it holds. Opens nothing. */
export async function nextThings(op: Operation, account: OwnerId): Promise<NextThings> {
  const owners = [account, ...(await heldBy(op, account))];
  const [booking, unpaid, toSend] = await Promise.all([
    nextBooking(op, owners),
    unpaidOrders(op, owners),
    goodsToSend(op, owners),
  ]);
  return { booking, toDo: [...unpaid, ...toSend].slice(0, toDoMax) };
}

async function nextBooking({ db, now }: Operation, owners: OwnerId[]): Promise<Booking | null> {
  const row = await db
    .selectFrom('history.booking')
    .select(bookingColumns)
    .where('owner_id', 'in', owners)
    .where('state', 'in', ['held', 'booked'])
    .where('ends_at', '>', now)
    .orderBy('starts_at')
    .limit(1)
    .executeTakeFirst();
  return row ? bookingOf(row) : null;
}

async function unpaidOrders({ db, now }: Operation, owners: OwnerId[]): Promise<ToDo[]> {
  const rows = await db
    .selectFrom('history.order')
    .select(['owner_id', 'order_id', 'pay_by'])
    .where('owner_id', 'in', owners)
    .where('state', '=', 'unpaid')
    .where('pay_by', '>', now)
    .orderBy('pay_by')
    .limit(toDoMax)
    .execute();
  return rows.map((row) => ({
    kind: 'pay',
    owner: row.owner_id,
    orderId: row.order_id,
    at: row.pay_by ?? now,
  }));
}

async function goodsToSend({ db }: Operation, owners: OwnerId[]): Promise<ToDo[]> {
  const rows = await db
    .selectFrom('history.reversal')
    .select(['owner_id', 'order_id', 'asked_at'])
    .where('owner_id', 'in', owners)
    .where('state', '=', 'awaiting-goods')
    .orderBy('asked_at')
    .limit(toDoMax)
    .execute();
  return rows.map((row) => ({
    kind: 'send-back',
    owner: row.owner_id,
    orderId: row.order_id,
    at: row.asked_at,
  }));
}
