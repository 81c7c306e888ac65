-- Availability and operation.
select 1;
