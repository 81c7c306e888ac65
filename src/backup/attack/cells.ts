/** Rows as an attacker reads them: out of our archives, out of dumps, whoever made them. */

/** One value, with what its form alone says. */
export type Cell = {
  readonly kind: 'nothing' | 'id' | 'time' | 'number' | 'flag' | 'text' | 'bytes';
  /** Text as UTF-8, numbers and times as text, bytes as they are. */
  readonly bytes: Buffer;
};

export type Row = {
  readonly table: string;
  readonly columns: readonly string[];
  readonly cells: readonly Cell[];
};

export type Columns = readonly { readonly name: string; readonly type: string }[];

const nothing: Cell = { kind: 'nothing', bytes: Buffer.alloc(0) };
/** PostgreSQL, "COPY", binary format: eleven bytes of signature, flags, and the length of what follows. */
const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const headerBytes = signature.length + 8;
const trailer = -1;
/** 2000-01-01, from which PostgreSQL counts microseconds. */
const postgresEpochMs = 946_684_800_000;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const time = /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/;
const number = /^-?\d{1,18}(?:\.\d+)?$/;

/** The rows of a table in PostgreSQL's binary COPY format. */
export async function* binaryRows(
  table: { readonly name: string; readonly columns: Columns },
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Row, void, undefined> {
  const columns = table.columns.map(({ name }) => name);
  let rest = Buffer.alloc(0);
  let isBegun = false;
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    if (!isBegun) {
      if (rest.length < headerBytes) continue;
      rest = rest.subarray(headerBytes + rest.readInt32BE(headerBytes - 4));
      isBegun = true;
    }
    for (let read = readRow(rest, table.columns); read !== null;) {
      rest = rest.subarray(read.length);
      if (read.cells === null) return;
      yield { table: table.name, columns, cells: read.cells };
      read = readRow(rest, table.columns);
    }
  }
}

/** Null while the row is not all there; its cells are null where the table ends. */
function readRow(bytes: Buffer, columns: Columns): { length: number; cells: Cell[] | null } | null {
  if (bytes.length < 2) return null;
  if (bytes.readInt16BE(0) === trailer) return { length: 2, cells: null };
  const cells: Cell[] = [];
  let at = 2;
  for (const { type } of columns) {
    if (bytes.length < at + 4) return null;
    const size = bytes.readInt32BE(at);
    at += 4;
    if (size >= 0 && bytes.length < at + size) return null;
    cells.push(size < 0 ? nothing : cellOf(type, bytes.subarray(at, at + Math.max(0, size))));
    at += Math.max(0, size);
  }
  return { length: at, cells };
}

function cellOf(type: string, bytes: Buffer): Cell {
  if (type === 'bytea') return { kind: 'bytes', bytes };
  if (type === 'uuid') return textCell('id', uuidText(bytes));
  if (type === 'boolean') return textCell('flag', bytes[0] === 1 ? 'true' : 'false');
  if (type.startsWith('timestamp')) return textCell('time', timeText(bytes));
  if (type === 'date') return { kind: 'time', bytes };
  if (type === 'smallint') return textCell('number', String(bytes.readInt16BE(0)));
  if (type === 'integer') return textCell('number', String(bytes.readInt32BE(0)));
  if (type === 'bigint') return textCell('number', String(bytes.readBigInt64BE(0)));
  // One byte of version stands before the JSON.
  if (type === 'jsonb') return { kind: 'text', bytes: bytes.subarray(1) };
  return { kind: 'text', bytes };
}

function textCell(kind: Cell['kind'], text: string): Cell {
  return { kind, bytes: Buffer.from(text) };
}

function uuidText(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function timeText(bytes: Buffer): string {
  const ms = Number(bytes.readBigInt64BE(0) / 1000n) + postgresEpochMs;
  return Math.abs(ms) < 8.64e15
    ? Temporal.Instant.fromEpochMilliseconds(ms).toString()
    : 'infinity';
}

/** A value of a text dump; null stands for SQL's own. */
export function cellFromText(text: string | null): Cell {
  if (text === null) return nothing;
  if (/^\\x(?:[0-9a-f]{2})*$/i.test(text)) {
    return { kind: 'bytes', bytes: Buffer.from(text.slice(2), 'hex') };
  }
  if (uuid.test(text)) return textCell('id', text.toLowerCase());
  if (time.test(text)) return textCell('time', text);
  if (number.test(text)) return textCell('number', text);
  if (/^(?:t|f|true|false)$/.test(text)) return textCell('flag', text);
  return textCell('text', text);
}
