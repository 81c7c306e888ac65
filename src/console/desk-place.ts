import { isPlaced } from '../history/place-order.ts';
import { contactOf } from '../history/contact.ts';
import type { Contact } from '../history/contact.ts';
import type { OrderLine } from '../history/orders.ts';
import { readWhole } from '../history/whole-order.ts';
import type { WholeOrder } from '../history/whole-order.ts';
import type { OwnVisit, Visit } from '../http/route.ts';
import { isOwnerId, isRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { Problem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import { number } from '../text/format.ts';
import { openedCategories } from './customer-purposes.ts';

/** Where an order is: whose, and which. */
export type OrderPlace = { readonly owner: OwnerId; readonly orderId: RowId };

export const ordersRoom = '/console/orders';

/** The order that an address names. @throws Problem `not-found` for what is no order's address */
export function orderPlaceOf({ params }: Visit): OrderPlace {
  const owner = params['owner'] ?? '';
  const orderId = params['order'] ?? '';
  if (!isOwnerId(owner) || !isRowId(orderId)) throw new Problem('not-found');
  return { owner, orderId };
}

/** The page of an order with nothing opened; everything that is done with it leads back there. */
export function orderPath({ owner, orderId }: OrderPlace): string {
  return `${ordersRoom}/${owner}/${orderId}`;
}

export type OpenedWhole = {
  readonly place: OrderPlace;
  readonly whole: WholeOrder;
  readonly contact: Contact;
};

/** Opens an order for the purpose of the route; the look is written down before anything is opened. */
export async function openWhole(visit: OwnVisit): Promise<OpenedWhole> {
  const { op } = visit;
  const place = orderPlaceOf(visit);
  // Asked before anything is opened, so that no look is written of an order that is not there.
  if (!(await isPlaced(op, place.owner, place.orderId))) throw new Problem('not-found');
  const opener = await op.vault.openFor(op, place.owner, openedCategories);
  const contact = await contactOf(op, opener);
  return { place, whole: await readWhole(op, opener, place.orderId), contact };
}

/** A line as it is called where it has to be told from others. */
export function lineName(
  { quantity, description }: Pick<OrderLine, 'quantity' | 'description'>,
  language: Language,
): string {
  return `${number(quantity, language)} × ${description}`;
}
