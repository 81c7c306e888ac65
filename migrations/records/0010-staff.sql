-- Invitations and leaving of staff.
select 1;
