-- Holds, proofs of purchase and the canary.
alter table vault.owner drop constraint owner_kind_is_known;
alter table vault.owner add constraint owner_kind_is_known check (
  kind in ('account', 'day', 'staff', 'erasure_case', 'proof_of_purchase', 'hold')
);

-- Who leaves names the recipients at once, however many letters there were.
create index disclosure_by_recipient on recipients.disclosure (owner_id, recipient_id);

-- What became of the last letter. It is written when the erasure is complete, so the receipt cannot tell.
alter table routines.erasure add column farewell text not null default 'none';
alter table routines.erasure add constraint farewell_is_known check (
  farewell in ('none', 'waiting', 'erased', 'kept', 'unsent')
);

-- The references by which recipients know somebody, moved here in pages after the key is destroyed.
create table routines.erasure_reference (
  owner_id uuid not null references vault.owner (owner_id),
  page_id uuid not null,
  recipient_id uuid not null references recipients.recipient (recipient_id),
  -- How many rows this page stands for, which are gone.
  removed integer not null,
  sealed bytea not null,
  primary key (owner_id, page_id)
);

-- What a customer who leaves wants to keep for a later claim: an owner of its own, which only a code leads to.
-- purchased_at is the beginning of a day: a time of day would point to an order in an old copy.
create table history.proof_of_purchase (
  owner_id uuid not null references vault.owner (owner_id),
  proof_id uuid not null,
  purchased_at timestamptz not null,
  token_hash bytea not null,
  sealed bytea not null,
  primary key (owner_id, proof_id),
  constraint token_hash_is_sha256 check (octet_length(token_hash) = 32)
);

create index proof_of_purchase_due on history.proof_of_purchase (purchased_at);

-- A hold names records, ground, two people and an end. It is an owner of its own; subject_id is empty once its subject is
-- erased, and what is held then stands in held_record, under the key of the hold.
create table routines.hold (
  owner_id uuid primary key references vault.owner (owner_id),
  subject_id uuid,
  scope text not null,
  ground text not null,
  state text not null,
  secret boolean not null,
  proposed_at timestamptz not null,
  confirmed_at timestamptz,
  ends_at timestamptz not null,
  renewed_at timestamptz,
  renewal_ends_at timestamptz,
  sealed bytea not null,
  constraint hold_scope_is_known check (scope in ('history', 'orders')),
  constraint hold_ground_is_known check (ground in ('claim', 'order-to-preserve')),
  constraint hold_state_is_known check (state in ('confirmed', 'proposed')),
  constraint confirmed_hold_has_a_time check ((state = 'confirmed') = (confirmed_at is not null)),
  constraint hold_ends_within_a_year check (ends_at <= coalesce(renewed_at, proposed_at) + interval '366 days')
);

create table routines.hold_order (
  owner_id uuid not null references routines.hold (owner_id),
  order_id uuid not null,
  primary key (owner_id, order_id)
);

create table routines.held_record (
  owner_id uuid not null references routines.hold (owner_id),
  held_id uuid not null,
  held_at timestamptz not null,
  sealed bytea not null,
  primary key (owner_id, held_id)
);

-- The probe customer of each night. It is nobody: a random word, and how far it came.
create table routines.canary (
  canary_id uuid primary key,
  word text not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  state text not null,
  step text not null,
  erasure_id uuid,
  constraint canary_word_is_random check (word ~ '^[0-9a-f]{16}$'),
  constraint canary_state_is_known check (state in ('under-way', 'well', 'failed', 'cut-off')),
  constraint canary_step_is_known check (
    step in (
      'begun', 'sign-up', 'confirm', 'sign-in', 'passkey', 'passkey-sign-in', 'settings', 'insight', 'download',
      'close', 'erasure', 'search', 'end'
    )
  ),
  constraint ended_canary_has_a_time check ((state = 'under-way') = (ended_at is null))
);

grant select, insert, delete on routines.erasure_reference, routines.held_record, routines.hold_order to varsam;
grant select, insert, update, delete on routines.hold, routines.canary to varsam;
grant select, insert, delete on history.proof_of_purchase to varsam;
