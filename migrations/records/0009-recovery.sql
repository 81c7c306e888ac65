-- Recovery, change of address, limits.
select 1;
