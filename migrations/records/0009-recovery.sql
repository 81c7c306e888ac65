-- Recovery of a password, change of address, and what keeps guessing slow.

-- Who asked for a new password: the account's, or, where the address has none, its day's. address_mac finds the letters
-- to an address that gets an account within the days.
create table accounts.recovery (
  owner_id uuid not null references vault.owner (owner_id),
  recovery_id uuid not null,
  message_id uuid not null,
  address_mac bytea not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  primary key (owner_id, recovery_id),
  constraint token_hash_is_sha256 check (octet_length(token_hash) = 32)
);

-- A change of address: asked for, then being made (the address leads to its owner in the keys store first), then made,
-- and undone within days by whoever holds the former address and the password. stated_at is when the state began.
create table accounts.address_change (
  owner_id uuid not null references vault.owner (owner_id),
  change_id uuid not null,
  state text not null,
  stated_at timestamptz not null,
  token_hash bytea not null,
  undo_hash bytea,
  sealed bytea not null,
  primary key (owner_id, change_id),
  constraint address_change_state_is_known check (state in ('asked', 'making', 'made', 'undoing')),
  constraint token_hash_is_sha256 check (octet_length(token_hash) = 32),
  constraint undo_hash_is_sha256 check (octet_length(undo_hash) = 32)
);

-- Wrong guesses in a row; `bucket` is a keyed hash under the key of the day and names nobody without it.
create table accounts.failure (
  owner_id uuid not null references vault.owner (owner_id),
  bucket bytea not null,
  failures integer not null,
  failed_at timestamptz not null,
  primary key (owner_id, bucket),
  constraint failures_are_counted check (failures > 0)
);

-- Networks from which somebody has signed in to an account: a keyed hash of the network under the account's own key.
create table accounts.known_network (
  owner_id uuid not null references vault.owner (owner_id),
  network_hash bytea not null,
  used_at timestamptz not null,
  primary key (owner_id, network_hash),
  constraint network_hash_is_sha256 check (octet_length(network_hash) = 32)
);

create index recovery_due on accounts.recovery (created_at);
create index address_change_due on accounts.address_change (stated_at);
create index failure_due on accounts.failure (failed_at);
create index known_network_due on accounts.known_network (used_at);

grant select, insert, update, delete
  on accounts.recovery, accounts.address_change, accounts.failure, accounts.known_network to varsam;
