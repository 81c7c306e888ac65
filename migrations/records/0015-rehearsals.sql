-- Backups and rehearsals.
select 1;
