import { payBackByHand } from '../bookkeeping/refunds.ts';
import { noteGoodsBack } from '../history/goods-back.ts';
import { readOutline } from '../history/order-outline.ts';
import { noteRefundEnded } from '../history/refund-news.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { Problem } from '../problem.ts';
import { writeRefundReceipt } from './desk-letters.ts';
import { orderPath, orderPlaceOf } from './desk-place.ts';
import { orderPage } from './order-page.tsx';

/** The goods are here: the money follows, and what can be sold again goes into stock. */
export async function takeGoodsBack(visit: OwnVisit): Promise<Response> {
  const place = orderPlaceOf(visit);
  const reversalId = idIn(visit, 'reversal');
  const again = visit.form.get(`again-${reversalId}`);
  if (again !== 'yes' && again !== 'no') return orderPage(visit, reversalId);
  await readOutline(visit.op, place.owner, place.orderId);
  const wish = { ...place, reversalId, sellAgain: again === 'yes' };
  await noteGoodsBack(visit.op, wish, writeRefundReceipt);
  return seeOther(`${orderPath(place)}?done=goods-back`);
}

/** Somebody has given the money back at the counter, or in another way than by the bank. */
export async function takePaidBack(visit: OwnVisit): Promise<Response> {
  const place = orderPlaceOf(visit);
  const refundId = idIn(visit, 'refund');
  const { reversals } = await readOutline(visit.op, place.owner, place.orderId);
  if (!reversals.some((one) => one.refundId === refundId)) throw new Problem('not-found');
  await payBackByHand(visit.op, refundId, noteRefundEnded);
  return seeOther(`${orderPath(place)}?done=paid-back`);
}

function idIn({ form }: OwnVisit, field: string): RowId {
  const id = form.get(field) ?? '';
  if (!isRowId(id)) throw new Problem('not-found');
  return id;
}
