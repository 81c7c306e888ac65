import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { isPurpose } from '../policy/rules.ts';
import type { Purpose } from '../policy/purposes.ts';

/** Which of the customer's rights stops a purpose: a restriction (GDPR Art. 18) or an objection (Art. 21). */
export type StopGround = 'restriction' | 'objection';

/** The purposes that a customer has stopped, and by which right. The vault keeps to them, whatever a page shows. */
export async function stopsOf(
  op: Operation,
  owner: OwnerId,
): Promise<ReadonlyMap<Purpose, StopGround>> {
  const rows = await op.db
    .selectFrom('vault.stop')
    .select(['purpose', 'ground'])
    .where('owner_id', '=', owner)
    .execute();
  return new Map(
    rows.flatMap(({ purpose, ground }) => (isPurpose(purpose) ? [[purpose, ground] as const] : [])),
  );
}
