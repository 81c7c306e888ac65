import { countLetter } from '../accounts/attempts.ts';
import type { Moved } from '../history/bookings.ts';
import type { Contact } from '../history/contact.ts';
import { receiptText } from '../history/receipts/receipt-text.ts';
import type { TakeBack, TakenBack } from '../history/take-back-order.ts';
import { paidPayment } from '../history/whole-order.ts';
import type { BuyerVisit } from '../http/route.ts';
import { writeMail } from '../messages/outbox.ts';
import type { WriteOperation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import { isProblem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import { buyerRebookText } from '../text/buyer-rebook.ts';
import { buyerTakeBackText } from '../text/buyer-take-back.ts';
import { date, money, weekdayDateTime } from '../text/format.ts';
import { shopRulesText } from '../text/shop-rules.ts';
import { normalised } from '../vault/owner-keys.ts';
import type { Sealer } from '../vault/vault.ts';
import { chosenInWords } from './buyer-take-back.tsx';
import { orderIdOf, orderPath } from './buyer-visit.ts';
import { momentToTheSecond, ourAddress } from './buyer-words.ts';

type Tell<T> = (write: WriteOperation, sealer: Sealer, of: T) => Promise<void>;

/**
 * Counts a letter about one guest's order before it is written: nobody has confirmed the address, so that whoever ordered
 * in another's name could have letter after letter sent there.
 * @returns whether it may be written now
 */
export async function mayWriteTo(visit: BuyerVisit, contact: Contact): Promise<boolean> {
  if (!contact.isGuest) return true;
  const kind = `changes of ${orderIdOf(visit)}`;
  try {
    await countLetter(visit.op, { kind, to: contact.email, from: visit.op.network });
    return true;
  } catch (error) {
    if (isProblem(error, 'too-many')) return false;
    throw error;
  }
}

/** What writes the letter about a cancellation, in the transaction that cancels. */
export function cancelLetter(visit: BuyerVisit, contact: Contact): Tell<TakenBack> {
  return async (write, sealer, taken) => {
    const { email, language } = contact;
    const words = buyerTakeBackText[language].letter;
    const { number } = taken.whole.order;
    const parts = [
      words.cancelled(number),
      chosenInWords(taken.whole, taken.lines, language).join('\n'),
      ...moneyParts('cancellation', taken, language),
      ...ending(visit, taken, language),
    ];
    const subject = words.cancelSubject(number);
    await writeMail(write, sealer, { email, language, subject, text: textOf(parts) });
  };
}

/**
 * What writes the acknowledgement of a withdrawal, in the transaction that takes it: its content, with date and time
 * (distansavtalslagen 2005:59, 2 kap. 10 a §). It goes to the address that was given for it; whoever the order belongs to is
 * told as well, where that is another one.
 */
export function withdrawLetter(
  visit: BuyerVisit,
  contact: Contact,
  told: { readonly email: string; readonly statement: string },
): Tell<TakenBack> {
  return async (write, sealer, taken) => {
    const { language } = visit;
    const all = buyerTakeBackText[language];
    const words = all.letter;
    const { number, placedAt } = taken.whole.order;
    const parts = [
      words.withdrawn,
      words.received(momentToTheSecond(write.now, language)),
      `${all.withdraw.contract}: ${all.withdraw.contractOf(number, date(placedAt, language))}`,
      `${all.withdraw.message}:\n${told.statement}`,
      ...moneyParts('withdrawal', taken, language),
      ...(taken.awaitsGoods ? [all.sendBack.text(notice.controller.name, ourAddress)] : []),
    ];
    const subject = words.withdrawSubject(number);
    const text = textOf([...parts, ...ending(visit, taken, language)]);
    await writeMail(write, sealer, { language, subject, text, email: contact.email });
    if (normalised(told.email) === normalised(contact.email)) return;
    // The link is a key to the whole order, and nobody has confirmed that this address is its owner's.
    const acknowledgement = textOf([...parts, notice.controller.name]);
    await writeMail(write, sealer, { language, subject, text: acknowledgement, email: told.email });
  };
}

/** What writes the letter about a booking that was moved, in the transaction that moves it. */
export function rebookLetter(
  visit: BuyerVisit,
  contact: Contact,
  { what, asksToBegin }: { readonly what: string; readonly asksToBegin: boolean },
): Tell<Moved> {
  return async (write, sealer, moved) => {
    const { email, language } = contact;
    const words = buyerRebookText[language].letter;
    const parts = [
      words.moved(what),
      `${words.now}: ${weekdayDateTime(moved.startsAt, language)}`,
      `${words.before}: ${weekdayDateTime(moved.from, language)}`,
      ...(asksToBegin ? [`${words.agreed}: ${shopRulesText[language].consents.early}`] : []),
      words.calendar,
      buyerTakeBackText[language].letter.see(linkTo(visit)),
      notice.controller.name,
    ];
    const subject = words.subject(weekdayDateTime(moved.startsAt, language));
    await writeMail(write, sealer, { email, language, subject, text: textOf(parts) });
  };
}

function moneyParts(
  kind: TakeBack['kind'],
  { refundOre, feeOre, awaitsGoods, whole }: TakenBack,
  language: Language,
) {
  const words = buyerTakeBackText[language];
  const paid = paidPayment(whole);
  if (paid === null) return [words.nothingBack];
  const how = awaitsGoods ? words.howGoods : words.hows[paid.way];
  return [
    words.letter.refund(money(refundOre, language)),
    ...(feeOre === 0 ? [] : [`${words.fees[kind]}: ${money(feeOre, language)}`]),
    ...(refundOre === 0 ? [] : [`${words.how}: ${how}`]),
  ];
}

/** Where the order is, who writes, and the receipt of what is paid back. */
function ending(visit: BuyerVisit, { receipt }: TakenBack, language: Language): string[] {
  return [
    buyerTakeBackText[language].letter.see(linkTo(visit)),
    notice.controller.name,
    ...(receipt === null ? [] : [`--\n${receiptText(receipt)}`]),
  ];
}

function textOf(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}

/** The way that brought this visitor here brings them back: a guest by the code. */
function linkTo(visit: BuyerVisit): string {
  return `${visit.site.origin}${orderPath(visit)}`;
}
