import { mailWrite } from '../../messages/outbox.ts';
import type { WriteOperation } from '../../operation.ts';
import type { Sealer } from '../../vault/vault.ts';
import type { Contact } from '../contact.ts';
import type { SaleReceipt, RefundReceipt } from '../receipts/document.ts';
import { receiptSubject, receiptText } from '../receipts/receipt-text.ts';

/** The receipt in durable form, in the transaction in which it is issued. */
export async function writePaidLetter(
  write: WriteOperation,
  sealer: Sealer,
  contact: Contact,
  receipt: SaleReceipt | RefundReceipt,
): Promise<void> {
  await paidLetterWrite(write, sealer, contact, receipt).execute();
}

/** The same, to be sent together with others. */
export function paidLetterWrite(
  write: WriteOperation,
  sealer: Sealer,
  { email, language }: Contact,
  receipt: SaleReceipt | RefundReceipt,
) {
  const text = receiptText(receipt);
  return mailWrite(write, sealer, { email, language, subject: receiptSubject(receipt), text });
}
