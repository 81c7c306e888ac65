import { companyTimeZone } from '../text/format.ts';
import type { HoldInForce } from './held-records.ts';

/**
 * What stays after an erasure, why and until which day (ISO 8601). In words of ours, not of a language, because it stands in
 * a receipt that is signed once.
 */
export type Kept = {
  readonly what: 'held-orders' | 'proof-of-purchase';
  readonly law: 'claim' | 'order-to-preserve' | 'own-choice';
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

/** The last whole day before a moment, where the company is. */
function lastDay(end: Temporal.Instant): string {
  return end
    .subtract({ milliseconds: 1 })
    .toZonedDateTimeISO(companyTimeZone)
    .toPlainDate()
    .toString();
}
