import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';

/**
 * Asked at the end of a file that took a while to write: whoever was erased meanwhile would get one that says that it
 * is complete and is not.
 * @throws Problem `fenced`
 */
export async function assertStillThere(op: Operation, owner: OwnerId): Promise<void> {
  const found = await op.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .where('fenced_at', 'is', null)
    .executeTakeFirst();
  if (!found) throw new Problem('fenced', 'The owner is erased or being erased.');
}
