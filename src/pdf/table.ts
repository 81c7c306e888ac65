import {
  breakLines,
  drawAside,
  drawLines,
  drawRule,
  hasRoom,
  heightOf,
  lineWidth,
  linesLeft,
  nextPage,
  paper,
  widthOf,
} from './sheet.ts';
import type { Element, Lines, Sheet, Style } from './sheet.ts';

/** How a table looks. The first column of a table of facts names its row. */
export type TableLook = {
  readonly head: Style;
  readonly cell: Style;
  readonly rule: string;
};

export type TableParts = {
  /** Null for a table of facts, which has names of rows instead. */
  readonly columns: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
  /** Shares of the width; null: as the contents need. */
  readonly shares: readonly number[] | null;
  /** Which columns hold amounts, which end below one another. */
  readonly amounts?: readonly number[] | undefined;
};

type Column = { readonly x: number; readonly width: number; readonly isAmount: boolean };

const gap = 12;
const padding = 4;
/** Rows that are measured to find the widths of the columns. */
const measuredMax = 200;
const wordMax = 150;
const cellMax = 260;
/** Where a text may go on in the next line; an amount may not. */
const breaks = /[^\S\u00a0]/u;
/** A row that starts at the foot of a page has at least this many lines there. */
const linesTogether = 2;

/** Draws a table over as many pages as it needs; its headings are repeated on each. */
export function drawTable(sheet: Sheet, parts: TableParts, look: TableLook): void {
  const columns = columnsOf(sheet, parts, look);
  const table = sheet.doc.struct('Table');
  sheet.root.add(table);
  const headings = breakCells(sheet, parts.columns ?? [], columns, () => look.head);
  if (headings.length > 0) drawHeadings(sheet, table, headings, columns, look);
  for (const row of parts.rows) {
    const styleOf = (index: number) =>
      parts.columns === null && index === 0 ? look.head : look.cell;
    const cells = breakCells(sheet, row, columns, styleOf);
    drawRow(sheet, { table, cells, columns, headings, look, isFacts: parts.columns === null });
  }
  table.end();
}

type Row = {
  readonly table: Element;
  readonly cells: readonly Lines[];
  readonly columns: readonly Column[];
  readonly headings: readonly Lines[];
  readonly look: TableLook;
  readonly isFacts: boolean;
};

/** A row that is longer than what is left of the page goes on on the next, in the same cells of the structure. */
function drawRow(sheet: Sheet, row: Row): void {
  const { columns, headings, look } = row;
  const element = sheet.doc.struct('TR');
  row.table.add(element);
  const inCells = row.cells.map((_, index) => {
    const isName = row.isFacts && index === 0;
    const cell = sheet.doc.struct(isName ? 'TH' : 'TD', isName ? { scope: 'Row' } : {});
    element.add(cell);
    return cell;
  });
  let left = row.cells;
  do {
    const longest = Math.max(...left.map(({ lines }) => lines.length));
    const fits = linesLeft({ ...sheet, y: sheet.y + 2 * padding }, look.cell);
    if (fits < Math.min(longest, linesTogether)) {
      startAgain(sheet, headings, columns, look);
      continue;
    }
    drawPieces(sheet, inCells, { columns, cells: left.map((cell) => cut(cell, 0, fits)) });
    drawRule(sheet, paper.side, lineWidth, look.rule);
    left = left.map((cell) => ({ ...cut(cell, fits), actual: null }));
  } while (left.some(({ lines }) => lines.length > 0));
  element.end();
}

function drawPieces(
  sheet: Sheet,
  inCells: readonly Element[],
  { columns, cells }: { readonly columns: readonly Column[]; readonly cells: readonly Lines[] },
): void {
  sheet.y += padding;
  for (const [index, cell] of cells.entries()) {
    const [element, column] = [inCells[index], columns[index]];
    if (element && column && cell.lines.length > 0) drawLines(sheet, element, cell, column.x);
  }
  sheet.y += Math.max(...cells.map(heightOf)) + padding;
}

function cut(cell: Lines, from: number, to?: number): Lines {
  return { ...cell, lines: cell.lines.slice(from, to) };
}

function drawHeadings(
  sheet: Sheet,
  table: Element,
  headings: readonly Lines[],
  columns: readonly Column[],
  look: TableLook,
): void {
  const height = Math.max(...headings.map(heightOf)) + 2 * padding;
  if (!hasRoom(sheet, height + linesTogether * 2 * look.cell.size)) nextPage(sheet);
  const row = sheet.doc.struct('TR');
  table.add(row);
  for (const [index, heading] of headings.entries()) {
    const cell = sheet.doc.struct('TH', { scope: 'Column' });
    row.add(cell);
    drawLines(sheet, cell, heading, columns[index]?.x ?? paper.side);
  }
  row.end();
  sheet.y += height - padding;
  drawRule(sheet, paper.side, lineWidth, look.head.colour);
}

function startAgain(
  sheet: Sheet,
  headings: readonly Lines[],
  columns: readonly Column[],
  look: TableLook,
): void {
  nextPage(sheet);
  if (headings.length === 0) return;
  for (const [index, heading] of headings.entries()) {
    drawAside(sheet, heading, { x: columns[index]?.x ?? paper.side, type: 'Pagination' });
  }
  sheet.y += Math.max(...headings.map(heightOf)) + padding;
  drawRule(sheet, paper.side, lineWidth, look.head.colour);
}

function breakCells(
  sheet: Sheet,
  texts: readonly string[],
  columns: readonly Column[],
  styleOf: (index: number) => Style,
): Lines[] {
  return columns.slice(0, texts.length).map(({ width, isAmount }, index) => ({
    ...breakLines(sheet, styleOf(index), texts[index] ?? '', width),
    ...(isAmount && { endAt: width }),
  }));
}

function columnsOf(sheet: Sheet, parts: TableParts, look: TableLook): Column[] {
  const wishes = parts.shares ?? widthsWished(sheet, parts, look);
  const free = lineWidth - gap * (wishes.length - 1);
  const sum = wishes.reduce((total, wish) => total + wish, 0);
  let x: number = paper.side;
  return wishes.map((wish, index) => {
    const isAmount = parts.amounts?.includes(index) ?? false;
    const column = { x, width: (free * wish) / sum, isAmount };
    x += column.width + gap;
    return column;
  });
}

/** Each column its longest word, or its longest amount, and of what is left as much as its longest text asks for. */
function widthsWished(sheet: Sheet, parts: TableParts, look: TableLook): number[] {
  const headings = parts.columns ?? [];
  const rows = [headings, ...parts.rows.slice(0, measuredMax)];
  const wide = headings.map((_, column) => {
    const texts = rows.map((row) => row[column] ?? '');
    const word = Math.max(
      ...texts.flatMap((text) => text.split(breaks)).map((one) => widthOf(sheet, look.head, one)),
    );
    const whole = Math.max(...texts.map((text) => widthOf(sheet, look.head, text)));
    const isAmount = parts.amounts?.includes(column) ?? false;
    return { word: Math.min(isAmount ? whole : word, wordMax), whole: Math.min(whole, cellMax) };
  });
  const free = lineWidth - gap * (wide.length - 1);
  const words = wide.reduce((sum, { word }) => sum + word, 0);
  const more = wide.reduce((sum, { word, whole }) => sum + Math.max(0, whole - word), 0);
  if (words >= free || more === 0) return wide.map(({ word }) => word);
  return wide.map(({ word, whole }) => word + ((free - words) * Math.max(0, whole - word)) / more);
}
