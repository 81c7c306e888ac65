-- How long a customer lets the account stay, what has been said before it is closed, and the figures of closed months.
create schema if not exists settings;

-- Without a row here an account stays as the notice says of those who have not chosen.
create table settings.keeping (
  owner_id uuid primary key references vault.owner (owner_id),
  choice text not null,
  unused_months integer,
  closes_at timestamptz,
  chosen_at timestamptz not null,
  constraint keeping_choice_is_known check (choice in ('until-closed', 'unused', 'until-date')),
  constraint unused_has_months check (choice <> 'unused' or unused_months is not null),
  constraint months_are_few check (unused_months between 1 and 120),
  constraint until_date_has_a_time check (choice <> 'until-date' or closes_at is not null)
);

-- An account that is about to be closed, and the two letters that say so. counted_to is what the choice and the last
-- use gave when this began: when it moves, the row is about a closing that will not be.
create table settings.closing (
  owner_id uuid primary key references vault.owner (owner_id),
  counted_to timestamptz not null,
  closes_at timestamptz not null,
  began_at timestamptz not null,
  month_letter_id uuid not null,
  month_letter_at timestamptz not null,
  week_letter_id uuid,
  week_letter_at timestamptz
);

create index account_unused on accounts.account (used_at);
create index keeping_until_date on settings.keeping (closes_at) where choice = 'until-date';
-- Who may not be closed yet because something is on its way to them.
create index order_undelivered on history.order (owner_id) where state = 'placed';

-- These were promised that they would stay until they are closed.
insert into settings.keeping (owner_id, choice, chosen_at)
select owner_id, 'until-closed', created_at from accounts.account;

-- Months whose figures have been computed: once, and never again.
create table routines.figures_month (
  month date primary key,
  computed_at timestamptz not null
);

-- Counts and sums that can be linked to nobody. Where `figure` is empty there were too few, or one stood out.
-- contributors (rounded down to fives) and largest_share (per cent, rounded up to tens) are the evidence for that.
create table routines.figure (
  month date not null references routines.figures_month (month),
  measure text not null,
  cell text not null,
  contributors integer,
  largest_share integer,
  figure integer,
  sum_ore bigint,
  vat_ore bigint,
  primary key (month, measure, cell),
  constraint measure_is_known check (measure in ('sign-ups', 'closings', 'orders', 'ordered')),
  constraint cell_is_known check (cell in ('all', 'product', 'service', 'booking', 'unnamed', 'rest'))
);

grant usage on schema settings to varsam;
grant select, insert, update, delete on settings.keeping, settings.closing to varsam;
-- No update and no delete: what was published once stays as it was.
grant select, insert on routines.figures_month, routines.figure to varsam;
