import type { Refund } from '../bookkeeping/refunds.ts';
import type { Booking } from '../history/booking-rows.ts';
import type { OrderLine } from '../history/orders.ts';
import { cancellingInWords } from '../history/rule-words.ts';
import { paidPayment } from '../history/whole-order.ts';
import type { Reversal, WholeOrder } from '../history/whole-order.ts';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { buyerOrderText } from '../text/buyer-order.ts';
import { companyTimeZone, dateTime, money } from '../text/format.ts';

/** Day and time of day to the second, where the company is: what an acknowledgement has to say. */
export function momentToTheSecond(at: Temporal.Instant, language: Language): string {
  const { second } = at.toZonedDateTimeISO(companyTimeZone);
  const mark = language === 'sv' ? '.' : ':';
  return `${dateTime(at, language)}${mark}${String(second).padStart(2, '0')}`;
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

const { street, postal_code, town } = notice.controller;
/** Where the company is, in one line. */
export const ourAddress = `${street}, ${postal_code} ${town}`;

/** What cancelling a booking means, by the rule it was booked with. A fee is only kept from what has been paid. */
export function ruleInWords(
  whole: WholeOrder,
  { booking, priceOre }: { readonly booking: Booking; readonly priceOre: number },
  language: Language,
  now: Temporal.Instant,
): string {
  const { startsAt, freeCancelUntil } = booking;
  const lateFeePercent = paidPayment(whole) === null ? 0 : booking.lateFeePercent;
  const time = { startsAt, freeCancelUntil, lateFeePercent };
  return cancellingInWords({ time, unitPriceOre: priceOre }, language, now) ?? '';
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
