-- Passkeys, one-time codes and recovery codes of customers.
select 1;
