import type { OwnerId, RowId } from '../ids.ts';
import type { WriteOperation } from '../operation.ts';
import { adoptDisclosures } from '../recipients/adopt.ts';
import type { Sealer } from '../vault/vault.ts';

/**
 * Gives the letters that were written before there was an account to the account they led to. What still waits is not
 * sent any more: it asks for what has been done. What is on its way is waited for, so that its outcome comes along.
 */
export async function adoptLetters(
  op: WriteOperation,
  from: OwnerId,
  messages: readonly RowId[],
  sealer: Sealer,
): Promise<void> {
  if (messages.length === 0) return;
  await op.db
    .deleteFrom('messages.outbox')
    .where('owner_id', '=', from)
    .where('message_id', 'in', [...messages])
    .execute();
  await adoptDepartures(op, from, messages, sealer.owner);
  await adoptDisclosures(op, from, messages, sealer);
}

async function adoptDepartures(
  op: WriteOperation,
  from: OwnerId,
  messages: readonly RowId[],
  to: OwnerId,
): Promise<void> {
  const departures = await op.db
    .selectFrom('messages.departure as m')
    .innerJoin('recipients.disclosure as d', (join) =>
      join.onRef('d.owner_id', '=', 'm.owner_id').onRef('d.disclosure_id', '=', 'm.disclosure_id'),
    )
    .selectAll('m')
    .where('m.owner_id', '=', from)
    .where('d.row_id', 'in', [...messages])
    .execute();
  if (departures.length === 0) return;
  const ids = departures.map(({ departure_id }) => departure_id);
  await op.db
    .deleteFrom('messages.departure')
    .where('owner_id', '=', from)
    .where('departure_id', 'in', ids)
    .execute();
  await op.db
    .insertInto('messages.departure')
    .values(departures.map((row) => ({ ...row, owner_id: to })))
    .execute();
}
