import type { Records } from '../database/records.ts';
import { newOwnerId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { dayAt } from '../text/format.ts';
import { addOwner } from '../vault/vault.ts';
import type { WrappedForRecovery } from '../vault/wrap-for-recovery.ts';
import { calendarYear, yearAfter, yearOf } from './fiscal-years.ts';
import type { FiscalYear } from './fiscal-years.ts';

/** A fiscal year of the books, with the owner under whose key all of it is sealed. */
export type BookYear = FiscalYear & { readonly owner: OwnerId };

/** Every year that is still kept, the oldest first. */
export async function listYears(db: Records): Promise<BookYear[]> {
  const rows = await db
    .selectFrom('bookkeeping.fiscal_year as y')
    .innerJoin('vault.owner as o', 'o.owner_id', 'y.owner_id')
    .select(['y.owner_id', 'y.starts_on', 'y.ends_on'])
    .where('o.fenced_at', 'is', null)
    .orderBy('y.starts_on')
    .execute();
  return rows.map((row) => ({
    owner: row.owner_id,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
  }));
}

/**
 * The year that today belongs to. Where there is none yet, the years up to today are opened: the first is the calendar
 * year, each later one follows the one before, and none goes on into one that is there already. Called before the
 * transaction that books, because a key comes before its records.
 * @throws Problem `unavailable` when the days are taken by a year that is kept no more
 */
export async function yearOfToday(op: Operation): Promise<BookYear> {
  const today = dayAt(op.now);
  let refused = '';
  for (;;) {
    const years = await listYears(op.db);
    const found = yearOf(today, years);
    if (found) return found;
    const wanted = followingYear(years, today);
    // Somebody else may have opened it first, and then the list has grown; twice the same means that nobody did.
    if (refused === wanted.startsOn.toString())
      throw new Problem('unavailable', 'no fiscal year of today can be opened');
    if (!(await openYear(op, wanted))) refused = wanted.startsOn.toString();
  }
}

/**
 * Opens a year; whoever opens the same one at the same time finds it there.
 * @returns false when another year has some of its days
 */
export async function openYear(op: Operation, year: FiscalYear): Promise<boolean> {
  const owner = newOwnerId();
  await op.vault.createKey(op, owner);
  const recovery = await op.vault.wrapForRecovery(owner);
  const isOpened = await inTransaction(op, (write) =>
    insertYear(write, { owner, ...year }, recovery),
  );
  // Nothing was written under it: the key of who came second goes again.
  if (!isOpened) await inTransaction(op, (write) => write.vault.fence(write, owner));
  return isOpened;
}

/** The next one on the way to today: it begins after all that are over, and ends before the first that lies ahead. */
function followingYear(years: readonly BookYear[], today: Temporal.PlainDate): FiscalYear {
  const { compare } = Temporal.PlainDate;
  const last = years.findLast(({ endsOn }) => compare(endsOn, today) < 0);
  const ahead = years.find(({ startsOn }) => compare(startsOn, today) > 0);
  const whole = last ? yearAfter(last) : calendarYear(today);
  if (!ahead || compare(whole.endsOn, ahead.startsOn) < 0) return whole;
  return { startsOn: whole.startsOn, endsOn: ahead.startsOn.subtract({ days: 1 }) };
}

/** False when another year has some of its days (`fiscal_years_do_not_overlap`). */
async function insertYear(
  write: WriteOperation,
  { owner, startsOn, endsOn }: BookYear,
  recovery: WrappedForRecovery | null,
): Promise<boolean> {
  await addOwner(write, owner, 'fiscal_year');
  const inserted = await write.db
    .insertInto('bookkeeping.fiscal_year')
    .values({
      owner_id: owner,
      starts_on: startsOn,
      ends_on: endsOn,
      recovery_key: recovery?.wrapped ?? null,
      recovery_recipient: recovery?.recipientHash ?? null,
      held_until: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  const isInserted = inserted.numInsertedOrUpdatedRows === 1n;
  if (!isInserted) await write.db.deleteFrom('vault.owner').where('owner_id', '=', owner).execute();
  return isInserted;
}
