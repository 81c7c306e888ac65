import { sql } from 'kysely';
import { openedIn, openingsOpened } from '../../bookkeeping/archive.ts';
import { opening as openings } from '../../bookkeeping/holdings.ts';
import { isReason } from '../../bookkeeping/reasons.ts';
import { findVoucher } from '../../bookkeeping/vouchers.ts';
import { isOwnerId } from '../../ids.ts';
import type { OwnerId, RowId } from '../../ids.ts';
import type { Operation } from '../../operation.ts';
import { isProblem } from '../../problem.ts';
import type { Opener } from '../../vault/vault.ts';
import { foundMax } from './finding.ts';
import type { Seen } from './finding.ts';

/**
 * Nobody but who keeps the books has looked into the archive, and never without having said why: each look at a year that
 * a person took has an opening of the same moment, and each opening has a reason, somebody of the staff, and what was
 * opened.
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

/** Openings that are opened in each run: the newest, and as many of the others, which are other ones each time. */
export const openingsSampled = 200;

type OpeningRow = {
  readonly owner_id: OwnerId;
  readonly opening_id: RowId;
  readonly sealed: Uint8Array;
};

/**
 * A bounded number of openings, however many the years have brought: each that comes is looked at while it is new, and
 * one that is spoiled later is found by and by.
 */
async function openingsHaveReasons(op: Operation): Promise<Seen> {
  const rows = await sampledOpenings(op);
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

async function sampledOpenings({ db }: Operation): Promise<OpeningRow[]> {
  const newest = await db
    .selectFrom('bookkeeping.opening')
    .select(['owner_id', 'opening_id', 'sealed'])
    .orderBy('opened_at', 'desc')
    .orderBy('opening_id', 'desc')
    .limit(openingsSampled)
    .execute();
  if (newest.length < openingsSampled) return newest;
  const ids = newest.map(({ opening_id }) => opening_id);
  const others = await db
    .selectFrom('bookkeeping.opening')
    .select(['owner_id', 'opening_id', 'sealed'])
    .where('opening_id', 'not in', ids)
    .orderBy(sql`random()`)
    .limit(openingsSampled)
    .execute();
  return [...newest, ...others];
}

async function wrongWith(
  op: Operation,
  opener: Opener | null,
  { owner_id, opening_id, sealed }: OpeningRow,
): Promise<string | null> {
  try {
    if (opener === null) return 'does not open';
    const { reason, opened_by, text } = opener.open(openings, opening_id, sealed);
    if (!isReason(reason)) return 'without a reason';
    if (!(await mayBeStaff(op, opened_by))) return 'by nobody of the staff';
    return (await isOfTheYear(op, owner_id, text)) ? null : 'of no voucher of its year';
  } catch (error) {
    if (isProblem(error, 'sealed-damaged')) return 'does not open';
    throw error;
  }
}

/** What was opened is a voucher that is there, or the list of openings. Older ones do not say. */
async function isOfTheYear(op: Operation, year: OwnerId, text: string | null): Promise<boolean> {
  if (text === null) return true;
  const opened = openedIn(text);
  if (opened === openingsOpened) return true;
  return opened !== null && (await findVoucher(op, { year, voucherId: opened })) !== null;
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
