-- What is offered and when: variants, bookable times, resources, opening hours, and the times that are taken.
-- No two slots of a resource may overlap; comparing ids and spans in one index needs this extension of PostgreSQL itself.
create extension if not exists btree_gist;

alter table history.item
  -- How it reaches the customer, and with that whether an address is asked for.
  add column fulfilment text not null default 'shipped',
  -- The ground on which the right of withdrawal does not hold (distansavtalslagen 2005:59, 2 kap. 11 §), or that it holds.
  add column withdrawal text not null default 'right',
  add column pay_on_site boolean not null default false,
  add constraint fulfilment_is_known check (fulfilment in ('shipped', 'pick-up', 'on-site', 'at-customer')),
  add constraint withdrawal_is_known check (
    withdrawal in ('right', 'custom-made', 'perishable', 'sealed', 'digital', 'performed-service', 'date-bound')
  );

create table history.variant (
  item_id uuid not null references history.item (item_id),
  variant_id uuid not null,
  position integer not null,
  name jsonb not null,
  -- On top of the price of the item; may be negative.
  extra_ore integer not null default 0,
  -- How many are left; null where nobody counts.
  stock integer,
  offered boolean not null default true,
  primary key (item_id, variant_id),
  constraint stock_is_not_negative check (stock >= 0)
);

create table history.picture (
  item_id uuid not null references history.item (item_id),
  picture_id uuid not null,
  position integer not null,
  alternative jsonb not null,
  media_type text not null,
  width_px integer not null,
  height_px integer not null,
  sha256 bytea not null,
  content bytea not null,
  primary key (item_id, picture_id),
  constraint media_type_is_a_picture check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  constraint picture_is_small check (octet_length(content) between 1 and 400000),
  constraint picture_has_a_size check (width_px between 1 and 8000 and height_px between 1 and 8000),
  constraint sha256_is_a_hash check (octet_length(sha256) = 32)
);

-- Pages ask for a picture by its id alone.
create unique index picture_by_id on history.picture (picture_id);

-- What is asked before an item is carried out. The field is one of the notice; others are never asked.
create table history.question (
  item_id uuid not null references history.item (item_id),
  field text not null,
  required boolean not null,
  primary key (item_id, field)
);

create table history.bookable (
  item_id uuid primary key references history.item (item_id),
  duration_minutes integer not null,
  buffer_before_minutes integer not null default 0,
  buffer_after_minutes integer not null default 0,
  -- Times are offered at this distance, counted from the opening.
  step_minutes integer not null,
  lead_minutes integer not null default 0,
  horizon_days integer not null,
  -- How many customers one time takes.
  capacity integer not null default 1,
  -- Until so long before the start it costs nothing to cancel; after that the fee is this share of the price.
  free_cancel_hours integer not null default 24,
  late_fee_percent integer not null default 0,
  constraint duration_is_within_a_day check (duration_minutes between 5 and 1440),
  constraint buffers_are_within_a_day check (
    buffer_before_minutes between 0 and 1440 and buffer_after_minutes between 0 and 1440
  ),
  constraint step_is_within_a_day check (step_minutes between 5 and 1440),
  constraint lead_is_within_a_year check (lead_minutes between 0 and 527040),
  constraint horizon_is_within_a_year check (horizon_days between 1 and 366),
  constraint capacity_is_positive check (capacity between 1 and 500),
  constraint cancelling_is_free_for_a_while check (free_cancel_hours between 0 and 2160),
  constraint late_fee_is_a_share check (late_fee_percent between 0 and 100)
);

create table history.skill (
  skill_id uuid primary key,
  name jsonb not null
);

-- A person, a room or a thing that is taken by bookings. The label is public and names nobody.
create table history.resource (
  resource_id uuid primary key,
  kind text not null,
  position integer not null,
  label jsonb not null,
  offered boolean not null default true,
  -- Grows when the address of its calendar feed is renewed, so that the one before leads nowhere.
  feed_version integer not null default 0,
  constraint resource_kind_is_known check (kind in ('person', 'room', 'thing'))
);

create table history.resource_skill (
  resource_id uuid not null references history.resource (resource_id),
  skill_id uuid not null references history.skill (skill_id),
  primary key (resource_id, skill_id)
);

-- A booking of the item takes one resource for each of these, and never one resource twice.
create table history.need (
  item_id uuid not null references history.bookable (item_id),
  skill_id uuid not null references history.skill (skill_id),
  primary key (item_id, skill_id)
);

-- Hours of a weekday (1 is Monday), in minutes of the clock on the wall from midnight. Half-open, in days and in minutes.
create table history.opening (
  resource_id uuid not null references history.resource (resource_id),
  opening_id uuid not null,
  weekday integer not null,
  opens_minute integer not null,
  closes_minute integer not null,
  valid_from date,
  valid_until date,
  primary key (resource_id, opening_id),
  constraint weekday_is_iso check (weekday between 1 and 7),
  constraint opening_is_within_a_day check (0 <= opens_minute and opens_minute < closes_minute and closes_minute <= 1440)
);

-- The hours of one day instead of those of its weekday; without hours the resource is closed.
create table history.opening_exception (
  resource_id uuid not null references history.resource (resource_id),
  exception_id uuid not null,
  day date not null,
  opens_minute integer,
  closes_minute integer,
  primary key (resource_id, exception_id),
  constraint exception_is_within_a_day check (
    (opens_minute is null) = (closes_minute is null)
    and (opens_minute is null or (0 <= opens_minute and opens_minute < closes_minute and closes_minute <= 1440))
  )
);

-- Days on which nothing is open unless an exception of a resource says so.
create table history.closed_day (
  day date primary key,
  name jsonb not null
);

-- Time that is taken. It says neither by whom nor, where the item is sensitive, what for; a booking says which slots are its own.
-- Busy is the time with buffers. A blocked slot takes nobody.
create table history.slot (
  resource_id uuid not null references history.resource (resource_id),
  slot_id uuid not null,
  kind text not null,
  item_id uuid references history.item (item_id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  busy_from timestamptz not null,
  busy_to timestamptz not null,
  capacity integer not null,
  taken integer not null,
  primary key (resource_id, slot_id),
  constraint slot_kind_is_known check (kind in ('booked', 'blocked')),
  constraint slot_is_a_span check (busy_from <= starts_at and starts_at < ends_at and ends_at <= busy_to),
  constraint slot_is_not_overfull check (0 <= taken and taken <= capacity),
  constraint slots_do_not_overlap exclude using gist (resource_id with =, tstzrange(busy_from, busy_to) with &&)
);

-- A product without choices has one variant without a name.
insert into history.variant (item_id, variant_id, position, name)
  select item_id, item_id, 0, '{"sv": "", "en": ""}'::jsonb from history.item where kind = 'product';

grant select, insert, update on history.variant, history.bookable, history.skill, history.resource to varsam;
grant select, insert, update, delete on history.slot, history.picture to varsam;
grant select, insert, delete on
  history.question, history.resource_skill, history.need, history.opening,
  history.opening_exception, history.closed_day
to varsam;
