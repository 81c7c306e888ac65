import type { Banks } from '../history/payments/banks.ts';
import type { Route } from '../http/route.ts';
import { addToBasket } from './basket-add.tsx';
import { changeBasket, removeFromBasket } from './basket-changes.tsx';
import { basketPage } from './basket-page.tsx';
import { itemPage } from './catalogue-item.tsx';
import { checkoutPage, continueCheckout } from './checkout.tsx';
import { placeReviewed } from './checkout-place.ts';
import { reviewPage } from './checkout-review.tsx';
import { atCheckout } from './checkout-visit.ts';
import { termsPage, termsVersionPage } from './terms.tsx';
import { withdrawalFormPage } from './withdrawal-form.tsx';

const get = { method: 'GET', access: 'anyone', purpose: 'order' } as const;
const post = { method: 'POST', access: 'anyone', purpose: 'order' } as const;

/** The way from what is offered to a placed order, with an account or without. */
export const shopRoutes = (banks: Banks): readonly Route[] => [
  { ...get, path: '/catalogue/:item', page: itemPage },
  { ...get, path: '/basket', page: basketPage },
  { ...post, path: '/basket', page: changeBasket },
  { ...post, path: '/basket/add', page: addToBasket },
  { ...post, path: '/basket/remove', page: removeFromBasket },
  { ...get, path: '/checkout', page: atCheckout(banks, checkoutPage) },
  { ...post, path: '/checkout', page: atCheckout(banks, continueCheckout) },
  { ...post, path: '/checkout/review', page: atCheckout(banks, reviewPage) },
  { ...post, path: '/orders', page: atCheckout(banks, placeReviewed) },
  { ...get, path: '/terms', page: termsPage },
  { ...get, path: '/terms/:version', page: termsVersionPage },
  { ...get, path: '/withdrawal-form', page: withdrawalFormPage },
];
