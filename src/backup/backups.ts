import type { Operation } from '../operation.ts';
import type { RowId } from '../ids.ts';
import { Problem } from '../problem.ts';
import { installationTag, nameArchive, parseArchiveName } from './archive-name.ts';
import type { ArchiveName } from './archive-name.ts';
import type { Written } from './archive-writer.ts';
import { archiveStores } from './manifest.ts';
import { hashOfPlace } from './place.ts';
import type { BackupPlan } from './plan.ts';

const recently = { hours: 24 } as const;
/** A night and its delays. A backup that comes later than this after the one before may have a clock that is ahead. */
const leap = { hours: 36 } as const;

/** Notes a finished archive: that it is there, and until when it may be. */
export async function noteBackup(
  op: Operation,
  done: {
    readonly plan: BackupPlan;
    readonly written: Written;
    readonly finishedAt: Temporal.Instant;
  },
): Promise<void> {
  const { plan, written, finishedAt } = done;
  const { manifest } = written;
  const takenAt = Temporal.Instant.from(manifest.taken_at);
  await op.db
    .insertInto('routines.backup')
    .values({
      backup_id: manifest.backup_id as RowId,
      set_id: manifest.set_id as RowId,
      store: manifest.store,
      taken_at: takenAt,
      finished_at: finishedAt,
      place_kind: plan.place.kind,
      place_hash: hashOfPlace(plan.place),
      bytes: written.sealedBytes,
      rows: manifest.entries.reduce((sum, { rows }) => sum + rows, 0),
      epoch: manifest.epoch,
      expires_at: takenAt.add({ hours: 24 * plan.keepDays[manifest.store] }),
      removed_at: null,
    })
    .execute();
}

/**
 * Removes this installation's archives that are past their time, and notes which are gone. The newest of each store
 * stays whatever its age: a backup that cannot be replaced is worth more than its term, and its row says that it is there.
 * One dated after now is no newest one: a clock that was ahead is to cost nothing that is real.
 * @returns the names of those removed now.
 */
export async function removeExpired(
  op: Operation,
  plan: BackupPlan,
  now: Temporal.Instant,
): Promise<string[]> {
  const tag = await ownTag(op);
  const ours = (await plan.place.list())
    .map(parseArchiveName)
    .filter((one) => one?.installation === tag)
    .filter((one) => one !== null);
  const expired = archiveStores.flatMap((store) => {
    const [, ...older] = ours
      .filter((one) => one.store === store && !isPast(now, one.takenAt))
      .toSorted(newestFirst);
    const days = plan.keepDays[store];
    return older.filter(({ takenAt }) => isPast(takenAt.add({ hours: 24 * days }), now));
  });
  for (const { name } of expired) await plan.place.remove(name);
  const removed = expired.map(({ name }) => name);
  const left = ours.map(({ name }) => name).filter((name) => !removed.includes(name));
  await noteRemoved(op, plan, { removed, left, now });
  return removed;
}

/**
 * May the clock be ahead, so that nothing should be removed by it yet? It may when it says that much more than a night
 * has passed since the last backup, but not twice in a row: a server that is seldom on still removes.
 */
export async function mayBeAhead(op: Operation, now: Temporal.Instant): Promise<boolean> {
  const rows = await op.db
    .selectFrom('routines.backup')
    .select('taken_at')
    .distinct()
    .where('taken_at', '<=', now)
    .orderBy('taken_at', 'desc')
    .limit(2)
    .execute();
  const [last, before] = rows.map(({ taken_at }) => taken_at);
  if (!last || !isPast(last.add(leap), now)) return false;
  return !before || !isPast(before.add(leap), last);
}

/**
 * A disk that is not mounted looks like an empty folder. What lies on it still counts, and nothing is to be written
 * beneath it.
 * @throws Problem `unavailable` when archives should be in the place, and none of them is.
 */
