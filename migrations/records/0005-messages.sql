create schema messages;

-- What waits to be sent. The row goes when the message has gone; the disclosure stays.
create table messages.outbox (
  owner_id uuid not null references vault.owner (owner_id),
  message_id uuid not null,
  channel text not null,
  purpose text not null,
  written_at timestamptz not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  held boolean not null default false,
  sealed bytea not null,
  primary key (owner_id, message_id),
  constraint channel_is_known check (channel in ('mail')),
  constraint attempts_are_counted check (attempts >= 0)
);

create index outbox_due on messages.outbox (due_at);

-- Written by the transport itself when something leaves, so that the register can be held against it.
create table messages.departure (
  owner_id uuid not null references vault.owner (owner_id),
  departure_id uuid not null,
  disclosure_id uuid not null,
  departed_at timestamptz not null,
  channel text not null,
  primary key (owner_id, departure_id)
);

grant usage on schema messages to varsam;
grant select, insert, update, delete on messages.outbox to varsam;
grant select, insert, delete on messages.departure to varsam;
