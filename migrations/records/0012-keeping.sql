-- How long an account is kept, and roll-ups.
select 1;
