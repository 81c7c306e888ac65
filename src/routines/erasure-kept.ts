import { keptThrough } from '../bookkeeping/fiscal-years.ts';
import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { companyTimeZone } from '../text/format.ts';
import type { HoldInForce } from './held-records.ts';

/**
 * What stays after an erasure, why and until which day (ISO 8601). In words of ours, not of a language, because it stands in
 * a receipt that is signed once.
 */
export type Kept = {
  readonly what: 'held-orders' | 'proof-of-purchase' | 'books';
  readonly law: 'claim' | 'order-to-preserve' | 'own-choice' | 'bookkeeping';
  readonly until: string;
};

/** What holds keep; not those that an order forbids telling of. */
export function keptByHolds(holds: readonly HoldInForce[]): Kept[] {
  return holds
    .filter(({ isSecret }) => !isSecret)
    .map(({ ground, endsAt }) => ({ what: 'held-orders', law: ground, until: lastDay(endsAt) }));
}

export function keptProof(until: Temporal.Instant): Kept {
  return { what: 'proof-of-purchase', law: 'own-choice', until: lastDay(until) };
}

/** Receipts in the archive, by the fiscal year that ends last (bokföringslagen 7 kap. 2 §). */
export async function keptInBooks(op: Operation, owners: readonly OwnerId[]): Promise<Kept[]> {
  const last = await op.db
    .selectFrom('history.payment as p')
    .innerJoin('bookkeeping.fiscal_year as y', 'y.owner_id', 'p.voucher_year')
    .select('y.ends_on')
    .where('p.owner_id', 'in', owners)
    .orderBy('y.ends_on', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last) return [];
  return [{ what: 'books', law: 'bookkeeping', until: keptThrough(last.ends_on).toString() }];
}

/** The last whole day before a moment, where the company is. */
function lastDay(end: Temporal.Instant): string {
  return end
    .subtract({ milliseconds: 1 })
    .toZonedDateTimeISO(companyTimeZone)
    .toPlainDate()
    .toString();
}
