import { sql } from 'kysely';
import type { Operation } from '../operation.ts';

/** What the books say of one month, in öre: sums of the whole company, in which no voucher and nobody stands out by name. */
export type MonthSum = {
  readonly month: Temporal.PlainYearMonth;
  readonly paidOre: number;
  readonly refundedOre: number;
};

/** The latest months in which anything was booked, the oldest of them first. Opens nothing. */
export async function monthSums({ db }: Operation, months: number): Promise<MonthSum[]> {
  const rows = await db
    .selectFrom('bookkeeping.voucher')
    .select([
      sql<string>`to_char(event_on, 'YYYY-MM')`.as('month'),
      sql<string>`coalesce(sum(total_ore) filter (where kind = 'sale'), 0)`.as('paid'),
      sql<string>`coalesce(sum(total_ore) filter (where kind = 'refund'), 0)`.as('refunded'),
    ])
    .where('kind', 'in', ['sale', 'refund'])
    .groupBy(sql`to_char(event_on, 'YYYY-MM')`)
    .orderBy('month', 'desc')
    .limit(months)
    .execute();
  return rows.toReversed().map(({ month, paid, refunded }) => ({
    month: Temporal.PlainYearMonth.from(month),
    paidOre: Number(paid),
    refundedOre: Number(refunded),
  }));
}
