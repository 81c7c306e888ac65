-- The result of all migrations, rendered by: npm run -s varsam -- schema --write
-- Do not edit; write a migration.

create schema accounts;
create schema bookkeeping;
create schema history;
create schema messages;
create schema recipients;
create schema routines;
create schema settings;
create schema system;
create schema vault;

CREATE OR REPLACE FUNCTION bookkeeping.note_end()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into bookkeeping.ended_year (year_id, starts_on, ends_on, ended_at)
  select old.owner_id, old.starts_on, old.ends_on, o.fenced_at
  from vault.owner o
  where o.owner_id = old.owner_id and o.kind = 'fiscal_year' and o.fenced_at is not null
  on conflict do nothing;
  return old;
end
$function$
;
CREATE OR REPLACE FUNCTION bookkeeping.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' then
    raise exception 'what is booked is not changed; write a correction' using errcode = '23514';
  end if;
  if exists (select from vault.owner o where o.owner_id = old.owner_id and o.fenced_at is null) then
    raise exception 'what is booked is kept until its year is over' using errcode = '23514';
  end if;
  return old;
end
$function$
;
CREATE OR REPLACE FUNCTION history.refuse_other_guests()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (
    select from vault.owner where owner_id = new.owner_id and kind = 'guest_order'
  ) then
    raise exception 'guest_is_a_guest: only the owner of a guest''s order is a guest' using errcode = 'check_violation';
  end if;
  return new;
end
$function$
;

create table accounts.account (
  owner_id uuid not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone not null,
  sealed bytea not null,
  constraint account_pkey PRIMARY KEY (owner_id),
  constraint account_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id)
);
CREATE INDEX account_unused ON accounts.account USING btree (used_at);
alter table accounts.account alter column sealed set statistics 0;

create table accounts.address_change (
  owner_id uuid not null,
  change_id uuid not null,
  state text not null,
  stated_at timestamp with time zone not null,
  token_hash bytea not null,
  undo_hash bytea,
  sealed bytea not null,
  constraint address_change_pkey PRIMARY KEY (owner_id, change_id),
  constraint address_change_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint address_change_state_is_known CHECK ((state = ANY (ARRAY['asked'::text, 'making'::text, 'made'::text, 'undoing'::text]))),
  constraint token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32)),
  constraint undo_hash_is_sha256 CHECK ((octet_length(undo_hash) = 32))
);
CREATE INDEX address_change_due ON accounts.address_change USING btree (stated_at);
alter table accounts.address_change alter column token_hash set statistics 0, alter column undo_hash set statistics 0, alter column sealed set statistics 0;

create table accounts.attempt (
  owner_id uuid not null,
  bucket bytea not null,
  window_start timestamp with time zone not null,
  attempts integer not null,
  constraint attempt_pkey PRIMARY KEY (owner_id, bucket, window_start),
  constraint attempt_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint attempts_are_counted CHECK ((attempts > 0))
);
alter table accounts.attempt alter column bucket set statistics 0;

create table accounts.credential (
  owner_id uuid not null,
  credential_id uuid not null,
  kind text not null,
  changed_at timestamp with time zone not null,
  used_step bigint,
  sealed bytea not null,
  constraint credential_pkey PRIMARY KEY (owner_id, credential_id),
  constraint one_credential_of_a_kind UNIQUE (owner_id, kind),
  constraint credential_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint credential_kind_is_known CHECK ((kind = ANY (ARRAY['password'::text, 'one-time-code'::text])))
);
alter table accounts.credential alter column sealed set statistics 0;

create table accounts.engagement (
  owner_id uuid not null,
  engagement_id uuid not null,
  recipient_id uuid not null,
  began_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint engagement_pkey PRIMARY KEY (owner_id, engagement_id),
  constraint engagement_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint engagement_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES recipients.recipient(recipient_id),
  constraint engagement_ends_after_it_begins CHECK (((ended_at IS NULL) OR (began_at <= ended_at)))
);

create table accounts.failure (
  owner_id uuid not null,
  bucket bytea not null,
  failures integer not null,
  failed_at timestamp with time zone not null,
  constraint failure_pkey PRIMARY KEY (owner_id, bucket),
  constraint failure_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint failures_are_counted CHECK ((failures > 0))
);
CREATE INDEX failure_due ON accounts.failure USING btree (failed_at);
alter table accounts.failure alter column bucket set statistics 0;

create table accounts.invitation (
  owner_id uuid not null,
  invitation_id uuid not null,
  kind text not null,
  sent_at timestamp with time zone not null,
  token_hash bytea not null,
  sealed bytea not null,
  constraint invitation_pkey PRIMARY KEY (owner_id, invitation_id),
  constraint one_invitation_each UNIQUE (owner_id),
  constraint invitation_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint invitation_kind_is_known CHECK ((kind = ANY (ARRAY['new'::text, 'reset'::text]))),
  constraint token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32))
);
alter table accounts.invitation alter column token_hash set statistics 0, alter column sealed set statistics 0;

create table accounts.known_network (
  owner_id uuid not null,
  network_hash bytea not null,
  used_at timestamp with time zone not null,
  constraint known_network_pkey PRIMARY KEY (owner_id, network_hash),
  constraint known_network_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint network_hash_is_sha256 CHECK ((octet_length(network_hash) = 32))
);
CREATE INDEX known_network_due ON accounts.known_network USING btree (used_at);
alter table accounts.known_network alter column network_hash set statistics 0;

create table accounts.passkey (
  owner_id uuid not null,
  passkey_id uuid not null,
  added_at timestamp with time zone not null,
  used_at timestamp with time zone,
  went_back_at timestamp with time zone,
  backup text not null,
  sealed bytea not null,
  constraint passkey_pkey PRIMARY KEY (owner_id, passkey_id),
  constraint passkey_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint backup_is_known CHECK ((backup = ANY (ARRAY['one-device'::text, 'not-yet'::text, 'backed-up'::text])))
);
alter table accounts.passkey alter column sealed set statistics 0;

create table accounts.provider_resource (
  owner_id uuid not null,
  resource_id uuid not null,
  constraint provider_resource_pkey PRIMARY KEY (owner_id, resource_id),
  constraint provider_resource_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint provider_resource_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES history.resource(resource_id)
);
CREATE INDEX provider_by_resource ON accounts.provider_resource USING btree (resource_id);

create table accounts.recovery (
  owner_id uuid not null,
  recovery_id uuid not null,
  message_id uuid not null,
  address_mac bytea not null,
  token_hash bytea not null,
  created_at timestamp with time zone not null,
  constraint recovery_pkey PRIMARY KEY (owner_id, recovery_id),
  constraint recovery_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32))
);
CREATE INDEX recovery_due ON accounts.recovery USING btree (created_at);
alter table accounts.recovery alter column address_mac set statistics 0, alter column token_hash set statistics 0;

create table accounts.recovery_code (
  owner_id uuid not null,
  recovery_code_id uuid not null,
  made_at timestamp with time zone not null,
  sealed bytea not null,
  constraint recovery_code_pkey PRIMARY KEY (owner_id, recovery_code_id),
  constraint recovery_code_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id)
);
alter table accounts.recovery_code alter column sealed set statistics 0;

create table accounts.session (
  owner_id uuid not null,
  session_id uuid not null,
  token_hash bytea not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone not null,
  sealed bytea not null,
  confirmed_at timestamp with time zone,
  constraint session_pkey PRIMARY KEY (owner_id, session_id),
  constraint session_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32))
);
CREATE INDEX session_due ON accounts.session USING btree (used_at);
alter table accounts.session alter column token_hash set statistics 0, alter column sealed set statistics 0;

