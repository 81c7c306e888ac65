import type { Operation } from '../operation.ts';
import { inTransaction } from '../operation.ts';
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
  const attempts = await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, day);
    const counted = await write.db
      .insertInto('accounts.attempt')
      .values({
        owner_id: day,
        bucket: sealer.mac('attempt', what),
        window_start: windowOf(op.now),
        attempts: 1,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['owner_id', 'bucket', 'window_start'])
          .doUpdateSet((row) => ({ attempts: row('accounts.attempt.attempts', '+', 1) })),
      )
      .returning('attempts')
      .executeTakeFirstOrThrow();
    return counted.attempts;
  });
  if (attempts > limit) throw new Problem('too-many', 'attempts in this quarter of an hour');
}

function windowOf(now: Temporal.Instant): Temporal.Instant {
  const windowMs = windowMinutes * 60_000;
  return Temporal.Instant.fromEpochMilliseconds(
    Math.floor(now.epochMilliseconds / windowMs) * windowMs,
  );
}
