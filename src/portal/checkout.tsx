import { readAccount } from '../accounts/account.ts';
import { newToken, readToken, writeToken } from '../accounts/tokens.ts';
import { listOrders } from '../history/orders.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit, Visit } from '../http/route.ts';
import { isRowId, newOwnerId, newRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { telephone } from '../text/format.ts';
import { readBasket } from './basket.ts';
import type { BasketLine } from './basket.ts';
import { takeQuantities } from './basket-changes.tsx';
import { showBasket } from './basket-page.tsx';
import { showCheckout } from './checkout-form.tsx';
import { keptIn } from './checkout-kept.ts';
import type { CheckoutVisit } from './checkout-visit.ts';

/** The checkout, filled in with what is known of who is signed in. What stands in the way leads back to the basket. */
export async function checkoutPage(visit: CheckoutVisit): Promise<Response> {
  const { lines } = await readBasket(visit);
  if (lines.length === 0 || lines.some(isInTheWay)) return seeOther('/basket');
  const known = visit.signedIn === null ? noValues : await knownOf(visit.asCustomer());
  return showCheckout(visit, { lines, ...newForm(visit), ...known });
}

/** From the basket with its quantities, or back from the review: the same form with what was typed. */
export async function continueCheckout(visit: CheckoutVisit): Promise<Response> {
  const taken = await takeQuantities(visit);
  if (!taken.ok) return taken.answer;
  const { lines } = taken.basket;
  const kept = keptIn(visit.form);
  if (lines.length === 0 || lines.some(isInTheWay))
    return showBasket(visit, { basket: taken.basket, kept, news: 'gone', status: 409 });
  if (kept.length === 0) return seeOther('/checkout');
  return showCheckout(visit, { lines, ...newForm(visit), values: visit.form });
}

function isInTheWay({ trouble }: BasketLine): boolean {
  return trouble !== null;
}

/** The ids of the form, kept over all its pages: of the order, so that a second click is the same one, and of a guest. */
export type FormIds = { readonly orderId: RowId; readonly code: string | null };

/** Those that the form has already, or new ones. Only who orders without an account has a code. */
export function newForm({ form, op, signedIn }: Visit): FormIds {
  const orderId = form.get('order_id') ?? '';
  const code = form.get('code') ?? '';
  const newCode = () => writeToken(newToken(newOwnerId(), newRowId(op.now)));
  return {
    orderId: isRowId(orderId) ? orderId : newRowId(op.now),
    code: signedIn !== null ? null : readToken(code) === null ? newCode() : code,
  };
}

const noValues = { values: new Map<string, string>() };

/** The name of the account, and where the latest order went. */
async function knownOf({ op, owner }: OwnVisit) {
  const opener = await op.vault.openFor(op, owner, ['credentials', 'history']);
  const { name } = await readAccount(op, opener);
  const [latest] = await listOrders(op, opener);
  const values = new Map([['recipient_name', name]]);
  for (const field of ['recipient_name', 'phone', 'street', 'postal_code', 'town'] as const) {
    const value = latest?.delivery[field] ?? null;
    if (value !== null) values.set(field, field === 'phone' ? telephone(value) : value);
  }
  return { values, isPrefilled: latest !== undefined };
}
