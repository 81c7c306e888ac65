import type { Generated } from 'kysely';
import type { OwnerId, RowId } from '../ids.ts';
import type { Terms } from '../policy/terms.ts';
import type { Sealed } from './records.ts';

type Instant = Temporal.Instant;
type Bilingual = { sv: string; en: string };

export type ItemKind = 'product' | 'service' | 'booking';
/** How an item reaches the customer. */
export type Fulfilment = 'shipped' | 'pick-up' | 'on-site' | 'at-customer';
/** The right of withdrawal, or the ground on which there is none (distansavtalslagen 2005:59, 2 kap. 11 §). */
export type Withdrawal =
  | 'right'
  | 'custom-made'
  | 'perishable'
  | 'sealed'
  | 'digital'
  | 'performed-service'
  | 'date-bound';
export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';
export type ResourceKind = 'person' | 'room' | 'thing';
export type OrderState = 'unpaid' | 'placed' | 'performed' | 'cancelled' | 'lapsed';
export type BookingState = 'held' | 'booked' | 'performed' | 'no-show' | 'cancelled' | 'lapsed';
/** How an order is to be paid. */
export type PayWay = 'swish' | 'card' | 'on-site';
/** How money moved: on site it is a card at the counter, or cash. */
export type PaymentWay = 'swish' | 'card' | 'terminal' | 'cash';
/** The first three are under way: the bank has still to say. */
export type PaymentState =
  'asking' | 'open' | 'unsure' | 'paid' | 'declined' | 'cancelled' | 'expired' | 'failed';
export type ReversalKind = 'cancellation' | 'withdrawal' | 'refund' | 'lapse';
export type ReversalState = 'awaiting-goods' | 'settled';
export type OrderEventKind =
  | 'placed'
  | 'paid'
  | 'payment-failed'
  | 'lapsed'
  | 'arranged'
  | 'rebooked'
  | 'changed'
  | 'performed'
  | 'no-show'
  | 'cancelled'
  | 'withdrawn'
  | 'goods-back'
  | 'refund-asked'
  | 'refunded'
  | 'refund-failed'
  | 'reminded';

