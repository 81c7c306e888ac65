import type { Route } from '../http/route.ts';
import { addToBasket } from './basket-add.tsx';
import { changeBasket, removeFromBasket } from './basket-changes.tsx';
import { basketPage } from './basket-page.tsx';
import { itemPage } from './catalogue-item.tsx';
import { checkoutPage, continueCheckout } from './checkout.tsx';
import { placeReviewed } from './checkout-place.ts';
import { reviewPage } from './checkout-review.tsx';
import { termsPage, termsVersionPage } from './terms.tsx';
import { withdrawalFormPage } from './withdrawal-form.tsx';

const get = { method: 'GET', access: 'anyone', purpose: 'order' } as const;
const post = { method: 'POST', access: 'anyone', purpose: 'order' } as const;

/** The way from what is offered to a placed order, with an account or without. */
export const shopRoutes: readonly Route[] = [
  { ...get, path: '/catalogue/:item', page: itemPage },
  { ...get, path: '/basket', page: basketPage },
  { ...post, path: '/basket', page: changeBasket },
  { ...post, path: '/basket/add', page: addToBasket },
  { ...post, path: '/basket/remove', page: removeFromBasket },
  { ...get, path: '/checkout', page: checkoutPage },
  { ...post, path: '/checkout', page: continueCheckout },
  { ...post, path: '/checkout/review', page: reviewPage },
  { ...post, path: '/orders', page: placeReviewed },
  { ...get, path: '/terms', page: termsPage },
  { ...get, path: '/terms/:version', page: termsVersionPage },
  { ...get, path: '/withdrawal-form', page: withdrawalFormPage },
];
