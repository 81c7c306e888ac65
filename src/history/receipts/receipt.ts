import { Problem } from '../../problem.ts';
import { brokenRule, vatNumberOf } from './document-rules.ts';
import { documentShape } from './document.ts';
import type { ReceiptDocument, RefundReceipt, SaleReceipt, Seller } from './document.ts';
import type { RefundFacts, SaleFacts } from './facts.ts';
import { hashOf, receiptBytes } from './receipt-bytes.ts';
import { refundFrom } from './refund-document.ts';
import { saleFrom } from './sale-document.ts';

const receiptBytesMax = 500_000;

/** A receipt to keep: the bytes are what the archive keeps, the mail and the PDF are made from the document alone. */
export type IssuedReceipt<Kind extends ReceiptDocument = ReceiptDocument> = {
  readonly document: Kind;
  /** Canonical JSON (RFC 8785) in UTF-8. */
  readonly bytes: Uint8Array;
  /** Of the bytes, in hex. */
  readonly sha256: string;
};

/**
 * Writes the receipt of a sale or of a refund. The same facts give the same bytes.
 * @throws Problem `bad-input` for facts that cannot stand on a receipt: more paid back than was paid, a payment outside
 *   the fiscal year, öre in cash.
 */
export function issueReceipt(facts: SaleFacts): IssuedReceipt<SaleReceipt>;
export function issueReceipt(facts: RefundFacts): IssuedReceipt<RefundReceipt>;
export function issueReceipt(facts: SaleFacts | RefundFacts): IssuedReceipt {
  const document = checkDocument(facts.kind === 'sale' ? saleFrom(facts) : refundFrom(facts));
  const bytes = receiptBytes(document);
  return { document, bytes, sha256: hashOf(bytes) };
}

/**
 * Reads a receipt from the bytes that were kept.
 * @throws Problem `bad-input` for anything that `issueReceipt` would not have written: other fields, sums that do not
 *   agree, other bytes for the same document.
 */
export function readReceipt(bytes: Uint8Array): ReceiptDocument {
  if (bytes.length > receiptBytesMax) throw new Problem('bad-input', 'too long for a receipt');
  const document = checkDocument(parse(bytes));
  if (!Buffer.from(receiptBytes(document)).equals(bytes))
    throw new Problem('bad-input', 'a receipt that is not in canonical form');
  return document;
}

/** The seller as it stands in the notice. */
export function sellerFrom(controller: Omit<Seller, 'vat_number'>): Seller {
  const { name, organisation_number, street, postal_code, town, country } = controller;
  const vat_number = vatNumberOf(organisation_number);
  return { name, organisation_number, vat_number, street, postal_code, town, country };
}

function checkDocument(value: unknown): ReceiptDocument {
  const checked = documentShape.safeParse(value);
  if (!checked.success) throw new Problem('bad-input', 'not a receipt');
  const rule = brokenRule(checked.data);
  if (rule !== null) throw new Problem('bad-input', rule);
  return checked.data;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError)
      throw new Problem('bad-input', 'not a receipt');
    throw error;
  }
}
