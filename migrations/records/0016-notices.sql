-- Every wording of the privacy notice that was ever shown here, as it was. Nothing personal.
create schema if not exists settings;

create table settings.notice (
  notice_id uuid primary key,
  -- Of the canonical text of `content`: the same wording is kept once.
  content_hash bytea not null unique,
  published_at timestamptz not null,
  content jsonb not null,
  constraint content_hash_is_sha256 check (octet_length(content_hash) = 32)
);

grant usage on schema settings to varsam;
-- No update and no delete: what was promised once stays readable.
grant select, insert on settings.notice to varsam;
