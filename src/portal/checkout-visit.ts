import type { Banks } from '../history/payments/banks.ts';
import type { Visit } from '../http/route.ts';

/** A visit to the checkout, which knows the banks that an order can be paid by. */
export type CheckoutVisit = Visit & { readonly banks: Banks };

/** A page of the checkout, where these banks are. */
export function atCheckout(
  banks: Banks,
  page: (visit: CheckoutVisit) => Promise<Response>,
): (visit: Visit) => Promise<Response> {
  return (visit) => page({ ...visit, banks });
}