create table accounts.signup (
  owner_id uuid not null,
  signup_id uuid not null,
  account_id uuid not null,
  message_id uuid not null,
  address_mac bytea not null,
  token_hash bytea not null,
  created_at timestamp with time zone not null,
  sealed bytea not null,
  constraint signup_pkey PRIMARY KEY (owner_id, signup_id),
  constraint signup_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32))
);
CREATE INDEX signup_due ON accounts.signup USING btree (created_at);
alter table accounts.signup alter column address_mac set statistics 0, alter column token_hash set statistics 0, alter column sealed set statistics 0;

create table accounts.staff (
  owner_id uuid not null,
  role text not null,
  created_at timestamp with time zone not null,
  sealed bytea not null,
  left_at timestamp with time zone,
  constraint staff_pkey PRIMARY KEY (owner_id),
  constraint staff_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint staff_role_is_known CHECK ((role = ANY (ARRAY['support'::text, 'administrator'::text, 'bookkeeper'::text, 'provider'::text])))
);
alter table accounts.staff alter column sealed set statistics 0;

create table accounts.used_ticket (
  owner_id uuid not null,
  ticket_id uuid not null,
  used_at timestamp with time zone not null,
  constraint used_ticket_pkey PRIMARY KEY (owner_id, ticket_id),
  constraint used_ticket_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id)
);
CREATE INDEX used_ticket_due ON accounts.used_ticket USING btree (used_at);

create table bookkeeping.ended_year (
  year_id uuid not null,
  starts_on date not null,
  ends_on date not null,
  ended_at timestamp with time zone not null,
  constraint ended_year_pkey PRIMARY KEY (year_id),
  constraint ended_year_is_a_span CHECK ((starts_on <= ends_on))
);

create table bookkeeping.entry (
  owner_id uuid not null,
  voucher_id uuid not null,
  row_number integer not null,
  account text not null,
  amount_ore integer not null,
  constraint entry_pkey PRIMARY KEY (owner_id, voucher_id, row_number),
  constraint entry_owner_id_voucher_id_fkey FOREIGN KEY (owner_id, voucher_id) REFERENCES bookkeeping.voucher(owner_id, voucher_id),
  constraint account_is_bas CHECK ((account ~ '^[1-8][0-9]{3}$'::text)),
  constraint amount_is_not_nothing CHECK ((amount_ore <> 0))
);

create table bookkeeping.export (
  owner_id uuid not null,
  export_id uuid not null,
  exported_at timestamp with time zone not null,
  from_day date not null,
  to_day date not null,
  vouchers integer not null,
  sha256 bytea not null,
  constraint export_pkey PRIMARY KEY (owner_id, export_id),
  constraint export_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES bookkeeping.fiscal_year(owner_id),
  constraint export_is_a_span CHECK ((from_day <= to_day)),
  constraint sha256_is_a_hash CHECK ((octet_length(sha256) = 32))
);
alter table bookkeeping.export alter column sha256 set statistics 0;

create table bookkeeping.fiscal_year (
  owner_id uuid not null,
  starts_on date not null,
  ends_on date not null,
  recovery_key bytea,
  recovery_recipient bytea,
  held_until date,
  constraint fiscal_year_pkey PRIMARY KEY (owner_id),
  constraint fiscal_year_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint fiscal_years_do_not_overlap EXCLUDE USING gist (daterange(starts_on, ends_on, '[]'::text) WITH &&),
  constraint fiscal_year_is_a_span CHECK (((starts_on <= ends_on) AND (ends_on < (starts_on + 549)))),
  constraint recovery_key_is_whole CHECK (((recovery_key IS NULL) = (recovery_recipient IS NULL))),
  constraint recovery_recipient_is_sha256 CHECK ((octet_length(recovery_recipient) = 32))
);
alter table bookkeeping.fiscal_year alter column recovery_key set statistics 0, alter column recovery_recipient set statistics 0;

create table bookkeeping.opening (
  owner_id uuid not null,
  opening_id uuid not null,
  opened_at timestamp with time zone not null,
  sealed bytea not null,
  constraint opening_pkey PRIMARY KEY (owner_id, opening_id),
  constraint opening_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES bookkeeping.fiscal_year(owner_id)
);
alter table bookkeeping.opening alter column sealed set statistics 0;

create table bookkeeping.refund (
  owner_id uuid not null,
  refund_id uuid not null,
  voucher_id uuid not null,
  refund_year uuid not null,
  refund_voucher_id uuid not null,
  way text not null,
  state text not null,
  amount_ore integer not null,
  asked_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  ask_at timestamp with time zone not null,
  asked integer not null default 0,
  sealed bytea not null,
  constraint refund_pkey PRIMARY KEY (owner_id, refund_id),
  constraint refund_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES bookkeeping.fiscal_year(owner_id),
  constraint refund_owner_id_voucher_id_fkey FOREIGN KEY (owner_id, voucher_id) REFERENCES bookkeeping.voucher(owner_id, voucher_id),
  constraint amount_is_positive CHECK ((amount_ore > 0)),
  constraint refund_state_is_known CHECK ((state = ANY (ARRAY['done'::text, 'asking'::text, 'sent'::text, 'unsure'::text, 'failed'::text]))),
  constraint settled_refund_has_a_time CHECK (((state = ANY (ARRAY['done'::text, 'failed'::text])) = (settled_at IS NOT NULL))),
  constraint way_is_known CHECK ((way = ANY (ARRAY['swish'::text, 'card'::text, 'terminal'::text, 'cash'::text])))
);
CREATE INDEX refund_by_id ON bookkeeping.refund USING btree (refund_id);
CREATE INDEX refund_due ON bookkeeping.refund USING btree (ask_at) WHERE (state = ANY (ARRAY['asking'::text, 'sent'::text, 'unsure'::text]));
alter table bookkeeping.refund alter column sealed set statistics 0;

create table bookkeeping.series (
  owner_id uuid not null,
  series text not null,
  last_number integer not null,
  constraint series_pkey PRIMARY KEY (owner_id, series),
  constraint series_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES bookkeeping.fiscal_year(owner_id),
  constraint numbers_begin_at_one CHECK ((last_number >= 1)),
  constraint series_is_a_letter CHECK ((series ~ '^[A-Z]$'::text))
);

create table bookkeeping.storage_report (
  report_id uuid not null,
  country text not null,
  reported_on date not null,
  noted_at timestamp with time zone not null,
  constraint storage_report_pkey PRIMARY KEY (report_id),
  constraint country_is_iso_3166 CHECK ((country ~ '^[A-Z]{2}$'::text))
);

create table bookkeeping.voucher (
  owner_id uuid not null,
  voucher_id uuid not null,
  series text not null,
  number integer not null,
  kind text not null,
  way text,
  event_on date not null,
  compiled_at timestamp with time zone not null,
  total_ore integer not null,
  refers_year uuid,
  refers_id uuid,
  reference_hash bytea,
  sealed bytea not null,
  constraint voucher_pkey PRIMARY KEY (owner_id, voucher_id),
  constraint voucher_number_is_unique UNIQUE (owner_id, series, number),
  constraint voucher_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES bookkeeping.fiscal_year(owner_id),
  constraint correction_refers CHECK (((kind = 'sale'::text) OR (kind = 'dispute'::text) OR (refers_id IS NOT NULL))),
  constraint reference_hash_is_sha256 CHECK ((octet_length(reference_hash) = 32)),
  constraint reference_is_whole CHECK (((refers_year IS NULL) = (refers_id IS NULL))),
  constraint series_is_a_letter CHECK ((series ~ '^[A-Z]$'::text)),
  constraint voucher_kind_is_known CHECK ((kind = ANY (ARRAY['sale'::text, 'refund'::text, 'correction'::text, 'dispute'::text]))),
  constraint way_is_known CHECK ((way = ANY (ARRAY['swish'::text, 'card'::text, 'terminal'::text, 'cash'::text])))
);
CREATE INDEX voucher_by_reference ON bookkeeping.voucher USING btree (reference_hash) WHERE (reference_hash IS NOT NULL);
CREATE INDEX voucher_by_refers ON bookkeeping.voucher USING btree (refers_id) WHERE (refers_id IS NOT NULL);
alter table bookkeeping.voucher alter column reference_hash set statistics 0, alter column sealed set statistics 0;

