-- One archive of a backup: what was written where, and until when it may live. Nothing in it is about a person.
create table routines.backup (
  backup_id uuid primary key,
  -- The three archives of one run have it in common.
  set_id uuid not null,
  store text not null,
  taken_at timestamptz not null,
  finished_at timestamptz not null,
  place_kind text not null,
  -- SHA-256 of the place's name, so that each run removes only what it finds where it writes.
  place_hash bytea not null,
  bytes bigint not null,
  rows bigint not null,
  -- For keys and keyring: the oldest epoch whose root key the archive needs or holds.
  epoch integer,
  expires_at timestamptz not null,
  -- When it was removed from its place. Until then it can be restored from.
  removed_at timestamptz,
  constraint backup_store_is_known check (store in ('records', 'keys', 'keyring')),
  constraint place_kind_is_known check (place_kind in ('folder', 's3')),
  constraint place_is_hashed check (octet_length(place_hash) = 32),
  constraint backup_is_counted check (bytes >= 0 and rows >= 0),
  constraint keys_have_an_epoch check (store = 'records' or epoch is not null)
);

create index backup_by_time on routines.backup (store, taken_at);

-- A restore that was tried on scratch clusters: what was looked at there, and what of the erased was found.
create table routines.rehearsal (
  rehearsal_id uuid primary key,
  ran_at timestamptz not null,
  -- The oldest epoch that the rehearsed keys archive needs; null when it did not come so far.
  epoch integer,
  outcome text not null,
  looked_at integer not null,
  -- By table and count, never by content.
  found jsonb not null,
  records_taken_at timestamptz,
  keys_taken_at timestamptz,
  constraint rehearsal_outcome_is_known check (outcome in ('clean', 'found', 'failed')),
  constraint rehearsal_is_counted check (looked_at >= 0)
);

create index rehearsal_by_time on routines.rehearsal (ran_at);

grant select, insert, update, delete on routines.backup, routines.rehearsal to varsam;
