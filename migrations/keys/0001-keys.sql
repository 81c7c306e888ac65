create schema if not exists system;

create table system.store (
  only_row boolean primary key default true,
  store_id uuid not null,
  sandbox boolean not null,
  start_counter bigint not null default 0,
  applied_ledger bigint not null default -1,
  constraint store_has_one_row check (only_row),
  constraint start_counter_is_not_negative check (start_counter >= 0),
  constraint applied_ledger_is_an_index check (applied_ledger >= -1)
);

create schema keys;

-- A key encryption key of its own for each epoch; only its fingerprint is here, the key is in the keyring.
create table keys.epoch (
  epoch integer primary key,
  root_fingerprint bytea not null,
  began_at timestamptz not null,
  constraint epoch_is_positive check (epoch > 0)
);

-- Fingerprints of the long-lived keys, so that a keyring of another installation is refused.
create table keys.long_lived (
  name text primary key,
  fingerprint bytea not null
);

-- Everybody who has a key. Creation, erasure and re-wrapping meet on this row.
create table keys.owner (
  owner_id uuid primary key,
  created_at timestamptz not null
);

create index owner_by_time on keys.owner (created_at);

create table keys.owner_key (
  owner_id uuid not null references keys.owner (owner_id),
  epoch integer not null references keys.epoch (epoch),
  wrapped bytea not null,
  fingerprint bytea not null,
  primary key (owner_id, epoch),
  -- 12 bytes nonce, 32 bytes key, 16 bytes tag.
  constraint wrapped_is_one_key check (octet_length(wrapped) = 60),
  constraint fingerprint_is_16_bytes check (octet_length(fingerprint) = 16)
) partition by list (epoch);

create table keys.owner_key_epoch_1 partition of keys.owner_key for values in (1);

-- Deleted keys leave dead rows: clean them away early.
alter table keys.owner_key_epoch_1 set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50);

-- Keyed hashes by which sign-in finds the owner. Kept here so that old records backups cannot be enumerated.
create table keys.blind_index (
  value bytea not null,
  kind text not null,
  owner_id uuid not null,
  primary key (value, kind),
  constraint value_is_hmac_sha256 check (octet_length(value) = 32),
  constraint kind_is_known check (kind in ('account-email', 'staff-email'))
);

create index blind_index_by_owner on keys.blind_index (owner_id);

-- Who must never have a key again. Never deleted, never dropped.
create table keys.fence (
  owner_id uuid primary key,
  fenced_at timestamptz not null,
  key_fingerprint bytea,
  ledger_index bigint not null,
  constraint fence_is_in_the_ledger check (ledger_index >= 0)
);

create index fence_by_time on keys.fence (fenced_at);

-- The one writer of the ledger holds this row while it appends.
create table keys.ledger_writer (
  only_row boolean primary key default true,
  size bigint not null,
  root_hash bytea not null,
  constraint ledger_has_one_writer check (only_row)
);

grant usage on schema system, keys to varsam;
grant select on all tables in schema system to varsam;
grant insert, update on system.store to varsam;
grant select, insert, update, delete on keys.owner, keys.owner_key, keys.blind_index to varsam;
grant select, insert on keys.fence, keys.long_lived, keys.epoch to varsam;
grant select, insert, update on keys.ledger_writer to varsam;
