import type { RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import type { Opener } from '../vault/vault.ts';
import { reversal as reversals } from './holdings.ts';

/** What the customer wrote when something was taken back; null where nothing was written, or it is not this owner's. */
export async function readStatement(
  { db }: Operation,
  opener: Opener,
  reversalId: RowId,
): Promise<string | null> {
  const row = await db
    .selectFrom('history.reversal')
    .select('sealed')
    .where('owner_id', '=', opener.owner)
    .where('reversal_id', '=', reversalId)
    .executeTakeFirst();
  return row ? opener.open(reversals, reversalId, row.sealed).statement : null;
}
