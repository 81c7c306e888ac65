-- What the store knows of itself. Compared with the ledger and the keys store at every start.
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

create schema vault;

-- What dies together. Writers take this row for key share, an erasure takes it for update.
create table vault.owner (
  owner_id uuid primary key,
  kind text not null,
  created_at timestamptz not null,
  fenced_at timestamptz,
  constraint owner_kind_is_known check (kind in ('account', 'day', 'staff', 'erasure_case'))
);

create index owner_by_kind on vault.owner (kind, created_at);

-- "Vem har tittat": committed before anything is opened for anybody but the customer.
create table vault.look (
  owner_id uuid not null references vault.owner (owner_id),
  look_id uuid not null,
  looked_at timestamptz not null,
  party text not null,
  purpose text not null,
  category text not null,
  sealed bytea,
  primary key (owner_id, look_id),
  constraint look_is_not_by_the_customer check (party not in ('customer', 'nobody'))
);

-- Restrictions (GDPR Art. 18) and objections (Art. 21): a row is a lock on the read path of one purpose.
create table vault.stop (
  owner_id uuid not null references vault.owner (owner_id),
  purpose text not null,
  ground text not null,
  since timestamptz not null,
  primary key (owner_id, purpose, ground),
  constraint stop_ground_is_known check (ground in ('restriction', 'objection'))
);

grant usage on schema system, vault to varsam;
grant select on all tables in schema system to varsam;
grant insert, update on system.store to varsam;
grant select, insert, update, delete on vault.owner, vault.stop to varsam;
-- No update: a look that was written stays as it was until its owner goes.
grant select, insert, delete on vault.look to varsam;
