import { endedYears } from '../bookkeeping/end-years.ts';
import { sampleRows } from '../database/scan.ts';
import { holdings } from '../holdings.ts';
import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { lookEverywhere } from '../routines/erasure-verify.ts';
import type { Holding } from '../vault/holding.ts';

export type Looked = { readonly lookedAt: number; readonly found: readonly string[] };

/** How many rows of each table are tried, drawn anew each time. */
const sampleSize = 50;

/** Everybody whom the ledger names as erased, without fiscal years. A payload that was pruned names nobody any more. */
export async function ownersInFences(op: Operation): Promise<OwnerId[]> {
  const { log } = op.vault.ledger;
  const owners: OwnerId[] = [];
  const years = await endedYears(op);
  for (let index = 0; index < log.size; index += 1) {
    if (log.parsedLine(index).kind !== 'fence') continue;
    const payload = await log.payload(index);
    if (payload && 'owner' in payload) owners.push(payload.owner as OwnerId);
  }
  return owners.filter((owner) => !years.has(owner));
}

/** Everybody who was erased, everywhere in the restored stores: rows, keys and blind indexes. */
export async function lookForErased(
  op: Operation,
  erased: readonly OwnerId[],
  logFolder: string,
): Promise<Looked> {
  const { lookedAt, found } = await lookEverywhere(op, { ids: erased, strings: [] }, logFolder);
  return { lookedAt: lookedAt + erased.length, found };
}

/** A sample of every table opens under the keys that came back, or the backup is worth nothing. Shows nothing of it. */
export async function sampleOpens(op: Operation): Promise<Looked> {
  const found: string[] = [];
  let lookedAt = 0;
  for (const holding of holdings.filter(({ sealed }) => sealed !== null)) {
    const { table, row: column } = holding;
    const rows = await sampleRows(op.db, { table, column, limit: sampleSize });
    lookedAt += rows.length;
    let closed = 0;
    for (const { owner, row, sealed } of rows) {
      if (!(await opens(op, holding, { owner, row, sealed }))) closed += 1;
    }
    if (closed > 0) found.push(`${table}: ${closed} of ${rows.length} do not open`);
  }
  return { lookedAt, found };
}

async function opens(
  op: Operation,
  holding: Holding,
  {
    owner,
    row,
    sealed,
  }: { readonly owner: string; readonly row: string; readonly sealed: Uint8Array },
): Promise<boolean> {
  const place = { table: holding.table, row, owner };
  try {
    return await op.vault.authenticates(owner as OwnerId, place, sealed, holding);
  } catch (error) {
    if (isProblem(error, 'key-missing', 'fenced', 'sealed-damaged')) return false;
    throw error;
  }
}
