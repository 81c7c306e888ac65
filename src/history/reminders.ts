import { writeMail } from '../messages/outbox.ts';
import { oneByOne } from '../one-by-one.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import { companyTimeZone, dateTime } from '../text/format.ts';
import { bookingMail } from '../text/mail-bookings.ts';
import { bookingColumns, bookingOf } from './booking-rows.ts';
import type { Booking } from './booking-rows.ts';
import { contactOf } from './contact.ts';
import { noteEvent } from './order-events.ts';
import { readOrder } from './orders.ts';
import { lockOrder } from './whole-order.ts';

/** From this hour of the day before, on the clock of the company. */
const remindsFromHour = 10;
const remindersAtOnce = 200;

/**
 * Reminds of what is booked for tomorrow, once. Who booked after the hour at which it would have come has the
 * confirmation fresh, and who has restricted it is left alone. The state is asked for again when the letter is written, so
 * that nobody is reminded of a time that was cancelled or moved a moment before. Returns how many.
 */
export async function remind(op: Operation, origin: string): Promise<number> {
  const due = await remindersDue(op);
  return oneByOne(due, (booking) => remindOf(op, booking, origin), ['fenced', 'restricted']);
}

/** Bookings of tomorrow whose customers have not been reminded. Opens nothing. */
export async function remindersDue(op: Operation): Promise<Booking[]> {
  const now = op.now.toZonedDateTimeISO(companyTimeZone);
  if (now.hour < remindsFromHour) return [];
  const tomorrow = now.add({ days: 1 }).startOfDay();
  const rows = await op.db
    .selectFrom('history.booking as b')
    .innerJoin('history.order as o', (join) =>
      join.onRef('o.owner_id', '=', 'b.owner_id').onRef('o.order_id', '=', 'b.order_id'),
    )
    .select(bookingColumns.map((column) => `b.${column}` as const))
    .where('b.state', '=', 'booked')
    .where('b.reminded_at', 'is', null)
    .where('b.starts_at', '>=', tomorrow.toInstant())
    .where('b.starts_at', '<', tomorrow.add({ days: 1 }).toInstant())
    .where('o.placed_at', '<', now.startOfDay().add({ hours: remindsFromHour }).toInstant())
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('vault.stop as s')
            .select('s.owner_id')
            .whereRef('s.owner_id', '=', 'b.owner_id')
            .where('s.purpose', '=', 'reminder'),
        ),
      ),
    )
    .orderBy('b.starts_at')
    .limit(remindersAtOnce)
    .execute();
  return rows.map(bookingOf);
}

async function remindOf(op: Operation, booking: Booking, origin: string): Promise<boolean> {
  const { owner, orderId, bookingId } = booking;
  const opener = await op.vault.openFor(op, owner, ['credentials', 'history']);
  const { order, lines } = await readOrder(op, opener, orderId);
  const { email, language, isGuest } = await contactOf(op, opener);
  const words = bookingMail[language].reminder;
  const what = lines.find(({ lineId }) => lineId === booking.lineId)?.description ?? '';
  const isFree = Temporal.Instant.compare(op.now, booking.freeCancelUntil) < 0;
  const when = dateTime(booking.startsAt, language);
  const text = words.text({
    company: notice.controller.name,
    what,
    when,
    number: order.number,
    link: isGuest ? null : `${origin}/history/${orderId}`,
    freeUntil: isFree ? dateTime(booking.freeCancelUntil, language) : null,
  });
  return inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await lockOrder(write, { owner, orderId });
    const marked = await write.db
      .updateTable('history.booking')
      .set({ reminded_at: op.now })
      .where('owner_id', '=', owner)
      .where('booking_id', '=', bookingId)
      .where('state', '=', 'booked')
      .where('starts_at', '=', booking.startsAt)
      .where('reminded_at', 'is', null)
      .executeTakeFirst();
    if (marked.numUpdatedRows !== 1n) return false;
    await writeMail(write, sealer, { email, language, subject: words.subject(when), text });
    await noteEvent(write, { owner, orderId }, 'reminded');
    return true;
  });
}
