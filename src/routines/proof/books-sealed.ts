import { sql } from 'kysely';
import { voucher, yearHold } from '../../bookkeeping/holdings.ts';
import { holdings } from '../../holdings.ts';
import { isOwnerId } from '../../ids.ts';
import type { OwnerId, RowId } from '../../ids.ts';
import type { Operation } from '../../operation.ts';
import { isProblem } from '../../problem.ts';
import type { Holding, Personal } from '../../vault/holding.ts';
import type { Opener } from '../../vault/vault.ts';
import { together } from './finding.ts';
import type { Seen } from './finding.ts';

/** Rows of each table that a proof tries; drawn anew each time. */
const sampleSize = 20;
const idPattern = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

type Row = {
  readonly owner_id: OwnerId;
  readonly row: RowId;
  readonly sealed: Uint8Array;
};

/** What is sealed in the books opens under the key of its own year, under no other key, and names no other owner. */
export async function booksAreSealedByYear(op: Operation): Promise<Seen> {
  const seen: Seen[] = [];
  for (const holding of holdings) {
    if (holding.category === 'bookkeeping' && holding.sealed !== null)
      seen.push(await trySample(op, holding));
  }
  return together([...seen, await namesNobody(op)]);
}

async function trySample(op: Operation, holding: Holding): Promise<Seen> {
  const rows = await sampleOf(op, holding);
  const found: string[] = [];
  for (const row of rows) {
    const place = `${holding.table} ${row.row}`;
    if (!(await opensUnder(op, row.owner_id, holding, row)))
      found.push(`${place}: does not open under the key of its year`);
    const other = await anotherOwner(op, row.owner_id);
    if (other !== null && (await opensUnder(op, other, holding, row)))
      found.push(`${place}: opens under another key`);
  }
  return { lookedAt: rows.length, found };
}

/** The receipt and the words of a voucher hold no id of a customer, or of anybody else but who booked it. */
async function namesNobody(op: Operation): Promise<Seen> {
  const found: string[] = [];
  const openers = new Map<OwnerId, Opener | null>();
  const openerOf = async ({ owner_id }: Row) => {
    if (!openers.has(owner_id)) openers.set(owner_id, await openYear(op, owner_id));
    return openers.get(owner_id) ?? null;
  };
  for (const row of await sampleOf(op, voucher)) {
    const known = open(await openerOf(row), voucher, row);
    if (known === null) continue;
    const { made_by, ...rest } = known;
    const ids = JSON.stringify(rest).match(idPattern) ?? [];
    if (await isSomebody(op, ids, ['fiscal_year']))
      found.push(`${voucher.table} ${row.row}: names an owner`);
    if (made_by !== null && (await isSomebody(op, [made_by], ['staff'])))
      found.push(`${voucher.table} ${row.row}: was booked by no member of staff`);
  }
  for (const row of await sampleOf(op, yearHold)) {
    const known = open(await openerOf(row), yearHold, row);
    if (known !== null && (await isSomebody(op, [known.made_by], ['staff'])))
      found.push(`${yearHold.table} ${row.row}: was decided by no member of staff`);
  }
  return { lookedAt: 0, found };
}

/** Is one of these ids an owner of another kind? Who has been erased is nobody any more. */
async function isSomebody(
  { db }: Operation,
  ids: readonly string[],
  kinds: readonly string[],
): Promise<boolean> {
  const owners = ids.filter(isOwnerId);
  if (owners.length < ids.length) return true;
  if (owners.length === 0) return false;
  const row = await db
    .selectFrom('vault.owner')
    .select('kind')
    .where('owner_id', 'in', owners)
    .where('kind', 'not in', kinds as never)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function sampleOf(op: Operation, { table, row }: Holding): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select owner_id, ${sql.ref(row)} as row, sealed from ${sql.table(table)}
    order by random() limit ${sampleSize}`.execute(op.db);
  return rows;
}

/** Null for a year that has ended meanwhile, or whose key is lost, which the sample finds. */
async function openYear(op: Operation, year: OwnerId): Promise<Opener | null> {
  try {
    return await op.vault.openFor(op, year, ['bookkeeping']);
  } catch (error) {
    if (isProblem(error, 'fenced', 'key-missing')) return null;
    throw error;
  }
}

/** Null for what does not open, which the sample finds. */
function open<H extends typeof voucher | typeof yearHold>(
  opener: Opener | null,
  holding: H,
  { row, sealed }: Row,
): Personal<H> | null {
  try {
    return opener?.open(holding, row, sealed) ?? null;
  } catch (error) {
    if (isProblem(error, 'sealed-damaged')) return null;
    throw error;
  }
}

async function opensUnder(
  op: Operation,
  owner: OwnerId,
  holding: Holding,
  { owner_id, row, sealed }: Row,
): Promise<boolean> {
  const place = { table: holding.table, row, owner: owner_id };
  try {
    return await op.vault.authenticates(owner, place, sealed, holding);
  } catch (error) {
    // Erased meanwhile is no fault of the books; for another owner it is no key at all.
    if (isProblem(error, 'fenced')) return owner === owner_id;
    if (isProblem(error, 'key-missing')) return false;
    throw error;
  }
}

async function anotherOwner({ db }: Operation, owner: OwnerId): Promise<OwnerId | null> {
  const row = await db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', '<>', owner)
    .where('fenced_at', 'is', null)
    .orderBy(sql`random()`)
    .limit(1)
    .executeTakeFirst();
  return row?.owner_id ?? null;
}
