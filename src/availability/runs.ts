import type { Records } from '../database/records.ts';

/** Notes that a routine did its work; `done` is how many things it did. */
export async function noteRun(
  db: Records,
  routine: string,
  ran_at: Temporal.Instant,
  done: number,
): Promise<void> {
  await db
    .insertInto('routines.run')
    .values({ routine, ran_at, done })
    .onConflict((conflict) => conflict.column('routine').doUpdateSet({ ran_at, done }))
    .execute();
}

/** Notes that a routine failed. One that has never done its work has no row yet and gets one. */
export async function noteFailedRun(
  db: Records,
  routine: string,
  failed_at: Temporal.Instant,
): Promise<void> {
  await db
    .insertInto('routines.run')
    .values({ routine, ran_at: failed_at, done: 0, failed_at })
    .onConflict((conflict) => conflict.column('routine').doUpdateSet({ failed_at }))
    .execute();
}

/** When any of these routines last did its work; null before the first time. */
export async function newestRun(
  db: Records,
  routines: readonly string[],
): Promise<Temporal.Instant | null> {
  const row = await db
    .selectFrom('routines.run')
    .select('ran_at')
    .where('routine', 'in', routines)
    .orderBy('ran_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.ran_at ?? null;
}

export type Run = {
  readonly routine: string;
  readonly ranAt: Temporal.Instant;
  readonly done: number;
  /** Null when its latest run went well. */
  readonly failedAt: Temporal.Instant | null;
};

export async function listRuns(db: Records): Promise<Run[]> {
  const rows = await db.selectFrom('routines.run').selectAll().orderBy('routine').execute();
  return rows.map(({ routine, ran_at, done, failed_at }) => {
    const isLatest = failed_at !== null && Temporal.Instant.compare(failed_at, ran_at) >= 0;
    return { routine, ranAt: ran_at, done, failedAt: isLatest ? failed_at : null };
  });
}
