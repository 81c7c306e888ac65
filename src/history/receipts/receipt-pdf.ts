import type { PdfBlock } from '../../pdf/document.ts';
import { receiptsText } from '../../text/receipts.ts';
import { receiptName } from './document.ts';
import type { ReceiptDocument } from './document.ts';
import { hashOf, receiptBytes } from './receipt-bytes.ts';
import { wordsOf } from './receipt-words.ts';
import type { ReceiptWords } from './receipt-words.ts';

/** The document itself, as the PDF carries it. */
const receiptDataFile = 'receipt.json';

/** A receipt as a PDF. Made of the document alone: the same document has the same bytes. */
export async function receiptPdf(document: ReceiptDocument): Promise<Uint8Array> {
  const { language, number, seller, issued_at, information } = document;
  const words = receiptsText[language];
  const told = wordsOf(document);
  const bytes = receiptBytes(document);
  // Loaded for who asks for one: drawing takes more memory than all pages together.
  const { writePdf } = await import('../../pdf/document.ts');
  return writePdf({
    title: told.title,
    language,
    subtitle: told.company,
    foot: words.foot(receiptName(number), seller.name),
    createdAt: Temporal.Instant.from(issued_at),
    blocks: [
      ...told.lead.map((text): PdfBlock => ({ kind: 'paragraph', text })),
      { kind: 'facts', rows: told.facts },
      ...tableOf(told.lines),
      { kind: 'facts', rows: told.sums },
      ...tableOf(told.vat),
      { kind: 'fine', text: information.join('\n') },
      { kind: 'fine', text: `${words.attached(receiptDataFile)} ${words.check(hashOf(bytes))}` },
    ],
    attachments: [{ name: receiptDataFile, type: 'application/json', bytes }],
  });
}

function tableOf({ heading, columns, rows, amounts }: ReceiptWords['lines']): PdfBlock[] {
  return [
    { kind: 'heading', text: heading },
    { kind: 'table', columns, rows, amounts },
  ];
}
