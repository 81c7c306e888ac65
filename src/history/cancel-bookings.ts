import type { OwnerId, RowId } from '../ids.ts';
import type { WriteOperation } from '../operation.ts';
import { slotsOf } from './booking-rows.ts';
import { lockResources, releaseSlots } from './calendar/slots.ts';

/** Gives the times of bookings back. The resources are locked first, as whoever takes times does. */
export async function cancelBookings(
  write: WriteOperation,
  bookings: readonly { readonly owner: OwnerId; readonly bookingId: RowId }[],
  state: 'cancelled' | 'lapsed',
): Promise<void> {
  const [first] = bookings;
  if (!first) return;
  const ids = bookings.map(({ bookingId }) => bookingId);
  const slots = await slotsOf(write, first.owner, ids);
  await lockResources(write, [...new Set(slots.map(({ resourceId }) => resourceId))]);
  await releaseSlots(write, slots);
  await write.db
    .deleteFrom('history.booking_slot')
    .where('owner_id', '=', first.owner)
    .where('booking_id', 'in', ids)
    .execute();
  await write.db
    .updateTable('history.booking')
    .set({ state })
    .where('owner_id', '=', first.owner)
    .where('booking_id', 'in', ids)
    .where('state', 'in', ['held', 'booked'])
    .execute();
}
