import type { Records } from '../database/records.ts';
import type { OwnerId } from '../ids.ts';

/**
 * Until the transaction ends nobody else who asks for this changes what the owner has, and no erasure passes. False for
 * who is erased or being erased.
 */
export async function lockOwner(db: Records, owner: OwnerId): Promise<boolean> {
  const found = await db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .where('fenced_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return found !== undefined;
}
