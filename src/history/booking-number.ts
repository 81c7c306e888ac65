import type { RowId } from '../ids.ts';

// Crockford's alphabet: no I, L, O or U, so that a number can be read aloud and copied by hand.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 6;

/**
 * A number for people, such as `B-7QF3M2`, by which staff finds a booking that a calendar program shows. It is the end of
 * the booking's random id and says nothing about anybody.
 */
export function bookingNumber(bookingId: RowId): string {
  const bits = Number.parseInt(bookingId.slice(-8), 16);
  const letters = Array.from(
    { length },
    (_, index) => alphabet[(bits >>> ((length - 1 - index) * 5)) & 31],
  );
  return `B-${letters.join('')}`;
}