/** The tables of the schema `history`: what is offered, ordered, booked and paid. */
export interface HistoryTables {
  'history.item': {
    item_id: RowId;
    kind: ItemKind;
    position: number;
    name: Bilingual;
    description: Bilingual;
    price_ore: number;
    vat_percent: 0 | 6 | 12 | 25;
    sensitive: boolean;
    offered: boolean;
    fulfilment: Generated<Fulfilment>;
    withdrawal: Generated<Withdrawal>;
    pay_on_site: Generated<boolean>;
  };
  'history.variant': {
    item_id: RowId;
    variant_id: RowId;
    position: number;
    name: Bilingual;
    extra_ore: Generated<number>;
    stock: number | null;
    offered: Generated<boolean>;
  };
  'history.picture': {
    item_id: RowId;
    picture_id: RowId;
    position: number;
    alternative: Bilingual;
    media_type: PictureType;
    width_px: number;
    height_px: number;
    sha256: Uint8Array;
    content: Uint8Array;
  };
  'history.question': { item_id: RowId; field: string; required: boolean };
  'history.bookable': {
    item_id: RowId;
    duration_minutes: number;
    buffer_before_minutes: Generated<number>;
    buffer_after_minutes: Generated<number>;
    step_minutes: number;
    lead_minutes: Generated<number>;
    horizon_days: number;
    capacity: Generated<number>;
    free_cancel_hours: Generated<number>;
    late_fee_percent: Generated<number>;
  };
  'history.skill': { skill_id: RowId; name: Bilingual };
  'history.resource': {
    resource_id: RowId;
    kind: ResourceKind;
    position: number;
    label: Bilingual;
    offered: Generated<boolean>;
    feed_version: Generated<number>;
  };
  'history.resource_skill': { resource_id: RowId; skill_id: RowId };
  'history.need': { item_id: RowId; skill_id: RowId };
  'history.opening': {
    resource_id: RowId;
    opening_id: RowId;
    weekday: number;
    opens_minute: number;
    closes_minute: number;
    valid_from: Temporal.PlainDate | null;
    valid_until: Temporal.PlainDate | null;
  };
  'history.opening_exception': {
    resource_id: RowId;
    exception_id: RowId;
    day: Temporal.PlainDate;
    opens_minute: number | null;
    closes_minute: number | null;
  };
  'history.closed_day': { day: Temporal.PlainDate; name: Bilingual };
  'history.slot': {
    resource_id: RowId;
    slot_id: RowId;
    kind: 'booked' | 'blocked';
    item_id: RowId | null;
    starts_at: Instant;
    ends_at: Instant;
    busy_from: Instant;
    busy_to: Instant;
    capacity: number;
    taken: number;
  };
  'history.terms': {
    terms_id: RowId;
    version: string;
    content_hash: Uint8Array;
    content: Terms;
    published_at: Instant;
  };
  'history.order': {
    owner_id: OwnerId;
    order_id: RowId;
    placed_at: Instant;
    state: OrderState;
    total_ore: number;
    vat_ore: number;
    number_hash: Uint8Array | null;
    pay_way: PayWay | null;
    pay_by: Instant | null;
    performed_at: Instant | null;
    terms_id: RowId | null;
    sealed: Sealed<'history'>;
  };
  'history.order_line': {
    owner_id: OwnerId;
    order_id: RowId;
    line_id: RowId;
    item_id: RowId | null;
    kind: ItemKind;
    variant_id: RowId | null;
    withdrawal: Withdrawal;
    quantity: number;
    unit_price_ore: number;
    vat_percent: number;
    sealed: Sealed<'history'>;
  };
  'history.order_event': {
    owner_id: OwnerId;
    order_id: RowId;
    event_id: RowId;
    happened_at: Instant;
    kind: OrderEventKind;
    party: string;
  };
  'history.guest': {
    owner_id: OwnerId;
    created_at: Instant;
    token_hash: Uint8Array;
    sealed: Sealed<'history'>;
  };
  'history.booking': {
    owner_id: OwnerId;
    booking_id: RowId;
    order_id: RowId;
    line_id: RowId;
    item_id: RowId | null;
    state: BookingState;
    starts_at: Instant;
    ends_at: Instant;
    free_cancel_until: Instant;
    late_fee_percent: number;
    moves: Generated<number>;
    begin_asked_at: Instant | null;
    reminded_at: Instant | null;
    sealed: Sealed<'history'>;
  };
  'history.booking_slot': {
    owner_id: OwnerId;
    booking_id: RowId;
    resource_id: RowId;
    slot_id: RowId;
  };
  'history.payment': {
    owner_id: OwnerId;
    payment_id: RowId;
    order_id: RowId;
    way: PaymentWay;
    state: PaymentState;
    amount_ore: number;
    created_at: Instant;
    settled_at: Instant | null;
    ask_at: Instant;
    asked: Generated<number>;
    asked_at: Instant | null;
    voucher_year: OwnerId | null;
    voucher_id: RowId | null;
    sealed: Sealed<'history'>;
  };
  'history.reversal': {
    owner_id: OwnerId;
    reversal_id: RowId;
    order_id: RowId;
    kind: ReversalKind;
    state: ReversalState;
    amount_ore: number;
    asked_at: Instant;
    settled_at: Instant | null;
    refund_id: RowId | null;
    sealed: Sealed<'history'>;
  };
  'history.reversal_line': {
    owner_id: OwnerId;
    reversal_id: RowId;
    line_id: RowId;
    quantity: number;
    amount_ore: number;
  };
  'history.receipt': {
    owner_id: OwnerId;
    receipt_id: RowId;
    order_id: RowId;
    kind: 'sale' | 'refund';
    issued_at: Instant;
    sealed: Sealed<'history'>;
  };
  'history.proof_of_purchase': {
    owner_id: OwnerId;
    proof_id: RowId;
    purchased_at: Instant;
    token_hash: Uint8Array;
    sealed: Sealed<'purchases'>;
  };
}
