import { sql } from 'kysely';
import { isUnbroken, seriesStates } from '../../bookkeeping/year-states.ts';
import type { Operation } from '../../operation.ts';
import { countRows, foundMax, together } from './finding.ts';
import type { Seen } from './finding.ts';

/** Each series of each year is 1, 2, 3 … to its last number; each voucher balances, and says in its rows what it says it is. */
export async function numbersAreWhole(op: Operation): Promise<Seen> {
  return together([await seriesAreUnbroken(op), await vouchersBalance(op), await corrections(op)]);
}

async function seriesAreUnbroken(op: Operation): Promise<Seen> {
  const states = await seriesStates(op);
  const { rows } = await sql<{ owner_id: string; series: string }>`
    select distinct v.owner_id, v.series from bookkeeping.voucher v
    where not exists (select from bookkeeping.series s
                      where s.owner_id = v.owner_id and s.series = v.series)`.execute(op.db);
  return {
    lookedAt: states.length,
    found: [
      ...states
        .filter((state) => !isUnbroken(state))
        .map(({ owner_id, series }) => `bookkeeping.series ${owner_id} ${series}: not unbroken`),
      ...rows.map(({ owner_id, series }) => `bookkeeping.series ${owner_id} ${series}: missing`),
    ],
  };
}

/**
 * The rows of a voucher sum to nothing, and their debits to its amount; cash is rounded to whole kronor. Its day lies in
 * its year. A dispute is noted without rows, until the bank has decided.
 */
async function vouchersBalance(op: Operation): Promise<Seen> {
  const count = await countRows(op, 'bookkeeping.voucher');
  const { rows } = await sql<{ voucher_id: string; wrong: string }>`
    select v.voucher_id,
      case when v.unbalanced then 'does not balance'
           when v.event_on not between y.starts_on and y.ends_on then 'outside its year'
           else 'its rows are not its amount' end as wrong
    from (
      select v.owner_id, v.voucher_id, v.kind, v.way, v.total_ore, v.event_on,
        (v.kind <> 'dispute' and count(e.row_number) < 2) or coalesce(sum(e.amount_ore), 0) <> 0
          as unbalanced,
        coalesce(sum(e.amount_ore) filter (where e.amount_ore > 0), 0) as debit
      from bookkeeping.voucher v
      left join bookkeeping.entry e on e.owner_id = v.owner_id and e.voucher_id = v.voucher_id
      group by v.owner_id, v.voucher_id
    ) v
    join bookkeeping.fiscal_year y on y.owner_id = v.owner_id
    where v.unbalanced
      or v.event_on not between y.starts_on and y.ends_on
      or (v.kind <> 'dispute'
          and abs(v.debit - v.total_ore) > case when v.way = 'cash' then 50 else 0 end)
    limit ${foundMax}`.execute(op.db);
  return {
    lookedAt: count,
    found: rows.map(({ voucher_id, wrong }) => `bookkeeping.voucher ${voucher_id}: ${wrong}`),
  };
}

/** A correction takes back exactly what it corrects, and nothing is corrected twice. */
async function corrections(op: Operation): Promise<Seen> {
  const { rows: inexact } = await sql<{ voucher_id: string }>`
    select c.voucher_id
    from bookkeeping.voucher c
    join bookkeeping.voucher o on o.owner_id = c.refers_year and o.voucher_id = c.refers_id
    where c.kind = 'correction' and exists (
      select from bookkeeping.entry e
      where (e.owner_id, e.voucher_id)
        in ((c.owner_id, c.voucher_id), (o.owner_id, o.voucher_id))
      group by e.account having sum(e.amount_ore) <> 0)
    limit ${foundMax}`.execute(op.db);
  const { rows: twice } = await sql<{ refers_id: string }>`
    select refers_id from bookkeeping.voucher where kind = 'correction'
    group by refers_year, refers_id having count(*) > 1 limit ${foundMax}`.execute(op.db);
  return {
    lookedAt: 0,
    found: [
      ...inexact.map((row) => `bookkeeping.voucher ${row.voucher_id}: corrects something else`),
      ...twice.map((row) => `bookkeeping.voucher ${row.refers_id}: corrected twice`),
    ],
  };
}
