import { canonical, sha256 } from '../ledger/log.ts';
import type { PdfBlock } from '../pdf/document.ts';
import type { Receipt, ReceiptBody } from '../routines/erasure-receipt.ts';
import type { Language } from '../text/bilingual.ts';
import { date, dateTime } from '../text/format.ts';
import { receiptPdfText } from '../text/leaving-pdf.ts';
import { leavingText } from '../text/privacy-leaving.ts';
import { countryName } from './privacy-country.ts';
import { keptRows } from './privacy-kept.tsx';

/** The signed file, as it is downloaded by itself and as the PDF carries it. */
export const receiptFile = 'erasure-receipt.json';

export function receiptJson(receipt: Receipt): string {
  return `${JSON.stringify(receipt, null, 2)}\n`;
}

/** The receipt for people. What it says is what the signed text says, and that text is attached to it. */
export async function receiptPdf(receipt: Receipt, language: Language): Promise<Uint8Array> {
  const { body } = receipt;
  const words = receiptPdfText[language];
  const { name, organisation_number } = body.controller;
  // Loaded for who asks for one: drawing takes more memory than all pages together.
  const { writePdf } = await import('../pdf/document.ts');
  return writePdf({
    title: words.title,
    language,
    subtitle: words.subtitle(name, organisation_number),
    foot: words.foot(body.number),
    createdAt: endOf(body),
    blocks: [
      ...(body.sandbox ? [paragraph(words.sandbox)] : []),
      paragraph(words.lead(body.number)),
      ...destroyed(body, language),
      ...steps(body, language),
      ...recipients(body, language),
      ...kept(body, language),
      ...farewell(body, language),
      ...howToCheck(receipt, language),
    ],
    attachments: [
      {
        name: receiptFile,
        type: 'application/json',
        bytes: new TextEncoder().encode(receiptJson(receipt)),
      },
    ],
  });
}

function destroyed(body: ReceiptBody, language: Language): PdfBlock[] {
  const words = receiptPdfText[language];
  const fenced = body.steps.find(({ step }) => step === 'fenced');
  const seen = (fenced?.evidence ?? {}) as { key_fingerprint?: string; ledger_index?: number };
  const rows: [string, string][] = [
    [words.key, seen.key_fingerprint ?? ''],
    [words.fencedAt, fenced ? dateTime(Temporal.Instant.from(fenced.at), language) : ''],
    [words.line, String(seen.ledger_index ?? '')],
  ];
  return [
    heading(words.destroyed),
    { kind: 'facts', rows },
    ...(body.horizon === null ? [] : [paragraph(words.horizonText(dayIn(body.horizon, language)))]),
  ];
}

function steps(body: ReceiptBody, language: Language): PdfBlock[] {
  const words = receiptPdfText[language];
  const names: Readonly<Record<string, string>> = leavingText[language].receipt.steps;
  const rows = body.steps
    .filter(({ step }) => step in names)
    .map(({ step, at }) => [names[step] ?? step, dateTime(Temporal.Instant.from(at), language)]);
  return [heading(words.steps), { kind: 'table', columns: [words.step, words.when], rows }];
}

function recipients(body: ReceiptBody, language: Language): PdfBlock[] {
  const words = receiptPdfText[language];
  const answers: Readonly<Record<string, string>> = leavingText[language].receipt.recipientStates;
  if (body.recipients.length === 0) return [heading(words.recipients), paragraph(words.nobody)];
  const rows = body.recipients.map(({ name, country, state }) => [
    name,
    countryName(country, language),
    answers[state] ?? state,
  ]);
  const columns = [words.recipient, words.country, words.answer];
  return [heading(words.recipients), { kind: 'table', columns, rows }];
}

function kept(body: ReceiptBody, language: Language): PdfBlock[] {
  const words = receiptPdfText[language];
  const rows = keptRows(body.kept, language);
  return [
    heading(words.kept),
    rows.length === 0 ? paragraph(words.nothing) : { kind: 'facts', rows },
  ];
}

function farewell(body: ReceiptBody, language: Language): PdfBlock[] {
  if (body.farewell === null) return [];
  const words = receiptPdfText[language];
  const day = dayIn(body.farewell.address_destroyed_by, language);
  return [heading(words.farewell), paragraph(words.farewellText(day))];
}

function howToCheck({ body, verifier_key }: Receipt, language: Language): PdfBlock[] {
  const words = receiptPdfText[language];
  return [
    heading(words.check),
    paragraph(words.checkText(receiptFile)),
    {
      kind: 'facts',
      rows: [
        [words.hash, sha256(canonical(body))],
        [words.verifier, verifier_key],
      ],
    },
    { kind: 'fine', text: words.limits },
  ];
}

function heading(text: string): PdfBlock {
  return { kind: 'heading', text };
}

function paragraph(text: string): PdfBlock {
  return { kind: 'paragraph', text };
}

/** When the last of the steps was taken: the document knows no other time. */
function endOf({ steps: taken }: ReceiptBody): Temporal.Instant {
  return Temporal.Instant.from(taken.at(-1)?.at ?? '1970-01-01T00:00:00Z');
}

function dayIn(text: string, language: Language): string {
  return date(Temporal.Instant.from(text), language);
}
