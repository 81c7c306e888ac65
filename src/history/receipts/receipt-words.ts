import type { Language } from '../../text/bilingual.ts';
import { date, dateTime, exactMoney, number, percent } from '../../text/format.ts';
import { receiptsText } from '../../text/receipts.ts';
import { receiptName } from './document.ts';
import type { ReceiptDocument, RefundReceipt, SaleReceipt } from './document.ts';

/** What a receipt says, in its language and in the order in which it says it; the letter and the PDF say the same. */
export type ReceiptWords = {
  readonly title: string;
  readonly company: string;
  /** Sentences before the facts. */
  readonly lead: readonly string[];
  readonly facts: readonly (readonly [string, string])[];
  readonly lines: {
    readonly heading: string;
    readonly columns: readonly string[];
    readonly amounts: readonly number[];
    readonly rows: readonly (readonly string[])[];
    /** Each line as a sentence. */
    readonly sentences: readonly string[];
  };
  readonly sums: readonly (readonly [string, string])[];
  readonly vat: ReceiptWords['lines'];
};

/** Made of the document alone. */
export function wordsOf(document: ReceiptDocument): ReceiptWords {
  const words = receiptsText[document.language];
  const { kind, language, seller } = document;
  return {
    title: words.title[kind],
    company: `${seller.name}, ${words.organisationNumber(seller.organisation_number)}`,
    lead: [
      ...(document.sandbox ? [words.sandbox] : []),
      ...(kind === 'refund' ? [words.refundLead(...originalOf(document))] : []),
    ],
    facts: factsOf(document),
    lines: kind === 'sale' ? linesOfSale(document) : linesOfRefund(document),
    sums: sumsOf(document),
    vat: vatOf(document, language),
  };
}

function originalOf({ original, language }: RefundReceipt): [name: string, day: string] {
  return [receiptName(original.number), dayIn(original.issued_at, language)];
}

function factsOf(document: ReceiptDocument): [string, string][] {
  const { language, kind, seller, counterparty } = document;
  const words = receiptsText[language];
  const address = `${seller.street}, ${seller.postal_code} ${seller.town}`;
  return [
    [words.number, receiptName(document.number)],
    ...(kind === 'refund' ? ([[words.original, originalOf(document)[0]]] as const) : []),
    [words.issued, dateTime(Temporal.Instant.from(document.issued_at), language)],
    [words.order, document.order],
    ...(kind === 'sale' ? ([[words.delivery, deliveryOf(document)]] as const) : []),
    ...(counterparty === null ? [] : ([[words.buyer, counterparty]] as const)),
    [words.seller, `${seller.name}, ${address}, ${words.vatNumber(seller.vat_number)}`],
  ].map(([name = '', value = '']) => [name, value]);
}

function deliveryOf({ delivered_on, language }: SaleReceipt): string {
  if (delivered_on === null) return receiptsText[language].deliveredLater;
  return date(Temporal.PlainDate.from(delivered_on), language);
}

function linesOfSale({ lines, language }: SaleReceipt): ReceiptWords['lines'] {
  const words = receiptsText[language];
  const told = lines.map((line) => ({
    description: line.description,
    quantity: number(line.quantity, language),
    price: exactMoney(line.unit_price_ore, language),
    percent: rate(line.vat_percent, language),
    amount: exactMoney(line.amount_ore, language),
  }));
  return {
    heading: words.lines,
    columns: [words.description, words.quantity, words.unitPrice, words.vat, words.amount],
    amounts: [1, 2, 3, 4],
    rows: told.map((line) => Object.values(line)),
    sentences: told.map(words.lineInText),
  };
}

function linesOfRefund({ lines, language }: RefundReceipt): ReceiptWords['lines'] {
  const words = receiptsText[language];
  const told = lines.map((line) => ({
    line: number(line.line, language),
    description: line.description,
    quantity:
      line.quantity === null ? words.priceLowered : words.returned(number(line.quantity, language)),
    percent: rate(line.vat_percent, language),
    amount: exactMoney(line.amount_ore, language),
  }));
  return {
    heading: words.changedLines,
    columns: [words.line, words.description, words.change, words.vat, words.refunded],
    amounts: [3, 4],
    rows: told.map((line) => Object.values(line)),
    sentences: told.map(words.refundedInText),
  };
}

function sumsOf({ kind, language, total_ore, vat_ore, paid }: ReceiptDocument): [string, string][] {
  const words = receiptsText[language];
  const how = words.paidHow(
    exactMoney(paid.amount_ore, language),
    words.ways[paid.way],
    date(Temporal.PlainDate.from(paid.on), language),
  );
  return [
    [words.total[kind], exactMoney(total_ore, language)],
    [words.ofWhichVat, exactMoney(vat_ore, language)],
    ...(paid.rounding_ore === 0
      ? []
      : ([[words.rounding, exactMoney(paid.rounding_ore, language)]] as [string, string][])),
    [words.paid[kind], how],
  ];
}

function vatOf({ vat }: ReceiptDocument, language: Language): ReceiptWords['lines'] {
  const words = receiptsText[language];
  const told = vat.map((row) => ({
    percent: rate(row.percent, language),
    net: exactMoney(row.net_ore, language),
    vat: exactMoney(row.vat_ore, language),
    gross: exactMoney(row.total_ore, language),
  }));
  return {
    heading: words.vatRows,
    columns: [words.vatRate, words.net, words.vat, words.gross],
    amounts: [1, 2, 3],
    rows: told.map((row) => Object.values(row)),
    sentences: told.map(words.vatInText),
  };
}

function rate(vatPercent: number, language: Language): string {
  return percent(vatPercent / 100, language);
}

function dayIn(instant: string, language: Language): string {
  return date(Temporal.Instant.from(instant), language);
}
