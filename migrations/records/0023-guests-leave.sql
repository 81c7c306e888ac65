-- A guest's order is erased like an account, by the code that leads to it.
alter table routines.erasure drop constraint erasure_kind_is_known;
alter table routines.erasure add constraint erasure_kind_is_known check (kind in ('account', 'guest-order'));
