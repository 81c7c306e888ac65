create schema history;

-- The catalogue. Nothing personal. Kinds to come: service, booking.
create table history.item (
  item_id uuid primary key,
  kind text not null,
  position integer not null,
  name jsonb not null,
  description jsonb not null,
  price_ore integer not null,
  vat_percent integer not null,
  sensitive boolean not null default false,
  offered boolean not null default true,
  constraint item_kind_is_known check (kind in ('product', 'service', 'booking')),
  constraint price_is_not_negative check (price_ore >= 0),
  constraint vat_is_swedish check (vat_percent in (0, 6, 12, 25))
);

create table history.order (
  owner_id uuid not null references vault.owner (owner_id),
  order_id uuid not null,
  placed_at timestamptz not null,
  state text not null,
  total_ore integer not null,
  vat_ore integer not null,
  sealed bytea not null,
  primary key (owner_id, order_id),
  constraint order_state_is_known check (state in ('placed', 'performed', 'cancelled')),
  constraint total_is_not_negative check (total_ore >= 0 and vat_ore >= 0 and vat_ore <= total_ore)
);

create index order_by_time on history.order (owner_id, placed_at desc);
-- For staff, who see the newest orders of everybody.
create index order_latest on history.order (placed_at desc, order_id desc);

-- item_id is empty where the item is sensitive: then the reference is inside `sealed`.
create table history.order_line (
  owner_id uuid not null,
  order_id uuid not null,
  line_id uuid not null,
  item_id uuid references history.item (item_id),
  quantity integer not null,
  unit_price_ore integer not null,
  vat_percent integer not null,
  sealed bytea not null,
  primary key (owner_id, order_id, line_id),
  foreign key (owner_id, order_id) references history.order (owner_id, order_id),
  constraint quantity_is_positive check (quantity between 1 and 99)
);

grant usage on schema history to varsam;
grant select, insert, update on history.item to varsam;
grant select, insert, update, delete on history.order, history.order_line to varsam;
