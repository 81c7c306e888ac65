import { bilingual } from './bilingual.ts';
import type { StoredWords } from './stored-words.ts';

type HistoryWords = Pick<
  StoredWords,
  Extract<keyof StoredWords, `history.${string}` | `bookkeeping.${string}` | 'vault.held'>
>;

/** What the tables of orders, bookings, payments and books, and their columns that are not sealed, are called in words. */
export const historyText = bilingual<HistoryWords>({
  sv: {
    'history.order': {
      heading: 'Beställningar',
      count: (rows) => (rows === 1 ? 'en beställning' : `${rows} beställningar`),
      columns: {
        placed_at: 'Beställdes',
        state: 'Läge',
        total_ore: 'Att betala',
        vat_ore: 'Varav moms',
        pay_way: 'Betalas med',
        pay_by: 'Betalas senast',
        performed_at: 'Klar',
      },
    },
    'history.order_line': {
      heading: 'Det du har beställt',
      count: (rows) => (rows === 1 ? 'en orderrad' : `${rows} orderrader`),
      columns: {
        kind: 'Slag',
        withdrawal: 'Ångerrätt',
        quantity: 'Antal',
        unit_price_ore: 'Pris per styck',
        vat_percent: 'Moms',
      },
    },
    'history.order_event': {
      heading: 'Vad som har hänt med beställningarna',
      count: (rows) => (rows === 1 ? 'en händelse' : `${rows} händelser`),
      columns: { happened_at: 'När', kind: 'Vad', party: 'Vem' },
    },
    'history.guest': {
      heading: 'Beställning utan konto',
      count: (rows) => (rows === 1 ? 'en gäst' : `${rows} gäster`),
      columns: { created_at: 'Beställdes' },
    },
    'history.booking': {
      heading: 'Bokningar',
      count: (rows) => (rows === 1 ? 'en bokning' : `${rows} bokningar`),
      columns: {
        state: 'Läge',
        starts_at: 'Börjar',
        ends_at: 'Slutar',
        free_cancel_until: 'Avbokas utan kostnad till',
        late_fee_percent: 'Avgift därefter, i procent',
        moves: 'Antal ombokningar',
        begin_asked_at: 'När du bad om att tjänsten utförs inom ångerfristen',
        reminded_at: 'Påminnelse skickad',
      },
    },
    'history.booking_slot': {
      heading: 'Tider som bokningarna tar',
      count: (rows) => (rows === 1 ? 'en tid' : `${rows} tider`),
      columns: {},
    },
    'history.payment': {
      heading: 'Betalningar',
      count: (rows) => (rows === 1 ? 'en betalning' : `${rows} betalningar`),
      columns: {
        way: 'Med',
        state: 'Läge',
        amount_ore: 'Belopp',
        created_at: 'Började',
        settled_at: 'Avgjordes',
        ask_at: 'Banken frågas',
        asked: 'Antal gånger vi har frågat banken',
        asked_at: 'Frågades senast',
      },
    },
    'history.reversal': {
      heading: 'Avbeställningar, ånger och återbetalningar',
      count: (rows) => (rows === 1 ? 'en återgång' : `${rows} återgångar`),
      columns: {
        kind: 'Slag',
        state: 'Läge',
        amount_ore: 'Belopp',
        asked_at: 'Kom in',
        settled_at: 'Avgjordes',
      },
    },
    'history.reversal_line': {
      heading: 'Vad de gäller',
      count: (rows) => (rows === 1 ? 'en rad' : `${rows} rader`),
      columns: { quantity: 'Antal', amount_ore: 'Belopp' },
    },
    'history.receipt': {
      heading: 'Kvitton',
      count: (rows) => (rows === 1 ? 'ett kvitto' : `${rows} kvitton`),
      columns: { kind: 'Slag', issued_at: 'Gavs' },
    },
    'history.proof_of_purchase': {
      heading: 'Köpbevis',
      count: (rows) => (rows === 1 ? 'ett köpbevis' : `${rows} köpbevis`),
      columns: { purchased_at: 'Köpt' },
    },
    'vault.held': {
      heading: 'Beställningar som du har tagit med till kontot',
      count: (rows) => (rows === 1 ? 'en beställning' : `${rows} beställningar`),
      columns: { since: 'Sedan' },
    },
    'bookkeeping.fiscal_year': {
      heading: 'Räkenskapsår',
      count: (rows) => (rows === 1 ? 'ett räkenskapsår' : `${rows} räkenskapsår`),
      columns: { starts_on: 'Börjar', ends_on: 'Slutar', held_until: 'Bevaras till' },
    },
    'bookkeeping.series': {
      heading: 'Nummerserier',
      count: (rows) => (rows === 1 ? 'en nummerserie' : `${rows} nummerserier`),
      columns: { series: 'Serie', last_number: 'Senaste nummer' },
    },
    'bookkeeping.voucher': {
      heading: 'Verifikationer',
      count: (rows) => (rows === 1 ? 'en verifikation' : `${rows} verifikationer`),
      columns: {
        series: 'Serie',
        number: 'Nummer',
        kind: 'Slag',
        way: 'Betalt med',
        event_on: 'Hände',
        compiled_at: 'Upprättades',
        total_ore: 'Belopp',
      },
    },
    'bookkeeping.entry': {
      heading: 'Konteringar',
      count: (rows) => (rows === 1 ? 'en kontering' : `${rows} konteringar`),
      columns: { row_number: 'Rad', account: 'Konto', amount_ore: 'Belopp' },
    },
    'bookkeeping.refund': {
      heading: 'Återbetalningar',
      count: (rows) => (rows === 1 ? 'en återbetalning' : `${rows} återbetalningar`),
      columns: {
        way: 'Med',
        state: 'Läge',
        amount_ore: 'Belopp',
        asked_at: 'Begärdes',
        settled_at: 'Avgjordes',
        ask_at: 'Banken frågas',
        asked: 'Antal gånger vi har frågat banken',
      },
    },
    'bookkeeping.opening': {
      heading: 'Öppningar av arkivet',
      count: (rows) => (rows === 1 ? 'en öppning' : `${rows} öppningar`),
      columns: { opened_at: 'När' },
    },
    'bookkeeping.year_hold': {
      heading: 'Beslut om att bevara ett räkenskapsår',
      count: (rows) => (rows === 1 ? 'ett beslut' : `${rows} beslut`),
      columns: { held_at: 'När', held_until: 'Bevaras till' },
    },
    'bookkeeping.export': {
      heading: 'Filer till bokföringen',
      count: (rows) => (rows === 1 ? 'en fil' : `${rows} filer`),
      columns: {
        exported_at: 'Gjordes',
        from_day: 'Från',
        to_day: 'Till',
        vouchers: 'Antal verifikationer',
      },
    },
  },
  en: {
    'history.order': {
      heading: 'Orders',
      count: (rows) => (rows === 1 ? 'one order' : `${rows} orders`),
      columns: {
        placed_at: 'Ordered',
        state: 'State',
        total_ore: 'To pay',
        vat_ore: 'Of which VAT',
        pay_way: 'Paid by',
        pay_by: 'Pay no later than',
        performed_at: 'Done',
      },
    },
    'history.order_line': {
      heading: 'What you have ordered',
      count: (rows) => (rows === 1 ? 'one line' : `${rows} lines`),
      columns: {
        kind: 'Kind',
        withdrawal: 'Right of withdrawal',
        quantity: 'Quantity',
        unit_price_ore: 'Price each',
        vat_percent: 'VAT',
      },
    },
    'history.order_event': {
      heading: 'What has happened to the orders',
      count: (rows) => (rows === 1 ? 'one event' : `${rows} events`),
      columns: { happened_at: 'When', kind: 'What', party: 'Who' },
    },
    'history.guest': {
      heading: 'Order without an account',
      count: (rows) => (rows === 1 ? 'one guest' : `${rows} guests`),
      columns: { created_at: 'Ordered' },
    },
    'history.booking': {
      heading: 'Bookings',
      count: (rows) => (rows === 1 ? 'one booking' : `${rows} bookings`),
      columns: {
        state: 'State',
        starts_at: 'Begins',
        ends_at: 'Ends',
        free_cancel_until: 'Free to cancel until',
        late_fee_percent: 'Fee after that, per cent',
        moves: 'Times moved',
        begin_asked_at: 'When you asked for it within the days of withdrawal',
        reminded_at: 'Reminder sent',
      },
    },
    'history.booking_slot': {
      heading: 'Times that the bookings take',
      count: (rows) => (rows === 1 ? 'one time' : `${rows} times`),
      columns: {},
    },
    'history.payment': {
      heading: 'Payments',
      count: (rows) => (rows === 1 ? 'one payment' : `${rows} payments`),
      columns: {
        way: 'By',
        state: 'State',
        amount_ore: 'Amount',
        created_at: 'Begun',
        settled_at: 'Settled',
        ask_at: 'The bank is asked',
        asked: 'Times we have asked the bank',
        asked_at: 'Last asked',
      },
    },
    'history.reversal': {
      heading: 'Cancellations, withdrawals and refunds',
      count: (rows) => (rows === 1 ? 'one reversal' : `${rows} reversals`),
      columns: {
        kind: 'Kind',
        state: 'State',
        amount_ore: 'Amount',
        asked_at: 'Received',
        settled_at: 'Settled',
      },
    },
    'history.reversal_line': {
      heading: 'What they concern',
      count: (rows) => (rows === 1 ? 'one line' : `${rows} lines`),
      columns: { quantity: 'Quantity', amount_ore: 'Amount' },
    },
    'history.receipt': {
      heading: 'Receipts',
      count: (rows) => (rows === 1 ? 'one receipt' : `${rows} receipts`),
      columns: { kind: 'Kind', issued_at: 'Issued' },
    },
    'history.proof_of_purchase': {
      heading: 'Proof of purchase',
      count: (rows) => (rows === 1 ? 'one proof of purchase' : `${rows} proofs of purchase`),
      columns: { purchased_at: 'Bought' },
    },
    'vault.held': {
      heading: 'Orders that you have taken into the account',
      count: (rows) => (rows === 1 ? 'one order' : `${rows} orders`),
      columns: { since: 'Since' },
    },
    'bookkeeping.fiscal_year': {
      heading: 'Fiscal years',
      count: (rows) => (rows === 1 ? 'one fiscal year' : `${rows} fiscal years`),
      columns: { starts_on: 'Begins', ends_on: 'Ends', held_until: 'Kept until' },
    },
    'bookkeeping.series': {
      heading: 'Number series',
      count: (rows) => (rows === 1 ? 'one number series' : `${rows} number series`),
      columns: { series: 'Series', last_number: 'Last number' },
    },
    'bookkeeping.voucher': {
      heading: 'Vouchers',
      count: (rows) => (rows === 1 ? 'one voucher' : `${rows} vouchers`),
      columns: {
        series: 'Series',
        number: 'Number',
        kind: 'Kind',
        way: 'Paid by',
        event_on: 'Happened',
        compiled_at: 'Compiled',
        total_ore: 'Amount',
      },
    },
    'bookkeeping.entry': {
      heading: 'Entries',
      count: (rows) => (rows === 1 ? 'one entry' : `${rows} entries`),
      columns: { row_number: 'Row', account: 'Account', amount_ore: 'Amount' },
    },
    'bookkeeping.refund': {
      heading: 'Refunds',
      count: (rows) => (rows === 1 ? 'one refund' : `${rows} refunds`),
      columns: {
        way: 'By',
        state: 'State',
        amount_ore: 'Amount',
        asked_at: 'Asked for',
        settled_at: 'Settled',
        ask_at: 'The bank is asked',
        asked: 'Times we have asked the bank',
      },
    },
    'bookkeeping.opening': {
      heading: 'Openings of the archive',
      count: (rows) => (rows === 1 ? 'one opening' : `${rows} openings`),
      columns: { opened_at: 'When' },
    },
    'bookkeeping.year_hold': {
      heading: 'Decisions to hold a fiscal year',
      count: (rows) => (rows === 1 ? 'one decision' : `${rows} decisions`),
      columns: { held_at: 'When', held_until: 'Kept until' },
    },
    'bookkeeping.export': {
      heading: 'Files for the accountant',
      count: (rows) => (rows === 1 ? 'one file' : `${rows} files`),
      columns: {
        exported_at: 'Made',
        from_day: 'From',
        to_day: 'To',
        vouchers: 'Number of vouchers',
      },
    },
  },
});
