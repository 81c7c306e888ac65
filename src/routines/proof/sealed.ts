import { sql } from 'kysely';
import { listColumns, scanDatabase } from '../../database/scan.ts';
import type { OwnerId } from '../../ids.ts';
import { account } from '../../accounts/holdings.ts';
import { holdings } from '../../holdings.ts';
import type { Operation } from '../../operation.ts';
import { isProblem } from '../../problem.ts';
import { sealedVersion, smallestSealed } from '../../vault/cipher.ts';
import type { Holding } from '../../vault/holding.ts';
import { isTelling, ownTexts } from '../own-texts.ts';
import type { Seen } from './finding.ts';

/** Rows of each holding, and customers, that a proof opens; drawn anew each time. */
const sampleSize = 20;

// What an address, a Swedish phone number or a personal identity number looks like, wherever it stands.
const personalPatterns = [
  String.raw`[[:alnum:]._%+-]+@[[:alnum:]-]+\.[[:alpha:]]{2,}`,
  String.raw`(^|[^[:alnum:]-])(\+46|0)7[02369][ -]?[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}($|[^[:alnum:]-])`,
  String.raw`(^|[^[:alnum:]-])((19|20)[0-9]{2}|[0-9]{2})(0[1-9]|1[0-2])([0-2][0-9]|3[01]|[6-8][0-9]|9[01])[-+][0-9]{4}($|[^[:alnum:]-])`,
];

/** P02: sealed columns hold only sealed values, which open where they stand and nowhere else; nothing else names anybody. */
export async function personalIsSealed(op: Operation): Promise<Seen> {
  const found: string[] = [];
  let lookedAt = 0;
  for (const holding of holdings.filter(({ sealed }) => sealed !== null)) {
    const shaped = await countMisshapen(op, holding);
    lookedAt += shaped.lookedAt;
    found.push(...shaped.found, ...(await openSample(op, holding)));
  }
  const clear = await scanForPatterns(op);
  const named = await scanForSampled(op);
  lookedAt += clear.lookedAt + named.lookedAt;
  return { lookedAt, found: [...found, ...clear.found, ...named.found] };
}

async function countMisshapen(op: Operation, { table }: Holding): Promise<Seen> {
  const { rows } = await sql<{ all: number; wrong: number }>`
    select count(*)::int as all,
           count(*) filter (where octet_length(sealed) < ${smallestSealed}
                               or get_byte(sealed, 0) <> ${sealedVersion})::int as wrong
    from ${sql.table(table)} where sealed is not null`.execute(op.db);
  const [{ all, wrong } = { all: 0, wrong: 0 }] = rows;
  return { lookedAt: all, found: wrong > 0 ? [`${table}.sealed: ${wrong} not sealed`] : [] };
}

/** Each of the sample must open under its own owner's key, and under the key of the row before it must not. */
async function openSample(op: Operation, holding: Holding): Promise<string[]> {
  const { rows } = await sql<{ owner_id: OwnerId; row: string; sealed: Uint8Array }>`
    select owner_id, ${sql.ref(holding.row)}::text as row, sealed from ${sql.table(holding.table)}
    where sealed is not null order by random() limit ${sampleSize}`.execute(op.db);
  const found: string[] = [];
  for (const [index, row] of rows.entries()) {
    const place = { table: holding.table, row: row.row, owner: row.owner_id };
    const own = await opens(op, row.owner_id, place, row.sealed, holding);
    if (own === 'no' || own === 'key missing: data lost') {
      found.push(`${holding.table} ${row.row}: ${own === 'no' ? 'does not open' : own}`);
    }
    const other = rows[(index + 1) % rows.length]?.owner_id;
    if (other === undefined || other === row.owner_id) continue;
    if ((await opens(op, other, place, row.sealed, holding)) === 'yes') {
      found.push(`${holding.table} ${row.row}: opens under another key`);
    }
  }
  return found;
}

async function opens(
  op: Operation,
  owner: OwnerId,
  place: { table: string; row: string; owner: string },
  sealed: Uint8Array,
  holding: Holding,
): Promise<'yes' | 'no' | 'erased meanwhile' | 'key missing: data lost'> {
  try {
    return (await op.vault.authenticates(owner, place, sealed, holding)) ? 'yes' : 'no';
  } catch (error) {
    // A key that is missing without a fence is a loss and is said.
    if (isProblem(error, 'fenced')) return 'erased meanwhile';
    if (isProblem(error, 'key-missing')) return 'key missing: data lost';
    throw error;
  }
}

function isOwnText(table: string): boolean {
  return ownTexts.some((own) => own === table);
}

async function scanForPatterns(op: Operation): Promise<Seen> {
  const columns = (await listColumns(op.db)).filter(
    ({ schema, table, type }) =>
      (type.startsWith('text') || type === 'jsonb') && !isOwnText(`${schema}.${table}`),
  );
  const found: string[] = [];
  for (const { schema, table, column } of columns) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.id(schema, table)}
      where ${sql.id(column)}::text ~ any (${personalPatterns})`.execute(op.db);
    const n = rows[0]?.n ?? 0;
    if (n > 0) found.push(`${schema}.${table}.${column}: ${n} look personal`);
  }
  return { lookedAt: columns.length, found };
}

/** Opens some customers' addresses and names, which they can see, and looks for them in everything that is not sealed. */
async function scanForSampled(op: Operation): Promise<Seen> {
  const rows = await op.db
    .selectFrom('accounts.account')
    .select(['owner_id', 'sealed'])
    .orderBy(sql`random()`)
    .limit(sampleSize)
    .execute();
  const strings: string[] = [];
  for (const row of rows) {
    const opened = await openNames(op, row.owner_id, row.sealed);
    strings.push(...opened);
  }
  return scanDatabase(op.db, { ids: [], strings, except: ownTexts });
}

async function openNames(op: Operation, owner: OwnerId, sealed: Uint8Array): Promise<string[]> {
  try {
    const opener = await op.vault.openFor(op, owner, ['credentials']);
    const { email, name } = opener.open(account, owner, sealed);
    return [email, name].filter(isTelling);
  } catch (error) {
    if (isProblem(error, 'fenced', 'restricted', 'key-missing', 'sealed-damaged')) return [];
    throw error;
  }
}
