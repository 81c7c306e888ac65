-- Nothing: what customers stop has had its table since 0001, and a protected identity is a sealed field of the account.
select 1;
