import type { OrderState } from '../database/records.ts';
import type { RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Opener, Sealer } from '../vault/vault.ts';
import { order } from './holdings.ts';
import type { Delivery } from './orders.ts';

export type DeliveryChange = { readonly orderId: RowId; readonly delivery: Delivery };
type Confirm = (op: WriteOperation, sealer: Sealer, number: string) => Promise<void>;

/**
 * Changes where an order goes and what was said about it, while it has not gone; what was ordered stays. `confirm`
 * writes the letter in the same transaction; the same change twice is one, with one letter.
 * @returns `placed` when it was changed, else the state that is in the way
 * @throws Problem `not-found` for an order that is not this owner's
 */
export function changeDelivery(
  op: Operation,
  opener: Opener,
  { orderId, delivery }: DeliveryChange,
  confirm: Confirm,
): Promise<OrderState> {
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, opener.owner);
    const row = await write.db
      .selectFrom('history.order')
      .select(['state', 'sealed'])
      .where('owner_id', '=', opener.owner)
      .where('order_id', '=', orderId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new Problem('not-found');
    const { number, ...before } = opener.open(order, orderId, row.sealed);
    if (row.state !== 'placed' || isSame(before, delivery)) return row.state;
    await write.db
      .updateTable('history.order')
      .set({ sealed: sealer.seal(order, orderId, { number, ...delivery }) })
      .where('owner_id', '=', opener.owner)
      .where('order_id', '=', orderId)
      .execute();
    await confirm(write, sealer, number);
    return row.state;
  });
}

function isSame(one: Delivery, other: Delivery): boolean {
  return (Object.keys(one) as (keyof Delivery)[]).every((field) => one[field] === other[field]);
}
