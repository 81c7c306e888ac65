-- Passkeys, recovery codes, and what may be used once.

-- `went_back_at` tells that its counter, which is sealed, once went backwards as that of a copy would. `backup` says whether its holder's other devices have it too.
create table accounts.passkey (
  owner_id uuid not null references vault.owner (owner_id),
  passkey_id uuid not null,
  added_at timestamptz not null,
  used_at timestamptz,
  went_back_at timestamptz,
  backup text not null,
  sealed bytea not null,
  primary key (owner_id, passkey_id),
  constraint backup_is_known check (backup in ('one-device', 'not-yet', 'backed-up'))
);

-- One row a code; the row goes when its code is used.
create table accounts.recovery_code (
  owner_id uuid not null references vault.owner (owner_id),
  recovery_code_id uuid not null,
  made_at timestamptz not null,
  sealed bytea not null,
  primary key (owner_id, recovery_code_id)
);

-- What was handed out to be used once, and has been: owned by the day it was handed out, and naming nobody.
create table accounts.used_ticket (
  owner_id uuid not null references vault.owner (owner_id),
  ticket_id uuid not null,
  used_at timestamptz not null,
  primary key (owner_id, ticket_id)
);

create index used_ticket_due on accounts.used_ticket (used_at);

grant select, insert, update, delete on accounts.passkey to varsam;
grant select, insert, delete on accounts.recovery_code, accounts.used_ticket to varsam;
