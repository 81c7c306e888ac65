import type { Operation } from '../../operation.ts';
import { lastMoment, nextStep } from '../../settings/closing-rules.ts';
import { allClosingsBefore } from '../../settings/closings.ts';
import type { Closing } from '../../settings/closings.ts';
import { sweepHours } from '../retention.ts';
import { countRows } from './finding.ts';
import type { Seen } from './finding.ts';

/** A letter that waits is tried for a week; a routine that stands still for longer is found. */
const letterHours = 24;

/**
 * P14: no account is past the time that its customer chose. Every account is looked at, not only those that the routine
 * would find; each that is past its time must wait for one of the reasons that the notice names, and not too long.
 */
export async function accountsEndInTime(op: Operation): Promise<Seen> {
  const earlier = op.now.subtract({ hours: sweepHours });
  const count = await countRows(op, 'accounts.account');
  const past = await allClosingsBefore(op, earlier);
  const found = past.flatMap((closing) => {
    const wrong = wrongWith(closing, earlier);
    return wrong === null ? [] : [`accounts.account ${closing.owner}: ${wrong}`];
  });
  return { lookedAt: count, found };
}

function wrongWith(closing: Closing, earlier: Temporal.Instant): string | null {
  if (closing.told === null) {
    const isOld = hoursSince(closing.dueAt, earlier) > letterHours;
    return isOld ? 'its time is over, and nobody wrote' : null;
  }
  if (Temporal.Instant.compare(lastMoment(closing), earlier) < 0) return 'it has waited too long';
  return nextStep(closing, earlier).step === 'close' ? 'its time is over' : null;
}

function hoursSince(moment: Temporal.Instant, now: Temporal.Instant): number {
  return now.since(moment).total('hours');
}
