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
  const dayStart = op.now.toZonedDateTimeISO('UTC').startOfDay().toInstant();
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
