import { z } from 'zod';
import { dayField } from '../http/fields.ts';

/** A calendar day, or nothing. */
export const optionalDayField = z.union(
  [
    z
      .string()
      .trim()
      .length(0)
      .transform(() => null),
    dayField,
  ],
  { error: 'missing' },
);

/** A calendar day that is not over. */
export function dayFrom(today: Temporal.PlainDate) {
  return dayField.refine((day) => Temporal.PlainDate.compare(day, today) >= 0, {
    error: 'too-early',
  });
}