create table bookkeeping.year_hold (
  owner_id uuid not null,
  hold_id uuid not null,
  held_at timestamp with time zone not null,
  held_until date,
  sealed bytea not null,
  constraint year_hold_pkey PRIMARY KEY (owner_id, hold_id),
  constraint year_hold_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES bookkeeping.fiscal_year(owner_id)
);
alter table bookkeeping.year_hold alter column sealed set statistics 0;

create table history."order" (
  owner_id uuid not null,
  order_id uuid not null,
  placed_at timestamp with time zone not null,
  state text not null,
  total_ore integer not null,
  vat_ore integer not null,
  sealed bytea not null,
  number_hash bytea,
  pay_way text,
  pay_by timestamp with time zone,
  performed_at timestamp with time zone,
  terms_id uuid,
  constraint order_pkey PRIMARY KEY (owner_id, order_id),
  constraint order_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint order_terms_id_fkey FOREIGN KEY (terms_id) REFERENCES history.terms(terms_id),
  constraint number_hash_is_sha256 CHECK ((octet_length(number_hash) = 32)),
  constraint order_state_is_known CHECK ((state = ANY (ARRAY['unpaid'::text, 'placed'::text, 'performed'::text, 'cancelled'::text, 'lapsed'::text]))),
  constraint pay_way_is_known CHECK ((pay_way = ANY (ARRAY['swish'::text, 'card'::text, 'on-site'::text]))),
  constraint total_is_not_negative CHECK (((total_ore >= 0) AND (vat_ore >= 0) AND (vat_ore <= total_ore))),
  constraint unpaid_order_has_an_end CHECK (((state = 'unpaid'::text) <= (pay_by IS NOT NULL)))
);
CREATE INDEX order_by_number ON history."order" USING btree (number_hash) WHERE (number_hash IS NOT NULL);
CREATE INDEX order_by_time ON history."order" USING btree (owner_id, placed_at DESC);
CREATE INDEX order_latest ON history."order" USING btree (placed_at);
CREATE INDEX order_undelivered ON history."order" USING btree (owner_id) WHERE (state = 'placed'::text);
CREATE INDEX order_unpaid ON history."order" USING btree (pay_by) WHERE (state = 'unpaid'::text);
alter table history."order" alter column sealed set statistics 0, alter column number_hash set statistics 0;

create table history.bookable (
  item_id uuid not null,
  duration_minutes integer not null,
  buffer_before_minutes integer not null default 0,
  buffer_after_minutes integer not null default 0,
  step_minutes integer not null,
  lead_minutes integer not null default 0,
  horizon_days integer not null,
  capacity integer not null default 1,
  free_cancel_hours integer not null default 24,
  late_fee_percent integer not null default 0,
  constraint bookable_pkey PRIMARY KEY (item_id),
  constraint bookable_item_id_fkey FOREIGN KEY (item_id) REFERENCES history.item(item_id),
  constraint buffers_are_within_a_day CHECK ((((buffer_before_minutes >= 0) AND (buffer_before_minutes <= 1440)) AND ((buffer_after_minutes >= 0) AND (buffer_after_minutes <= 1440)))),
  constraint cancelling_is_free_for_a_while CHECK (((free_cancel_hours >= 0) AND (free_cancel_hours <= 2160))),
  constraint capacity_is_positive CHECK (((capacity >= 1) AND (capacity <= 500))),
  constraint duration_is_within_a_day CHECK (((duration_minutes >= 5) AND (duration_minutes <= 1440))),
  constraint horizon_is_within_a_year CHECK (((horizon_days >= 1) AND (horizon_days <= 366))),
  constraint late_fee_is_a_share CHECK (((late_fee_percent >= 0) AND (late_fee_percent <= 100))),
  constraint lead_is_within_a_year CHECK (((lead_minutes >= 0) AND (lead_minutes <= 527040))),
  constraint step_is_within_a_day CHECK (((step_minutes >= 5) AND (step_minutes <= 1440)))
);

create table history.booking (
  owner_id uuid not null,
  booking_id uuid not null,
  order_id uuid not null,
  line_id uuid not null,
  item_id uuid,
  state text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  free_cancel_until timestamp with time zone not null,
  late_fee_percent integer not null,
  moves integer not null default 0,
  reminded_at timestamp with time zone,
  sealed bytea not null,
  begin_asked_at timestamp with time zone,
  constraint booking_pkey PRIMARY KEY (owner_id, booking_id),
  constraint booking_item_id_fkey FOREIGN KEY (item_id) REFERENCES history.item(item_id),
  constraint booking_owner_id_order_id_fkey FOREIGN KEY (owner_id, order_id) REFERENCES history."order"(owner_id, order_id),
  constraint booking_is_a_span CHECK ((starts_at < ends_at)),
  constraint booking_state_is_known CHECK ((state = ANY (ARRAY['held'::text, 'booked'::text, 'performed'::text, 'no-show'::text, 'cancelled'::text, 'lapsed'::text]))),
  constraint late_fee_is_a_share CHECK (((late_fee_percent >= 0) AND (late_fee_percent <= 100)))
);
CREATE INDEX booking_by_time ON history.booking USING btree (starts_at) WHERE (state = ANY (ARRAY['held'::text, 'booked'::text]));
CREATE INDEX booking_of_owner ON history.booking USING btree (owner_id, starts_at);
alter table history.booking alter column sealed set statistics 0;

create table history.booking_slot (
  owner_id uuid not null,
  booking_id uuid not null,
  resource_id uuid not null,
  slot_id uuid not null,
  constraint booking_slot_pkey PRIMARY KEY (owner_id, booking_id, resource_id),
  constraint booking_slot_owner_id_booking_id_fkey FOREIGN KEY (owner_id, booking_id) REFERENCES history.booking(owner_id, booking_id) ON DELETE CASCADE,
  constraint booking_slot_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES history.resource(resource_id)
);
CREATE INDEX booking_slot_by_slot ON history.booking_slot USING btree (resource_id, slot_id);

create table history.closed_day (
  day date not null,
  name jsonb not null,
  constraint closed_day_pkey PRIMARY KEY (day)
);

create table history.guest (
  owner_id uuid not null,
  created_at timestamp with time zone not null,
  token_hash bytea not null,
  sealed bytea not null,
  constraint guest_pkey PRIMARY KEY (owner_id),
  constraint guest_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32))
);
alter table history.guest alter column token_hash set statistics 0, alter column sealed set statistics 0;

