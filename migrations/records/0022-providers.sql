-- The actors who perform a service: people with a sign-in of their own, who work for a recipient in the register.
alter table accounts.staff drop constraint staff_role_is_known;
alter table accounts.staff add constraint staff_role_is_known check (
  role in ('support', 'administrator', 'bookkeeper', 'provider')
);

create table accounts.engagement (
  owner_id uuid not null references vault.owner (owner_id),
  engagement_id uuid not null,
  recipient_id uuid not null references recipients.recipient (recipient_id),
  began_at timestamptz not null,
  ended_at timestamptz,
  primary key (owner_id, engagement_id),
  constraint engagement_ends_after_it_begins check (ended_at is null or began_at <= ended_at)
);

-- Whose calendar a resource is.
create table accounts.provider_resource (
  owner_id uuid not null references vault.owner (owner_id),
  resource_id uuid not null references history.resource (resource_id),
  primary key (owner_id, resource_id)
);

create index provider_by_resource on accounts.provider_resource (resource_id);

-- Payments are asked of banks, which are recipients of their own.
alter table recipients.recipient drop constraint channel_is_known;
alter table recipients.recipient add constraint channel_is_known check (channel in ('mail', 'swish', 'card'));

grant select, insert, update, delete on accounts.engagement to varsam;
grant select, insert, delete on accounts.provider_resource to varsam;
