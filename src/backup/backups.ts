import type { Operation } from '../operation.ts';
import type { RowId } from '../ids.ts';
import { installationTag, nameArchive, parseArchiveName } from './archive-name.ts';
import type { ArchiveName } from './archive-name.ts';
import type { Written } from './archive-writer.ts';
import { archiveStores } from './manifest.ts';
import { hashOfPlace } from './place.ts';
import type { BackupPlan } from './plan.ts';

const recently = { hours: 24 } as const;

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
    const [, ...older] = ours.filter((one) => one.store === store).toSorted(newestFirst);
    const days = plan.keepDays[store];
    return older.filter(({ takenAt }) => isPast(takenAt.add({ hours: 24 * days }), now));
  });
  for (const { name } of expired) await plan.place.remove(name);
  const left = ours.filter((one) => !expired.includes(one)).map(({ name }) => name);
  await noteRemoved(op, plan, { left, now });
  return expired.map(({ name }) => name);
}

/** Is there no archive of the records that was begun after this moment? */
export async function lacksBackupSince(op: Operation, moment: Temporal.Instant): Promise<boolean> {
  const found = await op.db
    .selectFrom('routines.backup')
    .select('backup_id')
    .where('store', '=', 'records')
    .where('taken_at', '>=', moment)
    .limit(1)
    .executeTakeFirst();
  return found === undefined;
}

/** Rows whose archive is not in its place any more: removed by us, or by somebody else. */
async function noteRemoved(
  op: Operation,
  plan: BackupPlan,
  seen: { readonly left: readonly string[]; readonly now: Temporal.Instant },
): Promise<void> {
  const { store_id: storeId } = await op.db
    .selectFrom('system.store')
    .select('store_id')
    .executeTakeFirstOrThrow();
  const rows = await op.db
    .selectFrom('routines.backup')
    .select(['backup_id', 'store', 'taken_at'])
    .where('removed_at', 'is', null)
    .where('place_hash', '=', hashOfPlace(plan.place))
    .execute();
  const gone = rows.filter(({ backup_id, store, taken_at }) => {
    const name = nameArchive({ storeId, takenAt: taken_at, store, backupId: backup_id });
    return !seen.left.includes(name);
  });
  if (gone.length === 0) return;
  await op.db
    .updateTable('routines.backup')
    .set({ removed_at: seen.now })
    .where(
      'backup_id',
      'in',
      gone.map(({ backup_id }) => backup_id),
    )
    .execute();
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
