import { sql } from 'kysely';
import type { Operation } from '../../operation.ts';
import { countRows, placesOf, together } from './finding.ts';
import type { Seen } from './finding.ts';

/**
 * From the order to the books, as far as its customer is there still: an order costs what its lines cost, with the VAT of
 * each rate; a payment is for what was ordered and booked with that VAT; what was taken back is no more than was paid; and
 * what is delivered is paid. Sums are made anew from the lines, because that is what was agreed on.
 */
export async function ordersAddUp(op: Operation): Promise<Seen> {
  return together([
    await ordersCostTheirLines(op),
    await paymentsAreForTheirOrders(op),
    await reversalsAreOfTheirLines(op),
    await ordersArePaidAsTheySay(op),
    await whollyPaidBackIsNothing(op),
  ]);
}

async function ordersCostTheirLines(op: Operation): Promise<Seen> {
  const found = await placesOf(
    op,
    sql`
      with rate as (
        select owner_id, order_id, vat_percent, sum(quantity::bigint * unit_price_ore) as ore
        from history.order_line group by owner_id, order_id, vat_percent
      ), cost as (
        select owner_id, order_id, sum(ore) as ore, sum(${vatWithin}) as vat
        from rate group by owner_id, order_id
      )
      select 'history.order ' || o.order_id || ': does not cost what its lines cost' as place
      from history.order o
      join cost c on c.owner_id = o.owner_id and c.order_id = o.order_id
      where o.total_ore <> c.ore or o.vat_ore <> c.vat`,
  );
  return { lookedAt: await countRows(op, 'history.order'), found };
}

/**
 * A bank is asked for the whole order; on site one pays for what had not been taken back by then. The books have the VAT of
 * each rate on accounts of their own: BAS has those of 25, 12 and 6 per cent in 261, 262 and 263.
 */
async function paymentsAreForTheirOrders(op: Operation): Promise<Seen> {
  const asked = await placesOf(
    op,
    sql`
      select 'history.payment ' || p.payment_id || ': asks for another sum than its order' as place
      from history.payment p
      join history.order o on o.owner_id = p.owner_id and o.order_id = p.order_id
      where p.way in ('swish', 'card') and p.amount_ore <> o.total_ore`,
  );
  const paid = await placesOf(
    op,
    sql`
      with ${soldByRate}
      select 'history.payment ' || payment_id || ': is not for what was ordered' as place
      from sold group by owner_id, payment_id, amount_ore having sum(ore) <> amount_ore`,
  );
  const taxed = await placesOf(
    op,
    sql`
      with ${soldByRate}, booked as (
        select s.owner_id, s.payment_id, s.vat_percent, ${vatWithin} as vat, (
          select coalesce(-sum(e.amount_ore), 0) from bookkeeping.entry e
          where e.owner_id = s.voucher_year and e.voucher_id = s.voucher_id and left(e.account, 3) =
            case s.vat_percent when 25 then '261' when 12 then '262' when 6 then '263' end
        ) as booked
        from sold s
        join bookkeeping.voucher v on v.owner_id = s.voucher_year and v.voucher_id = s.voucher_id
      )
      select distinct 'history.payment ' || payment_id || ': was booked with other VAT' as place
      from booked where vat <> booked`,
  );
  return { lookedAt: 0, found: [...asked, ...paid, ...taxed] };
}

/** What each paid payment was for, by rate. */
const soldByRate = sql`sold as (
  select p.owner_id, p.payment_id, p.amount_ore, p.voucher_year, p.voucher_id, l.vat_percent,
    sum(l.unit_price_ore::bigint * (l.quantity - coalesce(b.quantity, 0))) as ore
  from history.payment p
  join history.order_line l on l.owner_id = p.owner_id and l.order_id = p.order_id
  left join lateral (
    select sum(t.quantity) as quantity
    from history.reversal r
    join history.reversal_line t on t.owner_id = r.owner_id and t.reversal_id = r.reversal_id
    where p.way in ('terminal', 'cash') and r.owner_id = p.owner_id and r.order_id = p.order_id
      and t.line_id = l.line_id and r.asked_at < p.settled_at
  ) b on true
  where p.state = 'paid'
  group by p.owner_id, p.payment_id, l.vat_percent
)`;

