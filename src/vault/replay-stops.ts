import type { Records } from '../database/records.ts';
import type { OwnerId } from '../ids.ts';
import type { LedgerLog } from '../ledger/log.ts';
import { lockOwner } from './lock-owner.ts';

type Said = {
  readonly owner: OwnerId;
  readonly purpose: string;
  readonly ground: 'restriction' | 'objection';
  readonly at: string;
};

/**
 * Makes the records say again what the ledger says that customers have stopped or allowed, from an entry on, in order.
 * The last word is the customer's. Returns how many rows changed.
 */
export async function replayStops(records: Records, log: LedgerLog, from: number): Promise<number> {
  let replayed = 0;
  for (let index = from; index < log.size; index += 1) {
    const { kind } = log.parsedLine(index);
    if (kind !== 'no' && kind !== 'lifted') continue;
    const said = (await log.payload(index)) as Said | null;
    if (said && (await replayOne(records, kind, said))) replayed += 1;
  }
  return replayed;
}

function replayOne(records: Records, kind: 'no' | 'lifted', said: Said): Promise<boolean> {
  const { owner, purpose, ground } = said;
  return records.transaction().execute(async (db) => {
    if (!(await lockOwner(db, owner))) return false;
    if (kind === 'lifted') {
      const lifted = await db
        .deleteFrom('vault.stop')
        .where('owner_id', '=', owner)
        .where('purpose', '=', purpose)
        .where('ground', '=', ground)
        .executeTakeFirst();
      return lifted.numDeletedRows > 0n;
    }
    const stopped = await db
      .insertInto('vault.stop')
      .values({ owner_id: owner, purpose, ground, since: Temporal.Instant.from(said.at) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (stopped.numInsertedOrUpdatedRows ?? 0n) > 0n;
  });
}
