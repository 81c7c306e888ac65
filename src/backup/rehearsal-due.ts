import type { Operation } from '../operation.ts';
import type { NightlyParts } from './nightly.ts';
import { identityFilesOf } from './plan.ts';
import { rehearse } from './rehearse.ts';

const everyDays = 7;
/** A young backup is left alone, so that a new installation is not tried out while somebody tries it out. */
const ripeHours = 1;
/** After a rehearsal that failed: what was wrong may have been the network. */
const againHours = 12;

/**
 * Rehearses once a week, and when the keys have come into an epoch that no rehearsal has seen: the root key before waits
 * for it. Only where this machine has the identities; elsewhere an operator runs `varsam rehearse`.
 */
export async function rehearseWhenDue(op: Operation, parts: NightlyParts): Promise<number> {
  const identityFiles = identityFilesOf(parts.config);
  if (parts.config.backup === null || identityFiles.length === 0) return 0;
  if (!(await isDue(op))) return 0;
  await rehearse(op, parts, { sources: null, identityFiles });
  return 1;
}

async function isDue(op: Operation): Promise<boolean> {
  const backup = await op.db
    .selectFrom('routines.backup')
    .select(['epoch', 'finished_at'])
    .where('store', '=', 'keys')
    .where('removed_at', 'is', null)
    .where('taken_at', '<=', op.now)
    .where('finished_at', '<=', op.now)
    .orderBy('taken_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!backup || isYoungerThan(backup.finished_at, op.now, ripeHours)) return false;
  const last = await op.db
    .selectFrom('routines.rehearsal')
    .select(['ran_at', 'outcome', 'epoch'])
    .where('ran_at', '<=', op.now)
    .orderBy('ran_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last) return true;
  if (last.outcome !== 'clean') return !isYoungerThan(last.ran_at, op.now, againHours);
  if ((last.epoch ?? 0) < (backup.epoch ?? 0)) return true;
  return !isYoungerThan(last.ran_at, op.now, everyDays * 24);
}

function isYoungerThan(moment: Temporal.Instant, now: Temporal.Instant, hours: number): boolean {
  return Temporal.Instant.compare(moment.add({ hours }), now) > 0;
}
