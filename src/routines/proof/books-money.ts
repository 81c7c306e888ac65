import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Operation } from '../../operation.ts';
import { companyTimeZone } from '../../text/format.ts';
import { countRows, placesOf, together } from './finding.ts';
import type { Seen } from './finding.ts';

/**
 * Paid payments less what was taken back and paid back are the sales less the refunds of the books, in all and day by day.
 * Held row by row, because who left has taken the payments along and the books stay: each payment has its own sale of the
 * same amount, way and day, each refund of the books its voucher and its sale, each reversal its own refund. What is left
 * in the books alone belongs to somebody who has gone, or to an order that its customer has removed; nothing remembers
 * which, so nothing is said of it.
 */
export async function moneyAddsUp(op: Operation): Promise<Seen> {
  return together([await payments(op), await reversals(op), await refundsOfTheBooks(op)]);
}

async function payments(op: Operation): Promise<Seen> {
  const count = await countRows(op, 'history.payment');
  const wrong = await places(
    op,
    'history.payment',
    sql`
      select p.payment_id as row, 'is not its sale in the books' as wrong
      from history.payment p
      left join bookkeeping.voucher v
        on v.owner_id = p.voucher_year and v.voucher_id = p.voucher_id
      where case
        when p.state <> 'paid' then p.voucher_id is not null
        when p.voucher_id is null then true
        when v.voucher_id is null then ${hasNotEnded(sql`p.voucher_year`)}
        else v.kind <> 'sale' or v.total_ore <> p.amount_ore or v.way is distinct from p.way
          or v.event_on <> (p.settled_at at time zone ${companyTimeZone})::date
      end`,
  );
  const shared = await places(
    op,
    'history.payment',
    sql`
      select min(p.payment_id::text) as row, 'shares its sale with another' as wrong
      from history.payment p where p.voucher_id is not null
      group by p.voucher_year, p.voucher_id having count(*) > 1`,
  );
  return { lookedAt: count, found: [...wrong, ...shared] };
}

/** What is settled and worth something has been paid back from the books, once. */
async function reversals(op: Operation): Promise<Seen> {
  const count = await countRows(op, 'history.reversal');
  const wrong = await places(
    op,
    'history.reversal',
    sql`
      select r.reversal_id as row, 'is not its refund in the books' as wrong
      from history.reversal r
      left join bookkeeping.refund f on f.refund_id = r.refund_id
      where case
        when r.state <> 'settled' then r.refund_id is not null
        when r.refund_id is null then r.amount_ore > 0
        when f.refund_id is null then not exists (
          select from history.payment p
          join bookkeeping.ended_year e on e.year_id = p.voucher_year
          where p.owner_id = r.owner_id and p.order_id = r.order_id)
        else f.amount_ore <> r.amount_ore
      end`,
  );
  const shared = await places(
    op,
    'history.reversal',
    sql`
      select min(r.reversal_id::text) as row, 'shares its refund with another' as wrong
      from history.reversal r where r.refund_id is not null
      group by r.refund_id having count(*) > 1`,
  );
  return { lookedAt: count, found: [...wrong, ...shared] };
}

/** Under way, done or failed: each refund is a voucher of its amount, of a sale that was no smaller. */
async function refundsOfTheBooks(op: Operation): Promise<Seen> {
  const count = await countRows(op, 'bookkeeping.refund');
  const wrong = await places(
    op,
    'bookkeeping.refund',
    sql`
      select f.refund_id as row, 'is not its voucher' as wrong
      from bookkeeping.refund f
      left join bookkeeping.voucher v
        on v.owner_id = f.refund_year and v.voucher_id = f.refund_voucher_id
      where case
        when v.voucher_id is null then ${hasNotEnded(sql`f.refund_year`)}
        else v.kind <> 'refund' or v.total_ore <> f.amount_ore or v.way is distinct from f.way
          or v.refers_year <> f.owner_id or v.refers_id <> f.voucher_id
      end`,
  );
  const alone = await places(
    op,
    'bookkeeping.voucher',
    sql`
      select v.voucher_id as row, 'pays back, and no money is on its way' as wrong
      from bookkeeping.voucher v
      where v.kind = 'refund' and ${hasNotEnded(sql`v.refers_year`)}
        and (select count(*) from bookkeeping.refund f
             where f.refund_year = v.owner_id and f.refund_voucher_id = v.voucher_id) <> 1`,
  );
  const more = await places(
    op,
    'bookkeeping.voucher',
    sql`
      select s.voucher_id as row, 'more was paid back than was sold' as wrong
      from bookkeeping.voucher s
      join bookkeeping.refund f on f.owner_id = s.owner_id and f.voucher_id = s.voucher_id
      group by s.owner_id, s.voucher_id having sum(f.amount_ore) > s.total_ore`,
  );
  return { lookedAt: count, found: [...wrong, ...alone, ...more] };
}

function hasNotEnded(year: RawBuilder<unknown>) {
  return sql`not exists (select from bookkeeping.ended_year e where e.year_id = ${year})`;
}

function places(op: Operation, table: string, query: RawBuilder<unknown>): Promise<string[]> {
  return placesOf(
    op,
    sql`select ${table}::text || ' ' || q."row"::text || ': ' || q.wrong as place from (${query}) q`,
  );
}
