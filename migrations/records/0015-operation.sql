-- For how many minutes of each day (UTC) the service was ready. Nothing personal.
create table routines.ready_day (
  day date primary key,
  minutes integer not null,
  first_minute timestamptz not null,
  last_minute timestamptz not null,
  constraint minutes_are_of_a_day check (minutes between 0 and 1440)
);

-- Something that somebody should look at. Says what kind of thing happened and when, and about nobody.
create table routines.security_event (
  event_id uuid primary key,
  kind text not null,
  noted_at timestamptz not null,
  settled_at timestamptz,
  constraint event_kind_is_known check (
    kind in ('passkey-counter', 'store-went-back', 'guesses', 'key-missing')
  )
);
create index security_event_pending on routines.security_event (noted_at) where settled_at is null;

-- When a routine last failed, beside when it last did its work.
alter table routines.run add column failed_at timestamptz;

grant select, insert, update, delete on routines.ready_day, routines.security_event to varsam;
