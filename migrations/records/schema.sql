-- The result of all migrations, rendered by: npm run -s varsam -- schema --write
-- Do not edit; write a migration.

create schema accounts;
create schema history;
create schema messages;
create schema recipients;
create schema routines;
create schema system;
create schema vault;

create table accounts.account (
  owner_id uuid not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone not null,
  sealed bytea not null,
  constraint account_pkey PRIMARY KEY (owner_id),
  constraint account_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id)
);

create table accounts.attempt (
  owner_id uuid not null,
  bucket bytea not null,
  window_start timestamp with time zone not null,
  attempts integer not null,
  constraint attempt_pkey PRIMARY KEY (owner_id, bucket, window_start),
  constraint attempt_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint attempts_are_counted CHECK ((attempts > 0))
);

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

create table accounts.staff (
  owner_id uuid not null,
  role text not null,
  created_at timestamp with time zone not null,
  sealed bytea not null,
  constraint staff_pkey PRIMARY KEY (owner_id),
  constraint staff_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint staff_role_is_known CHECK ((role = ANY (ARRAY['support'::text, 'administrator'::text, 'bookkeeper'::text])))
);

create table history."order" (
  owner_id uuid not null,
  order_id uuid not null,
  placed_at timestamp with time zone not null,
  state text not null,
  total_ore integer not null,
  vat_ore integer not null,
  sealed bytea not null,
  constraint order_pkey PRIMARY KEY (owner_id, order_id),
  constraint order_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES vault.owner(owner_id),
  constraint order_state_is_known CHECK ((state = ANY (ARRAY['placed'::text, 'performed'::text, 'cancelled'::text]))),
  constraint total_is_not_negative CHECK (((total_ore >= 0) AND (vat_ore >= 0) AND (vat_ore <= total_ore)))
);
CREATE INDEX order_by_time ON history."order" USING btree (owner_id, placed_at DESC);
CREATE INDEX order_latest ON history."order" USING btree (placed_at DESC, order_id DESC);

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
  constraint item_pkey PRIMARY KEY (item_id),
  constraint item_kind_is_known CHECK ((kind = ANY (ARRAY['product'::text, 'service'::text, 'booking'::text]))),
  constraint price_is_not_negative CHECK ((price_ore >= 0)),
  constraint vat_is_swedish CHECK ((vat_percent = ANY (ARRAY[0, 6, 12, 25])))
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
  constraint order_line_pkey PRIMARY KEY (owner_id, order_id, line_id),
  constraint order_line_item_id_fkey FOREIGN KEY (item_id) REFERENCES history.item(item_id),
  constraint order_line_owner_id_order_id_fkey FOREIGN KEY (owner_id, order_id) REFERENCES history."order"(owner_id, order_id),
  constraint quantity_is_positive CHECK (((quantity >= 1) AND (quantity <= 99)))
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
CREATE INDEX disclosure_due ON recipients.disclosure USING btree (disclosed_at);

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
  constraint channel_is_known CHECK ((channel = 'mail'::text)),
  constraint controller_has_a_notice CHECK (((role = 'processor'::text) OR (notice_url IS NOT NULL))),
  constraint country_is_iso_3166 CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint role_is_known CHECK ((role = ANY (ARRAY['processor'::text, 'controller'::text])))
);
CREATE UNIQUE INDEX one_recipient_a_channel ON recipients.recipient USING btree (channel) WHERE (channel IS NOT NULL);

create table routines.erasure (
  erasure_id uuid not null,
  kind text not null,
  state text not null,
  asked_at timestamp with time zone not null,
  code_hash bytea not null,
  fence_index bigint,
  done_index bigint,
  receipt jsonb,
  constraint erasure_pkey PRIMARY KEY (erasure_id),
  constraint code_is_hashed CHECK ((octet_length(code_hash) = 32)),
  constraint complete_has_a_receipt CHECK (((state <> 'complete'::text) OR ((receipt IS NOT NULL) AND (done_index IS NOT NULL)))),
  constraint erasure_kind_is_known CHECK ((kind = 'account'::text)),
  constraint erasure_state_is_known CHECK ((state = ANY (ARRAY['asked'::text, 'fencing'::text, 'fenced'::text, 'removed'::text, 'told'::text, 'verified'::text, 'complete'::text]))),
  constraint fenced_is_in_the_ledger CHECK (((state = ANY (ARRAY['asked'::text, 'fencing'::text])) OR (fence_index IS NOT NULL)))
);
CREATE UNIQUE INDEX erasure_by_code ON routines.erasure USING btree (code_hash);
CREATE INDEX erasure_unfinished ON routines.erasure USING btree (state) WHERE (state <> 'complete'::text);

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

create table routines.proof (
  promise_id text not null,
  status text not null,
  proven_at timestamp with time zone not null,
  looked_at integer not null,
  found jsonb not null,
  constraint proof_pkey PRIMARY KEY (promise_id),
  constraint proof_status_is_known CHECK ((status = ANY (ARRAY['kept'::text, 'broken'::text, 'not yet checked'::text])))
);

create table routines.run (
  routine text not null,
  ran_at timestamp with time zone not null,
  done integer not null,
  constraint run_pkey PRIMARY KEY (routine)
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

create table vault.owner (
  owner_id uuid not null,
  kind text not null,
  created_at timestamp with time zone not null,
  fenced_at timestamp with time zone,
  constraint owner_pkey PRIMARY KEY (owner_id),
  constraint owner_kind_is_known CHECK ((kind = ANY (ARRAY['account'::text, 'day'::text, 'staff'::text, 'erasure_case'::text])))
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

grant delete, insert, select on messages.departure to varsam;
grant delete, insert, select on recipients.disclosure to varsam;
grant delete, insert, select on recipients.outcome to varsam;
grant delete, insert, select on vault.look to varsam;
grant delete, insert, select, update on accounts.account to varsam;
grant delete, insert, select, update on accounts.attempt to varsam;
grant delete, insert, select, update on accounts.credential to varsam;
grant delete, insert, select, update on accounts.session to varsam;
grant delete, insert, select, update on accounts.signup to varsam;
grant delete, insert, select, update on accounts.staff to varsam;
grant delete, insert, select, update on history."order" to varsam;
grant delete, insert, select, update on history.order_line to varsam;
grant delete, insert, select, update on messages.outbox to varsam;
grant delete, insert, select, update on routines.erasure to varsam;
grant delete, insert, select, update on routines.erasure_case to varsam;
grant delete, insert, select, update on routines.erasure_step to varsam;
grant delete, insert, select, update on routines.erasure_subject to varsam;
grant delete, insert, select, update on routines.erasure_telling to varsam;
grant delete, insert, select, update on routines.proof to varsam;
grant delete, insert, select, update on routines.run to varsam;
grant delete, insert, select, update on vault.owner to varsam;
grant delete, insert, select, update on vault.stop to varsam;
grant insert, select, update on history.item to varsam;
grant insert, select, update on recipients.agreement to varsam;
grant insert, select, update on recipients.recipient to varsam;
grant insert, select, update on system.store to varsam;
grant select on system.migration to varsam;
grant usage on schema accounts to varsam;
grant usage on schema history to varsam;
grant usage on schema messages to varsam;
grant usage on schema recipients to varsam;
grant usage on schema routines to varsam;
grant usage on schema system to varsam;
grant usage on schema vault to varsam;
