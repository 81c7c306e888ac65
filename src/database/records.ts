import type { Generated, Kysely, Transaction } from 'kysely';
import type { OwnerId, RowId } from '../ids.ts';
import type { CategoryName as Category } from '../policy/categories.ts';
import type { PublishedNotice } from '../policy/published.ts';
import type { AccountsTables } from './records-accounts.ts';
import type { BookkeepingTables } from './records-bookkeeping.ts';
import type { HistoryTables } from './records-history.ts';
import type { RoutinesTables } from './records-routines.ts';

export type { Category };

/** A row's personal part: opaque outside `vault/`. The parameter keeps one category from passing as another. */
export type Sealed<C extends Category> = Uint8Array & { readonly __sealed?: C };

type Instant = Temporal.Instant;

/** The tables of the records store, exactly as `migrations/records/schema.sql` says. */
export interface RecordsTables
  extends AccountsTables, BookkeepingTables, HistoryTables, RoutinesTables {
  'system.store': {
    only_row: Generated<boolean>;
    store_id: string;
    sandbox: boolean;
    start_counter: number;
    applied_ledger: number;
  };
  'system.mending': {
    mending_id: RowId;
    confirmed_at: Instant;
    went_back: ('records' | 'keys' | 'ledger')[];
    erased_again: number;
    stops_again: number;
    orphans: number;
  };
  'vault.owner': {
    owner_id: OwnerId;
    kind: OwnerKind;
    created_at: Instant;
    fenced_at: Instant | null;
  };
  'vault.held': { owner_id: OwnerId; held_id: OwnerId; since: Instant };
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
  'recipients.recipient': {
    recipient_id: RowId;
    category: string;
    name: string;
    country: string;
    role: 'processor' | 'controller';
    channel: Channel | null;
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
  'settings.notice': {
    notice_id: RowId;
    content_hash: Uint8Array;
    published_at: Instant;
    content: PublishedNotice;
  };
  'settings.keeping': {
    owner_id: OwnerId;
    choice: KeepingChoice;
    unused_months: number | null;
    closes_at: Instant | null;
    chosen_at: Instant;
  };
  'settings.closing': {
    owner_id: OwnerId;
    counted_to: Instant;
    closes_at: Instant;
    began_at: Instant;
    month_letter_id: RowId;
    month_letter_at: Instant;
    week_letter_id: RowId | null;
    week_letter_at: Instant | null;
  };
}

export type OwnerKind =
  | 'account'
  | 'day'
  | 'staff'
  | 'erasure_case'
  | 'proof_of_purchase'
  | 'hold'
  | 'guest_order'
  | 'fiscal_year';
/** Everybody who signs in to work: three roles of the company's own, and the actors who perform services. */
export type StaffRole = 'support' | 'administrator' | 'bookkeeper' | 'provider';
/** A way out of the system; each has one recipient in the register. */
export type Channel = 'mail' | 'swish' | 'card';
/** For somebody new, or for a member of staff whose sign-in was reset. */
export type InvitationKind = 'new' | 'reset';
/** Where a passkey is: on one device only, able to be on several, or on several already. */
export type PasskeyBackup = 'one-device' | 'not-yet' | 'backed-up';
export type KeepingChoice = 'until-closed' | 'unused' | 'until-date';
export type FigureMeasure = 'sign-ups' | 'closings' | 'orders' | 'ordered';
/** `all` is the total, `rest` the cells of a group that are withheld, taken together. */
export type FigureCell = 'all' | 'product' | 'service' | 'booking' | 'unnamed' | 'rest';
export type SecurityEventKind = 'passkey-counter' | 'store-went-back' | 'guesses' | 'key-missing';
export type { OrderState } from './records-history.ts';
/** In the order in which a change of address passes them; `undoing` is the way back. */
export type AddressChangeState = 'asked' | 'making' | 'made' | 'undoing';
/** In the order in which an erasure passes them. */
export type ErasureState =
  'asked' | 'fencing' | 'fenced' | 'removed' | 'told' | 'verified' | 'complete';

/** What became of the last letter to somebody who left; `kept`: its supplier has not said that it erased it. */
export type FarewellState = 'none' | 'waiting' | 'erased' | 'kept' | 'unsent';
export type HoldScope = 'history' | 'orders';
export type HoldGround = 'claim' | 'order-to-preserve';
export type HoldState = 'proposed' | 'confirmed';
export type CanaryState = 'under-way' | 'well' | 'failed' | 'cut-off';
export type CanaryStep =
  | 'begun'
  | 'sign-up'
  | 'confirm'
  | 'sign-in'
  | 'passkey'
  | 'passkey-sign-in'
  | 'settings'
  | 'insight'
  | 'download'
  | 'close'
  | 'erasure'
  | 'search'
  | 'end';

export type Records = Kysely<RecordsTables>;
export type RecordsTransaction = Transaction<RecordsTables>;
