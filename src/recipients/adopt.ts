import type { OwnerId, RowId } from '../ids.ts';
import type { WriteOperation } from '../operation.ts';
import type { Sealer } from '../vault/vault.ts';
import { disclosures } from './disclosures.ts';

/**
 * Gives disclosures of rows that nobody owned yet to the account they turned out to belong to, sealed anew under its
 * key: its customer sees them, and its erasure tells their recipients.
 */
export async function adoptDisclosures(
  op: WriteOperation,
  from: OwnerId,
  rows: readonly RowId[],
  sealer: Sealer,
): Promise<void> {
  const opener = await op.vault.openFor(op, from, ['traces']);
  const found = await op.db
    .selectFrom('recipients.disclosure')
    .selectAll()
    .where('owner_id', '=', from)
    .where('row_id', 'in', [...rows])
    .execute();
  for (const row of found) {
    const { reference } = opener.open(disclosures, row.disclosure_id, row.sealed);
    const sealed = sealer.seal(disclosures, row.disclosure_id, { reference });
    await op.db
      .insertInto('recipients.disclosure')
      .values({ ...row, owner_id: sealer.owner, sealed })
      .execute();
    await adoptOutcomes(op, from, row.disclosure_id, sealer.owner);
    await op.db
      .deleteFrom('recipients.disclosure')
      .where('owner_id', '=', from)
      .where('disclosure_id', '=', row.disclosure_id)
      .execute();
  }
}

async function adoptOutcomes(
  op: WriteOperation,
  from: OwnerId,
  disclosureId: RowId,
  to: OwnerId,
): Promise<void> {
  const outcomes = await op.db
    .selectFrom('recipients.outcome')
    .selectAll()
    .where('owner_id', '=', from)
    .where('disclosure_id', '=', disclosureId)
    .execute();
  if (outcomes.length === 0) return;
  await op.db
    .insertInto('recipients.outcome')
    .values(outcomes.map((row) => ({ ...row, owner_id: to })))
    .execute();
}
