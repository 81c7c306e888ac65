import { z } from 'zod';
import type { Item } from '../history/catalogue/items.ts';
import { quantityMax } from '../history/orders.ts';
import type { Delivery } from '../history/orders.ts';
import { countField, line, optionalText, postalCodeField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { Parsed } from '../http/form.ts';
import type { Visit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { Problem } from '../problem.ts';

export const lengths = {
  recipient_name: 100,
  street: 100,
  town: 60,
  phone: 30,
  message: 500,
} as const;

const deliveryForm = z.object({
  recipient_name: line(lengths.recipient_name),
  phone: optionalText(lengths.phone),
  street: line(lengths.street),
  postal_code: postalCodeField,
  town: line(lengths.town),
  message: optionalText(lengths.message),
});
const orderForm = deliveryForm.extend({ quantity: countField(quantityMax) });

/** What the form asks for, beside the item and the order's own id. */
export type OrderFields = Delivery & { readonly quantity: number };

export function parseOrder(visit: Visit): Parsed<OrderFields> {
  return parseForm(orderForm, visit.form);
}

/** The same without what is ordered, for a delivery that changes. */
export function parseDelivery(visit: Visit): Parsed<Delivery> {
  return parseForm(deliveryForm, visit.form);
}

/**
 * The id that the form gave the order before it was placed.
 * @throws Problem `bad-input` for a form that we did not make
 */
export function orderIdOf(visit: Visit): RowId {
  const id = visit.form.get('order_id') ?? '';
  if (!isRowId(id)) throw new Problem('bad-input', 'not an order id');
  return id;
}

/** What a number of one item costs, in öre with VAT. */
export function totalOf(item: Item, quantity: number): number {
  return item.priceOre * quantity;
}

/** The order form for an item; names no more than what is in the catalogue. */
export function newOrderAddress(item: Item, quantity: string): string {
  return `/order/new?${new URLSearchParams({ item: item.itemId, quantity }).toString()}`;
}
