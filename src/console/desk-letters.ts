import type { Arranged } from '../history/arrange.ts';
import type { Contact } from '../history/contact.ts';
import type { Delivery } from '../history/orders.ts';
import type { RefundReceipt } from '../history/receipts/document.ts';
import { receiptSubject, receiptText } from '../history/receipts/receipt-text.ts';
import type { TakeBack, TakenBack } from '../history/take-back-order.ts';
import { writeMail } from '../messages/outbox.ts';
import type { WriteOperation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import { dateTime, money, number } from '../text/format.ts';
import { mailDeskText } from '../text/mail-desk.ts';
import type { Sealer } from '../vault/vault.ts';

/** The receipt of money that is paid back; nothing where nothing is. */
export async function writeRefundReceipt(
  write: WriteOperation,
  sealer: Sealer,
  { receipt, contact }: { readonly receipt: RefundReceipt | null; readonly contact: Contact },
): Promise<void> {
  if (receipt === null) return;
  const { email, language } = contact;
  const text = receiptText(receipt);
  await writeMail(write, sealer, { email, language, subject: receiptSubject(receipt), text });
}

/** Says what was cancelled or withdrawn from, and what becomes of the money (distansavtalslagen 2 kap. 10 a §). */
export function takenBackLetter(kind: TakeBack['kind']) {
  return async (write: WriteOperation, sealer: Sealer, taken: TakenBack): Promise<void> => {
    const { email, language } = taken.contact;
    const words = mailDeskText[language].takenBack;
    const parts = [
      words.lead[kind],
      linesOf(taken).join('\n'),
      moneyOf(taken),
      ...(taken.feeOre === 0 ? [] : [words.fee[kind](money(taken.feeOre, language))]),
      notice.controller.name,
      ...(taken.receipt === null ? [] : [receiptText(taken.receipt)]),
    ];
    const subject = words.subject[kind](taken.whole.order.number);
    await writeMail(write, sealer, { email, language, subject, text: `${parts.join('\n\n')}\n` });
  };
}

function linesOf({ contact, lines, whole }: TakenBack): string[] {
  const words = mailDeskText[contact.language].takenBack;
  return lines.map(({ lineId, quantity }) => {
    const line = whole.lines.find((one) => one.lineId === lineId);
    return words.line(number(quantity, contact.language), line?.description ?? '');
  });
}

function moneyOf({ contact, refundOre, awaitsGoods }: TakenBack): string {
  const { language } = contact;
  const words = mailDeskText[language].takenBack;
  if (refundOre === 0) return words.nothing;
  const amount = money(refundOre, language);
  return awaitsGoods ? words.awaits(amount) : words.paid(amount);
}

/** The time and the place of a service. Who has a protected identity is not told an address in a letter. */
export function arrangedLetter(origin: string) {
  return async (write: WriteOperation, sealer: Sealer, arranged: Arranged): Promise<void> => {
    const { contact, order, line, startsAt } = arranged;
    const { email, language, isGuest } = contact;
    const words = mailDeskText[language].arranged;
    const text = words.text({
      company: notice.controller.name,
      what: line.description,
      when: dateTime(startsAt, language),
      place: placeOf(arranged),
      number: order.number,
      // A guest comes to the order by the code of the confirmation, which nobody here knows.
      link: isGuest ? null : `${origin}/history/${order.orderId}`,
    });
    await writeMail(write, sealer, { email, language, subject: words.subject(order.number), text });
  };
}

function placeOf({ contact, order, fulfilment }: Arranged): string {
  if (fulfilment !== 'at-customer') {
    const { name, street, postal_code, town } = notice.controller;
    return `${name}, ${street}, ${postal_code} ${town}`;
  }
  const hidden = mailDeskText[contact.language].arranged.hiddenPlace;
  return contact.isProtected ? hidden : (addressOf(order.delivery) ?? hidden);
}

function addressOf({ street, postal_code, town }: Delivery): string | null {
  return street === null ? null : `${street}, ${postal_code} ${town}`;
}
