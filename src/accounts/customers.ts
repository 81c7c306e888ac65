import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { countAttempt } from './attempts.ts';

/** Searches by one member of staff in a quarter of an hour: enough for work, too few to try out a list of addresses. */
export const searchesMax = 60;

/**
 * For staff: the customer with exactly this address, through the blind index; null when there is none. Opens nothing.
 * @throws Problem `too-many` after too many searches by the same member of staff
 */
export async function findCustomer(op: Operation, email: string): Promise<OwnerId | null> {
  const { actor } = op;
  await countAttempt(op, `search ${'owner' in actor ? actor.owner : actor.party}`, searchesMax);
  const owner = await op.vault.ownerOf({ kind: 'account-email', value: email });
  // A key without an account is a sign-up that was cut off, and an account that is being erased is nobody's to find.
  return owner !== null && (await findTimes(op, owner)) !== null ? owner : null;
}

export type CustomerTimes = {
  readonly createdAt: Temporal.Instant;
  readonly usedAt: Temporal.Instant;
};

/**
 * For staff: since when there is this account and when it was last used. Opens nothing.
 * @throws Problem `not-found` for who is not a customer, or is being erased
 */
export async function readCustomerTimes(op: Operation, owner: OwnerId): Promise<CustomerTimes> {
  const times = await findTimes(op, owner);
  if (times === null) throw new Problem('not-found');
  return times;
}

async function findTimes(op: Operation, owner: OwnerId): Promise<CustomerTimes | null> {
  const row = await op.db
    .selectFrom('accounts.account as a')
    .innerJoin('vault.owner as o', 'o.owner_id', 'a.owner_id')
    .select(['a.created_at', 'a.used_at'])
    .where('a.owner_id', '=', owner)
    .where('o.fenced_at', 'is', null)
    .executeTakeFirst();
  return row ? { createdAt: row.created_at, usedAt: row.used_at } : null;
}
