-- The code of a guest names its owner and comes from a form. Under an account a guest's row would be a second key to it,
-- so the store refuses it, whatever the code that writes it forgets to ask.
create function history.refuse_other_guests() returns trigger language plpgsql as $$
begin
  if not exists (
    select from vault.owner where owner_id = new.owner_id and kind = 'guest_order'
  ) then
    raise exception 'guest_is_a_guest: only the owner of a guest''s order is a guest' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger guest_is_a_guest before insert or update on history.guest
  for each row execute function history.refuse_other_guests();
