-- The legal archive. Everything in it belongs to its fiscal year and is sealed under that year's key; nothing refers to a customer.
create schema bookkeeping;

create table bookkeeping.fiscal_year (
  owner_id uuid primary key references vault.owner (owner_id),
  starts_on date not null,
  -- The last day of the year, inside it.
  ends_on date not null,
  -- The year's key, wrapped for an offline recovery key (losing the books is a crime of its own), and which one that is.
  recovery_key bytea,
  recovery_recipient bytea,
  -- A year under audit is kept until this day, whatever the law's period says.
  held_until date,
  constraint fiscal_year_is_a_span check (starts_on <= ends_on and ends_on < starts_on + 549),
  constraint recovery_key_is_whole check ((recovery_key is null) = (recovery_recipient is null)),
  constraint recovery_recipient_is_sha256 check (octet_length(recovery_recipient) = 32),
  constraint fiscal_years_do_not_overlap exclude using gist (daterange(starts_on, ends_on, '[]') with &&)
);

-- The last number of each series. Taken under a lock at the end of a transaction, so that no number is lost or used twice.
create table bookkeeping.series (
  owner_id uuid not null references bookkeeping.fiscal_year (owner_id),
  series text not null,
  last_number integer not null,
  primary key (owner_id, series),
  constraint series_is_a_letter check (series ~ '^[A-Z]$'),
  constraint numbers_begin_at_one check (last_number >= 1)
);

create table bookkeeping.voucher (
  owner_id uuid not null references bookkeeping.fiscal_year (owner_id),
  voucher_id uuid not null,
  series text not null,
  number integer not null,
  kind text not null,
  way text,
  event_on date not null,
  compiled_at timestamptz not null,
  total_ore integer not null,
  -- The voucher that this one corrects or pays back, which may stand in an earlier year.
  refers_year uuid,
  refers_id uuid,
  -- Leads from a bank's reference to the sale, for refunds and disputes that come when the customer is long gone.
  reference_hash bytea,
  sealed bytea not null,
  primary key (owner_id, voucher_id),
  constraint voucher_number_is_unique unique (owner_id, series, number),
  constraint series_is_a_letter check (series ~ '^[A-Z]$'),
  constraint voucher_kind_is_known check (kind in ('sale', 'refund', 'correction', 'dispute')),
  constraint way_is_known check (way in ('swish', 'card', 'terminal', 'cash')),
  constraint reference_is_whole check ((refers_year is null) = (refers_id is null)),
  constraint correction_refers check (kind = 'sale' or kind = 'dispute' or refers_id is not null),
  constraint reference_hash_is_sha256 check (octet_length(reference_hash) = 32)
);

create index voucher_by_reference on bookkeeping.voucher (reference_hash) where reference_hash is not null;
-- What corrected a voucher or paid it back.
create index voucher_by_refers on bookkeeping.voucher (refers_id) where refers_id is not null;

-- Debit is positive, credit negative (SIE 4); the rows of a voucher sum to nothing.
create table bookkeeping.entry (
  owner_id uuid not null,
  voucher_id uuid not null,
  row_number integer not null,
  account text not null,
  amount_ore integer not null,
  primary key (owner_id, voucher_id, row_number),
  foreign key (owner_id, voucher_id) references bookkeeping.voucher (owner_id, voucher_id),
  constraint account_is_bas check (account ~ '^[1-8][0-9]{3}$'),
  constraint amount_is_not_nothing check (amount_ore <> 0)
);

-- Money on its way back. It belongs to the books and not to the customer, so that it arrives when the account is long closed.
create table bookkeeping.refund (
  owner_id uuid not null references bookkeeping.fiscal_year (owner_id),
  refund_id uuid not null,
  -- The sale that is paid back, in the same year, and the voucher of this refund, in the year in which it was decided.
  voucher_id uuid not null,
  refund_year uuid not null,
  refund_voucher_id uuid not null,
  way text not null,
  state text not null,
  amount_ore integer not null,
  asked_at timestamptz not null,
  settled_at timestamptz,
  ask_at timestamptz not null,
  asked integer not null default 0,
  sealed bytea not null,
  primary key (owner_id, refund_id),
  foreign key (owner_id, voucher_id) references bookkeeping.voucher (owner_id, voucher_id),
  constraint way_is_known check (way in ('swish', 'card', 'terminal', 'cash')),
  constraint refund_state_is_known check (state in ('done', 'asking', 'sent', 'unsure', 'failed')),
  constraint amount_is_positive check (amount_ore > 0),
  constraint settled_refund_has_a_time check ((state in ('done', 'failed')) = (settled_at is not null))
);

