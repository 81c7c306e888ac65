import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { OwnerId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { accountStay } from '../policy/keeping.ts';
import { Problem } from '../problem.ts';
import { companyTimeZone } from '../text/format.ts';

/** How long an account stays: what its customer chose, or what the notice says of those who have not chosen. */
export type Stay =
  | { readonly choice: 'until-closed' }
  | { readonly choice: 'unused'; readonly months: number }
  | { readonly choice: 'until-date'; readonly date: Temporal.PlainDate };

export type Keeping = {
  readonly stay: Stay;
  /** False where the customer has left it to us. */
  readonly isChosen: boolean;
  readonly chosenAt: Temporal.Instant | null;
  /** When the account will be closed if it is not used until then; null when it stays until it is closed. */
  readonly closesAt: Temporal.Instant | null;
};

/**
 * When an account is due, as SQL over `accounts.account a` and its `settings.keeping k`, which may be missing. Months
 * are those of the company's calendar: a year after 29 February is 28 February, at the same time of day.
 */
export const dueAt: RawBuilder<Temporal.Instant | null> = sql`(case
  when k.choice = 'until-closed' then null
  when k.choice = 'until-date' then k.closes_at
  else ((a.used_at at time zone ${companyTimeZone})
    + make_interval(months => coalesce(k.unused_months, ${accountStay.unusedMonths}::int)))
    at time zone ${companyTimeZone}
end)`;

/** @throws Problem `not-found` when there is no such account */
export async function readKeeping(op: Operation, owner: OwnerId): Promise<Keeping> {
  const row = await op.db
    .selectFrom('accounts.account as a')
    .leftJoin('settings.keeping as k', 'k.owner_id', 'a.owner_id')
    .leftJoin('settings.closing as c', 'c.owner_id', 'a.owner_id')
    .select(['k.choice', 'k.unused_months', 'k.closes_at', 'k.chosen_at'])
    .select(['c.counted_to', 'c.closes_at as told_at'])
    .select(dueAt.as('due_at'))
    .where('a.owner_id', '=', owner)
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
  return {
    stay: stayOf(row.choice, row.unused_months, row.closes_at),
    isChosen: row.choice !== null,
    chosenAt: row.chosen_at,
    // What a letter has said holds; it can only be later.
    closesAt: isSame(row.counted_to, row.due_at) ? row.told_at : row.due_at,
  };
}

/** Writes the choice down. From then on it holds; letters about an earlier one say nothing any more. */
export async function chooseStay(write: WriteOperation, owner: OwnerId, stay: Stay): Promise<void> {
  const row = {
    choice: stay.choice,
    unused_months: stay.choice === 'unused' ? stay.months : null,
    closes_at: stay.choice === 'until-date' ? startOf(stay.date) : null,
    chosen_at: write.now,
  };
  await write.db
    .insertInto('settings.keeping')
    .values({ owner_id: owner, ...row })
    .onConflict((conflict) => conflict.column('owner_id').doUpdateSet(row))
    .execute();
  await write.db.deleteFrom('settings.closing').where('owner_id', '=', owner).execute();
}

/** The first and the last date that can be chosen today. */
export function datesToChoose(now: Temporal.Instant): {
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
} {
  const today = now.toZonedDateTimeISO(companyTimeZone).toPlainDate();
  return { first: today.add({ days: 1 }), last: today.add({ years: accountStay.yearsMax }) };
}

/** When an account that is used now would be closed; the same as `dueAt`, before it is chosen. */
export function closingOf(stay: Stay, usedAt: Temporal.Instant): Temporal.Instant | null {
  switch (stay.choice) {
    case 'until-closed':
      return null;
    case 'unused':
      return usedAt.toZonedDateTimeISO(companyTimeZone).add({ months: stay.months }).toInstant();
    case 'until-date':
      return startOf(stay.date);
  }
}

function stayOf(
  choice: Stay['choice'] | null,
  months: number | null,
  closesAt: Temporal.Instant | null,
): Stay {
  if (choice === 'until-closed') return { choice };
  if (choice === 'until-date' && closesAt !== null)
    return { choice, date: closesAt.toZonedDateTimeISO(companyTimeZone).toPlainDate() };
  return { choice: 'unused', months: months ?? accountStay.unusedMonths };
}

function startOf(date: Temporal.PlainDate): Temporal.Instant {
  return date.toZonedDateTime(companyTimeZone).toInstant();
}

function isSame(one: Temporal.Instant | null, other: Temporal.Instant | null): boolean {
  return one !== null && other !== null && one.equals(other);
}
