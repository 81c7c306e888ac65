-- Orders that are paid, booked, taken back and followed; guests; what an account holds beside its own rows.
alter table vault.owner drop constraint owner_kind_is_known;
alter table vault.owner add constraint owner_kind_is_known check (
  kind in (
    'account', 'day', 'staff', 'erasure_case', 'proof_of_purchase', 'hold', 'guest_order', 'fiscal_year'
  )
);

-- Owners that belong to another one: the orders that somebody placed as a guest and took into the account. Nothing is
-- sealed anew; who erases the account erases them.
create table vault.held (
  owner_id uuid not null references vault.owner (owner_id),
  held_id uuid not null,
  since timestamptz not null,
  primary key (owner_id, held_id)
);

-- Nobody else may take what an account holds already.
create index held_by_id on vault.held (held_id);

-- The conditions of sale that were in force, as they were worded.
create table history.terms (
  terms_id uuid primary key,
  version text not null,
  content_hash bytea not null,
  content jsonb not null,
  published_at timestamptz not null,
  constraint terms_are_kept_once unique (content_hash),
  constraint content_hash_is_sha256 check (octet_length(content_hash) = 32)
);

alter table history.order
  add column number_hash bytea,
  add column pay_way text,
  -- Until when what was ordered is kept for who has not paid.
  add column pay_by timestamptz,
  add column performed_at timestamptz,
  add column terms_id uuid references history.terms (terms_id),
  drop constraint order_state_is_known,
  add constraint order_state_is_known check (state in ('unpaid', 'placed', 'performed', 'cancelled', 'lapsed')),
  add constraint pay_way_is_known check (pay_way in ('swish', 'card', 'on-site')),
  add constraint unpaid_order_has_an_end check ((state = 'unpaid') <= (pay_by is not null)),
  add constraint number_hash_is_sha256 check (octet_length(number_hash) = 32);

-- Staff finds an order by its number, which itself is sealed.
create index order_by_number on history.order (number_hash) where number_hash is not null;
create index order_unpaid on history.order (pay_by) where state = 'unpaid';

alter table history.order_line
  add column kind text not null default 'product',
  add column variant_id uuid,
  add column withdrawal text not null default 'right',
  add constraint line_kind_is_known check (kind in ('product', 'service', 'booking')),
  add constraint withdrawal_is_known check (
    withdrawal in ('right', 'custom-made', 'perishable', 'sealed', 'digital', 'performed-service', 'date-bound')
  );

-- What has happened to an order, for its customer and for staff.
create table history.order_event (
  owner_id uuid not null,
  order_id uuid not null,
  event_id uuid not null,
  happened_at timestamptz not null,
  kind text not null,
  party text not null,
  primary key (owner_id, order_id, event_id),
  foreign key (owner_id, order_id) references history.order (owner_id, order_id),
  constraint event_kind_is_known check (
    kind in (
      'placed', 'paid', 'payment-failed', 'lapsed', 'arranged', 'rebooked', 'changed', 'performed', 'no-show', 'cancelled',
      'withdrawn', 'goods-back', 'refund-asked', 'refunded', 'refund-failed', 'reminded'
    )
  ),
  constraint party_is_known check (party in ('customer', 'support', 'administrator', 'bookkeeper', 'provider', 'routine'))
);

-- A guest's order is an owner of its own; the code in the confirmation leads to it.
create table history.guest (
  owner_id uuid primary key references vault.owner (owner_id),
  created_at timestamptz not null,
  token_hash bytea not null,
  sealed bytea not null,
  constraint token_hash_is_sha256 check (octet_length(token_hash) = 32)
);

create table history.booking (
  owner_id uuid not null,
  booking_id uuid not null,
  order_id uuid not null,
  line_id uuid not null,
  item_id uuid references history.item (item_id),
  state text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  free_cancel_until timestamptz not null,
  late_fee_percent integer not null,
  -- Grows with each move, as calendars expect (RFC 5545, SEQUENCE).
  moves integer not null default 0,
  reminded_at timestamptz,
  sealed bytea not null,
  primary key (owner_id, booking_id),
  foreign key (owner_id, order_id) references history.order (owner_id, order_id),
  constraint booking_state_is_known check (
    state in ('held', 'booked', 'performed', 'no-show', 'cancelled', 'lapsed')
  ),
  constraint booking_is_a_span check (starts_at < ends_at),
  constraint late_fee_is_a_share check (late_fee_percent between 0 and 100)
);

create index booking_by_time on history.booking (starts_at) where state in ('held', 'booked');
create index booking_of_owner on history.booking (owner_id, starts_at);

-- Which slots a booking has taken. Slots are spread by resource and bookings by owner, so no foreign key joins them; taking and
-- letting go happen in one transaction, and a nightly check holds one against the other.
create table history.booking_slot (
  owner_id uuid not null,
  booking_id uuid not null,
  resource_id uuid not null references history.resource (resource_id),
  slot_id uuid not null,
  primary key (owner_id, booking_id, resource_id),
  foreign key (owner_id, booking_id) references history.booking (owner_id, booking_id) on delete cascade
);

create index booking_slot_by_slot on history.booking_slot (resource_id, slot_id);

grant select, insert, delete on vault.held to varsam;
grant select, insert on history.terms to varsam;
grant select, insert, delete on history.order_event to varsam;
grant select, insert, update, delete on history.guest, history.booking, history.booking_slot to varsam;