create table history.item (
  item_id uuid not null,
  kind text not null,
  "position" integer not null,
  name jsonb not null,
  description jsonb not null,
  price_ore integer not null,
  vat_percent integer not null,
  sensitive boolean not null default false,
  offered boolean not null default true,
  fulfilment text not null default 'shipped'::text,
  withdrawal text not null default 'right'::text,
  pay_on_site boolean not null default false,
  constraint item_pkey PRIMARY KEY (item_id),
  constraint fulfilment_is_known CHECK ((fulfilment = ANY (ARRAY['shipped'::text, 'pick-up'::text, 'on-site'::text, 'at-customer'::text]))),
  constraint item_kind_is_known CHECK ((kind = ANY (ARRAY['product'::text, 'service'::text, 'booking'::text]))),
  constraint price_is_not_negative CHECK ((price_ore >= 0)),
  constraint vat_is_swedish CHECK ((vat_percent = ANY (ARRAY[0, 6, 12, 25]))),
  constraint withdrawal_is_known CHECK ((withdrawal = ANY (ARRAY['right'::text, 'custom-made'::text, 'perishable'::text, 'sealed'::text, 'digital'::text, 'performed-service'::text, 'date-bound'::text])))
);

create table history.need (
  item_id uuid not null,
  skill_id uuid not null,
  constraint need_pkey PRIMARY KEY (item_id, skill_id),
  constraint need_item_id_fkey FOREIGN KEY (item_id) REFERENCES history.bookable(item_id),
  constraint need_skill_id_fkey FOREIGN KEY (skill_id) REFERENCES history.skill(skill_id)
);

create table history.opening (
  resource_id uuid not null,
  opening_id uuid not null,
  weekday integer not null,
  opens_minute integer not null,
  closes_minute integer not null,
  valid_from date,
  valid_until date,
  constraint opening_pkey PRIMARY KEY (resource_id, opening_id),
  constraint opening_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES history.resource(resource_id),
  constraint opening_is_within_a_day CHECK (((0 <= opens_minute) AND (opens_minute < closes_minute) AND (closes_minute <= 1440))),
  constraint weekday_is_iso CHECK (((weekday >= 1) AND (weekday <= 7)))
);

create table history.opening_exception (
  resource_id uuid not null,
  exception_id uuid not null,
  day date not null,
  opens_minute integer,
  closes_minute integer,
  constraint opening_exception_pkey PRIMARY KEY (resource_id, exception_id),
  constraint opening_exception_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES history.resource(resource_id),
  constraint exception_is_within_a_day CHECK ((((opens_minute IS NULL) = (closes_minute IS NULL)) AND ((opens_minute IS NULL) OR ((0 <= opens_minute) AND (opens_minute < closes_minute) AND (closes_minute <= 1440)))))
);

create table history.order_event (
  owner_id uuid not null,
  order_id uuid not null,
  event_id uuid not null,
  happened_at timestamp with time zone not null,
  kind text not null,
  party text not null,
  constraint order_event_pkey PRIMARY KEY (owner_id, order_id, event_id),
  constraint order_event_owner_id_order_id_fkey FOREIGN KEY (owner_id, order_id) REFERENCES history."order"(owner_id, order_id),
  constraint event_kind_is_known CHECK ((kind = ANY (ARRAY['placed'::text, 'paid'::text, 'payment-failed'::text, 'lapsed'::text, 'arranged'::text, 'rebooked'::text, 'changed'::text, 'performed'::text, 'no-show'::text, 'cancelled'::text, 'withdrawn'::text, 'goods-back'::text, 'refund-asked'::text, 'refunded'::text, 'refund-failed'::text, 'reminded'::text]))),
  constraint party_is_known CHECK ((party = ANY (ARRAY['customer'::text, 'support'::text, 'administrator'::text, 'bookkeeper'::text, 'provider'::text, 'routine'::text])))
);

create table history.order_line (
  owner_id uuid not null,
  order_id uuid not null,
  line_id uuid not null,
  item_id uuid,
  quantity integer not null,
  unit_price_ore integer not null,
  vat_percent integer not null,
  sealed bytea not null,
  kind text not null default 'product'::text,
  variant_id uuid,
  withdrawal text not null default 'right'::text,
  constraint order_line_pkey PRIMARY KEY (owner_id, order_id, line_id),
  constraint order_line_item_id_fkey FOREIGN KEY (item_id) REFERENCES history.item(item_id),
  constraint order_line_owner_id_order_id_fkey FOREIGN KEY (owner_id, order_id) REFERENCES history."order"(owner_id, order_id),
  constraint line_kind_is_known CHECK ((kind = ANY (ARRAY['product'::text, 'service'::text, 'booking'::text]))),
  constraint quantity_is_positive CHECK (((quantity >= 1) AND (quantity <= 99))),
  constraint unit_price_is_not_negative CHECK ((unit_price_ore >= 0)),
  constraint withdrawal_is_known CHECK ((withdrawal = ANY (ARRAY['right'::text, 'custom-made'::text, 'perishable'::text, 'sealed'::text, 'digital'::text, 'performed-service'::text, 'date-bound'::text])))
);
alter table history.order_line alter column sealed set statistics 0;

create table history.payment (
  owner_id uuid not null,
  payment_id uuid not null,
  order_id uuid not null,
  way text not null,
  state text not null,
  amount_ore integer not null,
  created_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  ask_at timestamp with time zone not null,
  asked integer not null default 0,
  asked_at timestamp with time zone,
  voucher_year uuid,
  voucher_id uuid,
  sealed bytea not null,
  constraint payment_pkey PRIMARY KEY (owner_id, payment_id),
  constraint payment_owner_id_order_id_fkey FOREIGN KEY (owner_id, order_id) REFERENCES history."order"(owner_id, order_id),
  constraint amount_is_positive CHECK ((amount_ore > 0)),
  constraint payment_state_is_known CHECK ((state = ANY (ARRAY['paid'::text, 'asking'::text, 'open'::text, 'unsure'::text, 'declined'::text, 'cancelled'::text, 'expired'::text, 'failed'::text]))),
  constraint settled_payment_has_a_time CHECK (((state = ANY (ARRAY['asking'::text, 'open'::text, 'unsure'::text])) = (settled_at IS NULL))),
  constraint voucher_is_whole CHECK (((voucher_year IS NULL) = (voucher_id IS NULL))),
  constraint way_is_known CHECK ((way = ANY (ARRAY['swish'::text, 'card'::text, 'terminal'::text, 'cash'::text])))
);
CREATE UNIQUE INDEX one_payment_under_way ON history.payment USING btree (owner_id, order_id) WHERE (state = ANY (ARRAY['asking'::text, 'open'::text, 'unsure'::text]));
CREATE INDEX payment_by_id ON history.payment USING btree (payment_id);
CREATE INDEX payment_due ON history.payment USING btree (ask_at) WHERE (state = ANY (ARRAY['asking'::text, 'open'::text, 'unsure'::text]));
alter table history.payment alter column sealed set statistics 0;

create table history.picture (
  item_id uuid not null,
  picture_id uuid not null,
  "position" integer not null,
  alternative jsonb not null,
  media_type text not null,
  width_px integer not null,
  height_px integer not null,
  sha256 bytea not null,
  content bytea not null,
  constraint picture_pkey PRIMARY KEY (item_id, picture_id),
  constraint picture_item_id_fkey FOREIGN KEY (item_id) REFERENCES history.item(item_id),
  constraint media_type_is_a_picture CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text]))),
  constraint picture_has_a_size CHECK ((((width_px >= 1) AND (width_px <= 8000)) AND ((height_px >= 1) AND (height_px <= 8000)))),
  constraint picture_is_small CHECK (((octet_length(content) >= 1) AND (octet_length(content) <= 400000))),
  constraint sha256_is_a_hash CHECK ((octet_length(sha256) = 32))
);
CREATE UNIQUE INDEX picture_by_id ON history.picture USING btree (picture_id);
alter table history.picture alter column sha256 set statistics 0, alter column content set statistics 0;