/** The VAT inside `ore` at the rate `vat_percent`, rounded half up. */
const vatWithin = sql`
  div(2 * ore * vat_percent + 100 + vat_percent, 2 * (100 + vat_percent))`;

/** Money that went back because it came for nothing has no lines: they were taken back before, or paid by another payment. */
async function reversalsAreOfTheirLines(op: Operation): Promise<Seen> {
  const sums = await placesOf(
    op,
    sql`
      select 'history.reversal ' || r.reversal_id || ': is not the sum of its lines' as place
      from history.reversal r
      where r.kind <> 'lapse' and r.amount_ore <> (
        select coalesce(sum(t.amount_ore), 0) from history.reversal_line t
        where t.owner_id = r.owner_id and t.reversal_id = r.reversal_id)`,
  );
  const lines = await placesOf(
    op,
    sql`
      select 'history.order_line ' || l.line_id || ': more was taken back than was ordered' as place
      from history.order_line l
      join history.reversal r on r.owner_id = l.owner_id and r.order_id = l.order_id
      join history.reversal_line t
        on t.owner_id = r.owner_id and t.reversal_id = r.reversal_id and t.line_id = l.line_id
      group by l.owner_id, l.order_id, l.line_id
      having sum(t.quantity) > l.quantity
        or sum(t.amount_ore) > l.quantity::bigint * l.unit_price_ore`,
  );
  return { lookedAt: 0, found: [...sums, ...lines] };
}

/** What goes to the customer is paid where it had to be paid first, once; what never came to be has cost nothing. */
async function ordersArePaidAsTheySay(op: Operation): Promise<Seen> {
  const found = await placesOf(
    op,
    sql`
      with money as (
        select o.owner_id, o.order_id, o.state, o.pay_way, o.total_ore,
          coalesce((select sum(p.amount_ore) from history.payment p
            where p.owner_id = o.owner_id and p.order_id = o.order_id and p.state = 'paid'), 0) as paid,
          coalesce((select sum(r.amount_ore) from history.reversal r
            where r.owner_id = o.owner_id and r.order_id = o.order_id), 0) as back
        from history.order o
      ), judged as (
        select order_id, case
          when back > paid then 'more was taken back than was paid'
          when paid - back > total_ore then 'more was paid than it costs'
          when state in ('unpaid', 'lapsed') and paid <> back then 'has cost something and is not there'
          when state in ('placed', 'performed') and pay_way in ('swish', 'card') and paid < total_ore
            then 'had to be paid first and is not'
        end as wrong
        from money
      )
      select 'history.order ' || order_id || ': ' || wrong as place
      from judged where wrong is not null`,
  );
  return { lookedAt: 0, found };
}

/** A sale that was paid back to the last öre leaves nothing behind as sales (BAS 30 to 36) or as VAT (26). */
async function whollyPaidBackIsNothing(op: Operation): Promise<Seen> {
  const found = await placesOf(
    op,
    sql`
      with sale as (
        select s.owner_id, s.voucher_id
        from bookkeeping.voucher s
        join bookkeeping.voucher b
          on b.refers_year = s.owner_id and b.refers_id = s.voucher_id and b.kind = 'refund'
        where s.kind = 'sale'
        group by s.owner_id, s.voucher_id having sum(b.total_ore) = s.total_ore
      )
      select distinct 'bookkeeping.voucher ' || s.voucher_id || ': was paid back, and something is left' as place
      from sale s
      join bookkeeping.voucher v on (v.owner_id = s.owner_id and v.voucher_id = s.voucher_id)
        or (v.kind = 'refund' and v.refers_year = s.owner_id and v.refers_id = s.voucher_id)
      join bookkeeping.entry e on e.owner_id = v.owner_id and e.voucher_id = v.voucher_id
      where e.account ~ '^(26|3[0-6])'
      group by s.owner_id, s.voucher_id, e.account having sum(e.amount_ore) <> 0`,
  );
  return { lookedAt: 0, found };
}
