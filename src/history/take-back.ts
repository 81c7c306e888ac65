import type { Withdrawal } from '../database/records-history.ts';
import type { RowId } from '../ids.ts';
import { withdrawalDays } from '../policy/terms.ts';
import { companyTimeZone, dayAt } from '../text/format.ts';
import type { Booking } from './booking-rows.ts';
import { swedishHolidays } from './calendar/swedish-holidays.ts';
import type { OrderLine } from './orders.ts';
import { paidPayment, reversedOf } from './whole-order.ts';
import type { WholeOrder } from './whole-order.ts';

/** What may be done with a line now, and what it means, in öre. Null where it may not. */
export type LineOptions = {
  readonly line: OrderLine;
  readonly booking: Booking | null;
  /** How many have not been taken back. */
  readonly quantityLeft: number;
  /** It was carried out, or its time is over. */
  readonly isPerformed: boolean;
  readonly cancel: Offer | null;
  readonly withdraw: Offer | null;
};

export type Offer = {
  /** Paid back for all that is left; 0 where nothing was paid. */
  readonly refundOre: number;
  /** Kept by the company: for cancelling late, or for the part of a service that was had before it was withdrawn from. */
  readonly feeOre: number;
  /** Until when this holds; null where no day is set yet. */
  readonly until: Temporal.Instant | null;
  /** The goods have to come back before the money goes (2 kap. 14 §). */
  readonly awaitsGoods: boolean;
};

/** What the customer can take back of an order at a moment, line by line, in the order of its lines. */
export function optionsOf(whole: WholeOrder, now: Temporal.Instant): LineOptions[] {
  return whole.lines.map((line) => {
    const booking = whole.bookings.find(({ lineId }) => lineId === line.lineId) ?? null;
    const quantityLeft = Math.max(0, line.quantity - reversedOf(whole, line.lineId).quantity);
    const of = {
      whole,
      line,
      booking,
      quantityLeft,
      now,
      isPerformed: isOver(whole, booking, now),
    };
    return {
      line,
      booking,
      quantityLeft,
      isPerformed: of.isPerformed,
      cancel: quantityLeft === 0 ? null : cancelOffer(of),
      withdraw: quantityLeft === 0 ? null : withdrawOffer(of),
    };
  });
}

type Case = {
  readonly whole: WholeOrder;
  readonly line: OrderLine;
  readonly booking: Booking | null;
  readonly quantityLeft: number;
  readonly isPerformed: boolean;
  readonly now: Temporal.Instant;
};

/** Before it is carried out: goods until they go, times until they begin. */
function cancelOffer({ whole, line, booking, quantityLeft, now }: Case): Offer | null {
  const { state } = whole.order;
  if (state !== 'placed' && state !== 'unpaid') return null;
  if (booking === null) return offer(whole, line, { quantityLeft, until: null, feeOre: 0 });
  if (booking.state !== 'booked' && booking.state !== 'held') return null;
  if (!isBefore(now, booking.startsAt)) return null;
  const isFree = !isBefore(booking.freeCancelUntil, now);
  // A service that was arranged may be more than one.
  const priceOre = line.unitPriceOre * quantityLeft;
  const feeOre = isFree ? 0 : Math.round((priceOre * booking.lateFeePercent) / 100);
  const until = isFree ? booking.freeCancelUntil : booking.startsAt;
  return offer(whole, line, { quantityLeft, until, feeOre });
}

/**
 * The right of withdrawal (2 kap. 10–15 §§): from when it was ordered until fourteen days after the goods were had, or
 * after the service was agreed on; never where the law has an exception (2 kap. 11 §).
 */
function withdrawOffer({
  whole,
  line,
  booking,
  quantityLeft,
  isPerformed,
  now,
}: Case): Offer | null {
  const { order } = whole;
  if (order.state !== 'placed' && order.state !== 'performed') return null;
  if (!isWithdrawable(line.withdrawal, isPerformed)) return null;
  const from = line.kind === 'product' ? order.performedAt : order.placedAt;
  const until = from === null ? null : endOfWithdrawal(from);
  if (until !== null && !isBefore(now, until)) return null;
  const isHad = line.kind === 'product' && order.performedAt !== null;
  const isAgreed = booking !== null && hasAskedToBegin(line, booking);
  const feeOre = isAgreed ? partHadOre(booking, line.unitPriceOre * quantityLeft, now) : 0;
  return { ...offer(whole, line, { quantityLeft, until, feeOre }), awaitsGoods: isHad };
}

