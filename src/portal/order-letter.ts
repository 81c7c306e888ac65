import type { OrderWish, WishedLine } from '../history/order-wish.ts';
import { unitPriceOre } from '../history/catalogue/items.ts';
import { writeOrderLetter } from '../history/order-letter.ts';
import type { LetterLine } from '../history/order-letter.ts';
import type { Confirm } from '../history/place-order.ts';
import { ruledTime } from '../history/rule-words.ts';
import type { PublishedTerms } from '../history/terms.ts';
import type { Language } from '../text/bilingual.ts';

export type Confirmation = {
  readonly email: string;
  readonly language: Language;
  /** Who has a protected identity is not told the address in a letter. */
  readonly isProtected: boolean;
  readonly isGuest: boolean;
  readonly wish: Pick<OrderWish, 'lines' | 'payWay'>;
  readonly terms: PublishedTerms;
  /** Where the order is. */
  readonly link: string;
  readonly sellerEmail: string;
};

/** The letter that confirms an order, once it is placed. */
export function orderConfirmation({ email, wish, ...of }: Confirmation): Confirm {
  return (placed) => {
    const { number, placedAt, totalOre, delivery } = placed;
    const payBy = placed.state === 'unpaid' ? placed.payBy : null;
    const lines = wish.lines.map(letterLineOf);
    const { payWay } = wish;
    const letter = { ...of, number, placedAt, totalOre, delivery, payWay, payBy, lines };
    return { email, language: of.language, ...writeOrderLetter(letter) };
  };
}

function letterLineOf({ item, variantId, quantity, name, startsAt }: WishedLine): LetterLine {
  const { kind, fulfilment, withdrawal, vatPercent, booking } = item;
  return {
    name,
    quantity,
    kind,
    fulfilment,
    withdrawal,
    vatPercent,
    unitPriceOre: unitPriceOre(item, variantId),
    time: booking && startsAt && ruledTime(booking, startsAt),
  };
}
