import type { Language } from '../text/bilingual.ts';
import { pdfText } from '../text/pdf.ts';
import {
  breakLines,
  drawAside,
  flowLines,
  hasRoom,
  heightOf,
  lineWidth,
  newSheet,
  nextPage,
  paper,
  widthOf,
} from './sheet.ts';
import type { Sheet, Style } from './sheet.ts';
import { drawTable } from './table.ts';

export type PdfBlock =
  | { readonly kind: 'heading'; readonly text: string }
  /** A heading below another. */
  | { readonly kind: 'subheading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [string, string])[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** Which columns, from 0, hold amounts: they end below one another. */
      readonly amounts?: readonly number[];
    }
  | { readonly kind: 'fine'; readonly text: string };

export type PdfDocument = {
  readonly title: string;
  readonly language: Language;
  readonly subtitle?: string;
  readonly blocks: readonly PdfBlock[];
  /** Stands at the foot of every page, beside its number. */
  readonly foot?: string;
  /** When what it tells was true; stands in the file's properties, and is the only time that it knows. */
  readonly createdAt: Temporal.Instant;
  /** Files that the document carries with it (ISO 32000-1, 7.11.4), such as its own source. */
  readonly attachments?: readonly PdfAttachment[];
};

export type PdfAttachment = {
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  readonly bytes: Uint8Array;
};

const ink = '#1c2420';
const soft = '#55605a';
const pine = '#1d5c46';
const line = '#c9cec9';

const styles = {
  title: { face: 'bold', size: 22, colour: ink },
  subtitle: { face: 'regular', size: 12, colour: soft },
  heading: { face: 'bold', size: 14, colour: pine },
  subheading: { face: 'bold', size: 11, colour: ink },
  paragraph: { face: 'regular', size: 10.5, colour: ink },
  fine: { face: 'regular', size: 8.5, colour: soft },
  head: { face: 'bold', size: 9.5, colour: ink },
  cell: { face: 'regular', size: 9.5, colour: ink },
  foot: { face: 'regular', size: 8.5, colour: soft },
} as const satisfies Record<string, Style>;

/** Points above and below each kind of text. */
const spaces = {
  title: [0, 2],
  subtitle: [0, 14],
  heading: [16, 4],
  subheading: [10, 2],
  paragraph: [0, 6],
  fine: [4, 4],
} as const;
const tableSpace = 10;
/** A heading does not stand alone at the foot of a page, and takes the one below it along. */
const belowHeading = { heading: 110, subheading: 60 } as const;
const footRoom = 40;
const nameShares = [3, 7] as const;

const tags = {
  title: 'H1',
  subtitle: 'P',
  heading: 'H2',
  subheading: 'H3',
  paragraph: 'P',
  fine: 'P',
} as const;

/**
 * A PDF for people: A4, tagged for readers aloud (ISO 32000-1, 14.8), its text selectable in the typeface of the
 * pages, each page numbered. Asks no clock and draws no random number, so that the same document has the same bytes.
 */
export async function writePdf(document: PdfDocument): Promise<Uint8Array> {
  const sheet = newSheet(document);
  const bytes = collect(sheet.doc);
  writeText(sheet, 'title', document.title);
  if (document.subtitle !== undefined) writeText(sheet, 'subtitle', document.subtitle);
  for (const block of document.blocks) writeBlock(sheet, block);
  if (!sheet.isWhole) writeText(sheet, 'fine', pdfText[document.language].numbered);
  sheet.root.end();
  writeFeet(sheet, document);
  for (const attachment of document.attachments ?? []) attach(sheet, document, attachment);
  sheet.doc.end();
  return bytes;
}

function writeBlock(sheet: Sheet, block: PdfBlock): void {
  switch (block.kind) {
    case 'heading':
    case 'subheading':
    case 'paragraph':
    case 'fine':
      writeText(sheet, block.kind, block.text);
      return;
    case 'facts':
      writeTable(sheet, { columns: null, rows: block.rows, shares: nameShares });
      return;
    case 'table':
      writeTable(sheet, { ...block, shares: null });
  }
}

function writeText(sheet: Sheet, kind: keyof typeof tags, text: string): void {
  const [above, below] = spaces[kind];
  const lines = breakLines(sheet, styles[kind], text, lineWidth);
  if (sheet.y > paper.top) sheet.y += above;
  if (kind === 'heading' || kind === 'subheading') {
    if (!hasRoom(sheet, heightOf(lines) + belowHeading[kind])) nextPage(sheet);
  }
  if (kind === 'heading') sheet.doc.outline.addItem(text);
  const element = sheet.doc.struct(tags[kind]);
  sheet.root.add(element);
  flowLines(sheet, element, lines, paper.side);
  element.end();
  sheet.y += below;
}

function writeTable(sheet: Sheet, parts: Parameters<typeof drawTable>[1]): void {
  if (parts.rows.length === 0) return;
  drawTable(sheet, parts, { head: styles.head, cell: styles.cell, rule: line });
  sheet.y += tableSpace;
}

/** When the number of pages is known. */
function writeFeet(sheet: Sheet, { language, foot, title }: PdfDocument): void {
  const { count } = sheet.doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    sheet.doc.switchToPage(page);
    sheet.y = paper.height - footRoom;
    const number = pdfText[language].page(String(page + 1), String(count));
    const numberWidth = widthOf(sheet, styles.foot, number);
    const [words] = breakLines(
      sheet,
      styles.foot,
      foot ?? title,
      lineWidth - 2 * numberWidth,
    ).lines;
    const at = (x: number) => ({ x, type: 'Pagination' }) as const;
    drawAside(sheet, { lines: [words ?? ''], style: styles.foot }, at(paper.side));
    const right = paper.width - paper.side - numberWidth;
    drawAside(sheet, { lines: [number], style: styles.foot }, at(right));
  }
}

function attach(sheet: Sheet, { createdAt }: PdfDocument, attachment: PdfAttachment): void {
  const { name, type, bytes } = attachment;
  const at = new Date(createdAt.epochMilliseconds);
  sheet.doc.file(Buffer.from(bytes), { name, type, creationDate: at, modifiedDate: at });
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
  doc.on('error', reject);
  return promise;
}
