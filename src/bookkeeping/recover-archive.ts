import { createWriteStream, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import type { Records } from '../database/records.ts';
import { receiptPdf } from '../history/receipts/receipt-pdf.ts';
import { readReceipt } from '../history/receipts/receipt.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { Problem } from '../problem.ts';
import { recoverOwner } from '../vault/recover-owner.ts';
import type { Opener } from '../vault/vault.ts';
import { fiscalYearName } from './fiscal-years.ts';
import type { FiscalYear } from './fiscal-years.ts';
import { voucher as vouchers } from './holdings.ts';

/** Opens an age file with the recovery identity; null when that does not fit. */
export type Unseal = (sealed: Uint8Array) => Promise<Uint8Array | null>;

export type RecoveredYear = {
  readonly name: string;
  /** `no-key`: opened before a recovery recipient was named. `other-identity`: wrapped for another one. */
  readonly outcome: 'recovered' | 'no-key' | 'other-identity';
  readonly vouchers: number;
};

const readAtOnce = 200;

/**
 * Writes the archive of the books to a folder with the recovery identity and the records store alone, for when the keys
 * store is lost: for each voucher the receipt as it was kept (JSON, byte for byte) and as a PDF, and for each year
 * `vouchers.jsonl`, a line for each voucher with its rows.
 * @param wanted the name of one year, such as `2026`; null for all
 * @throws Problem `conflict` for a folder that is not empty, `not-found` when there is no such year, `sealed-damaged`
 */
export async function recoverArchive(
  db: Records,
  unseal: Unseal,
  { folder, wanted }: { readonly folder: string; readonly wanted: string | null },
): Promise<RecoveredYear[]> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Problem('conflict', `${folder} is not empty. Name a folder that is.`);
  const years = (await yearsIn(db)).filter(({ name }) => wanted === null || name === wanted);
  if (years.length === 0) throw new Problem('not-found', 'There is no such fiscal year.');
  const recovered: RecoveredYear[] = [];
  for (const year of years) recovered.push(await recoverYear(db, unseal, folder, year));
  return recovered;
}

type KeptYear = FiscalYear & {
  readonly owner: OwnerId;
  readonly name: string;
  readonly wrapped: Uint8Array | null;
};

async function yearsIn(db: Records): Promise<KeptYear[]> {
  const rows = await db
    .selectFrom('bookkeeping.fiscal_year')
    .select(['owner_id', 'starts_on', 'ends_on', 'recovery_key'])
    .orderBy('starts_on')
    .execute();
  return rows.map((row) => {
    const year = { startsOn: row.starts_on, endsOn: row.ends_on };
    return { ...year, owner: row.owner_id, name: fiscalYearName(year), wrapped: row.recovery_key };
  });
}

async function recoverYear(
  db: Records,
  unseal: Unseal,
  folder: string,
  { owner, name, wrapped }: KeptYear,
): Promise<RecoveredYear> {
  if (wrapped === null) return { name, outcome: 'no-key', vouchers: 0 };
  const opener = await recoverOwner(owner, 'bookkeeping', wrapped, unseal);
  if (opener === null) return { name, outcome: 'other-identity', vouchers: 0 };
  const at = path.join(folder, name.replaceAll('/', '_'));
  mkdirSync(at, { recursive: true, mode: 0o700 });
  const list = createWriteStream(path.join(at, 'vouchers.jsonl'), { mode: 0o600 });
  let count = 0;
  for await (const voucher of vouchersOf(db, owner)) {
    list.write(`${JSON.stringify(await writeVoucher(at, opener, voucher))}\n`);
    count += 1;
  }
  list.end();
  await once(list, 'finish');
  return { name, outcome: 'recovered', vouchers: count };
}

type KeptVoucher = Awaited<ReturnType<typeof pageOf>>[number];

async function* vouchersOf(db: Records, year: OwnerId): AsyncGenerator<KeptVoucher> {
  let after: { series: string; number: number } | null = null;
  for (;;) {
    const page: KeptVoucher[] = await pageOf(db, year, after);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = { series: last.series, number: last.number };
  }
}

async function pageOf(
  db: Records,
  year: OwnerId,
  after: { readonly series: string; readonly number: number } | null,
) {
  const rows = await db
    .selectFrom('bookkeeping.voucher')
    .selectAll()
    .where('owner_id', '=', year)
    .$if(after !== null, (some) =>
      some.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('series', 'number'), '>', tuple(after?.series ?? '', after?.number ?? 0)),
      ),
    )
    .orderBy('series')
    .orderBy('number')
    .limit(readAtOnce)
    .execute();
  const entries = await entriesOf(
    db,
    year,
    rows.map(({ voucher_id }) => voucher_id),
  );
  return rows.map((row) => ({ ...row, entries: entries.get(row.voucher_id) ?? [] }));
}

async function entriesOf(db: Records, year: OwnerId, ids: readonly RowId[]) {
  if (ids.length === 0) return new Map<RowId, { account: string; amount_ore: number }[]>();
  const rows = await db
    .selectFrom('bookkeeping.entry')
    .select(['voucher_id', 'account', 'amount_ore'])
    .where('owner_id', '=', year)
    .where('voucher_id', 'in', ids)
    .orderBy('voucher_id')
    .orderBy('row_number')
    .execute();
  return Map.groupBy(rows, ({ voucher_id }) => voucher_id);
}

/** Writes the receipt, if there is one, and returns what stands in the list. */
async function writeVoucher(at: string, opener: Opener, row: KeptVoucher): Promise<object> {
  const known = opener.open(vouchers, row.voucher_id, row.sealed);
  const name = `${row.series}${row.number}`;
  if (known.receipt !== null) {
    const bytes = Buffer.from(known.receipt, 'utf8');
    writeFileSync(path.join(at, `${name}.json`), bytes, { mode: 0o600 });
    const pdf = await receiptPdf(readReceipt(bytes));
    writeFileSync(path.join(at, `${name}.pdf`), pdf, { mode: 0o600 });
  }
  const { receipt, ...words } = known;
  return {
    id: row.voucher_id,
    series: row.series,
    voucher_number: row.number,
    kind: row.kind,
    way: row.way,
    event_on: row.event_on.toString(),
    compiled_at: row.compiled_at.toString(),
    total_ore: row.total_ore,
    refers_to: row.refers_id,
    ...words,
    receipt: receipt === null ? null : `${name}.json`,
    entries: row.entries.map(({ account, amount_ore }) => ({ account, amount_ore })),
  };
}
