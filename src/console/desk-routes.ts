import type { Route } from '../http/route.ts';
import { takeArrangement } from './arrange-page.tsx';
import { ordersRoom } from './desk-place.ts';
import { customerStaff } from './frame.tsx';
import { confirmHandOver, takeHandOver } from './hand-over-page.tsx';
import { openOrder } from './opened-order-page.tsx';
import { showOrder } from './order-page.tsx';
import { showOrders, takeNumber } from './orders-page.tsx';
import { takeRefund } from './refund-page.tsx';
import { takeGoodsBack, takePaidBack } from './settle-order.ts';
import { takeCancellation } from './take-back-page.tsx';
import { showTakePayment, takePayment } from './take-payment-page.tsx';

const one = `${ordersRoom}/:owner/:order`;
const get = 'GET';
const post = 'POST';
const access = customerStaff;
// For this purpose nobody's order can be opened: these pages show what is not sealed.
const masked = { purpose: 'employment', access } as const;
const handling = { purpose: 'order-handling', access } as const;

/** The desk: finding orders opens nothing; opening one, and doing something with it, is for the purpose of that. */
export const deskRoutes: readonly Route[] = [
  { ...masked, method: get, path: ordersRoom, page: showOrders },
  { ...masked, method: post, path: ordersRoom, page: takeNumber },
  { ...masked, method: get, path: one, page: showOrder },
  { ...masked, method: get, path: `${one}/hand-over`, page: confirmHandOver },
  { ...masked, method: get, path: `${one}/take-payment`, page: showTakePayment },
  { ...handling, method: post, path: `${one}/open`, page: openOrder },
  { ...handling, method: post, path: `${one}/hand-over`, page: takeHandOver },
  { ...handling, method: post, path: `${one}/take-payment`, page: takePayment },
  { ...handling, method: post, path: `${one}/refund`, page: takeRefund },
  { ...handling, method: post, path: `${one}/take-back`, page: takeCancellation },
  { ...handling, method: post, path: `${one}/goods-back`, page: takeGoodsBack },
  { ...handling, method: post, path: `${one}/paid-back`, page: takePaidBack },
  { ...handling, method: post, path: `${one}/arrange`, page: takeArrangement },
];
