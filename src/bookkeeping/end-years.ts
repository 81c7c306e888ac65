import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { dayAt } from '../text/format.ts';
import { mayBeErasedFrom } from './fiscal-years.ts';

/**
 * Years whose books need not be kept any longer: the first of January after the law's seventh year has come where the
 * company is (bokföringslagen 7 kap. 2 §), and nobody holds them. Those whose key is destroyed and whose rows are still
 * there are among them: the process died in between.
 *
 * A refund of a sale in such a year cannot come any more. It belongs to the sale's year and is sealed under its key, so it
 * goes with the year, and none can be written: `insertRefund` takes the row of that year, which is fenced. Nor would the
 * law ask for one: complaints end after three years and two months, withdrawal after one, Swish and cards before that.
 */
export async function yearsDue(op: Operation): Promise<OwnerId[]> {
  const today = dayAt(op.now);
  const rows = await op.db
    .selectFrom('bookkeeping.fiscal_year as y')
    .innerJoin('vault.owner as o', 'o.owner_id', 'y.owner_id')
    .select(['y.owner_id', 'y.ends_on', 'y.held_until', 'o.fenced_at'])
    .orderBy('y.ends_on')
    .execute();
  return rows
    .filter(
      (row) => row.fenced_at !== null || isReached(goesOn(row.ends_on, row.held_until), today),
    )
    .map(({ owner_id }) => owner_id);
}

/**
 * The fiscal years whose books are gone. Vouchers of later years and payments refer to them still,
 * which says nothing of anybody; who looks for the erased leaves them out.
 */
export async function endedYears({ db }: Operation): Promise<ReadonlySet<OwnerId>> {
  const rows = await db.selectFrom('bookkeeping.ended_year').select('year_id').execute();
  return new Set(rows.map(({ year_id }) => year_id));
}

/** The first day on which a year may go as things stand: the law's, or the day after a hold that ends later. */
export function goesOn(
  endsOn: Temporal.PlainDate,
  heldUntil: Temporal.PlainDate | null,
): Temporal.PlainDate {
  const byLaw = mayBeErasedFrom(endsOn);
  if (heldUntil === null) return byLaw;
  const afterHold = heldUntil.add({ days: 1 });
  return isReached(byLaw, afterHold) ? afterHold : byLaw;
}

/** Has a day come by another one? */
function isReached(day: Temporal.PlainDate, by: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(day, by) <= 0;
}
