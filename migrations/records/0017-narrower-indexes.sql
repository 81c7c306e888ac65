-- The newest orders of everybody are few at any moment: the time alone finds them, at a third of the size.
drop index history.order_latest;
create index order_latest on history.order (placed_at);
