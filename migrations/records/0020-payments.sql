-- Money for orders: what banks were asked for, and what is taken back.
create table history.payment (
  owner_id uuid not null,
  payment_id uuid not null,
  order_id uuid not null,
  way text not null,
  state text not null,
  amount_ore integer not null,
  created_at timestamptz not null,
  settled_at timestamptz,
  -- When the bank is asked next, and how often it has been.
  ask_at timestamptz not null,
  asked integer not null default 0,
  asked_at timestamptz,
  -- The sale in the books, for paying back.
  voucher_year uuid,
  voucher_id uuid,
  sealed bytea not null,
  primary key (owner_id, payment_id),
  foreign key (owner_id, order_id) references history.order (owner_id, order_id),
  constraint way_is_known check (way in ('swish', 'card', 'terminal', 'cash')),
  -- 'asking' is written before the bank is asked, so that a crash in between is seen.
  constraint payment_state_is_known check (
    state in ('paid', 'asking', 'open', 'unsure', 'declined', 'cancelled', 'expired', 'failed')
  ),
  constraint amount_is_positive check (amount_ore > 0),
  constraint voucher_is_whole check ((voucher_year is null) = (voucher_id is null)),
  constraint settled_payment_has_a_time check (
    (state in ('asking', 'open', 'unsure')) = (settled_at is null)
  )
);

-- One at a time for an order: while one is under way no other is begun, so that nothing is paid twice.
create unique index one_payment_under_way on history.payment (owner_id, order_id)
  where state in ('asking', 'open', 'unsure');
create index payment_due on history.payment (ask_at) where state in ('asking', 'open', 'unsure');
create index payment_by_id on history.payment (payment_id);

-- What of an order is taken back, why, and for how much: cancelled, withdrawn from, or paid back by choice.
create table history.reversal (
  owner_id uuid not null,
  reversal_id uuid not null,
  order_id uuid not null,
  kind text not null,
  state text not null,
  amount_ore integer not null,
  asked_at timestamptz not null,
  settled_at timestamptz,
  -- The refund in the books that pays it back; null where nothing was paid.
  refund_id uuid,
  sealed bytea not null,
  primary key (owner_id, reversal_id),
  foreign key (owner_id, order_id) references history.order (owner_id, order_id),
  constraint reversal_kind_is_known check (kind in ('cancellation', 'withdrawal', 'refund', 'lapse')),
  -- 'awaiting-goods': the money follows when the goods are back (distansavtalslagen 2:14).
  constraint reversal_state_is_known check (state in ('awaiting-goods', 'settled')),
  constraint amount_is_not_negative check (amount_ore >= 0)
);

create index reversal_by_refund on history.reversal (refund_id) where refund_id is not null;

create table history.reversal_line (
  owner_id uuid not null,
  reversal_id uuid not null,
  line_id uuid not null,
  quantity integer not null,
  amount_ore integer not null,
  primary key (owner_id, reversal_id, line_id),
  foreign key (owner_id, reversal_id) references history.reversal (owner_id, reversal_id),
  constraint reversed_quantity_is_sensible check (quantity between 0 and 99),
  constraint amount_is_not_negative check (amount_ore >= 0)
);

-- The customer's own copy of each receipt, as it was issued.
create table history.receipt (
  owner_id uuid not null,
  receipt_id uuid not null,
  order_id uuid not null,
  kind text not null,
  issued_at timestamptz not null,
  sealed bytea not null,
  primary key (owner_id, receipt_id),
  foreign key (owner_id, order_id) references history.order (owner_id, order_id),
  constraint receipt_kind_is_known check (kind in ('sale', 'refund'))
);

create index receipt_of_order on history.receipt (owner_id, order_id);

grant select, insert, update, delete on history.payment, history.reversal to varsam;
grant select, insert, delete on history.reversal_line, history.receipt to varsam;
