-- PostgreSQL keeps samples of each column to plan by, until the table is analysed again: long after their rows are gone.
-- Wrapped keys and blind indexes are random, so samples of them help no plan; they only outlive an erasure.
do $$
declare
  one record;
begin
  for one in
    select n.nspname as schema_name, c.relname as table_name, a.attname as column_name,
      c.relkind = 'p' as has_partitions
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and a.atttypid = 'bytea'::regtype
      and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_%'
  loop
    execute format('alter table %I.%I alter column %I set statistics 0',
      one.schema_name, one.table_name, one.column_name);
    perform pg_clear_attribute_stats(one.schema_name, one.table_name, one.column_name, one.has_partitions);
  end loop;
end
$$;

-- A new partition does not inherit it.
create or replace function keys.begin_epoch(next_epoch integer, fingerprint bytea, moment timestamptz) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '3s'
as $$
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
$$;
