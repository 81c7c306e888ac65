create schema routines;

-- An erasure. Its row outlives everybody it concerns and therefore refers to nobody once it is complete:
-- the subjects and the case are rows of their own that go.
create table routines.erasure (
  erasure_id uuid primary key,
  kind text not null,
  state text not null,
  asked_at timestamptz not null,
  code_hash bytea not null,
  fence_index bigint,
  done_index bigint,
  receipt jsonb,
  constraint erasure_kind_is_known check (kind in ('account')),
  constraint erasure_state_is_known check (
    state in ('asked', 'fencing', 'fenced', 'removed', 'told', 'verified', 'complete')
  ),
  constraint code_is_hashed check (octet_length(code_hash) = 32),
  constraint complete_has_a_receipt check (state <> 'complete' or (receipt is not null and done_index is not null)),
  constraint fenced_is_in_the_ledger check (state in ('asked', 'fencing') or fence_index is not null)
);

create unique index erasure_by_code on routines.erasure (code_hash);
create index erasure_unfinished on routines.erasure (state) where state <> 'complete';

create table routines.erasure_step (
  erasure_id uuid not null references routines.erasure (erasure_id),
  step text not null,
  at timestamptz not null,
  evidence jsonb not null,
  primary key (erasure_id, step)
);

create table routines.erasure_subject (
  erasure_id uuid not null references routines.erasure (erasure_id),
  subject_id uuid not null,
  primary key (erasure_id, subject_id)
);

-- One erasure at a time of the same owner, however often the button is pressed.
create unique index one_erasure_a_subject on routines.erasure_subject (subject_id);

create table routines.erasure_case (
  owner_id uuid primary key references vault.owner (owner_id),
  erasure_id uuid not null references routines.erasure (erasure_id),
  created_at timestamptz not null,
  sealed bytea not null
);

create unique index one_case_an_erasure on routines.erasure_case (erasure_id);

create table routines.erasure_telling (
  erasure_id uuid not null references routines.erasure (erasure_id),
  recipient_id uuid not null references recipients.recipient (recipient_id),
  state text not null,
  attempts integer not null default 0,
  told_at timestamptz,
  primary key (erasure_id, recipient_id),
  constraint telling_state_is_known check (state in ('waiting', 'confirmed', 'refused', 'silent'))
);

-- What each check of a promise saw, last time it looked.
create table routines.proof (
  promise_id text primary key,
  status text not null,
  proven_at timestamptz not null,
  looked_at integer not null,
  found jsonb not null,
  constraint proof_status_is_known check (status in ('kept', 'broken', 'not yet checked'))
);

create table routines.run (
  routine text primary key,
  ran_at timestamptz not null,
  done integer not null
);

grant usage on schema routines to varsam;
grant select, insert, update, delete on all tables in schema routines to varsam;
