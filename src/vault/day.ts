import { sql } from 'kysely';
import { newOwnerId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { addOwner } from './vault.ts';

// Two processes at midnight make one day, not two.
const lockOfDays = 7_201;

/**
 * The owner of what nobody owns yet: unconfirmed sign-ups, counts of attempts. A new one each day (UTC), whose key
 * is destroyed a few days later, whatever happens.
 */
export async function dayOwner(op: Operation): Promise<OwnerId> {
  return (
    (await find(op)) ??
    (await inTransaction(op, async (write) => {
      await sql`select pg_advisory_xact_lock(${lockOfDays})`.execute(write.db);
      const made = await find(write);
      if (made) return made;
      const owner = newOwnerId();
      await write.vault.createKey(write, owner);
      await addOwner(write, owner, 'day');
      return owner;
    }))
  );
}

async function find(op: Operation): Promise<OwnerId | null> {
  const dayStart = startOf(op.now);
  const found = await op.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('kind', '=', 'day')
    .where('created_at', '>=', dayStart)
    .where('created_at', '<', dayStart.add({ hours: 24 }))
    .where('fenced_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return found?.owner_id ?? null;
}

/** Today and yesterday (UTC), as far as there is such a day: what is counted over midnight is under two keys. */
export async function recentDays(
  op: Operation,
): Promise<{ today: OwnerId; yesterday: OwnerId | null }> {
  const dayStart = startOf(op.now);
  const found = await op.db
    .selectFrom('vault.owner')
    .select(['owner_id', 'created_at'])
    .where('kind', '=', 'day')
    .where('created_at', '>=', dayStart.subtract({ hours: 24 }))
    .where('created_at', '<', dayStart.add({ hours: 24 }))
    .where('fenced_at', 'is', null)
    .execute();
  const isToday = ({ created_at }: (typeof found)[number]) =>
    Temporal.Instant.compare(created_at, dayStart) >= 0;
  return {
    today: found.find(isToday)?.owner_id ?? (await dayOwner(op)),
    yesterday: found.find((day) => !isToday(day))?.owner_id ?? null,
  };
}

function startOf(now: Temporal.Instant): Temporal.Instant {
  return now.toZonedDateTimeISO('UTC').startOfDay().toInstant();
}

/** The days whose key has not been destroyed yet. */
export async function livingDays(op: Operation): Promise<OwnerId[]> {
  const rows = await op.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('kind', '=', 'day')
    .where('fenced_at', 'is', null)
    .execute();
  return rows.map(({ owner_id }) => owner_id);
}
