-- The catalogue refuses a variant that costs less than nothing; this holds whatever forgets to ask. Nobody pays a customer
-- for ordering, and no payment, receipt or refund is made for less than nothing.
alter table history.order_line add constraint unit_price_is_not_negative check (unit_price_ore >= 0);
