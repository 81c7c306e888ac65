import { holding } from '../vault/holding.ts';

/** A year of the books is an owner: all that it holds dies with its key, when the law's period is over. */
export const fiscalYear = holding({
  table: 'bookkeeping.fiscal_year',
  category: 'bookkeeping',
  owners: ['fiscal_year'],
  row: 'owner_id',
  keep: 'books',
  clear: {
    owner_id: 'owner',
    starts_on: 'time',
    ends_on: 'time',
    recovery_key: 'hash',
    recovery_recipient: 'hash',
    held_until: 'time',
  },
  sealed: null,
  exported: false,
});

export const series = holding({
  table: 'bookkeeping.series',
  category: 'bookkeeping',
  owners: ['fiscal_year'],
  row: 'owner_id',
  keep: 'books',
  clear: { owner_id: 'owner', series: 'state', last_number: 'amount' },
  sealed: null,
  exported: false,
});

/** A voucher with the receipt as it was issued. It names no owner but its year. */
export const voucher = holding({
  table: 'bookkeeping.voucher',
  category: 'bookkeeping',
  owners: ['fiscal_year'],
  row: 'voucher_id',
  keep: 'books',
  clear: {
    owner_id: 'owner',
    voucher_id: 'id',
    series: 'state',
    number: 'amount',
    kind: 'state',
    way: 'state',
    event_on: 'time',
    compiled_at: 'time',
    total_ore: 'amount',
    refers_year: 'reference',
    refers_id: 'reference',
    reference_hash: 'hash',
  },
  sealed: {
    number: 'text',
    counterparty: 'optional',
    text: 'text',
    receipt: 'optional',
    bank_reference: 'optional',
    made_by: 'optional',
  },
  exported: false,
});

export const entry = holding({
  table: 'bookkeeping.entry',
  category: 'bookkeeping',
  owners: ['fiscal_year'],
  row: 'voucher_id',
  keep: 'books',
  clear: {
    owner_id: 'owner',
    voucher_id: 'reference',
    row_number: 'amount',
    account: 'state',
    amount_ore: 'amount',
  },
  sealed: null,
  exported: false,
});

/** Money on its way back; what the bank is told of it is the sealed part. */
export const refund = holding({
  table: 'bookkeeping.refund',
  category: 'bookkeeping',
  owners: ['fiscal_year'],
  row: 'refund_id',
  keep: 'books',
  clear: {
    owner_id: 'owner',
    refund_id: 'id',
    voucher_id: 'reference',
    refund_year: 'reference',
    refund_voucher_id: 'reference',
    way: 'state',
    state: 'state',
    amount_ore: 'amount',
    asked_at: 'time',
    settled_at: 'time',
    ask_at: 'time',
    asked: 'amount',
  },
  sealed: { number: 'text', bank_reference: 'optional', refund_reference: 'optional' },
  exported: false,
});

/** Who has opened what of the archive, and why; which voucher, or the list of these openings, stands in `text`. */
export const opening = holding({
  table: 'bookkeeping.opening',
  category: 'bookkeeping',
  owners: ['fiscal_year'],
  row: 'opening_id',
  keep: 'books',
  clear: { owner_id: 'owner', opening_id: 'id', opened_at: 'time' },
  sealed: { reason: 'text', opened_by: 'text', text: 'optional' },
  exported: false,
});

/** Who has held a year, until when and why; null is who let it go. */
export const yearHold = holding({
  table: 'bookkeeping.year_hold',
  category: 'bookkeeping',
  owners: ['fiscal_year'],
  row: 'hold_id',
  keep: 'books',
  clear: { owner_id: 'owner', hold_id: 'id', held_at: 'time', held_until: 'time' },
  sealed: { reason: 'text', made_by: 'text' },
  exported: false,
});

export const sieExport = holding({
  table: 'bookkeeping.export',
  category: 'bookkeeping',
  owners: ['fiscal_year'],
  row: 'export_id',
  keep: 'books',
  clear: {
    owner_id: 'owner',
    export_id: 'id',
    exported_at: 'time',
    from_day: 'time',
    to_day: 'time',
    vouchers: 'amount',
    sha256: 'hash',
  },
  sealed: null,
  exported: false,
});
