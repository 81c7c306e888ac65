import type { Generated, Kysely, Transaction } from 'kysely';
import type { OwnerId, RowId } from '../ids.ts';
import type { CategoryName as Category } from '../policy/categories.ts';
import type { PublishedNotice } from '../policy/published.ts';

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
    left_at: Generated<Instant | null>;
    sealed: Sealed<'staff'>;
  };
  'accounts.invitation': {
    owner_id: OwnerId;
    invitation_id: RowId;
    kind: InvitationKind;
    sent_at: Instant;
    token_hash: Uint8Array;
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
  'accounts.passkey': {
    owner_id: OwnerId;
    passkey_id: RowId;
    added_at: Instant;
    used_at: Instant | null;
    went_back_at: Instant | null;
    backup: PasskeyBackup;
    sealed: Sealed<'credentials'>;
  };
  'accounts.recovery_code': {
    owner_id: OwnerId;
    recovery_code_id: RowId;
    made_at: Instant;
    sealed: Sealed<'credentials'>;
  };
  'accounts.used_ticket': { owner_id: OwnerId; ticket_id: RowId; used_at: Instant };
  'accounts.attempt': {
    owner_id: OwnerId;
    bucket: Uint8Array;
    window_start: Instant;
    attempts: number;
  };
  'accounts.recovery': {
    owner_id: OwnerId;
    recovery_id: RowId;
    message_id: RowId;
    address_mac: Uint8Array;
    token_hash: Uint8Array;
    created_at: Instant;
  };
  'accounts.address_change': {
    owner_id: OwnerId;
    change_id: RowId;
    state: AddressChangeState;
    stated_at: Instant;
    token_hash: Uint8Array;
    undo_hash: Uint8Array | null;
    sealed: Sealed<'credentials'>;
  };
  'accounts.failure': {
    owner_id: OwnerId;
    bucket: Uint8Array;
    failures: number;
    failed_at: Instant;
  };
  'accounts.known_network': { owner_id: OwnerId; network_hash: Uint8Array; used_at: Instant };
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
    farewell: Generated<FarewellState>;
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
  'routines.erasure_reference': {
    owner_id: OwnerId;
    page_id: RowId;
    recipient_id: RowId;
    removed: number;
    sealed: Sealed<'erasure'>;
  };
  'history.proof_of_purchase': {
    owner_id: OwnerId;
    proof_id: RowId;
    purchased_at: Instant;
    token_hash: Uint8Array;
    sealed: Sealed<'purchases'>;
  };
  'routines.hold': {
    owner_id: OwnerId;
    subject_id: OwnerId | null;
    scope: HoldScope;
    ground: HoldGround;
    state: HoldState;
    secret: boolean;
    proposed_at: Instant;
    confirmed_at: Instant | null;
    ends_at: Instant;
    renewed_at: Instant | null;
    renewal_ends_at: Instant | null;
    sealed: Sealed<'holds'>;
  };
  'routines.hold_order': { owner_id: OwnerId; order_id: RowId };
  'routines.held_record': {
    owner_id: OwnerId;
    held_id: RowId;
    held_at: Instant;
    sealed: Sealed<'holds'>;
  };
  'routines.canary': {
    canary_id: RowId;
    word: string;
    began_at: Instant;
    ended_at: Instant | null;
    state: CanaryState;
    step: CanaryStep;
    erasure_id: RowId | null;
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
  'settings.notice': {
    notice_id: RowId;
    content_hash: Uint8Array;
    published_at: Instant;
    content: PublishedNotice;
  };
  'routines.run': {
    routine: string;
    ran_at: Instant;
    done: number;
    failed_at: Generated<Instant | null>;
  };
  'routines.ready_day': {
    day: Temporal.PlainDate;
    minutes: number;
    first_minute: Instant;
    last_minute: Instant;
  };
  'routines.security_event': {
    event_id: RowId;
    kind: SecurityEventKind;
    noted_at: Instant;
    settled_at: Instant | null;
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
  'routines.figures_month': { month: Temporal.PlainDate; computed_at: Instant };
  'routines.figure': {
    month: Temporal.PlainDate;
    measure: FigureMeasure;
    cell: FigureCell;
    contributors: number | null;
    largest_share: number | null;
    figure: number | null;
    sum_ore: number | null;
    vat_ore: number | null;
  };
  'routines.backup': {
    backup_id: RowId;
    set_id: RowId;
    store: 'records' | 'keys' | 'keyring';
    taken_at: Instant;
    finished_at: Instant;
    place_kind: 'folder' | 's3';
    place_hash: Uint8Array;
    bytes: number;
    rows: number;
    epoch: number | null;
    expires_at: Instant;
    removed_at: Instant | null;
  };
  'routines.rehearsal': {
    rehearsal_id: RowId;
    ran_at: Instant;
    epoch: number | null;
    outcome: 'clean' | 'found' | 'failed';
    looked_at: number;
    found: string[];
    records_taken_at: Instant | null;
    keys_taken_at: Instant | null;
  };
}

export type OwnerKind = 'account' | 'day' | 'staff' | 'erasure_case' | 'proof_of_purchase' | 'hold';
export type StaffRole = 'support' | 'administrator' | 'bookkeeper';
/** For somebody new, or for a member of staff whose sign-in was reset. */
export type InvitationKind = 'new' | 'reset';
/** Where a passkey is: on one device only, able to be on several, or on several already. */
export type PasskeyBackup = 'one-device' | 'not-yet' | 'backed-up';
export type KeepingChoice = 'until-closed' | 'unused' | 'until-date';
export type FigureMeasure = 'sign-ups' | 'closings' | 'orders' | 'ordered';
/** `all` is the total, `rest` the cells of a group that are withheld, taken together. */
export type FigureCell = 'all' | 'product' | 'service' | 'booking' | 'unnamed' | 'rest';
export type SecurityEventKind = 'passkey-counter' | 'store-went-back' | 'guesses' | 'key-missing';
export type OrderState = 'placed' | 'performed' | 'cancelled';
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
