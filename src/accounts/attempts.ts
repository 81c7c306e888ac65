import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { dayOwner } from '../vault/day.ts';

const windowMinutes = 15;
/** Attempts in one window for one thing tried (an address to sign in to, a code to guess). */
export const attemptsMax = 10;

/**
 * Counts an attempt before it is made and refuses when there were too many in this quarter of an hour. What was tried
 * is kept only as a keyed hash under the key of the day, so that no list of strangers' addresses grows here.
 * @throws Problem `too-many`
 */
export async function countAttempt(
  op: Operation,
  what: string,
  limit = attemptsMax,
): Promise<void> {
  const day = await dayOwner(op);
  const attempts = await countOne(op, day, await op.vault.mac(day, 'attempt', what));
  if (attempts > limit) throw new Problem('too-many', 'attempts in this quarter of an hour');
}

/** One statement and so one transaction, which holds the day as every writer holds its owner. */
async function countOne(op: Operation, day: OwnerId, bucket: Uint8Array): Promise<number> {
  const counted = await op.db
    .insertInto('accounts.attempt')
    .columns(['owner_id', 'bucket', 'window_start', 'attempts'])
    .expression((from) =>
      from
        .selectFrom('vault.owner')
        .select(({ val }) => [
          'owner_id',
          val(bucket).as('bucket'),
          val(windowOf(op.now)).as('window_start'),
          val(1).as('attempts'),
        ])
        .where('owner_id', '=', day)
        .where('fenced_at', 'is', null)
        .forKeyShare(),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['owner_id', 'bucket', 'window_start'])
        .doUpdateSet((row) => ({ attempts: row('accounts.attempt.attempts', '+', 1) })),
    )
    .returning('attempts')
    .executeTakeFirst();
  if (!counted) throw new Problem('fenced', 'The day is over and its key destroyed.');
  return counted.attempts;
}

function windowOf(now: Temporal.Instant): Temporal.Instant {
  const windowMs = windowMinutes * 60_000;
  return Temporal.Instant.fromEpochMilliseconds(
    Math.floor(now.epochMilliseconds / windowMs) * windowMs,
  );
}
