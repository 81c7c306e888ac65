import type { Refund, RefundEnded } from '../bookkeeping/refunds.ts';
import type { WriteOperation } from '../operation.ts';
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

async function orderOf({ db }: WriteOperation, { refundId }: Refund) {
  const row = await db
    .selectFrom('history.reversal')
    .select(['owner_id', 'order_id'])
    .where('refund_id', '=', refundId)
    .executeTakeFirst();
  return row ? { owner: row.owner_id, orderId: row.order_id } : null;
}
