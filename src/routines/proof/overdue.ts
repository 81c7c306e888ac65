import { yearsDue } from '../../bookkeeping/end-years.ts';
import { holdings } from '../../holdings.ts';
import type { Operation } from '../../operation.ts';
import { holdsDue } from '../holds.ts';
import { casesDue, countDue, daysDue, dueBefore, orphansDue, sweepHours } from '../retention.ts';
import { halfEndedStaff, invitationsDue, leaversDue } from '../staff-retention.ts';
import type { Seen } from './finding.ts';

/** P12: nothing in any holding is past its time by more than the sweep's pace. */
export async function nothingIsOverdue(op: Operation): Promise<Seen> {
  const earlier = op.now.subtract({ hours: sweepHours });
  const found: string[] = [];
  let lookedAt = 0;
  for (const holding of holdings) {
    lookedAt += 1;
    const before = dueBefore(holding, earlier);
    const count = before === null ? 0 : await countDue(op, holding, before);
    if (count > 0) found.push(`${holding.table}: ${count} kept too long`);
  }
  const days = await daysDue({ ...op, now: earlier });
  found.push(...days.map((day) => `vault.owner ${day}: its day is over`));
  const cases = await casesDue({ ...op, now: earlier });
  found.push(...cases.map((owner) => `vault.owner ${owner}: its case is too old`));
  const orphans = await orphansDue({ ...op, now: earlier });
  found.push(...orphans.map((owner) => `keys.owner ${owner}: a key without records`));
  const invitations = await invitationsDue({ ...op, now: earlier });
  found.push(...invitations.map((owner) => `accounts.invitation ${owner}: it is too old`));
  const leavers = await leaversDue({ ...op, now: earlier });
  found.push(...leavers.map((owner) => `accounts.staff ${owner}: left too long ago`));
  const halfEnded = await halfEndedStaff({ ...op, now: earlier });
  found.push(...halfEnded.map((owner) => `vault.owner ${owner}: its key is gone and it is not`));
  const holds = await holdsDue({ ...op, now: earlier });
  found.push(...holds.map((owner) => `routines.hold ${owner}: it is over`));
  const years = await yearsDue({ ...op, now: earlier });
  found.push(...years.map((year) => `bookkeeping.fiscal_year ${year}: its time is over`));
  return { lookedAt: lookedAt + 1 + 7, found };
}