/** Only who has asked for it to begin within the fourteen days pays for the part (2 kap. 15 §): see `consentsFor`. */
function hasAskedToBegin({ withdrawal }: OrderLine, { beginAskedAt }: Booking): boolean {
  return withdrawal === 'performed-service' || beginAskedAt !== null;
}

const partMinutes = 15;

/**
 * A service that has begun is paid for in proportion to what has been had of it (2 kap. 15 §), by whole quarters of an
 * hour, so that the sum on the page is still the sum a moment later.
 */
function partHadOre(
  { startsAt, endsAt }: Booking,
  priceOre: number,
  now: Temporal.Instant,
): number {
  const had = Math.floor(now.since(startsAt).total('minutes') / partMinutes) * partMinutes;
  if (had <= 0) return 0;
  return Math.min(priceOre, Math.round((priceOre * had) / endsAt.since(startsAt).total('minutes')));
}

/**
 * Does the law leave the right to this line (2 kap. 11 §)? A seal ends it only when it is broken, which who sends the goods
 * back knows; what is digital and what is a service, when it has been delivered or performed as agreed.
 */
function isWithdrawable(withdrawal: Withdrawal, isPerformedNow: boolean): boolean {
  switch (withdrawal) {
    case 'right':
    case 'sealed':
      return true;
    case 'performed-service':
    case 'digital':
      return !isPerformedNow;
    case 'custom-made':
    case 'perishable':
    case 'date-bound':
      return false;
  }
}

/** The same offer where the company keeps nothing, as when it is the company that can not come. */
export function withoutFee(given: Offer): Offer {
  return { ...given, refundOre: given.refundOre + given.feeOre, feeOre: 0 };
}

/** A time that is over was kept for its customer, whether somebody has said what became of it or not. */
function isOver({ order }: WholeOrder, booking: Booking | null, now: Temporal.Instant): boolean {
  if (order.state === 'performed') return true;
  if (booking === null) return false;
  const isMarked = booking.state === 'performed' || booking.state === 'no-show';
  return isMarked || !isBefore(now, booking.endsAt);
}

/**
 * The beginning of the day after the last one. The day of delivery is not counted; where the fourteenth is a Saturday, a
 * Sunday, a public holiday or one of the three eves, the last day is the next working day (lagen 1930:173, 2 §).
 */
function endOfWithdrawal(from: Temporal.Instant): Temporal.Instant {
  let last = dayAt(from).add({ days: withdrawalDays });
  while (isDayOff(last)) last = last.add({ days: 1 });
  return last.add({ days: 1 }).toZonedDateTime(companyTimeZone).toInstant();
}

const saturday = 6;

function isDayOff(day: Temporal.PlainDate): boolean {
  return (
    day.dayOfWeek >= saturday ||
    swedishHolidays(day.year).some((holiday) => holiday.day.equals(day))
  );
}

/** What has been paid back of a line before, such as a lowered price, is not paid back twice. */
function offer(
  whole: WholeOrder,
  line: OrderLine,
  of: { readonly quantityLeft: number; readonly until: Offer['until']; readonly feeOre: number },
): Offer {
  const { until } = of;
  // What has not been paid is not paid back, and a fee is only kept from what has been.
  if (paidPayment(whole) === null) return { refundOre: 0, feeOre: 0, until, awaitsGoods: false };
  const notBackOre = line.unitPriceOre * line.quantity - reversedOf(whole, line.lineId).amountOre;
  const leftOre = Math.min(line.unitPriceOre * of.quantityLeft, Math.max(0, notBackOre));
  const feeOre = Math.min(of.feeOre, leftOre);
  return { refundOre: leftOre - feeOre, feeOre, until, awaitsGoods: false };
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}

/** How many of which lines somebody wants to take back. */
export type TakeBackLine = { readonly lineId: RowId; readonly quantity: number };
