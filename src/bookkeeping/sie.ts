import { crc32 } from 'node:zlib';
import { Problem } from '../problem.ts';
import { chart as chartInUse } from './chart.ts';
import type { Chart } from './chart.ts';
import { inCodePage, toCodePage } from './code-page-437.ts';
import { isBalanced } from './entries.ts';
import type { BookEntry } from './entries.ts';
import { fiscalYearName, isWithin } from './fiscal-years.ts';
import type { FiscalYear } from './fiscal-years.ts';

/**
 * A voucher as the accountant's program gets it. The text names receipts and vouchers, never people: such files are
 * mailed around.
 */
export type SieVoucher = {
  readonly series: string;
  readonly number: number;
  readonly occurredOn: Temporal.PlainDate;
  readonly registeredOn: Temporal.PlainDate;
  readonly text: string;
  readonly entries: readonly BookEntry[];
};

export type SieExport = {
  readonly company: { readonly name: string; readonly organisation_number: string };
  readonly year: FiscalYear;
  readonly vouchers: readonly SieVoucher[];
  readonly generatedOn: Temporal.PlainDate;
  /** Of this program. */
  readonly version: string;
};

type SiePeriod = { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate };

/** More than this is exported in parts, such as months: a file is made in memory, about 2 s and 20 MB at this size. */
export const sieVouchersMax = 50_000;
const sieTextMax = 120;
const oreInKrona = 100;
const lineEnd = '\r\n';
const noObjects = '{}';

/** A field of a record: a text stands in quotes, anything else bare; `{}` is the empty list of objects. */
type Field = string | { readonly text: string };
type SieLine = { readonly label: string; readonly fields: readonly Field[] } | '{' | '}';

/**
 * Writes a file of vouchers in SIE 4I (SIE Gruppen, format 4B), as other programs import them: code page 437, one
 * record a line, vouchers ascending within their series, no balances, and a check sum at the end.
 * @throws Problem `bad-input` for a voucher that does not balance, lies outside the year, or stands there twice;
 *   `too-large` for more than `sieVouchersMax`.
 */
export function writeSie(sie: SieExport, chart: Chart = chartInUse): Uint8Array {
  if (!/^\d{6}-\d{4}$/.test(sie.company.organisation_number))
    throw new Problem('bad-input', 'not an organisation number');
  const vouchers = sie.vouchers.toSorted(bySeriesAndNumber);
  checkVouchers(vouchers, sie.year);
  const summed = [...headOf(sie), ...accountsOf(vouchers, chart), ...vouchers.flatMap(linesOf)];
  const text = [
    render(record('#FLAGGA', '0')),
    render(record('#KSUMMA')),
    ...summed.map(render),
    render(record('#KSUMMA', String(sieChecksum(summed)))),
  ].join(lineEnd);
  return inCodePage(`${text}${lineEnd}`);
}

/**
 * `varsam-2026.SI`, or `varsam-2026_2027.SI` for a broken year, and with its days for a part of one: a name that every
 * file system takes.
 */
export function sieFileName(year: FiscalYear, period?: SiePeriod): string {
  const name = `varsam-${fiscalYearName(year).replaceAll('/', '_')}`;
  const isWhole = !period || (period.from.equals(year.startsOn) && period.to.equals(year.endsOn));
  return isWhole ? `${name}.SI` : `${name}-${dayIn(period.from)}-${dayIn(period.to)}.SI`;
}

function headOf({ company, year, generatedOn, version }: SieExport): SieLine[] {
  return [
    record('#PROGRAM', { text: 'Varsam' }, { text: version }),
    record('#FORMAT', 'PC8'),
    record('#GEN', dayIn(generatedOn)),
    record('#SIETYP', '4'),
    record('#ORGNR', company.organisation_number),
    record('#FNAMN', { text: company.name }),
    record('#RAR', '0', dayIn(year.startsOn), dayIn(year.endsOn)),
    record('#VALUTA', 'SEK'),
  ];
}

/** The names of the accounts that are used, and of no others. */
function accountsOf(vouchers: readonly SieVoucher[], { accounts }: Chart): SieLine[] {
  const used = new Set(vouchers.flatMap(({ entries }) => entries.map(({ account }) => account)));
  return [...used]
    .toSorted()
    .map((account) => record('#KONTO', account, { text: accounts[account].sv }));
}

function linesOf(voucher: SieVoucher): SieLine[] {
  const { series, number, occurredOn, registeredOn, text, entries } = voucher;
  const [occurred, registered] = [dayIn(occurredOn), dayIn(registeredOn)];
  return [
    record('#VER', { text: series }, { text: String(number) }, occurred, { text }, registered),
    '{',
    ...entries.map(({ account, amountOre }) =>
      record('#TRANS', account, noObjects, amountIn(amountOre), occurred, { text }),
    ),
    '}',
  ];
}

function record(label: string, ...fields: Field[]): SieLine {
  return { label, fields: fields.map(clean) };
}

function clean(field: Field): Field {
  if (typeof field === 'string') return field;
  return { text: toCodePage(field.text).slice(0, sieTextMax).trim() };
}

function render(line: SieLine): string {
  if (typeof line === 'string') return line;
  const fields = line.fields.map((field) =>
    typeof field === 'string' ? field : `"${field.text}"`,
  );
  return [line.label, ...fields].join(' ');
}

/**
 * The check sum of records (`#KSUMMA`): CRC-32 (the one of ISO 3309 and zlib) over the bytes of each label and each
 * field, without what separates, quotes or escapes them and without braces.
 */
function sieChecksum(lines: readonly SieLine[]): number {
  return lines.reduce((sum, line) => {
    if (typeof line === 'string') return sum;
    const fields = line.fields.map((field) => (typeof field === 'string' ? field : field.text));
    const counted = [line.label, ...fields].filter((field) => field !== noObjects);
    return crc32(inCodePage(counted.join('')), sum);
  }, 0);
}

function checkVouchers(vouchers: readonly SieVoucher[], year: FiscalYear): void {
  if (vouchers.length > sieVouchersMax) throw new Problem('too-large', 'vouchers in one file');
  for (const [index, voucher] of vouchers.entries()) {
    const before = vouchers[index - 1];
    if (before && bySeriesAndNumber(before, voucher) === 0)
      throw new Problem('bad-input', 'a voucher twice');
    if (!isWithin(voucher.occurredOn, year))
      throw new Problem('bad-input', 'a voucher outside the year');
    if (voucher.entries.length === 0 || !isBalanced(voucher.entries))
      throw new Problem('bad-input', 'a voucher that does not balance');
  }
}

function bySeriesAndNumber(one: SieVoucher, other: SieVoucher): number {
  if (one.series !== other.series) return one.series < other.series ? -1 : 1;
  return one.number - other.number;
}

/** Kronor with two decimals and a point: `-1250.00`. */
function amountIn(ore: number): string {
  const [kronor, rest] = [Math.trunc(Math.abs(ore) / oreInKrona), Math.abs(ore) % oreInKrona];
  return `${ore < 0 ? '-' : ''}${kronor}.${String(rest).padStart(2, '0')}`;
}

function dayIn(day: Temporal.PlainDate): string {
  return day.toString().replaceAll('-', '');
}
