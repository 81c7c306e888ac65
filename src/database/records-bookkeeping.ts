import type { Generated } from 'kysely';
import type { OwnerId, RowId } from '../ids.ts';
import type { PaymentWay } from './records-history.ts';
import type { Sealed } from './records.ts';

type Instant = Temporal.Instant;
type PlainDate = Temporal.PlainDate;

export type VoucherKind = 'sale' | 'refund' | 'correction' | 'dispute';
/** The first three are under way. */
export type RefundState = 'asking' | 'sent' | 'unsure' | 'done' | 'failed';

/** The tables of the schema `bookkeeping`: the legal archive. Their owners are fiscal years. */
export interface BookkeepingTables {
  'bookkeeping.fiscal_year': {
    owner_id: OwnerId;
    starts_on: PlainDate;
    ends_on: PlainDate;
    recovery_key: Uint8Array | null;
    recovery_recipient: Uint8Array | null;
    held_until: PlainDate | null;
  };
  'bookkeeping.series': { owner_id: OwnerId; series: string; last_number: number };
  'bookkeeping.voucher': {
    owner_id: OwnerId;
    voucher_id: RowId;
    series: string;
    number: number;
    kind: VoucherKind;
    way: PaymentWay | null;
    event_on: PlainDate;
    compiled_at: Instant;
    total_ore: number;
    refers_year: OwnerId | null;
    refers_id: RowId | null;
    reference_hash: Uint8Array | null;
    sealed: Sealed<'bookkeeping'>;
  };
  'bookkeeping.entry': {
    owner_id: OwnerId;
    voucher_id: RowId;
    row_number: number;
    account: string;
    amount_ore: number;
  };
  'bookkeeping.refund': {
    owner_id: OwnerId;
    refund_id: RowId;
    voucher_id: RowId;
    refund_year: OwnerId;
    refund_voucher_id: RowId;
    way: PaymentWay;
    state: RefundState;
    amount_ore: number;
    asked_at: Instant;
    settled_at: Instant | null;
    ask_at: Instant;
    asked: Generated<number>;
    sealed: Sealed<'bookkeeping'>;
  };
  'bookkeeping.opening': {
    owner_id: OwnerId;
    opening_id: RowId;
    opened_at: Instant;
    sealed: Sealed<'bookkeeping'>;
  };
  'bookkeeping.year_hold': {
    owner_id: OwnerId;
    hold_id: RowId;
    held_at: Instant;
    held_until: PlainDate | null;
    sealed: Sealed<'bookkeeping'>;
  };
  'bookkeeping.export': {
    owner_id: OwnerId;
    export_id: RowId;
    exported_at: Instant;
    from_day: PlainDate;
    to_day: PlainDate;
    vouchers: number;
    sha256: Uint8Array;
  };
  'bookkeeping.ended_year': {
    year_id: OwnerId;
    starts_on: PlainDate;
    ends_on: PlainDate;
    ended_at: Instant;
  };
  'bookkeeping.storage_report': {
    report_id: RowId;
    country: string;
    reported_on: PlainDate;
    noted_at: Instant;
  };
}
