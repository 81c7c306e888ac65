import type { Refund } from '../bookkeeping/refunds.ts';
import { isAhead } from '../history/hand-over.ts';
import type { OrderOutline } from '../history/order-outline.ts';
import { isUnderWay } from '../history/payments/payment-rows.ts';
import { dueOnSite } from '../history/payments/settle.ts';
import type { RowId } from '../ids.ts';

/** An order with nothing opened: what it comes to, what has become of it, and what can be done. */
export type MaskedOrder = {
  readonly outline: OrderOutline;
  readonly refunds: ReadonlyMap<RowId, Refund>;
};

/** What is left to be paid at the counter, in öre; 0 where nothing is to be taken there. */
export function takenOnSiteOre(outline: OrderOutline): number {
  const { order, payments } = outline;
  const isPaid = payments.some((one) => one.state === 'paid' || isUnderWay(one));
  const isOpen = order.state === 'placed' || order.state === 'performed';
  return isPaid || !isOpen ? 0 : dueOnSite(outline);
}

/** Why an order can not be handed over now; null where it can. */
export function obstacleToHandOver(
  { order, bookings }: OrderOutline,
  now: Temporal.Instant,
): 'wrongState' | 'ahead' | null {
  if (order.state !== 'placed') return 'wrongState';
  return bookings.some((one) => isAhead(one, now)) ? 'ahead' : null;
}

/** Money that no bank brings back: somebody has to. */
export function isByHand({ way, state }: Pick<Refund, 'way' | 'state'>): boolean {
  return state === 'failed' || (state !== 'done' && (way === 'terminal' || way === 'cash'));
}
