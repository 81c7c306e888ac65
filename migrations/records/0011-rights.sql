-- Restriction, objection and protected identity.
select 1;
