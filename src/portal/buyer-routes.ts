import type { BuyerVisit, Route } from '../http/route.ts';
import type { Purpose } from '../policy/purposes.ts';
import { orderAgain } from './buyer-again.ts';
import { calendarFile } from './buyer-calendar-file.ts';
import { cancelPage, takeCancel } from './buyer-cancel.tsx';
import { claimPage, takeClaim } from './buyer-claim.tsx';
import { deliveryPage, takeDelivery } from './buyer-delivery.tsx';
import { faultPage } from './buyer-fault.tsx';
import { guestOrdersPage, guestPage, takeGuestCode } from './buyer-guest.tsx';
import { historyPage, searchHistory } from './buyer-history.tsx';
import { orderPage } from './buyer-order.tsx';
import { paidPage } from './buyer-paid.tsx';
import { payPage, takePay } from './buyer-pay.tsx';
import { rebookPage, takeRebook } from './buyer-rebook.tsx';
import { receiptFile, receiptPage } from './buyer-receipt.tsx';
import { removeGuestPage, removePage, takeRemove, takeRemoveGuest } from './buyer-remove.tsx';
import { takenBackPage } from './buyer-taken-back.tsx';
import { forCustomer } from './buyer-visit.ts';
import type { BuyerPage } from './buyer-visit.ts';
import { takeWithdraw, withdrawPage } from './buyer-withdraw.tsx';
import type { PortalParts } from './parts.ts';
import { withdrawWayPage } from './withdraw-way.tsx';

const get = 'GET';
const post = 'POST';

/** A page of one order, below the order's own address. */
type OrderRoute = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly purpose: Purpose;
  readonly page: BuyerPage;
};

/** What customers and guests do with what they have ordered. */
export function buyerRoutes(parts: PortalParts): Route[] {
  const ofOrder = orderRoutes(parts);
  return [
    ...openRoutes,
    ...historyRoutes,
    ...guestRoutes(parts),
    // Below the fixed words, because an order's id stands where a word could.
    ...ofOrder.map((route): Route => ({
      ...route,
      path: `/history/:order${route.path}`,
      access: 'customer',
      page: forCustomer(route.page),
    })),
    ...ofOrder.map((route): Route => ({
      ...route,
      path: `/guest/:code/:order${route.path}`,
      access: 'guest',
    })),
  ];
}

/** The same pages for who is signed in and for who has the code. */
function orderRoutes(parts: PortalParts): OrderRoute[] {
  const { banks } = parts;
  const history = 'history';
  const payment = 'payment';
  return [
    { method: get, path: '', purpose: history, page: orderPage },
    { method: post, path: '', purpose: 'order', page: orderAgain },
    { method: get, path: '/pay', purpose: payment, page: payPage(banks) },
    { method: post, path: '/pay', purpose: payment, page: takePay(banks) },
    { method: get, path: '/cancel', purpose: payment, page: cancelPage },
    { method: post, path: '/cancel', purpose: payment, page: takeCancel(banks) },
    { method: get, path: '/withdraw', purpose: payment, page: withdrawPage },
    { method: post, path: '/withdraw', purpose: payment, page: takeWithdraw },
    { method: get, path: '/taken-back/:reversal', purpose: history, page: takenBackPage },
    { method: get, path: '/rebook/:booking', purpose: 'order', page: rebookPage },
    { method: post, path: '/rebook/:booking', purpose: 'order', page: takeRebook },
    { method: get, path: '/delivery', purpose: 'order', page: deliveryPage },
    { method: post, path: '/delivery', purpose: 'order', page: takeDelivery },
    { method: get, path: '/calendar/:booking', purpose: history, page: calendarFile },
    { method: get, path: '/receipts/:receipt', purpose: history, page: receiptPage },
    { method: get, path: '/receipts/:receipt/pdf', purpose: history, page: receiptFile },
    { method: get, path: '/fault', purpose: history, page: faultPage },
    { method: get, path: '/remove', purpose: 'leaving', page: removePage },
    {
      method: post,
      path: '/remove',
      purpose: 'leaving',
      page: (visit) => takeRemove(visit, parts),
    },
  ];
}

const openRoutes: readonly Route[] = [
  { method: get, path: '/paid/:order', access: 'anyone', purpose: 'payment', page: paidPage },
  { method: get, path: '/withdraw', access: 'anyone', purpose: 'order', page: withdrawWayPage },
  { method: get, path: '/guest', access: 'anyone', purpose: 'history', page: guestPage },
  { method: post, path: '/guest', access: 'anyone', purpose: 'history', page: takeGuestCode },
];

const customer = { access: 'customer', purpose: 'history' } as const;

const historyRoutes: readonly Route[] = [
  { ...customer, method: get, path: '/history', page: historyPage },
  { ...customer, method: post, path: '/history', page: searchHistory },
];

const guest = { access: 'guest' } as const;

const guestRoutes = (parts: PortalParts): readonly Route[] => [
  { ...guest, method: get, path: '/guest/:code', purpose: 'history', page: guestOrdersPage },
  { ...guest, method: get, path: '/guest/:code/claim', purpose: 'history', page: claimPage },
  { ...guest, method: post, path: '/guest/:code/claim', purpose: 'history', page: takeClaim },
  { ...guest, method: get, path: '/guest/:code/remove', purpose: 'leaving', page: removeGuestPage },
  {
    ...guest,
    method: post,
    path: '/guest/:code/remove',
    purpose: 'leaving',
    page: (visit: BuyerVisit) => takeRemoveGuest(visit, parts),
  },
];
