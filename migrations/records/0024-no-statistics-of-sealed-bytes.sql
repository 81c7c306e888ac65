-- PostgreSQL keeps samples of each column to plan by, until the table is analysed again: long after their rows are gone.
-- Sealed bytes and hashes are random, so samples of them help no plan; they only take space, and outlive an erasure.
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
