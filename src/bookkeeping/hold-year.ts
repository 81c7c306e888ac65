import { newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { dayAt } from '../text/format.ts';
import { yearHold } from './holdings.ts';
import { bookkeeperOf, readReason } from './reasons.ts';

/** A hold ends by itself; whoever needs it longer decides so again. */
const holdYearsMax = 10;

/**
 * Keeps a year that is under audit until a day, whatever the law's period says; null lets it go. One person decides: what
 * is held are books that the law may demand, and it is written down who did and why.
 * @param wish.until the last day on which it is held
 * @throws Problem `bad-input` for a day that is over or too far ahead, or no reason; `fenced` when the year has ended
 */
export async function holdYear(
  op: Operation,
  wish: {
    readonly year: OwnerId;
    readonly until: Temporal.PlainDate | null;
    readonly reason: string;
  },
): Promise<void> {
  const made_by = bookkeeperOf(op);
  const reason = readReason(wish.reason);
  if (wish.until !== null && !isHoldDay(wish.until, op.now))
    throw new Problem('bad-input', 'not a day to hold a year until');
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, wish.year);
    const updated = await write.db
      .updateTable('bookkeeping.fiscal_year')
      .set({ held_until: wish.until })
      .where('owner_id', '=', wish.year)
      .executeTakeFirst();
    if (updated.numUpdatedRows !== 1n) throw new Problem('not-found');
    const hold_id = newRowId(op.now);
    await write.db
      .insertInto('bookkeeping.year_hold')
      .values({
        owner_id: wish.year,
        hold_id,
        held_at: op.now,
        held_until: wish.until,
        sealed: sealer.seal(yearHold, hold_id, { reason, made_by }),
      })
      .execute();
  });
}

/** From today on, and not further than somebody can mean. */
export function isHoldDay(day: Temporal.PlainDate, now: Temporal.Instant): boolean {
  const { compare } = Temporal.PlainDate;
  const today = dayAt(now);
  return compare(day, today) >= 0 && compare(day, today.add({ years: holdYearsMax })) <= 0;
}
