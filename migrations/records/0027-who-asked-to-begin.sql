-- When the customer asked for a booked service to begin within the fourteen days of withdrawal: at the checkout, or when moving
-- it to such a time. Only who has asked pays for the part that was had (distansavtalslagen 2005:59, 2 kap. 15 §).
alter table history.booking add column begin_asked_at timestamptz;

-- Until now it followed from the time alone; a booking that was moved may have got such a time without anybody asking.
update history.booking b set begin_asked_at = o.placed_at
from history.order o, history.order_line l
where (o.owner_id, o.order_id) = (b.owner_id, b.order_id)
  and (l.owner_id, l.order_id, l.line_id) = (b.owner_id, b.order_id, b.line_id)
  and b.moves = 0 and l.kind = 'booking' and l.withdrawal = 'right'
  and b.starts_at <= o.placed_at + interval '336 hours';
