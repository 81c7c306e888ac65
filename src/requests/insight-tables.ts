import { stringify } from 'csv-stringify/sync';
import type { Operation } from '../operation.ts';
import type { Language } from '../text/bilingual.ts';
import { storedText } from '../text/privacy-stored.ts';
import type { PersonalTable } from '../text/stored-words.ts';
import type { Holding } from '../vault/holding.ts';
import type { Opener } from '../vault/vault.ts';
import { eachRow, labelOf, shownHoldings } from './insight.ts';
import type { InsightRow } from './insight.ts';
import { plain, withUnits } from './insight-file.ts';

/** One table of the archive: a file of its own. */
export type TableFile = { readonly name: string; readonly holding: Holding };

/** The tables that have rows, in the order of the notice, each under the name that people know it by. */
export async function tableFiles(
  op: Operation,
  openers: readonly Opener[],
  language: Language,
): Promise<TableFile[]> {
  const files: TableFile[] = [];
  for (const holding of shownHoldings()) {
    const { heading } = storedText[language][holding.table as PersonalTable];
    if (await hasRows(op, openers, holding)) files.push({ name: `${slug(heading)}.csv`, holding });
  }
  return files;
}

/**
 * A table as CSV (RFC 4180) for spreadsheet programs: with a byte order mark, without which some of them take UTF-8
 * for something else, and with formulas disarmed, because a value may be what somebody else wrote.
 */
export async function* writeTable(
  op: Operation,
  openers: readonly Opener[],
  { holding }: TableFile,
  language: Language,
): AsyncGenerator<string> {
  const columns = columnsOf(holding, language);
  yield toCsv([columns.map(({ label }) => label)], true);
  for await (const rows of eachRow(op, openers, holding)) {
    yield toCsv(
      rows.map((row) => columns.map(({ name }) => cellOf(row, name))),
      false,
    );
  }
}

type Column = { readonly name: string; readonly label: string };

/** Sealed fields first, by the notice's names; then what is in clear, with ids last. */
function columnsOf(holding: Holding, language: Language): Column[] {
  const worded = withUnits(storedText[language][holding.table as PersonalTable].columns);
  const sealed = Object.keys(holding.sealed ?? {}).map((name) => ({
    name,
    label: labelOf(holding, name)[language],
  }));
  const clear = Object.entries(worded).map(([name, label]) => ({ name, label }));
  const ids = Object.entries(holding.clear)
    .filter(([name, kind]) => (kind === 'id' || kind === 'reference') && !(name in worded))
    .map(([name]) => ({ name, label: name }));
  return [...sealed, ...clear, ...ids];
}

function cellOf({ personal, clear }: InsightRow, name: string): string | number | null {
  const found = personal.find(({ field }) => field === name);
  const value = found === undefined ? plain(clear[name] ?? null) : found.value;
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  return typeof value === 'boolean' ? String(value) : value.join(', ');
}

function toCsv(rows: readonly (readonly (string | number | null)[])[], isFirst: boolean): string {
  return stringify([...rows], {
    bom: isFirst,
    record_delimiter: 'windows',
    quote_record_delimiter: true,
    escape_formulas: true,
  });
}

async function hasRows(
  op: Operation,
  openers: readonly Opener[],
  { table }: Holding,
): Promise<boolean> {
  const found = await op.db
    .selectFrom(table)
    .select('owner_id' as never)
    .where('owner_id' as never, 'in', openers.map(({ owner }) => owner) as never)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** A name that every file system takes: `inloggade-enheter`. */
function slug(heading: string): string {
  return heading
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9\s]/g, '')
    .trim()
    .replaceAll(/\s+/g, '-');
}
