import type { Refund, RefundEnded } from '../bookkeeping/refunds.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { noteEvent } from './order-events.ts';

/**
 * What became of a refund is written to the order that it was for, if its customer is there still: the refund belongs to
 * the books, and arrives all the same.
 */
export const noteRefundEnded: RefundEnded = async (write, refund, state) => {
  const of = await orderOf(write, refund);
  if (of === null) return;
  try {
    await write.vault.sealFor(write, of.owner);
  } catch (error) {
    if (isProblem(error, 'fenced')) return;
    throw error;
  }
  await noteEvent(write, of, state === 'done' ? 'refunded' : 'refund-failed');
};

async function orderOf(op: WriteOperation, { refundId }: Refund) {
  return (await ordersOfRefunds(op, [refundId])).get(refundId) ?? null;
}

/** The orders that refunds were for, as far as their customers are there still. Opens nothing. */
export async function ordersOfRefunds(
  { db }: Operation,
  refundIds: readonly RowId[],
): Promise<ReadonlyMap<RowId, { readonly owner: OwnerId; readonly orderId: RowId }>> {
  if (refundIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('history.reversal')
    .select(['owner_id', 'order_id', 'refund_id'])
    .where('refund_id', 'in', refundIds)
    .execute();
  return new Map(
    rows.flatMap(({ owner_id, order_id, refund_id }) =>
      refund_id === null ? [] : [[refund_id, { owner: owner_id, orderId: order_id }] as const],
    ),
  );
}