create table history.proof_of_purchase (
  owner_id uuid not null,
  proof_id uuid not null,
  purchased_at timestamp with time zone not null,
  token_hash bytea not null,
  sealed bytea not null,
  constraint proof_of_purchase_pkey PRIMARY KEY (owner_id, proof_id),
  constraint proof_of_purchase_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32))
);
CREATE INDEX proof_of_purchase_due ON history.proof_of_purchase USING btree (purchased_at);
alter table history.proof_of_purchase alter column token_hash set statistics 0, alter column sealed set statistics 0;

create table history.question (
  item_id uuid not null,
  field text not null,
  required boolean not null,
  constraint question_pkey PRIMARY KEY (item_id, field),
  constraint question_item_id_fkey FOREIGN KEY (item_id) REFERENCES history.item(item_id)
);

create table history.receipt (
  owner_id uuid not null,
  receipt_id uuid not null,
  order_id uuid not null,
  kind text not null,
  issued_at timestamp with time zone not null,
  sealed bytea not null,
  constraint receipt_pkey PRIMARY KEY (owner_id, receipt_id),
  constraint receipt_owner_id_order_id_fkey FOREIGN KEY (owner_id, order_id) REFERENCES history."order"(owner_id, order_id),
  constraint receipt_kind_is_known CHECK ((kind = ANY (ARRAY['sale'::text, 'refund'::text])))
);
CREATE INDEX receipt_of_order ON history.receipt USING btree (owner_id, order_id);
alter table history.receipt alter column sealed set statistics 0;

create table history.resource (
  resource_id uuid not null,
  kind text not null,
  "position" integer not null,
  label jsonb not null,
  offered boolean not null default true,
  feed_version integer not null default 0,
  constraint resource_pkey PRIMARY KEY (resource_id),
  constraint resource_kind_is_known CHECK ((kind = ANY (ARRAY['person'::text, 'room'::text, 'thing'::text])))
);

create table history.resource_skill (
  resource_id uuid not null,
  skill_id uuid not null,
  constraint resource_skill_pkey PRIMARY KEY (resource_id, skill_id),
  constraint resource_skill_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES history.resource(resource_id),
  constraint resource_skill_skill_id_fkey FOREIGN KEY (skill_id) REFERENCES history.skill(skill_id)
);

create table history.reversal (
  owner_id uuid not null,
  reversal_id uuid not null,
  order_id uuid not null,
  kind text not null,
  state text not null,
  amount_ore integer not null,
  asked_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  refund_id uuid,
  sealed bytea not null,
  constraint reversal_pkey PRIMARY KEY (owner_id, reversal_id),
  constraint reversal_owner_id_order_id_fkey FOREIGN KEY (owner_id, order_id) REFERENCES history."order"(owner_id, order_id),
  constraint amount_is_not_negative CHECK ((amount_ore >= 0)),
  constraint reversal_kind_is_known CHECK ((kind = ANY (ARRAY['cancellation'::text, 'withdrawal'::text, 'refund'::text, 'lapse'::text]))),
  constraint reversal_state_is_known CHECK ((state = ANY (ARRAY['awaiting-goods'::text, 'settled'::text])))
);
CREATE INDEX reversal_by_refund ON history.reversal USING btree (refund_id) WHERE (refund_id IS NOT NULL);
alter table history.reversal alter column sealed set statistics 0;

create table history.reversal_line (
  owner_id uuid not null,
  reversal_id uuid not null,
  line_id uuid not null,
  quantity integer not null,
  amount_ore integer not null,
  constraint reversal_line_pkey PRIMARY KEY (owner_id, reversal_id, line_id),
  constraint reversal_line_owner_id_reversal_id_fkey FOREIGN KEY (owner_id, reversal_id) REFERENCES history.reversal(owner_id, reversal_id),
  constraint amount_is_not_negative CHECK ((amount_ore >= 0)),
  constraint reversed_quantity_is_sensible CHECK (((quantity >= 0) AND (quantity <= 99)))
);

create table history.skill (
  skill_id uuid not null,
  name jsonb not null,
  constraint skill_pkey PRIMARY KEY (skill_id)
);

create table history.slot (
  resource_id uuid not null,
  slot_id uuid not null,
  kind text not null,
  item_id uuid,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  busy_from timestamp with time zone not null,
  busy_to timestamp with time zone not null,
  capacity integer not null,
  taken integer not null,
  constraint slot_pkey PRIMARY KEY (resource_id, slot_id),
  constraint slot_item_id_fkey FOREIGN KEY (item_id) REFERENCES history.item(item_id),
  constraint slot_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES history.resource(resource_id),
  constraint slots_do_not_overlap EXCLUDE USING gist (resource_id WITH =, tstzrange(busy_from, busy_to) WITH &&),
  constraint slot_is_a_span CHECK (((busy_from <= starts_at) AND (starts_at < ends_at) AND (ends_at <= busy_to))),
  constraint slot_is_not_overfull CHECK (((0 <= taken) AND (taken <= capacity))),
  constraint slot_kind_is_known CHECK ((kind = ANY (ARRAY['booked'::text, 'blocked'::text])))
);

create table history.terms (
  terms_id uuid not null,
  version text not null,
  content_hash bytea not null,
  content jsonb not null,
  published_at timestamp with time zone not null,
  constraint terms_pkey PRIMARY KEY (terms_id),
  constraint terms_are_kept_once UNIQUE (content_hash),
  constraint content_hash_is_sha256 CHECK ((octet_length(content_hash) = 32))
);
alter table history.terms alter column content_hash set statistics 0;

create table history.variant (
  item_id uuid not null,
  variant_id uuid not null,
  "position" integer not null,
  name jsonb not null,
  extra_ore integer not null default 0,
  stock integer,
  offered boolean not null default true,
  constraint variant_pkey PRIMARY KEY (item_id, variant_id),
  constraint variant_item_id_fkey FOREIGN KEY (item_id) REFERENCES history.item(item_id),
  constraint stock_is_not_negative CHECK ((stock >= 0))
);

create table messages.departure (
  owner_id uuid not null,
  departure_id uuid not null,
  disclosure_id uuid not null,
  departed_at timestamp with time zone not null,
  channel text not null,
  constraint departure_pkey PRIMARY KEY (owner_id, departure_id),
  constraint departure_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id)
);

create table messages.outbox (
  owner_id uuid not null,
  message_id uuid not null,
  channel text not null,
  purpose text not null,
  written_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  attempts integer not null default 0,
  held boolean not null default false,
  sealed bytea not null,
  constraint outbox_pkey PRIMARY KEY (owner_id, message_id),
  constraint outbox_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint attempts_are_counted CHECK ((attempts >= 0)),
  constraint channel_is_known CHECK ((channel = 'mail'::text))
);
CREATE INDEX outbox_due ON messages.outbox USING btree (due_at);
alter table messages.outbox alter column sealed set statistics 0;

create table recipients.agreement (
  agreement_id uuid not null,
  recipient_id uuid not null,
  signed_on date not null,
  valid_from date not null,
  ended_on date,
  constraint agreement_pkey PRIMARY KEY (agreement_id),
  constraint agreement_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES recipients.recipient(recipient_id),
  constraint agreement_ends_after_it_begins CHECK (((ended_on IS NULL) OR (ended_on >= valid_from))),
  constraint agreement_is_signed_before_it_holds CHECK ((signed_on <= valid_from))
);

create table recipients.disclosure (
  owner_id uuid not null,
  disclosure_id uuid not null,
  disclosed_at timestamp with time zone not null,
  recipient_id uuid not null,
  agreement_id uuid,
  row_id uuid not null,
  purpose text not null,
  category text not null,
  fields text[] not null,
  sealed bytea not null,
  constraint disclosure_pkey PRIMARY KEY (owner_id, disclosure_id),
  constraint disclosure_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES recipients.agreement(agreement_id),
  constraint disclosure_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint disclosure_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES recipients.recipient(recipient_id)
);
CREATE INDEX disclosure_by_recipient ON recipients.disclosure USING btree (owner_id, recipient_id);
CREATE INDEX disclosure_due ON recipients.disclosure USING btree (disclosed_at);
alter table recipients.disclosure alter column sealed set statistics 0;

