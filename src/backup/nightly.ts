import type { Config } from '../config.ts';
import type { Operation } from '../operation.ts';
import {
  assertPlaceIsThere,
  forgetOldRows,
  lacksBackupSince,
  lastNight,
  mayBeAhead,
  removeExpired,
} from './backups.ts';
import { planBackup } from './plan.ts';
import { takeBackup } from './take.ts';
import type { BackupParts, Taken } from './take.ts';

/** What routines need to back up and rehearse. */
export type NightlyParts = BackupParts & { readonly config: Config };

/**
 * A backup once a night, when backups are configured; one that was missed is made up for at the next turn. Archives past
 * their time go even when the backup fails.
 */
export async function backUpNightly(op: Operation, parts: NightlyParts): Promise<number> {
  if (parts.config.backup === null) return 0;
  const now = parts.clock();
  const isDue = await lacksBackupSince(op, lastNight(now), now);
  if (!isDue) return 0;
  return (await backUp(op, parts, null)).taken.length;
}

/**
 * Backs up now, and removes what is past its time. After a leap of the clock that waits for the next backup, unless
 * this one fails: it may have failed for want of room.
 * @throws Problem `unavailable` when the place is not there.
 */
export async function backUp(
  op: Operation,
  parts: NightlyParts,
  to: string | null,
): Promise<{ readonly taken: readonly Taken[]; readonly removed: readonly string[] }> {
  const plan = await planBackup(parts.config, to);
  await assertPlaceIsThere(op, plan, parts.clock());
  const waits = await mayBeAhead(op, parts.clock());
  let removed: readonly string[] = [];
  let taken: readonly Taken[] = [];
  try {
    taken = await takeBackup(op, parts, plan);
  } finally {
    if (!waits || taken.length === 0) {
      removed = await removeExpired(op, plan, parts.clock());
      await forgetOldRows(op, parts.clock());
    }
  }
  return { taken, removed };
}
