import type { Generated } from 'kysely';
import type { OwnerId, RowId } from '../ids.ts';
import type {
  AddressChangeState,
  InvitationKind,
  PasskeyBackup,
  Sealed,
  StaffRole,
} from './records.ts';

type Instant = Temporal.Instant;

/** The tables of the schema `accounts`: customers, staff, and how they sign in. */
export interface AccountsTables {
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
  'accounts.engagement': {
    owner_id: OwnerId;
    engagement_id: RowId;
    recipient_id: RowId;
    began_at: Instant;
    ended_at: Instant | null;
  };
  'accounts.provider_resource': { owner_id: OwnerId; resource_id: RowId };
  'accounts.known_network': { owner_id: OwnerId; network_hash: Uint8Array; used_at: Instant };
}
