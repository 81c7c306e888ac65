/** Rows out of a plain SQL dump: COPY blocks and INSERTs, as pg_dump, mysqldump and people write them. */
import { cellFromText } from './cells.ts';
import type { Row } from './cells.ts';

const copyHead = /^COPY\s+("?[\w.]+"?(?:\."?\w+"?)?)\s*\(([^)]*)\)\s+FROM\s+stdin/i;
const insertHead = /^INSERT\s+INTO\s+([\w."`]+)\s*(?:\(([^)]*)\))?\s*VALUES\s*/i;
const escapes: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
};
/** Longer lines are looked at as bytes alone. */
const lineLengthMax = 16 * 1024 * 1024;

export type DumpReader = {
  /** Takes one line without its end; returns the rows in it. */
  take(line: string): Row[];
};

export function dumpReader(): DumpReader {
  let copying: { table: string; columns: string[] } | null = null;
  return {
    take(line) {
      if (copying !== null) {
        if (line === '\\.') copying = null;
        else return [copyRow(copying, line)];
        return [];
      }
      const copy = copyHead.exec(line);
      if (copy) {
        copying = { table: bare(copy[1] ?? ''), columns: namesOf(copy[2] ?? '') };
        return [];
      }
      return line.length <= lineLengthMax ? insertRows(line) : [];
    },
  };
}

function copyRow({ table, columns }: { table: string; columns: string[] }, line: string): Row {
  const cells = line
    .split('\t')
    .map((field) => cellFromText(field === '\\N' ? null : unescape(field)));
  return {
    table,
    columns: columns.length === cells.length ? columns : numbered(cells.length),
    cells,
  };
}

function unescape(field: string): string {
  return field.replaceAll(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);
}

function insertRows(line: string): Row[] {
  const head = insertHead.exec(line);
  if (!head) return [];
  const table = bare(head[1] ?? '');
  const named = head[2] === undefined ? [] : namesOf(head[2]);
  return tuples(line.slice(head[0].length)).map((values) => ({
    table,
    columns: named.length === values.length ? named : numbered(values.length),
    cells: values.map(cellFromText),
  }));
}

/** `('a', 1, NULL), (…)` as lists of texts. */
function tuples(text: string): (string | null)[][] {
  const found: (string | null)[][] = [];
  let tuple: (string | null)[] | null = null;
  for (const [token] of text.matchAll(/'(?:[^']|'')*'|[(),;]|[^\s'(),;]+/g)) {
    if (token === '(') tuple = [];
    else if (token === ')') {
      if (tuple) found.push(tuple);
      tuple = null;
    } else if (token !== ',' && token !== ';' && tuple) tuple.push(valueOf(token));
  }
  return found;
}

function valueOf(token: string): string | null {
  if (/^null$/i.test(token)) return null;
  return token.startsWith("'") ? token.slice(1, -1).replaceAll("''", "'") : token;
}

function namesOf(list: string): string[] {
  return list.split(',').map((name) => bare(name.trim()));
}

function bare(name: string): string {
  return name.replaceAll(/["`]/g, '');
}

function numbered(length: number): string[] {
  return Array.from({ length }, (_, index) => `column ${index + 1}`);
}
