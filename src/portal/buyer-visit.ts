import { ownerOfOrder } from '../history/held-orders.ts';
import type { BuyerVisit, OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { Problem } from '../problem.ts';

/** A page of one order, for whoever ordered. */
export type BuyerPage = (visit: BuyerVisit) => Response | Promise<Response>;

/**
 * The page for a signed-in customer: of an order of the account, or of one that it holds.
 * @throws Problem `not-found` for anybody else's, which looks like one that is not there
 */
export function forCustomer(page: BuyerPage): (visit: OwnVisit) => Promise<Response> {
  return async (visit) => {
    const owner = await ownerOfOrder(visit.op, visit.owner, orderIdOf(visit));
    return page({ ...visit, owner, base: '/history' });
  };
}

/** @throws Problem `not-found` for what is no order's id */
export function orderIdOf({ params }: Pick<BuyerVisit, 'params'>): RowId {
  return rowIdIn(params['order']);
}

/** @throws Problem `not-found` for what is no row's id */
export function rowIdIn(text: string | undefined): RowId {
  if (text === undefined || !isRowId(text)) throw new Problem('not-found');
  return text;
}

/** Where the page of the visit's order is. */
export function orderPath(visit: BuyerVisit): string {
  return `${visit.base}/${orderIdOf(visit)}`;
}

export function isGuest({ base }: Pick<BuyerVisit, 'base'>): boolean {
  return base !== '/history';
}

/** Which entry of the menu the pages of an order belong to: a guest has none. */
export function placeOf(visit: BuyerVisit): 'history' | undefined {
  return isGuest(visit) ? undefined : 'history';
}
