create schema accounts;

create table accounts.account (
  owner_id uuid primary key references vault.owner (owner_id),
  created_at timestamptz not null,
  used_at timestamptz not null,
  sealed bytea not null
);

create table accounts.staff (
  owner_id uuid primary key references vault.owner (owner_id),
  role text not null,
  created_at timestamptz not null,
  sealed bytea not null,
  constraint staff_role_is_known check (role in ('support', 'administrator', 'bookkeeper'))
);

create table accounts.credential (
  owner_id uuid not null references vault.owner (owner_id),
  credential_id uuid not null,
  kind text not null,
  changed_at timestamptz not null,
  -- The last 30-second step whose one-time code was accepted: a code works once.
  used_step bigint,
  sealed bytea not null,
  primary key (owner_id, credential_id),
  constraint credential_kind_is_known check (kind in ('password', 'one-time-code')),
  constraint one_credential_of_a_kind unique (owner_id, kind)
);

-- token_hash is SHA-256 of a 256-bit random secret that only the browser has.
create table accounts.session (
  owner_id uuid not null references vault.owner (owner_id),
  session_id uuid not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  used_at timestamptz not null,
  sealed bytea not null,
  primary key (owner_id, session_id),
  constraint token_hash_is_sha256 check (octet_length(token_hash) = 32)
);

-- An address that nobody has confirmed yet: owned by its day, so that it dies within days whatever happens.
-- address_mac is a keyed hash under the key of the day: it finds the other letters to the same address.
create table accounts.signup (
  owner_id uuid not null references vault.owner (owner_id),
  signup_id uuid not null,
  account_id uuid not null,
  message_id uuid not null,
  address_mac bytea not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  sealed bytea not null,
  primary key (owner_id, signup_id),
  constraint token_hash_is_sha256 check (octet_length(token_hash) = 32)
);

-- Counts of attempts; `bucket` is a keyed hash under the key of the day and names nobody without it.
create table accounts.attempt (
  owner_id uuid not null references vault.owner (owner_id),
  bucket bytea not null,
  window_start timestamptz not null,
  attempts integer not null,
  primary key (owner_id, bucket, window_start),
  constraint attempts_are_counted check (attempts > 0)
);

create index session_due on accounts.session (used_at);
create index signup_due on accounts.signup (created_at);

grant usage on schema accounts to varsam;
grant select, insert, update, delete on all tables in schema accounts to varsam;