export async function assertPlaceIsThere(
  op: Operation,
  plan: BackupPlan,
  now: Temporal.Instant,
): Promise<void> {
  const expected = (await rowsOf(op, plan)).filter(({ expiresAt }) => !isPast(expiresAt, now));
  if (expected.length === 0) return;
  const listed = new Set(await plan.place.list());
  if (expected.some(({ name }) => listed.has(name))) return;
  throw new Problem(
    'unavailable',
    `${plan.place.words} should hold ${expected.length} archives, and none of them is there. Mount the disk, or look whether this is the right place, and run the backup again. If they are lost, name another place as backup.to.`,
  );
}

/** Is there no archive of the records that was begun between this moment and now? */
export async function lacksBackupSince(
  op: Operation,
  moment: Temporal.Instant,
  now: Temporal.Instant,
): Promise<boolean> {
  const found = await op.db
    .selectFrom('routines.backup')
    .select('backup_id')
    .where('store', '=', 'records')
    .where('taken_at', '>=', moment)
    .where('taken_at', '<=', now)
    .limit(1)
    .executeTakeFirst();
  return found === undefined;
}

/**
 * Notes what was removed now. Another archive that is not in its place may lie on a disk that is elsewhere, and counts
 * until its time has passed.
 */
async function noteRemoved(
  op: Operation,
  plan: BackupPlan,
  seen: {
    readonly removed: readonly string[];
    readonly left: readonly string[];
    readonly now: Temporal.Instant;
  },
): Promise<void> {
  const gone = (await rowsOf(op, plan)).filter(
    ({ name, expiresAt }) =>
      seen.removed.includes(name) || (!seen.left.includes(name) && isPast(expiresAt, seen.now)),
  );
  if (gone.length === 0) return;
  await op.db
    .updateTable('routines.backup')
    .set({ removed_at: seen.now })
    .where(
      'backup_id',
      'in',
      gone.map(({ backupId }) => backupId),
    )
    .execute();
}

/** What is noted as being in the place of this plan. */
async function rowsOf(op: Operation, plan: BackupPlan) {
  const { store_id: storeId } = await op.db
    .selectFrom('system.store')
    .select('store_id')
    .executeTakeFirstOrThrow();
  const rows = await op.db
    .selectFrom('routines.backup')
    .select(['backup_id', 'store', 'taken_at', 'expires_at'])
    .where('removed_at', 'is', null)
    .where('place_hash', '=', hashOfPlace(plan.place))
    .execute();
  return rows.map(({ backup_id: backupId, store, taken_at: takenAt, expires_at: expiresAt }) => ({
    backupId,
    name: nameArchive({ storeId, takenAt, store, backupId }),
    expiresAt,
  }));
}

async function ownTag(op: Operation): Promise<string> {
  const { store_id } = await op.db
    .selectFrom('system.store')
    .select('store_id')
    .executeTakeFirstOrThrow();
  return installationTag(store_id);
}

function newestFirst(one: ArchiveName, other: ArchiveName): number {
  return Temporal.Instant.compare(other.takenAt, one.takenAt);
}

function isPast(moment: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(moment, now) < 0;
}

/** The last two in the morning in Sweden: a backup that began before it is last night's. */
export function lastNight(now: Temporal.Instant): Temporal.Instant {
  const local = now.toZonedDateTimeISO('Europe/Stockholm');
  const tonight = local.with({
    hour: 2,
    minute: 0,
    second: 0,
    millisecond: 0,
    microsecond: 0,
    nanosecond: 0,
  });
  const isLater = Temporal.ZonedDateTime.compare(tonight, local) > 0;
  return (isLater ? tonight.subtract({ days: 1 }) : tonight).toInstant();
}

/** Rows of archives that are long gone tell nobody anything. */
export async function forgetOldRows(op: Operation, now: Temporal.Instant): Promise<void> {
  await op.db
    .deleteFrom('routines.backup')
    .where('removed_at', '<', now.subtract({ hours: recently.hours * 365 }))
    .execute();
}
