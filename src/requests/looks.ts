import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';

/** One time that staff opened a customer's data, as the customer sees it: no name, but role and purpose. */
export type LatestLook = {
  readonly at: Temporal.Instant;
  readonly party: string;
  readonly purpose: string;
};

const looksMax = 5;

/**
 * For staff: the latest looks by colleagues at a customer. One visit opens several categories and counts as one. Looks
 * by routines are left out here, because each night's proof would push the others off the list. Opens nothing.
 */
export async function latestLooks(op: Operation, owner: OwnerId): Promise<LatestLook[]> {
  const rows = await op.db
    .selectFrom('vault.look')
    .select(['looked_at', 'party', 'purpose'])
    .distinct()
    .where('owner_id', '=', owner)
    .where('party', '<>', 'routine')
    .orderBy('looked_at', 'desc')
    .limit(looksMax)
    .execute();
  return rows.map(({ looked_at, party, purpose }) => ({ at: looked_at, party, purpose }));
}
