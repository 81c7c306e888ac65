-- Versions of the notice.
select 1;
