/**
 * A reader of SIE files that shares nothing with the writer: its own code page, its own check sum, its own idea of a
 * field. Lenient in what it reads, so that files of other programs go through it, and strict in what it says of them.
 */

/** Code page 437 from 128 on, as IBM drew it. */
const upperHalf =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const codes = new Map([...upperHalf].map((character, index) => [character, 128 + index]));

export type ReadRecord = {
  readonly label: string;
  readonly fields: readonly string[];
  /** Which line of the file, from 1. */
  readonly line: number;
};

export type ReadRow = {
  readonly label: string;
  readonly account: string;
  readonly amountOre: number;
  readonly day: string | null;
  readonly text: string;
};

export type ReadVoucher = {
  readonly series: string;
  readonly number: string;
  readonly day: string;
  readonly text: string;
  readonly registered: string | null;
  readonly rows: readonly ReadRow[];
};

export type ReadSie = {
  readonly records: readonly ReadRecord[];
  readonly vouchers: readonly ReadVoucher[];
  readonly year: { readonly from: string; readonly to: string } | null;
  readonly checkSum: { readonly stated: number; readonly computed: number } | null;
};

export function readSie(bytes: Uint8Array): ReadSie {
  const records = recordsOf(decode(bytes));
  const [, from, to] = records.find(({ label, fields }) => label === '#RAR' && fields[0] === '0')
    ?.fields ?? ['0', '', ''];
  return {
    records,
    vouchers: vouchersOf(records),
    year: from && to ? { from, to } : null,
    checkSum: checkSumOf(records),
  };
}

/** Everything in which a file is not what a program may hand over for import (type 4I); empty when it is. */
export function faultsOf(bytes: Uint8Array): string[] {
  const { records, vouchers, year, checkSum } = readSie(bytes);
  const labels = records.map(({ label }) => label);
  const needed = ['#PROGRAM', '#FORMAT', '#GEN', '#SIETYP', '#FNAMN', '#VER'];
  const value = (label: string) => records.find((record) => record.label === label)?.fields[0];
  const balances = ['#IB', '#UB', '#OIB', '#OUB', '#RES', '#PSALDO', '#PBUDGET'];
  return [
    ...(labels[0] === '#FLAGGA' ? [] : ['#FLAGGA is not first']),
    ...needed.filter((label) => !labels.includes(label)).map((label) => `no ${label}`),
    ...(value('#FORMAT') === 'PC8' ? [] : ['another format']),
    ...(value('#SIETYP') === '4' ? [] : ['another type']),
    ...labels.filter((label) => balances.includes(label)).map((label) => `${label} in a 4I`),
    ...vouchers.flatMap((voucher) => faultsOfVoucher(voucher, year)),
    ...orderFaults(vouchers),
    ...(checkSum && checkSum.stated !== checkSum.computed ? ['the check sum is wrong'] : []),
  ];
}

/** What is wrong with the bytes themselves, for files that we write: line ends, control characters, loose quotes. */
export function faultsOfBytes(bytes: Uint8Array): string[] {
  const text = decode(bytes);
  const lines = text.split('\r\n');
  return [
    ...(lines.at(-1) === '' ? [] : ['the last line has no end']),
    ...(/[\p{Cc}\u00a0]/u.test(lines.join('')) ? ['a control character'] : []),
    ...(/\\/.test(text) ? ['a backslash'] : []),
    ...lines
      .slice(0, -1)
      .filter((line) => !/^(?:[{}]|#[A-Z]+(?: (?:"[^"]*"|\{\}|[^\s"{}]+))*)$/u.test(line))
      .map((line) => `not a record: ${line}`),
  ];
}

function decode(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte) => (byte < 128 ? String.fromCharCode(byte) : upperHalf[byte - 128]))
    .join('');
}

function recordsOf(text: string): ReadRecord[] {
  return text.split(/\r?\n/u).flatMap((line, index) => {
    const [label, ...fields] = fieldsOf(line.trim());
    return label === undefined ? [] : [{ label, fields, line: index + 1 }];
  });
}

