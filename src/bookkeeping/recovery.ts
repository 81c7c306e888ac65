import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { isProblem } from '../problem.ts';

/**
 * Wraps the key of each year that is not wrapped for the recovery recipient of now: years that were opened before one was
 * named, or when it was another. Where none is named, what is wrapped stays.
 * @returns how many
 */
export async function wrapYears(op: Operation): Promise<number> {
  const hash = op.vault.recoveryRecipientHash;
  if (hash === null) return 0;
  const rows = await op.db
    .selectFrom('bookkeeping.fiscal_year as y')
    .innerJoin('vault.owner as o', 'o.owner_id', 'y.owner_id')
    .select('y.owner_id')
    .where('o.fenced_at', 'is', null)
    .where(({ eb, or }) =>
      or([eb('y.recovery_recipient', 'is', null), eb('y.recovery_recipient', '<>', hash)]),
    )
    .execute();
  let wrapped = 0;
  for (const { owner_id } of rows) if (await wrapYear(op, owner_id)) wrapped += 1;
  return wrapped;
}

/** False when the year has ended meanwhile. */
async function wrapYear(op: Operation, owner: OwnerId): Promise<boolean> {
  try {
    const recovery = await op.vault.wrapForRecovery(owner);
    if (recovery === null) return false;
    await op.db
      .updateTable('bookkeeping.fiscal_year')
      .set({ recovery_key: recovery.wrapped, recovery_recipient: recovery.recipientHash })
      .where('owner_id', '=', owner)
      .execute();
    return true;
  } catch (error) {
    if (isProblem(error, 'fenced')) return false;
    throw error;
  }
}
