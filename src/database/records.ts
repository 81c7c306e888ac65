import type { Generated, Kysely, Transaction } from 'kysely';
import type { OwnerId, RowId } from '../ids.ts';
import type { CategoryName as Category } from '../policy/categories.ts';

export type { Category };

/** A row's personal part: opaque outside `vault/`. The parameter keeps one category from passing as another. */
export type Sealed<C extends Category> = Uint8Array & { readonly __sealed?: C };

type Instant = Temporal.Instant;
type Bilingual = { sv: string; en: string };

/** The tables of the records store, exactly as `migrations/records/schema.sql` says. */
export interface RecordsTables {
  'system.store': {
    only_row: Generated<boolean>;
    store_id: string;
    sandbox: boolean;
    start_counter: number;
    applied_ledger: number;
  };
  'vault.owner': {
    owner_id: OwnerId;
    kind: OwnerKind;
    created_at: Instant;
    fenced_at: Instant | null;
  };
  'vault.look': {
    owner_id: OwnerId;
    look_id: RowId;
    looked_at: Instant;
    party: string;
    purpose: string;
    category: string;
    sealed: Sealed<'traces'> | null;
  };
  'vault.stop': {
    owner_id: OwnerId;
    purpose: string;
    ground: 'restriction' | 'objection';
    since: Instant;
  };
  'accounts.account': {
    owner_id: OwnerId;
    created_at: Instant;
    used_at: Instant;
    sealed: Sealed<'credentials'>;
  };
  'accounts.staff': {
    owner_id: OwnerId;
    role: StaffRole;
    created_at: Instant;
    sealed: Sealed<'staff'>;
  };
  'accounts.credential': {
    owner_id: OwnerId;
    credential_id: RowId;
    kind: 'password' | 'one-time-code';
    changed_at: Instant;
    used_step: number | null;
    sealed: Sealed<'credentials'>;
  };
  'accounts.session': {
    owner_id: OwnerId;
    session_id: RowId;
    token_hash: Uint8Array;
    created_at: Instant;
    used_at: Instant;
    confirmed_at: Generated<Instant | null>;
    sealed: Sealed<'credentials'>;
  };
  'accounts.signup': {
    owner_id: OwnerId;
    signup_id: RowId;
    account_id: OwnerId;
    message_id: RowId;
    address_mac: Uint8Array;
    token_hash: Uint8Array;
    created_at: Instant;
    sealed: Sealed<'credentials'>;
  };
  'accounts.attempt': {
    owner_id: OwnerId;
    bucket: Uint8Array;
    window_start: Instant;
    attempts: number;
  };
  'history.item': {
    item_id: RowId;
    kind: 'product' | 'service' | 'booking';
    position: number;
    name: Bilingual;
    description: Bilingual;
    price_ore: number;
    vat_percent: 0 | 6 | 12 | 25;
    sensitive: boolean;
    offered: boolean;
  };
  'history.order': {
    owner_id: OwnerId;
    order_id: RowId;
    placed_at: Instant;
    state: OrderState;
    total_ore: number;
    vat_ore: number;
    sealed: Sealed<'history'>;
  };
  'history.order_line': {
    owner_id: OwnerId;
    order_id: RowId;
    line_id: RowId;
    item_id: RowId | null;
    quantity: number;
    unit_price_ore: number;
    vat_percent: number;
    sealed: Sealed<'history'>;
  };
  'recipients.recipient': {
    recipient_id: RowId;
    category: string;
    name: string;
    country: string;
    role: 'processor' | 'controller';
    channel: 'mail' | null;
    transfer_tool: string | null;
    transfer_valid_until: Temporal.PlainDate | null;
    notice_url: string | null;
    erasure_url: string | null;
  };
  'recipients.agreement': {
    agreement_id: RowId;
    recipient_id: RowId;
    signed_on: Temporal.PlainDate;
    valid_from: Temporal.PlainDate;
    ended_on: Temporal.PlainDate | null;
  };
  'recipients.disclosure': {
    owner_id: OwnerId;
    disclosure_id: RowId;
    disclosed_at: Instant;
    recipient_id: RowId;
    agreement_id: RowId | null;
    row_id: RowId;
    purpose: string;
    category: string;
    fields: string[];
    sealed: Sealed<'traces'>;
  };
  'recipients.outcome': {
    owner_id: OwnerId;
    disclosure_id: RowId;
    outcome_id: RowId;
    told_at: Instant;
    outcome: 'accepted' | 'refused' | 'unknown';
  };
  'messages.outbox': {
    owner_id: OwnerId;
    message_id: RowId;
    channel: 'mail';
    purpose: string;
    written_at: Instant;
    due_at: Instant;
    attempts: Generated<number>;
    held: Generated<boolean>;
    sealed: Sealed<'messages'>;
  };
  'messages.departure': {
    owner_id: OwnerId;
    departure_id: RowId;
    disclosure_id: RowId;
    departed_at: Instant;
    channel: 'mail';
  };
  'routines.erasure': {
    erasure_id: RowId;
    kind: 'account';
    state: ErasureState;
    asked_at: Instant;
    code_hash: Uint8Array;
    fence_index: number | null;
    done_index: number | null;
    receipt: object | null;
  };
  'routines.erasure_step': {
    erasure_id: RowId;
    step: string;
    at: Instant;
    evidence: Record<string, unknown>;
  };
  'routines.erasure_subject': { erasure_id: RowId; subject_id: OwnerId };
  'routines.erasure_case': {
    owner_id: OwnerId;
    erasure_id: RowId;
    created_at: Instant;
    sealed: Sealed<'erasure'>;
  };
  'routines.erasure_telling': {
    erasure_id: RowId;
    recipient_id: RowId;
    state: 'waiting' | 'confirmed' | 'refused' | 'silent';
    attempts: Generated<number>;
    told_at: Instant | null;
  };
  'routines.proof': {
    promise_id: string;
    status: 'kept' | 'broken' | 'not yet checked';
    proven_at: Instant;
    looked_at: number;
    found: string[];
  };
  'routines.run': { routine: string; ran_at: Instant; done: number };
}

export type OwnerKind = 'account' | 'day' | 'staff' | 'erasure_case';
export type StaffRole = 'support' | 'administrator' | 'bookkeeper';
export type OrderState = 'placed' | 'performed' | 'cancelled';
/** In the order in which an erasure passes them. */
export type ErasureState =
  'asked' | 'fencing' | 'fenced' | 'removed' | 'told' | 'verified' | 'complete';

export type Records = Kysely<RecordsTables>;
export type RecordsTransaction = Transaction<RecordsTables>;