create index refund_due on bookkeeping.refund (ask_at) where state in ('asking', 'sent', 'unsure');
create index refund_by_id on bookkeeping.refund (refund_id);

-- Who has opened the archive, and why.
create table bookkeeping.opening (
  owner_id uuid not null references bookkeeping.fiscal_year (owner_id),
  opening_id uuid not null,
  opened_at timestamptz not null,
  sealed bytea not null,
  primary key (owner_id, opening_id)
);

-- Who has held a year, until when and why; the newest row is the one that counts and stands in fiscal_year.held_until.
create table bookkeeping.year_hold (
  owner_id uuid not null references bookkeeping.fiscal_year (owner_id),
  hold_id uuid not null,
  held_at timestamptz not null,
  held_until date,
  sealed bytea not null,
  primary key (owner_id, hold_id)
);

-- Files for the accountant, by what they held.
create table bookkeeping.export (
  owner_id uuid not null references bookkeeping.fiscal_year (owner_id),
  export_id uuid not null,
  exported_at timestamptz not null,
  from_day date not null,
  to_day date not null,
  vouchers integer not null,
  sha256 bytea not null,
  primary key (owner_id, export_id),
  constraint export_is_a_span check (from_day <= to_day),
  constraint sha256_is_a_hash check (octet_length(sha256) = 32)
);

-- That Skatteverket has been told where the books are stored (bokföringslagen 7 kap. 3 a §).
create table bookkeeping.storage_report (
  report_id uuid primary key,
  country text not null,
  reported_on date not null,
  noted_at timestamptz not null,
  constraint country_is_iso_3166 check (country ~ '^[A-Z]{2}$')
);

-- Years whose books are gone. Vouchers of later years and payments refer to them still, by ids that lead nowhere.
create table bookkeeping.ended_year (
  year_id uuid primary key,
  starts_on date not null,
  ends_on date not null,
  ended_at timestamptz not null,
  constraint ended_year_is_a_span check (starts_on <= ends_on)
);

-- However a year goes, by its routine or by a restore that is mended, it is written down that it was a year.
create function bookkeeping.note_end() returns trigger language plpgsql as $$
begin
  insert into bookkeeping.ended_year (year_id, starts_on, ends_on, ended_at)
  select old.owner_id, old.starts_on, old.ends_on, o.fenced_at
  from vault.owner o
  where o.owner_id = old.owner_id and o.kind = 'fiscal_year' and o.fenced_at is not null
  on conflict do nothing;
  return old;
end
$$;

create trigger year_end_is_noted before delete on bookkeeping.fiscal_year
  for each row execute function bookkeeping.note_end();

-- Appended only. Rows go when the year's key is destroyed, and not before (bokföringslagen 7 kap. 2 §).
create function bookkeeping.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    raise exception 'what is booked is not changed; write a correction' using errcode = '23514';
  end if;
  if exists (select from vault.owner o where o.owner_id = old.owner_id and o.fenced_at is null) then
    raise exception 'what is booked is kept until its year is over' using errcode = '23514';
  end if;
  return old;
end
$$;

create trigger voucher_is_kept before update or delete on bookkeeping.voucher
  for each row execute function bookkeeping.refuse_change();
create trigger entry_is_kept before update or delete on bookkeeping.entry
  for each row execute function bookkeeping.refuse_change();

grant usage on schema bookkeeping to varsam;
grant select, insert, update, delete on bookkeeping.fiscal_year, bookkeeping.series, bookkeeping.refund to varsam;
grant select, insert, delete on
  bookkeeping.voucher, bookkeeping.entry, bookkeeping.opening, bookkeeping.year_hold, bookkeeping.export
to varsam;
grant select, insert on bookkeeping.storage_report, bookkeeping.ended_year to varsam;