create table recipients.outcome (
  owner_id uuid not null,
  disclosure_id uuid not null,
  outcome_id uuid not null,
  told_at timestamp with time zone not null,
  outcome text not null,
  constraint outcome_pkey PRIMARY KEY (owner_id, disclosure_id, outcome_id),
  constraint outcome_owner_id_disclosure_id_fkey FOREIGN KEY (owner_id, disclosure_id) REFERENCES recipients.disclosure(owner_id, disclosure_id) ON DELETE CASCADE,
  constraint outcome_is_known CHECK ((outcome = ANY (ARRAY['accepted'::text, 'refused'::text, 'unknown'::text])))
);

create table recipients.recipient (
  recipient_id uuid not null,
  category text not null,
  name text not null,
  country text not null,
  role text not null,
  channel text,
  transfer_tool text,
  transfer_valid_until date,
  notice_url text,
  erasure_url text,
  constraint recipient_pkey PRIMARY KEY (recipient_id),
  constraint channel_is_known CHECK ((channel = ANY (ARRAY['mail'::text, 'swish'::text, 'card'::text]))),
  constraint controller_has_a_notice CHECK (((role = 'processor'::text) OR (notice_url IS NOT NULL))),
  constraint country_is_iso_3166 CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint role_is_known CHECK ((role = ANY (ARRAY['processor'::text, 'controller'::text])))
);
CREATE UNIQUE INDEX one_recipient_a_channel ON recipients.recipient USING btree (channel) WHERE (channel IS NOT NULL);

create table routines.backup (
  backup_id uuid not null,
  set_id uuid not null,
  store text not null,
  taken_at timestamp with time zone not null,
  finished_at timestamp with time zone not null,
  place_kind text not null,
  place_hash bytea not null,
  bytes bigint not null,
  rows bigint not null,
  epoch integer,
  expires_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint backup_pkey PRIMARY KEY (backup_id),
  constraint backup_is_counted CHECK (((bytes >= 0) AND (rows >= 0))),
  constraint backup_store_is_known CHECK ((store = ANY (ARRAY['records'::text, 'keys'::text, 'keyring'::text]))),
  constraint keys_have_an_epoch CHECK (((store = 'records'::text) OR (epoch IS NOT NULL))),
  constraint place_is_hashed CHECK ((octet_length(place_hash) = 32)),
  constraint place_kind_is_known CHECK ((place_kind = ANY (ARRAY['folder'::text, 's3'::text])))
);
CREATE INDEX backup_by_time ON routines.backup USING btree (store, taken_at);
alter table routines.backup alter column place_hash set statistics 0;

create table routines.canary (
  canary_id uuid not null,
  word text not null,
  began_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  state text not null,
  step text not null,
  erasure_id uuid,
  constraint canary_pkey PRIMARY KEY (canary_id),
  constraint canary_state_is_known CHECK ((state = ANY (ARRAY['under-way'::text, 'well'::text, 'failed'::text, 'cut-off'::text]))),
  constraint canary_step_is_known CHECK ((step = ANY (ARRAY['begun'::text, 'sign-up'::text, 'confirm'::text, 'sign-in'::text, 'passkey'::text, 'passkey-sign-in'::text, 'settings'::text, 'insight'::text, 'download'::text, 'close'::text, 'erasure'::text, 'search'::text, 'end'::text]))),
  constraint canary_word_is_random CHECK ((word ~ '^[0-9a-f]{16}$'::text)),
  constraint ended_canary_has_a_time CHECK (((state = 'under-way'::text) = (ended_at IS NULL)))
);

create table routines.erasure (
  erasure_id uuid not null,
  kind text not null,
  state text not null,
  asked_at timestamp with time zone not null,
  code_hash bytea not null,
  fence_index bigint,
  done_index bigint,
  receipt jsonb,
  farewell text not null default 'none'::text,
  constraint erasure_pkey PRIMARY KEY (erasure_id),
  constraint code_is_hashed CHECK ((octet_length(code_hash) = 32)),
  constraint complete_has_a_receipt CHECK (((state <> 'complete'::text) OR ((receipt IS NOT NULL) AND (done_index IS NOT NULL)))),
  constraint erasure_kind_is_known CHECK ((kind = ANY (ARRAY['account'::text, 'guest-order'::text]))),
  constraint erasure_state_is_known CHECK ((state = ANY (ARRAY['asked'::text, 'fencing'::text, 'fenced'::text, 'removed'::text, 'told'::text, 'verified'::text, 'complete'::text]))),
  constraint farewell_is_known CHECK ((farewell = ANY (ARRAY['none'::text, 'waiting'::text, 'erased'::text, 'kept'::text, 'unsent'::text]))),
  constraint fenced_is_in_the_ledger CHECK (((state = ANY (ARRAY['asked'::text, 'fencing'::text])) OR (fence_index IS NOT NULL)))
);
CREATE UNIQUE INDEX erasure_by_code ON routines.erasure USING btree (code_hash);
CREATE INDEX erasure_unfinished ON routines.erasure USING btree (state) WHERE (state <> 'complete'::text);
alter table routines.erasure alter column code_hash set statistics 0;

create table routines.erasure_case (
  owner_id uuid not null,
  erasure_id uuid not null,
  created_at timestamp with time zone not null,
  sealed bytea not null,
  constraint erasure_case_pkey PRIMARY KEY (owner_id),
  constraint erasure_case_erasure_id_fkey FOREIGN KEY (erasure_id) REFERENCES routines.erasure(erasure_id),
  constraint erasure_case_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id)
);
CREATE UNIQUE INDEX one_case_an_erasure ON routines.erasure_case USING btree (erasure_id);
alter table routines.erasure_case alter column sealed set statistics 0;

create table routines.erasure_reference (
  owner_id uuid not null,
  page_id uuid not null,
  recipient_id uuid not null,
  removed integer not null,
  sealed bytea not null,
  constraint erasure_reference_pkey PRIMARY KEY (owner_id, page_id),
  constraint erasure_reference_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint erasure_reference_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES recipients.recipient(recipient_id)
);
alter table routines.erasure_reference alter column sealed set statistics 0;

create table routines.erasure_step (
  erasure_id uuid not null,
  step text not null,
  at timestamp with time zone not null,
  evidence jsonb not null,
  constraint erasure_step_pkey PRIMARY KEY (erasure_id, step),
  constraint erasure_step_erasure_id_fkey FOREIGN KEY (erasure_id) REFERENCES routines.erasure(erasure_id)
);

create table routines.erasure_subject (
  erasure_id uuid not null,
  subject_id uuid not null,
  constraint erasure_subject_pkey PRIMARY KEY (erasure_id, subject_id),
  constraint erasure_subject_erasure_id_fkey FOREIGN KEY (erasure_id) REFERENCES routines.erasure(erasure_id)
);
CREATE UNIQUE INDEX one_erasure_a_subject ON routines.erasure_subject USING btree (subject_id);

create table routines.erasure_telling (
  erasure_id uuid not null,
  recipient_id uuid not null,
  state text not null,
  attempts integer not null default 0,
  told_at timestamp with time zone,
  constraint erasure_telling_pkey PRIMARY KEY (erasure_id, recipient_id),
  constraint erasure_telling_erasure_id_fkey FOREIGN KEY (erasure_id) REFERENCES routines.erasure(erasure_id),
  constraint erasure_telling_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES recipients.recipient(recipient_id),
  constraint telling_state_is_known CHECK ((state = ANY (ARRAY['waiting'::text, 'confirmed'::text, 'refused'::text, 'silent'::text])))
);

