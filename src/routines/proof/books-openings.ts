import { sql } from 'kysely';
import { opening as openings } from '../../bookkeeping/holdings.ts';
import { isReason } from '../../bookkeeping/reasons.ts';
import { isOwnerId } from '../../ids.ts';
import type { OwnerId, RowId } from '../../ids.ts';
import type { Operation } from '../../operation.ts';
import { isProblem } from '../../problem.ts';
import type { Opener } from '../../vault/vault.ts';
import { foundMax } from './finding.ts';
import type { Seen } from './finding.ts';

/**
 * Nobody but who keeps the books has looked into the archive, and never without having said why: each look at a year that
 * a person took has an opening of the same moment, and each opening has a reason and somebody of the staff.
 */
export async function archiveIsOpenedForReasons(op: Operation): Promise<Seen> {
  const { rows } = await sql<{ look_id: string; party: string }>`
    select l.look_id, l.party from vault.look l
    join bookkeeping.fiscal_year y on y.owner_id = l.owner_id
    where l.party <> 'routine'
      and (l.party <> 'bookkeeper' or l.purpose <> 'bookkeeping'
           or not exists (select from bookkeeping.opening o
                          where o.owner_id = l.owner_id and o.opened_at = l.looked_at))
    limit ${foundMax}`.execute(op.db);
  const wrong = rows.map(({ look_id, party }) =>
    party === 'bookkeeper'
      ? `vault.look ${look_id}: without a reason`
      : `vault.look ${look_id}: not by who keeps the books`,
  );
  const reasons = await openingsHaveReasons(op);
  return { lookedAt: reasons.lookedAt, found: [...wrong, ...reasons.found] };
}

async function openingsHaveReasons(op: Operation): Promise<Seen> {
  const rows = await op.db
    .selectFrom('bookkeeping.opening')
    .select(['owner_id', 'opening_id', 'sealed'])
    .execute();
  const found: string[] = [];
  for (const [year, ofYear] of Map.groupBy(rows, ({ owner_id }) => owner_id)) {
    const opener = await openYear(op, year);
    if (opener === 'gone') continue;
    for (const row of ofYear) {
      const wrong = await wrongWith(op, opener, row);
      if (wrong !== null) found.push(`bookkeeping.opening ${row.opening_id}: ${wrong}`);
    }
  }
  return { lookedAt: rows.length, found };
}

async function wrongWith(
  op: Operation,
  opener: Opener | null,
  { opening_id, sealed }: { readonly opening_id: RowId; readonly sealed: Uint8Array },
): Promise<string | null> {
  try {
    if (opener === null) return 'does not open';
    const { reason, opened_by } = opener.open(openings, opening_id, sealed);
    if (!isReason(reason)) return 'without a reason';
    return (await mayBeStaff(op, opened_by)) ? null : 'by nobody of the staff';
  } catch (error) {
    if (isProblem(error, 'sealed-damaged')) return 'does not open';
    throw error;
  }
}

/** Of who left long ago nothing but the id is left. */
async function mayBeStaff({ db }: Operation, owner: string): Promise<boolean> {
  if (!isOwnerId(owner)) return false;
  const row = await db
    .selectFrom('vault.owner')
    .select('kind')
    .where('owner_id', '=', owner)
    .executeTakeFirst();
  return row === undefined || row.kind === 'staff';
}

async function openYear(op: Operation, year: OwnerId): Promise<Opener | null | 'gone'> {
  try {
    return await op.vault.openFor(op, year, ['bookkeeping']);
  } catch (error) {
    if (isProblem(error, 'fenced')) return 'gone';
    if (isProblem(error, 'key-missing')) return null;
    throw error;
  }
}
