import { calendarFeed, feedMediaType } from '../history/calendar/feed.ts';
import { readItems } from '../history/catalogue/items.ts';
import { whereInWords } from '../history/rule-words.ts';
import { readWhole } from '../history/whole-order.ts';
import { download } from '../http/answers.ts';
import type { BuyerVisit } from '../http/route.ts';
import { notice } from '../policy/notice.ts';
import { Problem } from '../problem.ts';
import { buyerOrderText } from '../text/buyer-order.ts';
import { orderIdOf } from './buyer-visit.ts';

/**
 * One booking as a calendar file. The same id for the same booking for ever, and a number that grows with each move, so that a
 * calendar that has it already moves it instead of showing it twice (RFC 5545, UID and SEQUENCE).
 */
export async function calendarFile(visit: BuyerVisit): Promise<Response> {
  const { op, owner, params, language, site } = visit;
  const opener = await op.vault.openFor(op, owner, ['history']);
  const whole = await readWhole(op, opener, orderIdOf(visit));
  const booking = whole.bookings.find(({ bookingId }) => bookingId === params['booking']);
  const line = whole.lines.find(({ lineId }) => lineId === booking?.lineId);
  if (!booking || !line) throw new Problem('not-found');
  const itemId = line.item?.itemId;
  const [item] =
    itemId === undefined ? [] : await readItems(op.db, { only: [itemId], hiddenToo: true });
  const location = item ? whereInWords(item, language) : null;
  const isOpen = booking.state === 'booked' || booking.state === 'performed';
  const file = calendarFeed({
    name: notice.controller.name,
    now: op.now,
    events: [
      {
        uid: `${booking.bookingId}@${site.sender.domain}`,
        startsAt: booking.startsAt,
        endsAt: booking.endsAt,
        summary: line.description,
        sequence: booking.moves + (isOpen ? 0 : 1),
        status: isOpen ? 'confirmed' : 'cancelled',
        ...(location !== null && { location }),
      },
    ],
  });
  return download(file, buyerOrderText[language].calendarFile, feedMediaType);
}
