-- The result of all migrations, rendered by: npm run -s varsam -- schema --write
-- Do not edit; write a migration.

create schema keys;
create schema system;

CREATE OR REPLACE FUNCTION keys.begin_epoch(next_epoch integer, fingerprint bytea, moment timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET lock_timeout TO '3s'
AS $function$
begin
  lock table keys.owner in exclusive mode;
  if next_epoch is distinct from (select max(e.epoch) + 1 from keys.epoch e)
     or exists (select from keys.epoch e where e.epoch < next_epoch - 1 and e.dropped_at is null) then
    raise exception 'another epoch is under way' using errcode = 'object_not_in_prerequisite_state';
  end if;
  insert into keys.epoch (epoch, root_fingerprint, began_at) values (next_epoch, fingerprint, moment);
  execute format('create table keys.owner_key_epoch_%s partition of keys.owner_key for values in (%s)', next_epoch, next_epoch);
  execute format(
    'alter table keys.owner_key_epoch_%s set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50),
       alter column wrapped set statistics 0, alter column fingerprint set statistics 0', next_epoch);
end
$function$
;
CREATE OR REPLACE FUNCTION keys.drop_epoch(old_epoch integer, moment timestamp with time zone)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET lock_timeout TO '3s'
AS $function$
declare
  missing bigint;
begin
  lock table keys.owner in exclusive mode;
  -- Readers go on while it is proven; only the drop itself keeps them out.
  lock table keys.owner_key in exclusive mode;
  if not exists (select from keys.epoch e where e.epoch = old_epoch and e.dropped_at is null) then
    return 0;
  end if;
  execute format(
    'select count(*) from keys.owner_key_epoch_%s o
     where not exists (select from keys.owner_key n where n.owner_id = o.owner_id and n.epoch > %s)', old_epoch, old_epoch)
    into missing;
  if missing > 0 then
    return missing;
  end if;
  execute format('drop table keys.owner_key_epoch_%s', old_epoch);
  update keys.epoch e set rewrapped_at = coalesce(e.rewrapped_at, moment), dropped_at = moment where e.epoch = old_epoch;
  return 0;
end
$function$
;

create table keys.blind_index (
  value bytea not null,
  kind text not null,
  owner_id uuid not null,
  constraint blind_index_pkey PRIMARY KEY (value, kind),
  constraint kind_is_known CHECK ((kind = ANY (ARRAY['account-email'::text, 'staff-email'::text]))),
  constraint value_is_hmac_sha256 CHECK ((octet_length(value) = 32))
);
CREATE INDEX blind_index_by_owner ON keys.blind_index USING btree (owner_id);
alter table keys.blind_index alter column value set statistics 0;

create table keys.epoch (
  epoch integer not null,
  root_fingerprint bytea not null,
  began_at timestamp with time zone not null,
  rewrapped_at timestamp with time zone,
  dropped_at timestamp with time zone,
  destroyed_at timestamp with time zone,
  constraint epoch_pkey PRIMARY KEY (epoch),
  constraint epoch_ends_in_order CHECK ((((dropped_at IS NULL) OR (rewrapped_at IS NOT NULL)) AND ((destroyed_at IS NULL) OR (dropped_at IS NOT NULL)))),
  constraint epoch_is_positive CHECK ((epoch > 0))
);
alter table keys.epoch alter column root_fingerprint set statistics 0;

create table keys.fence (
  owner_id uuid not null,
  fenced_at timestamp with time zone not null,
  key_fingerprint bytea,
  ledger_index bigint not null,
  epoch integer,
  constraint fence_pkey PRIMARY KEY (owner_id),
  constraint fence_epoch_fkey FOREIGN KEY (epoch) REFERENCES keys.epoch(epoch),
  constraint fence_is_in_the_ledger CHECK ((ledger_index >= 0))
);
CREATE INDEX fence_by_entry ON keys.fence USING btree (ledger_index);
CREATE INDEX fence_by_time ON keys.fence USING btree (fenced_at);
alter table keys.fence alter column key_fingerprint set statistics 0;

create table keys.ledger_writer (
  only_row boolean not null default true,
  size bigint not null,
  root_hash bytea not null,
  constraint ledger_writer_pkey PRIMARY KEY (only_row),
  constraint ledger_has_one_writer CHECK (only_row)
);
alter table keys.ledger_writer alter column root_hash set statistics 0;

create table keys.long_lived (
  name text not null,
  fingerprint bytea not null,
  constraint long_lived_pkey PRIMARY KEY (name)
);
alter table keys.long_lived alter column fingerprint set statistics 0;

create table keys.owner (
  owner_id uuid not null,
  created_at timestamp with time zone not null,
  constraint owner_pkey PRIMARY KEY (owner_id)
);
CREATE INDEX owner_by_time ON keys.owner USING btree (created_at);

create table keys.owner_key (
  owner_id uuid not null,
  epoch integer not null,
  wrapped bytea not null,
  fingerprint bytea not null,
  constraint owner_key_pkey PRIMARY KEY (owner_id, epoch),
  constraint owner_key_epoch_fkey FOREIGN KEY (epoch) REFERENCES keys.epoch(epoch),
  constraint owner_key_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES keys.owner(owner_id),
  constraint fingerprint_is_16_bytes CHECK ((octet_length(fingerprint) = 16)),
  constraint wrapped_is_one_key CHECK ((octet_length(wrapped) = 60))
) partition by LIST (epoch);
alter table keys.owner_key alter column wrapped set statistics 0, alter column fingerprint set statistics 0;

create table keys.owner_key_epoch_1 partition of keys.owner_key FOR VALUES IN (1);
alter table keys.owner_key_epoch_1 set (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=50);
alter table keys.owner_key_epoch_1 alter column wrapped set statistics 0, alter column fingerprint set statistics 0;

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

grant delete, insert, select, update on keys.blind_index to varsam;
grant delete, insert, select, update on keys.owner to varsam;
grant delete, insert, select, update on keys.owner_key to varsam;
grant insert, select on keys.epoch to varsam;
grant insert, select on keys.fence to varsam;
grant insert, select on keys.long_lived to varsam;
grant insert, select, update on keys.ledger_writer to varsam;
grant insert, select, update on system.store to varsam;
grant select on system.migration to varsam;
grant update (rewrapped_at, destroyed_at) on keys.epoch to varsam;
grant usage on schema keys to varsam;
grant usage on schema system to varsam;
