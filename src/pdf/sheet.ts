import Pdf from 'pdfkit';
import type { Language } from '../text/bilingual.ts';
import { toPrintable } from './printable.ts';
import { typeface } from './typefaces.ts';
import type { Typeface } from './typefaces.ts';

export type Style = {
  readonly face: Typeface;
  /** In points. */
  readonly size: number;
  readonly colour: string;
};

export type Element = ReturnType<PDFKit.PDFDocument['struct']>;

/** Text that has been broken into lines for a width. */
export type Lines = {
  readonly lines: readonly string[];
  readonly style: Style;
  /** What the text really says, where it could not all be drawn. */
  readonly actual: string | null;
  /** In points, for lines that end at the right of so much room, as amounts in a column do. */
  readonly endAt?: number;
};

/** Where the next thing is drawn: a document, its structure, and how far down the page it has come. */
export type Sheet = {
  readonly doc: PDFKit.PDFDocument;
  readonly root: Element;
  readonly words: Map<string, number>;
  y: number;
  isWhole: boolean;
};

/** Points. A4 is 210 by 297 mm. */
export const paper = { width: 595.28, height: 841.89, side: 56, top: 56, bottom: 68 } as const;
export const lineWidth = paper.width - 2 * paper.side;
const lowest = paper.height - paper.bottom;
const lineHeight = 1.4;
/** Points by which a text may exceed its room: a column made as wide as a word must take it, whatever the arithmetic. */
const hair = 0.01;

declare global {
  // oxlint-disable-next-line no-unused-vars -- merges with the library's own declaration, which lacks this option
  namespace PDFKit.Mixins {
    interface StructureElementOptions {
      scope?: 'Column' | 'Row';
    }
  }
}

export type SheetParts = {
  readonly title: string;
  readonly language: Language;
  readonly createdAt: Temporal.Instant;
};

/** A first empty page. Everything that is drawn stands in the structure below `root`. */
export function newSheet({ title, language, createdAt }: SheetParts): Sheet {
  const doc = new Pdf({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: language === 'sv' ? 'sv-SE' : 'en-GB',
    displayTitle: true,
    bufferPages: true,
    info: {
      Title: title,
      Creator: 'Varsam',
      Producer: 'Varsam',
      // Without this the library would ask the clock.
      CreationDate: new Date(createdAt.epochMilliseconds),
    },
  });
  doc.registerFont('regular', typeface('regular'));
  doc.registerFont('bold', typeface('bold'));
  const root = doc.struct('Document');
  doc.addStructure(root);
  return { doc, root, words: new Map(), y: paper.top, isWhole: true };
}

/** Breaks a text into lines, at spaces where it can; a word longer than the line is cut where it must be. */
export function breakLines(sheet: Sheet, style: Style, text: string, width: number): Lines {
  const printable = toPrintable(text);
  if (!printable.isWhole) sheet.isWhole = false;
  const lines = printable.text.split('\n').flatMap((one) => breakOne(sheet, style, one, width));
  return { lines, style, actual: printable.isWhole ? null : text };
}

/** In points, of all lines together. */
export function heightOf({ lines, style }: Lines): number {
  return lines.length * style.size * lineHeight;
}

/** The width of a text on one line, in points. */
export function widthOf(sheet: Sheet, { face, size }: Style, text: string): number {
  const key = `${face} ${text}`;
  let width = sheet.words.get(key);
  if (width === undefined) {
    width = sheet.doc.font(face).fontSize(1).widthOfString(text);
    sheet.words.set(key, width);
  }
  return width * size;
}

/** Is there room for this many points on the page? */
export function hasRoom(sheet: Sheet, height: number): boolean {
  return sheet.y + height <= lowest;
}

/** How many lines of a style still fit on the page. */
export function linesLeft(sheet: Sheet, { size }: Style): number {
  return Math.max(0, Math.floor((lowest - sheet.y) / (size * lineHeight)));
}

export function nextPage(sheet: Sheet): void {
  sheet.doc.addPage();
  sheet.y = paper.top;
}

/** Draws lines at a place, as content of an element of the structure. Leaves `y` where it is. */
export function drawLines(sheet: Sheet, element: Element, text: Lines, x: number): void {
  const { actual } = text;
  element.add(() => {
    if (actual !== null) sheet.doc.markContent('Span', { actual });
    drawBare(sheet, text, x);
    if (actual !== null) sheet.doc.endMarkedContent();
  });
}

/** Draws what is no content: what a reader aloud should pass by, such as a repeated heading or the page's number. */
export function drawAside(
  sheet: Sheet,
  parts: Omit<Lines, 'actual'>,
  place: { readonly x: number; readonly type: 'Pagination' | 'Layout' },
): void {
  sheet.doc.markContent('Artifact', { type: place.type });
  drawBare(sheet, parts, place.x);
  sheet.doc.endMarkedContent();
}

/** A thin line across, from `x` for `width` points. */
export function drawRule(sheet: Sheet, x: number, width: number, colour: string): void {
  const { doc, y } = sheet;
  doc.markContent('Artifact', { type: 'Layout' });
  doc
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(0.5)
    .strokeColor(colour)
    .stroke();
  doc.endMarkedContent();
}

/** Lines below one another, over as many pages as they need; `y` ends below the last. */
export function flowLines(sheet: Sheet, element: Element, text: Lines, x: number): void {
  let { lines } = text;
  let { actual } = text;
  while (lines.length > 0) {
    const fits = linesLeft(sheet, text.style);
    const now = lines.slice(0, fits);
    const piece = { ...text, lines: now, actual };
    if (now.length > 0) drawLines(sheet, element, piece, x);
    sheet.y += heightOf(piece);
    lines = lines.slice(fits);
    // What is said instead of the drawing stands for all of it, and so is said once.
    if (now.length > 0) actual = null;
    if (lines.length > 0) nextPage(sheet);
  }
}

function drawBare(sheet: Sheet, { lines, style, endAt }: Omit<Lines, 'actual'>, x: number): void {
  const { doc } = sheet;
  const rooms = lines.map((line) =>
    endAt === undefined ? 0 : endAt - widthOfLine(sheet, style, line),
  );
  // After measuring, which sets a font of its own.
  doc.font(style.face).fontSize(style.size).fillColor(style.colour);
  for (const [index, line] of lines.entries()) {
    // The space at the end keeps words apart for those who copy the text or have it read.
    doc.text(`${line} `, x + (rooms[index] ?? 0), sheet.y + index * style.size * lineHeight, {
      lineBreak: false,
    });
  }
}

function breakOne(sheet: Sheet, style: Style, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one) => cutWord(sheet, style, one, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOfLine(sheet, style, longer) > width + hair) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

function widthOfLine(sheet: Sheet, style: Style, line: string): number {
  const space = widthOf(sheet, style, ' ');
  return line.split(' ').reduce((sum, word) => sum + widthOf(sheet, style, word) + space, -space);
}

function cutWord(sheet: Sheet, style: Style, word: string, width: number): string[] {
  if (widthOf(sheet, style, word) <= width + hair) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && widthOf(sheet, style, piece + character) > width + hair) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}