create table routines.figure (
  month date not null,
  measure text not null,
  cell text not null,
  contributors integer,
  largest_share integer,
  figure integer,
  sum_ore bigint,
  vat_ore bigint,
  constraint figure_pkey PRIMARY KEY (month, measure, cell),
  constraint figure_month_fkey FOREIGN KEY (month) REFERENCES routines.figures_month(month),
  constraint cell_is_known CHECK ((cell = ANY (ARRAY['all'::text, 'product'::text, 'service'::text, 'booking'::text, 'unnamed'::text, 'rest'::text]))),
  constraint measure_is_known CHECK ((measure = ANY (ARRAY['sign-ups'::text, 'closings'::text, 'orders'::text, 'ordered'::text])))
);

create table routines.figures_month (
  month date not null,
  computed_at timestamp with time zone not null,
  constraint figures_month_pkey PRIMARY KEY (month)
);

create table routines.held_record (
  owner_id uuid not null,
  held_id uuid not null,
  held_at timestamp with time zone not null,
  sealed bytea not null,
  constraint held_record_pkey PRIMARY KEY (owner_id, held_id),
  constraint held_record_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES routines.hold(owner_id)
);
alter table routines.held_record alter column sealed set statistics 0;

create table routines.hold (
  owner_id uuid not null,
  subject_id uuid,
  scope text not null,
  ground text not null,
  state text not null,
  secret boolean not null,
  proposed_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  ends_at timestamp with time zone not null,
  renewed_at timestamp with time zone,
  renewal_ends_at timestamp with time zone,
  sealed bytea not null,
  constraint hold_pkey PRIMARY KEY (owner_id),
  constraint hold_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint confirmed_hold_has_a_time CHECK (((state = 'confirmed'::text) = (confirmed_at IS NOT NULL))),
  constraint hold_ends_within_a_year CHECK ((ends_at <= (COALESCE(renewed_at, proposed_at) + '366 days'::interval))),
  constraint hold_ground_is_known CHECK ((ground = ANY (ARRAY['claim'::text, 'order-to-preserve'::text]))),
  constraint hold_scope_is_known CHECK ((scope = ANY (ARRAY['history'::text, 'orders'::text]))),
  constraint hold_state_is_known CHECK ((state = ANY (ARRAY['confirmed'::text, 'proposed'::text])))
);
alter table routines.hold alter column sealed set statistics 0;

create table routines.hold_order (
  owner_id uuid not null,
  order_id uuid not null,
  constraint hold_order_pkey PRIMARY KEY (owner_id, order_id),
  constraint hold_order_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES routines.hold(owner_id)
);

create table routines.proof (
  promise_id text not null,
  status text not null,
  proven_at timestamp with time zone not null,
  looked_at integer not null,
  found jsonb not null,
  constraint proof_pkey PRIMARY KEY (promise_id),
  constraint proof_status_is_known CHECK ((status = ANY (ARRAY['kept'::text, 'broken'::text, 'not yet checked'::text])))
);

create table routines.ready_day (
  day date not null,
  minutes integer not null,
  first_minute timestamp with time zone not null,
  last_minute timestamp with time zone not null,
  constraint ready_day_pkey PRIMARY KEY (day),
  constraint minutes_are_of_a_day CHECK (((minutes >= 0) AND (minutes <= 1440)))
);

create table routines.rehearsal (
  rehearsal_id uuid not null,
  ran_at timestamp with time zone not null,
  epoch integer,
  outcome text not null,
  looked_at integer not null,
  found jsonb not null,
  records_taken_at timestamp with time zone,
  keys_taken_at timestamp with time zone,
  constraint rehearsal_pkey PRIMARY KEY (rehearsal_id),
  constraint rehearsal_is_counted CHECK ((looked_at >= 0)),
  constraint rehearsal_outcome_is_known CHECK ((outcome = ANY (ARRAY['clean'::text, 'found'::text, 'failed'::text])))
);
CREATE INDEX rehearsal_by_time ON routines.rehearsal USING btree (ran_at);

create table routines.run (
  routine text not null,
  ran_at timestamp with time zone not null,
  done integer not null,
  failed_at timestamp with time zone,
  constraint run_pkey PRIMARY KEY (routine)
);

create table routines.security_event (
  event_id uuid not null,
  kind text not null,
  noted_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  constraint security_event_pkey PRIMARY KEY (event_id),
  constraint event_kind_is_known CHECK ((kind = ANY (ARRAY['passkey-counter'::text, 'store-went-back'::text, 'guesses'::text, 'key-missing'::text])))
);
CREATE INDEX security_event_pending ON routines.security_event USING btree (noted_at) WHERE (settled_at IS NULL);

create table settings.closing (
  owner_id uuid not null,
  counted_to timestamp with time zone not null,
  closes_at timestamp with time zone not null,
  began_at timestamp with time zone not null,
  month_letter_id uuid not null,
  month_letter_at timestamp with time zone not null,
  week_letter_id uuid,
  week_letter_at timestamp with time zone,
  constraint closing_pkey PRIMARY KEY (owner_id),
  constraint closing_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id)
);

create table settings.keeping (
  owner_id uuid not null,
  choice text not null,
  unused_months integer,
  closes_at timestamp with time zone,
  chosen_at timestamp with time zone not null,
  constraint keeping_pkey PRIMARY KEY (owner_id),
  constraint keeping_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint keeping_choice_is_known CHECK ((choice = ANY (ARRAY['until-closed'::text, 'unused'::text, 'until-date'::text]))),
  constraint months_are_few CHECK (((unused_months >= 1) AND (unused_months <= 120))),
  constraint until_date_has_a_time CHECK (((choice <> 'until-date'::text) OR (closes_at IS NOT NULL))),
  constraint unused_has_months CHECK (((choice <> 'unused'::text) OR (unused_months IS NOT NULL)))
);
CREATE INDEX keeping_until_date ON settings.keeping USING btree (closes_at) WHERE (choice = 'until-date'::text);

create table settings.notice (
  notice_id uuid not null,
  content_hash bytea not null,
  published_at timestamp with time zone not null,
  content jsonb not null,
  constraint notice_pkey PRIMARY KEY (notice_id),
  constraint notice_content_hash_key UNIQUE (content_hash),
  constraint content_hash_is_sha256 CHECK ((octet_length(content_hash) = 32))
);
alter table settings.notice alter column content_hash set statistics 0;

create table system.mending (
  mending_id uuid not null,
  confirmed_at timestamp with time zone not null,
  went_back text[] not null,
  erased_again integer not null,
  stops_again integer not null,
  orphans integer not null,
  constraint mending_pkey PRIMARY KEY (mending_id),
  constraint mending_is_counted CHECK (((erased_again >= 0) AND (stops_again >= 0) AND (orphans >= 0))),
  constraint mending_names_stores CHECK ((went_back <@ ARRAY['records'::text, 'keys'::text, 'ledger'::text]))
);

create table system.migration (
  number integer not null,
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (number)
);

create table system.store (
  only_row boolean not null default true,
  store_id uuid not null,
  sandbox boolean not null,
  start_counter bigint not null default 0,
  applied_ledger bigint not null default '-1'::integer,
  constraint store_pkey PRIMARY KEY (only_row),
  constraint applied_ledger_is_an_index CHECK ((applied_ledger >= '-1'::integer)),
  constraint start_counter_is_not_negative CHECK ((start_counter >= 0)),
  constraint store_has_one_row CHECK (only_row)
);

