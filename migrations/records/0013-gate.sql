-- A store that had gone back and was mended: what an operator was told and confirmed. Names nobody.
create table system.mending (
  mending_id uuid primary key,
  confirmed_at timestamptz not null,
  went_back text[] not null,
  erased_again integer not null,
  stops_again integer not null,
  -- Keys whose records came after the copy that was put back: they are destroyed when they are old enough.
  orphans integer not null,
  constraint mending_names_stores check (went_back <@ array['records', 'keys', 'ledger']),
  constraint mending_is_counted check (erased_again >= 0 and stops_again >= 0 and orphans >= 0)
);

grant select, insert on system.mending to varsam;
