-- An epoch ends in this order: everything is wrapped again under the next one, its partition is dropped, its root key is
-- destroyed. After that no copy of a key that was destroyed during the epoch can be unwrapped.
alter table keys.epoch
  add column rewrapped_at timestamptz,
  add column dropped_at timestamptz,
  add column destroyed_at timestamptz,
  add constraint epoch_ends_in_order check (
    (dropped_at is null or rewrapped_at is not null) and (destroyed_at is null or dropped_at is not null)
  );

grant update (rewrapped_at, destroyed_at) on keys.epoch to varsam;

-- The newest epoch under which the key was wrapped when it was destroyed. Null in fences from before this column.
alter table keys.fence add column epoch integer references keys.epoch (epoch);

create index fence_by_entry on keys.fence (ledger_index);

-- The application's role makes and drops no tables; these two functions do exactly this, in the name of their owner.
-- Whoever makes, destroys or re-wraps a key holds keys.owner first: the lock waits for those who began before, and those
-- who come after see what was decided here. It gives up early, because everybody else waits behind it.
create function keys.begin_epoch(next_epoch integer, fingerprint bytea, moment timestamptz) returns void
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
    'alter table keys.owner_key_epoch_%s set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50)', next_epoch);
end
$$;

-- Returns how many living keys are not in a later epoch yet. The partition is dropped only when there is none.
create function keys.drop_epoch(old_epoch integer, moment timestamptz) returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '3s'
as $$
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
$$;

revoke all on function keys.begin_epoch(integer, bytea, timestamptz) from public;
revoke all on function keys.drop_epoch(integer, timestamptz) from public;
grant execute on function keys.begin_epoch(integer, bytea, timestamptz) to varsam;
grant execute on function keys.drop_epoch(integer, timestamptz) to varsam;