create table vault.held (
  owner_id uuid not null,
  held_id uuid not null,
  since timestamp with time zone not null,
  constraint held_pkey PRIMARY KEY (owner_id, held_id),
  constraint held_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id)
);
CREATE INDEX held_by_id ON vault.held USING btree (held_id);

create table vault.look (
  owner_id uuid not null,
  look_id uuid not null,
  looked_at timestamp with time zone not null,
  party text not null,
  purpose text not null,
  category text not null,
  sealed bytea,
  constraint look_pkey PRIMARY KEY (owner_id, look_id),
  constraint look_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint look_is_not_by_the_customer CHECK ((party <> ALL (ARRAY['customer'::text, 'nobody'::text])))
);
alter table vault.look alter column sealed set statistics 0;

create table vault.owner (
  owner_id uuid not null,
  kind text not null,
  created_at timestamp with time zone not null,
  fenced_at timestamp with time zone,
  constraint owner_pkey PRIMARY KEY (owner_id),
  constraint owner_kind_is_known CHECK ((kind = ANY (ARRAY['account'::text, 'day'::text, 'staff'::text, 'erasure_case'::text, 'proof_of_purchase'::text, 'hold'::text, 'guest_order'::text, 'fiscal_year'::text])))
);
CREATE INDEX owner_by_kind ON vault.owner USING btree (kind, created_at);

create table vault.stop (
  owner_id uuid not null,
  purpose text not null,
  ground text not null,
  since timestamp with time zone not null,
  constraint stop_pkey PRIMARY KEY (owner_id, purpose, ground),
  constraint stop_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint stop_ground_is_known CHECK ((ground = ANY (ARRAY['restriction'::text, 'objection'::text])))
);

CREATE TRIGGER entry_is_kept BEFORE DELETE OR UPDATE ON bookkeeping.entry FOR EACH ROW EXECUTE FUNCTION bookkeeping.refuse_change();
CREATE TRIGGER year_end_is_noted BEFORE DELETE ON bookkeeping.fiscal_year FOR EACH ROW EXECUTE FUNCTION bookkeeping.note_end();
CREATE TRIGGER voucher_is_kept BEFORE DELETE OR UPDATE ON bookkeeping.voucher FOR EACH ROW EXECUTE FUNCTION bookkeeping.refuse_change();
CREATE TRIGGER guest_is_a_guest BEFORE INSERT OR UPDATE ON history.guest FOR EACH ROW EXECUTE FUNCTION history.refuse_other_guests();

grant delete, insert, select on accounts.provider_resource to varsam;
grant delete, insert, select on accounts.recovery_code to varsam;
grant delete, insert, select on accounts.used_ticket to varsam;
grant delete, insert, select on bookkeeping.entry to varsam;
grant delete, insert, select on bookkeeping.export to varsam;
grant delete, insert, select on bookkeeping.opening to varsam;
grant delete, insert, select on bookkeeping.voucher to varsam;
grant delete, insert, select on bookkeeping.year_hold to varsam;
grant delete, insert, select on history.closed_day to varsam;
grant delete, insert, select on history.need to varsam;
grant delete, insert, select on history.opening to varsam;
grant delete, insert, select on history.opening_exception to varsam;
grant delete, insert, select on history.order_event to varsam;
grant delete, insert, select on history.proof_of_purchase to varsam;
grant delete, insert, select on history.question to varsam;
grant delete, insert, select on history.receipt to varsam;
grant delete, insert, select on history.resource_skill to varsam;
grant delete, insert, select on history.reversal_line to varsam;
grant delete, insert, select on messages.departure to varsam;
grant delete, insert, select on recipients.disclosure to varsam;
grant delete, insert, select on recipients.outcome to varsam;
grant delete, insert, select on routines.erasure_reference to varsam;
grant delete, insert, select on routines.held_record to varsam;
grant delete, insert, select on routines.hold_order to varsam;
grant delete, insert, select on vault.held to varsam;
grant delete, insert, select on vault.look to varsam;
grant delete, insert, select, update on accounts.account to varsam;
grant delete, insert, select, update on accounts.address_change to varsam;
grant delete, insert, select, update on accounts.attempt to varsam;
grant delete, insert, select, update on accounts.credential to varsam;
grant delete, insert, select, update on accounts.engagement to varsam;
grant delete, insert, select, update on accounts.failure to varsam;
grant delete, insert, select, update on accounts.invitation to varsam;
grant delete, insert, select, update on accounts.known_network to varsam;
grant delete, insert, select, update on accounts.passkey to varsam;
grant delete, insert, select, update on accounts.recovery to varsam;
grant delete, insert, select, update on accounts.session to varsam;
grant delete, insert, select, update on accounts.signup to varsam;
grant delete, insert, select, update on accounts.staff to varsam;
grant delete, insert, select, update on bookkeeping.fiscal_year to varsam;
grant delete, insert, select, update on bookkeeping.refund to varsam;
grant delete, insert, select, update on bookkeeping.series to varsam;
grant delete, insert, select, update on history."order" to varsam;
grant delete, insert, select, update on history.booking to varsam;
grant delete, insert, select, update on history.booking_slot to varsam;
grant delete, insert, select, update on history.guest to varsam;
grant delete, insert, select, update on history.order_line to varsam;
grant delete, insert, select, update on history.payment to varsam;
grant delete, insert, select, update on history.picture to varsam;
grant delete, insert, select, update on history.reversal to varsam;
grant delete, insert, select, update on history.slot to varsam;
grant delete, insert, select, update on messages.outbox to varsam;
grant delete, insert, select, update on routines.backup to varsam;
grant delete, insert, select, update on routines.canary to varsam;
grant delete, insert, select, update on routines.erasure to varsam;
grant delete, insert, select, update on routines.erasure_case to varsam;
grant delete, insert, select, update on routines.erasure_step to varsam;
grant delete, insert, select, update on routines.erasure_subject to varsam;
grant delete, insert, select, update on routines.erasure_telling to varsam;
grant delete, insert, select, update on routines.hold to varsam;
grant delete, insert, select, update on routines.proof to varsam;
grant delete, insert, select, update on routines.ready_day to varsam;
grant delete, insert, select, update on routines.rehearsal to varsam;
grant delete, insert, select, update on routines.run to varsam;
grant delete, insert, select, update on routines.security_event to varsam;
grant delete, insert, select, update on settings.closing to varsam;
grant delete, insert, select, update on settings.keeping to varsam;
grant delete, insert, select, update on vault.owner to varsam;
grant delete, insert, select, update on vault.stop to varsam;
grant insert, select on bookkeeping.ended_year to varsam;
grant insert, select on bookkeeping.storage_report to varsam;
grant insert, select on history.terms to varsam;
grant insert, select on routines.figure to varsam;
grant insert, select on routines.figures_month to varsam;
grant insert, select on settings.notice to varsam;
grant insert, select on system.mending to varsam;
grant insert, select, update on history.bookable to varsam;
grant insert, select, update on history.item to varsam;
grant insert, select, update on history.resource to varsam;
grant insert, select, update on history.skill to varsam;
grant insert, select, update on history.variant to varsam;
grant insert, select, update on recipients.agreement to varsam;
grant insert, select, update on recipients.recipient to varsam;
grant insert, select, update on system.store to varsam;
grant select on system.migration to varsam;
grant usage on schema accounts to varsam;
grant usage on schema bookkeeping to varsam;
grant usage on schema history to varsam;
grant usage on schema messages to varsam;
grant usage on schema recipients to varsam;
grant usage on schema routines to varsam;
grant usage on schema settings to varsam;
grant usage on schema system to varsam;
grant usage on schema vault to varsam;
