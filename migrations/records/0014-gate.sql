-- What the restore gate remembers.
select 1;
