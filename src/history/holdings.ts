import { intakeFields } from '../policy/intake.ts';
import type { IntakeField } from '../policy/intake.ts';
import { holding } from '../vault/holding.ts';

const buyers = ['account', 'guest_order'] as const;

export const order = holding({
  table: 'history.order',
  category: 'history',
  owners: buyers,
  row: 'order_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    order_id: 'id',
    placed_at: 'time',
    state: 'state',
    total_ore: 'amount',
    vat_ore: 'amount',
    number_hash: 'hash',
    pay_way: 'state',
    pay_by: 'time',
    performed_at: 'time',
    terms_id: 'reference',
  },
  sealed: {
    number: 'text',
    recipient_name: 'text',
    phone: 'optional',
    street: 'optional',
    postal_code: 'optional',
    town: 'optional',
    message: 'optional',
  },
  exported: true,
});

/** What was answered before an item is carried out; null where nothing was asked. */
export const answers = Object.fromEntries(
  intakeFields.map((field) => [field, 'optional']),
) as Readonly<Record<IntakeField, 'optional'>>;

export const orderLine = holding({
  table: 'history.order_line',
  category: 'history',
  owners: buyers,
  row: 'line_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    order_id: 'reference',
    line_id: 'id',
    item_id: 'reference',
    kind: 'state',
    variant_id: 'reference',
    withdrawal: 'state',
    quantity: 'amount',
    unit_price_ore: 'amount',
    vat_percent: 'amount',
  },
  // The reference stands here, and not in the clear column, where the item is sensitive.
  sealed: { description: 'text', item_reference: 'optional', ...answers },
  exported: true,
});

export const orderEvent = holding({
  table: 'history.order_event',
  category: 'history',
  owners: buyers,
  row: 'event_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    order_id: 'reference',
    event_id: 'id',
    happened_at: 'time',
    kind: 'state',
    party: 'state',
  },
  sealed: null,
  exported: true,
});

/** Who ordered without an account: an owner of its own, to which the code in the confirmation leads. */
export const guest = holding({
  table: 'history.guest',
  category: 'history',
  owners: ['guest_order'],
  row: 'owner_id',
  keep: 'guest-order',
  since: 'created_at',
  clear: { owner_id: 'owner', created_at: 'time', token_hash: 'hash' },
  sealed: { email: 'text', language: 'text' },
  exported: true,
});

/** A time that was booked. Its personal part is what the actor who performs it needs to know of the customer. */
export const booking = holding({
  table: 'history.booking',
  category: 'history',
  owners: buyers,
  row: 'booking_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    booking_id: 'id',
    order_id: 'reference',
    line_id: 'reference',
    item_id: 'reference',
    state: 'state',
    starts_at: 'time',
    ends_at: 'time',
    free_cancel_until: 'time',
    late_fee_percent: 'amount',
    moves: 'amount',
    begin_asked_at: 'time',
    reminded_at: 'time',
  },
  sealed: {
    recipient_name: 'text',
    phone: 'optional',
    street: 'optional',
    postal_code: 'optional',
    town: 'optional',
    message: 'optional',
  },
  exported: true,
});

export const bookingSlot = holding({
  table: 'history.booking_slot',
  category: 'history',
  owners: buyers,
  row: 'booking_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    booking_id: 'reference',
    resource_id: 'reference',
    slot_id: 'reference',
  },
  sealed: null,
  exported: false,
});

export const payment = holding({
  table: 'history.payment',
  category: 'history',
  owners: buyers,
  row: 'payment_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    payment_id: 'id',
    order_id: 'reference',
    way: 'state',
    state: 'state',
    amount_ore: 'amount',
    created_at: 'time',
    settled_at: 'time',
    ask_at: 'time',
    asked: 'amount',
    asked_at: 'time',
    voucher_year: 'reference',
    voucher_id: 'reference',
  },
  // `failure` is the bank's code for why nothing came of it.
  sealed: { number: 'text', bank_reference: 'optional', pay_link: 'optional', failure: 'optional' },
  exported: true,
});

export const reversal = holding({
  table: 'history.reversal',
  category: 'history',
  owners: buyers,
  row: 'reversal_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    reversal_id: 'id',
    order_id: 'reference',
    kind: 'state',
    state: 'state',
    amount_ore: 'amount',
    asked_at: 'time',
    settled_at: 'time',
    refund_id: 'reference',
  },
  sealed: { statement: 'optional' },
  exported: true,
});

export const reversalLine = holding({
  table: 'history.reversal_line',
  category: 'history',
  owners: buyers,
  row: 'line_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    reversal_id: 'reference',
    line_id: 'reference',
    quantity: 'amount',
    amount_ore: 'amount',
  },
  sealed: null,
  exported: true,
});

/** The customer's own copy of a receipt, byte for byte as it was issued. */
export const receipt = holding({
  table: 'history.receipt',
  category: 'history',
  owners: buyers,
  row: 'receipt_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    receipt_id: 'id',
    order_id: 'reference',
    kind: 'state',
    issued_at: 'time',
  },
  sealed: { receipt: 'text' },
  exported: true,
});

/** Under an owner of its own: nothing leads from it to an account, and only its code leads to it. */
export const proofOfPurchase = holding({
  table: 'history.proof_of_purchase',
  category: 'purchases',
  owners: ['proof_of_purchase'],
  row: 'proof_id',
  keep: 'purchase',
  since: 'purchased_at',
  clear: { owner_id: 'owner', proof_id: 'id', purchased_at: 'time', token_hash: 'hash' },
  sealed: { number: 'text', bought: 'list', total: 'text', vat: 'text' },
  exported: false,
});
