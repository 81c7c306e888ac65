import type { OrderWish } from '../history/order-wish.ts';
import type { Order } from '../history/orders.ts';
import { writeMail } from '../messages/outbox.ts';
import type { WriteOperation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { money, number } from '../text/format.ts';
import { mailText } from '../text/mail.ts';
import { changesText } from '../text/rights-changes.ts';
import type { Sealer } from '../vault/vault.ts';

type Letter = {
  readonly email: string;
  readonly language: Language;
  /** Who has a protected identity is not told the address in a letter. */
  readonly isProtected: boolean;
  readonly lines: OrderWish['lines'];
  readonly origin: string;
};

/** What writes the confirmation of an order, in the transaction that places it. */
export function orderConfirmation({ email, language, isProtected, lines, origin }: Letter) {
  return async (op: WriteOperation, sealer: Sealer, placed: Order): Promise<void> => {
    const words = mailText[language].order;
    const text = words.text({
      company: notice.controller.name,
      number: placed.number,
      lines: lines.map((line) => writeLine(line, language)).join('\n'),
      total: money(placed.totalOre, language),
      vat: money(placed.vatOre, language),
      address: isProtected
        ? changesText[language].delivery.letterHidden
        : writeAddress(placed.delivery),
      link: `${origin}/history/${placed.orderId}`,
    });
    await writeMail(op, sealer, { email, language, subject: words.subject(placed.number), text });
  };
}

function writeLine(
  { item, quantity, name }: OrderWish['lines'][number],
  language: Language,
): string {
  return `${number(quantity, language)} × ${name}, ${money(item.priceOre * quantity, language)}`;
}

/** A postal address, a line each. */
export function writeAddress({
  recipient_name,
  street,
  postal_code,
  town,
}: Order['delivery']): string {
  return [recipient_name, street, `${postal_code} ${town}`].join('\n');
}
