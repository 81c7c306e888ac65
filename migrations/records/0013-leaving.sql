-- Holds, proofs of purchase and the canary.
select 1;