/** A list of objects is one field, with its braces around. */
function fieldsOf(line: string): string[] {
  const pattern = /"((?:\\"|[^"])*)"|(\{[^}]*\}?)|([^\s"{]+)/gu;
  return [...line.matchAll(pattern)].map(([, quoted, list, bare]) =>
    quoted === undefined ? (list ?? bare ?? '') : quoted.replaceAll('\\"', '"'),
  );
}

function vouchersOf(records: readonly ReadRecord[]): ReadVoucher[] {
  const vouchers: (Omit<ReadVoucher, 'rows'> & { readonly rows: ReadRow[] })[] = [];
  for (const { label, fields } of records) {
    const [first = '', second = '', third = '', fourth = '', fifth = ''] = fields;
    if (label === '#VER') {
      const registered = fifth === '' ? null : fifth;
      const named = { series: first, number: second, day: third, text: fourth, registered };
      vouchers.push({ ...named, rows: [] });
    } else if (['#TRANS', '#RTRANS', '#BTRANS'].includes(label)) {
      const day = fourth === '' ? null : fourth;
      const amountOre = oreOf(third);
      vouchers.at(-1)?.rows.push({ label, account: first, amountOre, day, text: fifth });
    }
  }
  return vouchers;
}

function oreOf(amount: string): number {
  const [, sign, kronor = '', rest = ''] = /^(-?)(\d*)(?:\.(\d{1,2}))?$/u.exec(amount) ?? [];
  if (sign === undefined) return Number.NaN;
  const ore = Number(kronor) * 100 + Number(rest.padEnd(2, '0'));
  return sign === '-' ? 0 - ore : ore;
}

function faultsOfVoucher(
  { series, number, day, rows }: ReadVoucher,
  year: ReadSie['year'],
): string[] {
  const name = `voucher ${series} ${number}`;
  const counted = rows.filter(({ label }) => label === '#TRANS');
  const sum = counted.reduce((total, { amountOre }) => total + amountOre, 0);
  const days = [day, ...counted.flatMap((row) => row.day ?? [])];
  const isOutside = (one: string) => year !== null && (one < year.from || one > year.to);
  return [
    ...(sum === 0 ? [] : [`${name} does not balance`]),
    ...(days.every((one) => /^\d{8}$/u.test(one)) ? [] : [`${name}: not a day`]),
    ...(days.some(isOutside) ? [`${name} is outside the year`] : []),
    ...(counted.every(({ account }) => /^\d{4}$/u.test(account)) ? [] : [`${name}: an account`]),
  ];
}

function orderFaults(vouchers: readonly ReadVoucher[]): string[] {
  const highest = new Map<string, number>();
  return vouchers.flatMap(({ series, number }) => {
    if (number === '') return [];
    const before = highest.get(series) ?? -Infinity;
    highest.set(series, Number(number));
    return Number(number) > before ? [] : [`voucher ${series} ${number} is not ascending`];
  });
}

function checkSumOf(records: readonly ReadRecord[]): ReadSie['checkSum'] {
  const [start, end] = records.flatMap(({ label }, index) => (label === '#KSUMMA' ? [index] : []));
  if (start === undefined || end === undefined) return null;
  const counted = records
    .slice(start + 1, end)
    .flatMap(({ label, fields }) => [label, ...fields])
    .map((field) => (/^[{}]/u.test(field) ? withoutMarks(field) : field))
    .join('');
  return { stated: Number(records[end]?.fields[0]), computed: crcOf(counted) };
}

/** What of a list of objects counts: neither braces nor quotes nor spaces between. */
function withoutMarks(list: string): string {
  return fieldsOf(list.replaceAll(/[{}]/gu, ' ')).join('');
}

/** CRC-32 bit by bit: polynomial 0xEDB88320, begun and ended with all bits set. */
export function crcOf(text: string): number {
  let sum = 0xffffffff;
  for (const character of text) {
    sum ^= codes.get(character) ?? character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
