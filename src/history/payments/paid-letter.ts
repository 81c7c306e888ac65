import { writeMail } from '../../messages/outbox.ts';
import type { WriteOperation } from '../../operation.ts';
import type { Sealer } from '../../vault/vault.ts';
import type { SaleReceipt, RefundReceipt } from '../receipts/document.ts';
import { receiptSubject, receiptText } from '../receipts/receipt-text.ts';
import type { Sold } from './sell.ts';

/** The receipt in durable form, in the transaction in which it is issued. */
export async function writePaidLetter(
  write: WriteOperation,
  sealer: Sealer,
  { contact }: Pick<Sold, 'contact'>,
  receipt: SaleReceipt | RefundReceipt,
): Promise<void> {
  const { email, language } = contact;
  const text = receiptText(receipt);
  await writeMail(write, sealer, { email, language, subject: receiptSubject(receipt), text });
}
