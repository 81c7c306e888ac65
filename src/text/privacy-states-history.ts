import { bilingual } from './bilingual.ts';
import type { StateWords } from './stored-words.ts';

type HistoryStates = Pick<
  StateWords,
  Extract<keyof StateWords, `history.${string}` | `bookkeeping.${string}`>
>;

const paySv = { swish: 'Swish', card: 'Kort', 'on-site': 'På plats' } as const;
const payEn = { swish: 'Swish', card: 'Card', 'on-site': 'On site' } as const;
const waysSv = {
  swish: 'Swish',
  card: 'Kort',
  terminal: 'Kort på plats',
  cash: 'Kontanter',
} as const;
const waysEn = { swish: 'Swish', card: 'Card', terminal: 'Card on site', cash: 'Cash' } as const;

/** The states of orders, bookings, payments and books in words. */
export const historyStates = bilingual<HistoryStates>({
  sv: {
    'history.order': {
      state: {
        unpaid: 'Väntar på betalning',
        placed: 'Beställd',
        performed: 'Levererad',
        cancelled: 'Avbeställd',
        lapsed: 'Inte betald i tid',
      },
      pay_way: paySv,
    },
    'history.order_line': {
      kind: { product: 'Produkt', service: 'Tjänst', booking: 'Bokning' },
      withdrawal: {
        right: 'Ja',
        'custom-made': 'Nej, gjord efter dina önskemål',
        perishable: 'Nej, färskvara',
        sealed: 'Nej, när förseglingen är bruten',
        digital: 'Nej, när den digitala leveransen har börjat',
        'performed-service': 'Nej, när tjänsten är utförd',
        'date-bound': 'Nej, gäller en bestämd dag',
      },
    },
    'history.order_event': {
      kind: {
        placed: 'Beställd',
        paid: 'Betald',
        'payment-failed': 'Betalningen gick inte igenom',
        lapsed: 'Förföll',
        arranged: 'Tid bestämd',
        rebooked: 'Ombokad',
        changed: 'Ändrad',
        performed: 'Utförd eller levererad',
        'no-show': 'Uteblivet besök',
        cancelled: 'Avbeställd',
        withdrawn: 'Ångrad',
        'goods-back': 'Varor tillbaka',
        'refund-asked': 'Återbetalning begärd',
        refunded: 'Återbetald',
        'refund-failed': 'Återbetalningen gick inte igenom',
        reminded: 'Påmind',
      },
    },
    'history.booking': {
      state: {
        held: 'Väntar på betalning',
        booked: 'Bokad',
        performed: 'Utförd',
        'no-show': 'Uteblivet besök',
        cancelled: 'Avbokad',
        lapsed: 'Förföll',
      },
    },
    'history.payment': {
      way: waysSv,
      state: {
        asking: 'Banken tillfrågas',
        open: 'Väntar på dig',
        unsure: 'Osäker, vi frågar banken',
        paid: 'Betald',
        declined: 'Nekad',
        cancelled: 'Avbruten',
        expired: 'För sent',
        failed: 'Gick inte igenom',
      },
    },
    'history.reversal': {
      kind: {
        cancellation: 'Avbeställning',
        withdrawal: 'Ånger',
        refund: 'Återbetalning',
        lapse: 'Förfallen beställning',
      },
      state: { 'awaiting-goods': 'Väntar på varorna', settled: 'Avgjord' },
    },
    'history.receipt': { kind: { sale: 'Köp', refund: 'Återbetalning' } },
    'bookkeeping.voucher': {
      kind: {
        sale: 'Försäljning',
        refund: 'Återbetalning',
        correction: 'Rättelse',
        dispute: 'Bestridd betalning',
      },
      way: waysSv,
    },
    'bookkeeping.refund': {
      way: waysSv,
      state: {
        asking: 'Banken tillfrågas',
        sent: 'På väg',
        unsure: 'Osäker, vi frågar banken',
        done: 'Framme',
        failed: 'Gick inte igenom',
      },
    },
  },
  en: {
    'history.order': {
      state: {
        unpaid: 'Waiting for payment',
        placed: 'Ordered',
        performed: 'Delivered',
        cancelled: 'Cancelled',
        lapsed: 'Not paid in time',
      },
      pay_way: payEn,
    },
    'history.order_line': {
      kind: { product: 'Product', service: 'Service', booking: 'Booking' },
      withdrawal: {
        right: 'Yes',
        'custom-made': 'No, made to your wishes',
        perishable: 'No, perishable',
        sealed: 'No, once the seal is broken',
        digital: 'No, once digital delivery has begun',
        'performed-service': 'No, once the service is performed',
        'date-bound': 'No, for a set date',
      },
    },
    'history.order_event': {
      kind: {
        placed: 'Ordered',
        paid: 'Paid',
        'payment-failed': 'The payment did not go through',
        lapsed: 'Lapsed',
        arranged: 'Time arranged',
        rebooked: 'Rebooked',
        changed: 'Changed',
        performed: 'Performed or delivered',
        'no-show': 'No-show',
        cancelled: 'Cancelled',
        withdrawn: 'Withdrawn from',
        'goods-back': 'Goods back',
        'refund-asked': 'Refund asked for',
        refunded: 'Refunded',
        'refund-failed': 'The refund did not go through',
        reminded: 'Reminded',
      },
    },
    'history.booking': {
      state: {
        held: 'Waiting for payment',
        booked: 'Booked',
        performed: 'Performed',
        'no-show': 'No-show',
        cancelled: 'Cancelled',
        lapsed: 'Lapsed',
      },
    },
    'history.payment': {
      way: waysEn,
      state: {
        asking: 'The bank is being asked',
        open: 'Waiting for you',
        unsure: 'Unsure, we are asking the bank',
        paid: 'Paid',
        declined: 'Declined',
        cancelled: 'Cancelled',
        expired: 'Too late',
        failed: 'Did not go through',
      },
    },
    'history.reversal': {
      kind: {
        cancellation: 'Cancellation',
        withdrawal: 'Withdrawal',
        refund: 'Refund',
        lapse: 'Lapsed order',
      },
      state: { 'awaiting-goods': 'Waiting for the goods', settled: 'Settled' },
    },
    'history.receipt': { kind: { sale: 'Purchase', refund: 'Refund' } },
    'bookkeeping.voucher': {
      kind: {
        sale: 'Sale',
        refund: 'Refund',
        correction: 'Correction',
        dispute: 'Disputed payment',
      },
      way: waysEn,
    },
    'bookkeeping.refund': {
      way: waysEn,
      state: {
        asking: 'The bank is being asked',
        sent: 'On its way',
        unsure: 'Unsure, we are asking the bank',
        done: 'Arrived',
        failed: 'Did not go through',
      },
    },
  },
});
