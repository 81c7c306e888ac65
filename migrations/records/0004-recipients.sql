create schema recipients;

-- The register of recipients. Companies and authorities, not people.
create table recipients.recipient (
  recipient_id uuid primary key,
  category text not null,
  name text not null,
  country text not null,
  role text not null,
  channel text,
  transfer_tool text,
  transfer_valid_until date,
  notice_url text,
  erasure_url text,
  constraint role_is_known check (role in ('processor', 'controller')),
  constraint channel_is_known check (channel in ('mail')),
  constraint country_is_iso_3166 check (country ~ '^[A-Z]{2}$'),
  constraint controller_has_a_notice check (role = 'processor' or notice_url is not null)
);

-- One recipient a channel, so that a message has one way out.
create unique index one_recipient_a_channel on recipients.recipient (channel) where channel is not null;

-- Data processing agreements (GDPR Art. 28). Half-open: valid on valid_from, no longer on ended_on.
create table recipients.agreement (
  agreement_id uuid primary key,
  recipient_id uuid not null references recipients.recipient (recipient_id),
  signed_on date not null,
  valid_from date not null,
  ended_on date,
  constraint agreement_is_signed_before_it_holds check (signed_on <= valid_from),
  constraint agreement_ends_after_it_begins check (ended_on is null or ended_on >= valid_from)
);

create table recipients.disclosure (
  owner_id uuid not null references vault.owner (owner_id),
  disclosure_id uuid not null,
  disclosed_at timestamptz not null,
  recipient_id uuid not null references recipients.recipient (recipient_id),
  agreement_id uuid references recipients.agreement (agreement_id),
  -- The row that was handed out, which may be gone since.
  row_id uuid not null,
  purpose text not null,
  category text not null,
  fields text[] not null,
  sealed bytea not null,
  primary key (owner_id, disclosure_id)
);

create index disclosure_due on recipients.disclosure (disclosed_at);

create table recipients.outcome (
  owner_id uuid not null,
  disclosure_id uuid not null,
  outcome_id uuid not null,
  told_at timestamptz not null,
  outcome text not null,
  primary key (owner_id, disclosure_id, outcome_id),
  foreign key (owner_id, disclosure_id) references recipients.disclosure (owner_id, disclosure_id)
    on delete cascade,
  constraint outcome_is_known check (outcome in ('accepted', 'refused', 'unknown'))
);

grant usage on schema recipients to varsam;
grant select, insert, update on recipients.recipient, recipients.agreement to varsam;
grant select, insert, delete on recipients.disclosure, recipients.outcome to varsam;
