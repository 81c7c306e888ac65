import type { Refund } from '../bookkeeping/refunds.ts';
import type { Fulfilment } from '../database/records-history.ts';
import type { Booking } from '../history/booking-rows.ts';
import type { Delivery, OrderLine } from '../history/orders.ts';
import { paidPayment } from '../history/whole-order.ts';
import type { Reversal, WholeOrder } from '../history/whole-order.ts';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { buyerOrderText } from '../text/buyer-order.ts';
import { money, time, weekdayDate } from '../text/format.ts';

/** A time to be somewhere, in words: `tisdag 24 november 2026 kl. 14.30`. */
export function whenInWords(at: Temporal.Instant, language: Language): string {
  return `${weekdayDate(at, language)}${language === 'sv' ? ' ' : ', '}${time(at, language)}`;
}

/** What kind of order it is, as far as words depend on it. */
export function kindOf(lines: readonly Pick<OrderLine, 'kind'>[]): 'goods' | 'times' | 'mixed' {
  if (lines.every(({ kind }) => kind === 'product')) return 'goods';
  return lines.every(({ kind }) => kind === 'booking') ? 'times' : 'mixed';
}

/** The state of an order in a sentence. */
export function stateInWords({ order, lines }: WholeOrder, language: Language): string {
  const words = buyerOrderText[language].state;
  switch (order.state) {
    case 'placed':
    case 'performed':
      return words[order.state][kindOf(lines)];
    case 'unpaid':
    case 'cancelled':
    case 'lapsed':
      return words[order.state];
  }
}

/** Where something happens or comes to. */
export function whereInWords(fulfilment: Fulfilment, to: Delivery, language: Language): string {
  const words = buyerOrderText[language].where;
  switch (fulfilment) {
    case 'shipped':
      return words.shipped;
    case 'pick-up':
    case 'on-site':
      return words[fulfilment](ourAddress);
    case 'at-customer':
      return words['at-customer'](addressOf(to));
  }
}

const { street, postal_code, town } = notice.controller;
/** Where the company is, in one line. */
export const ourAddress = `${street}, ${postal_code} ${town}`;

function addressOf(to: Delivery): string {
  return to.street === null ? '' : `${to.street}, ${to.postal_code} ${to.town}`;
}

/** What cancelling a booking means, by the rule it was booked with. A fee is only kept from what has been paid. */
export function ruleInWords(
  whole: WholeOrder,
  { booking, priceOre }: { readonly booking: Booking; readonly priceOre: number },
  language: Language,
  now: Temporal.Instant,
): string {
  const words = buyerOrderText[language].booking;
  const isCharged = paidPayment(whole) !== null || whole.order.state === 'unpaid';
  const feeOre = isCharged ? Math.round((priceOre * booking.lateFeePercent) / 100) : 0;
  if (feeOre === 0) return words.always;
  const fee = money(feeOre, language);
  const isLate = Temporal.Instant.compare(now, booking.freeCancelUntil) > 0;
  return isLate && whole.order.state !== 'unpaid'
    ? words.late(fee)
    : words.free(whenInWords(booking.freeCancelUntil, language), fee);
}

/** Where the money of something that was taken back is now. */
export function moneyInWords(
  whole: WholeOrder,
  { amountOre, state }: Reversal,
  refund: Refund | undefined,
  language: Language,
): string {
  const words = buyerOrderText[language];
  const amount = money(amountOre, language);
  if (amountOre === 0) return words.refund.none;
  if (state === 'awaiting-goods') return words.refund.awaitsGoods(amount);
  const way = refund?.way ?? paidPayment(whole)?.way;
  if (way === undefined) return words.refund.none;
  switch (refund?.state) {
    case 'done':
      return words.refund.done(amount, words.paidWays[way]);
    case 'failed':
      return words.refund.failed(amount);
    case undefined:
    case 'asking':
    case 'sent':
    case 'unsure':
      return words.refund.underWay[way](amount);
  }
}
