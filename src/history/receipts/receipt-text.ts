import { receiptsText } from '../../text/receipts.ts';
import { receiptName } from './document.ts';
import type { ReceiptDocument } from './document.ts';
import { wordsOf } from './receipt-words.ts';

/** The subject of the letter that brings a receipt. */
export function receiptSubject({ kind, language, number, seller }: ReceiptDocument): string {
  return receiptsText[language].mailSubject[kind](receiptName(number), seller.name);
}

/** A receipt as plain text, for a letter. Made of the document alone, so that it can be made again from what was kept. */
export function receiptText(document: ReceiptDocument): string {
  const { title, company, lead, facts, lines, sums, vat } = wordsOf(document);
  const rows = (of: readonly (readonly [string, string])[]) =>
    of.map(([name, value]) => `${name}: ${value}`).join('\n');
  const parts = [
    `${title}\n${company}`,
    ...lead,
    rows(facts),
    `${lines.heading}\n${lines.sentences.join('\n')}`,
    rows(sums),
    `${vat.heading}\n${vat.sentences.join('\n')}`,
    ...document.information,
  ];
  return `${parts.join('\n\n')}\n`;
}
