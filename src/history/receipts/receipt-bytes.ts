import { createHash } from 'node:crypto';
import { canonical } from '../../ledger/log.ts';
import type { ReceiptDocument } from './document.ts';

/** The bytes of a document, always the same. */
export function receiptBytes(document: ReceiptDocument): Uint8Array {
  return new TextEncoder().encode(canonical(document));
}

/** SHA-256 in hex. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
