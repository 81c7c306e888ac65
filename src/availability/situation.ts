import type { Records } from '../database/records.ts';
import type { Situation } from './metrics.ts';

/** Reads the figures of this moment: counts and times, never a row's content. */
export async function readSituation(db: Records, now: Temporal.Instant): Promise<Situation> {
  const [messages, erasures, promises, events, backup, rehearsal, proof] = await Promise.all([
    db
      .selectFrom('messages.outbox')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('routines.erasure')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('state', '<>', 'complete')
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('routines.proof')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('status', '=', 'broken')
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('routines.security_event')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('settled_at', 'is', null)
      .executeTakeFirstOrThrow(),
    newestBackup(db, now),
    newestRehearsal(db, now),
    newestProof(db, now),
  ]);
  const age = (moment: Temporal.Instant | null) =>
    moment === null ? null : Math.round(now.since(moment).total('seconds'));
  return {
    messagesWaiting: messages.count,
    erasuresUnfinished: erasures.count,
    promisesBroken: promises.count,
    securityEventsPending: events.count,
    backupAge: age(backup),
    rehearsalAge: age(rehearsal),
    proofAge: age(proof),
  };
}

/** When the newest backup of the records that still exists was taken. What a clock that was ahead has dated later is none. */
export async function newestBackup(
  db: Records,
  now: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const row = await db
    .selectFrom('routines.backup')
    .select('taken_at')
    .where('store', '=', 'records')
    .where('removed_at', 'is', null)
    .where('taken_at', '<=', now)
    .orderBy('taken_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.taken_at ?? null;
}

/** When a restore was last rehearsed without finding anything of the erased. */
export async function newestRehearsal(
  db: Records,
  now: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const row = await db
    .selectFrom('routines.rehearsal')
    .select('ran_at')
    .where('outcome', '=', 'clean')
    .where('ran_at', '<=', now)
    .orderBy('ran_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.ran_at ?? null;
}

export async function newestProof(
  db: Records,
  now: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const row = await db
    .selectFrom('routines.proof')
    .select('proven_at')
    .where('proven_at', '<=', now)
    .orderBy('proven_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.proven_at ?? null;
}
