-- Epochs.
select 1;
