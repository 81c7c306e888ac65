import { z } from 'zod';
import type { ZodType } from 'zod';
import type { Delivery } from '../history/orders.ts';
import { line, optionalText, phoneField, postalCodeField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { Parsed } from '../http/form.ts';
import type { Visit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { Problem } from '../problem.ts';

/** Characters at most. */
export const lengths = {
  recipient_name: 100,
  phone: 30,
  street: 100,
  town: 60,
  message: 500,
} as const;

/** What is asked of who gets something: more than the name only where it is needed. */
export type DeliveryAsks = { readonly phone: boolean; readonly address: boolean };

/** The fields of a delivery, for a form that may have others. */
export function deliveryFields(
  asks: DeliveryAsks,
): Readonly<Record<string, ZodType<string | null>>> {
  return {
    recipient_name: line(lengths.recipient_name),
    ...(asks.phone && { phone: phoneField }),
    ...(asks.address && {
      street: line(lengths.street),
      postal_code: postalCodeField,
      town: line(lengths.town),
    }),
    message: optionalText(lengths.message),
  };
}

/** A delivery out of what those fields gave; null for what was not asked. */
export function deliveryOf(value: Readonly<Record<string, string | null>>): Delivery {
  return {
    recipient_name: value['recipient_name'] ?? '',
    phone: value['phone'] ?? null,
    street: value['street'] ?? null,
    postal_code: value['postal_code'] ?? null,
    town: value['town'] ?? null,
    message: value['message'] ?? null,
  };
}

export function parseDelivery(visit: Visit, asks: DeliveryAsks): Parsed<Delivery> {
  const parsed = parseForm(z.object(deliveryFields(asks)), visit.form);
  return parsed.ok ? { ok: true, value: deliveryOf(parsed.value) } : parsed;
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
