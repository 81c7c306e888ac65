import type { PayWay } from '../database/records-history.ts';
import { notice } from '../policy/notice.ts';
import { vatNumber } from '../policy/terms.ts';
import type { Language } from '../text/bilingual.ts';
import { dateTime, money, number, percent, weekdayDateTime } from '../text/format.ts';
import { shopLetterText } from '../text/shop-letter.ts';
import { shopPagesText } from '../text/shop-pages.ts';
import { shopReviewText } from '../text/shop-review.ts';
import { shopRulesText } from '../text/shop-rules.ts';
import type { Delivery } from './orders.ts';
import { taxed, vatByRate } from './receipts/vat-split.ts';
import type { VatPercent } from './receipts/vat-split.ts';
import {
  cancellingInWords,
  consentsFor,
  mayWithdraw,
  whereInWords,
  withdrawalInWords,
} from './rule-words.ts';
import type { RuledLine } from './rule-words.ts';
import type { PublishedTerms } from './terms.ts';

/** One line of an order as its confirmation tells it. */
export type LetterLine = RuledLine & {
  readonly name: string;
  readonly quantity: number;
  readonly vatPercent: VatPercent;
};

/** All that the confirmation of an order says. Plain data: it can be put together when the order is placed, or later from its rows. */
export type OrderLetter = {
  readonly language: Language;
  readonly number: string;
  readonly placedAt: Temporal.Instant;
  readonly totalOre: number;
  readonly payWay: PayWay;
  /** Until when it has to be paid, for an order that waits for its money; null for any other. */
  readonly payBy: Temporal.Instant | null;
  readonly lines: readonly LetterLine[];
  readonly delivery: Delivery;
  /** Who has a protected identity is not told the address in a letter. */
  readonly isProtected: boolean;
  readonly isGuest: boolean;
  /** Where the order is. */
  readonly link: string;
  readonly terms: PublishedTerms;
  readonly sellerEmail: string;
};

/**
 * The confirmation in durable form: contents, prices, VAT, times, place, rules of cancelling, right of withdrawal with
 * the standard form, what was agreed to, seller, and the whole conditions, because a link to them is not enough
 * (distansavtalslagen 2005:59, 2 kap. 4 §; lagen om elektronisk handel 2002:562, 12–13 §§).
 */
export function writeOrderLetter(letter: OrderLetter): { subject: string; text: string } {
  const words = shopLetterText[letter.language];
  const parts = [
    words.thanks,
    contentsOf(letter),
    recipientOf(letter),
    `${words.see}\n${letter.link}${letter.isGuest ? `\n\n${words.guestKey}` : ''}`,
    rulesOf(letter),
    sellerOf(letter),
    ...(mayWithdraw(letter.lines) ? [withdrawalFormOf(letter)] : []),
    termsOf(letter),
  ];
  const subject = letter.payBy === null ? words.subject : words.unpaidSubject;
  return { subject: subject(letter.number), text: `${parts.join('\n\n')}\n` };
}

/** A name and, where there is one, an address, a line each. */
export function writeAddress(delivery: Delivery): string {
  const { recipient_name, street, postal_code, town } = delivery;
  return [recipient_name, ...(street === null ? [] : [street, `${postal_code} ${town}`])].join(
    '\n',
  );
}

function contentsOf(letter: OrderLetter): string {
  const { language, lines, totalOre, payWay } = letter;
  const words = shopLetterText[language];
  return [
    words.order(letter.number, dateTime(letter.placedAt, language)),
    '',
    ...lines.map((line) => lineInWords(line, language)),
    '',
    words.total(money(totalOre, language)),
    ...vatOf(lines).map(({ percent: rate, vat_ore }) =>
      words.vat(percent(rate / 100, language), money(vat_ore, language)),
    ),
    letter.payBy === null
      ? words.pay[totalOre === 0 ? 'nothing' : payWay]
      : words.unpaid(dateTime(letter.payBy, language)),
  ].join('\n');
}

function lineInWords(line: LetterLine, language: Language): string {
  const { quantity, unitPriceOre } = line;
  const price = money(unitPriceOre * quantity, language);
  return shopLetterText[language].line(number(quantity, language), titleOf(line, language), price);
}

/** What it is, and when. */
function titleOf({ name, time }: LetterLine, language: Language): string {
  return time === null ? name : `${name}, ${weekdayDateTime(time.startsAt, language)}`;
}

function vatOf(lines: readonly LetterLine[]) {
  const priced = lines.map(({ unitPriceOre, quantity, vatPercent }) => ({
    amount_ore: unitPriceOre * quantity,
    vat_percent: vatPercent,
  }));
  return vatByRate(taxed(priced));
}

function recipientOf({ language, delivery, isProtected }: OrderLetter): string {
  const words = shopLetterText[language];
  const to = delivery.street === null ? words.orderedBy : words.deliveredTo;
  return `${to}\n${isProtected ? words.hidden : writeAddress(delivery)}`;
}

function rulesOf({ language, lines, placedAt }: OrderLetter): string {
  const words = shopLetterText[language];
  const rules = shopRulesText[language];
  const ofLines = lines.map((line) =>
    [
      titleOf(line, language),
      whereInWords(line, language),
      cancellingInWords(line, language, placedAt),
      withdrawalInWords(line, language),
    ]
      .filter((text) => text !== null)
      .join('\n'),
  );
  const agreed = consentsFor(lines, placedAt).map((consent) => `- ${rules.consents[consent]}`);
  return [
    words.rules,
    ...new Set(ofLines),
    ...(mayWithdraw(lines) ? [rules.how] : []),
    ...(agreed.length === 0 ? [] : [[words.agreed, ...agreed].join('\n')]),
  ].join('\n\n');
}

function sellerOf({ language, sellerEmail }: OrderLetter): string {
  const words = shopLetterText[language];
  const { name, organisation_number, street, postal_code, town } = notice.controller;
  return [
    words.seller,
    name,
    `${street}, ${postal_code} ${town}`,
    sellerEmail,
    `${words.organisationNumber} ${organisation_number}`,
    `${words.vatNumber} ${vatNumber}`,
    '',
    shopReviewText[language].complaintsText,
  ].join('\n');
}

/** The form of the law, to be filled in by hand (distansavtalslagen 2005:59, 2 kap. 2 §). */
function withdrawalFormOf({ language, sellerEmail }: OrderLetter): string {
  const words = shopPagesText[language].withdrawal;
  const { name, street, postal_code, town } = notice.controller;
  return [
    shopLetterText[language].form,
    words.only,
    words.to(`${name}, ${street}, ${postal_code} ${town}, ${sellerEmail}`),
    ...words.fields.map((field) => `- ${field}: `),
    words.strike,
  ].join('\n');
}

function termsOf({ language, terms }: OrderLetter): string {
  const sections = terms.sections.map(({ heading, paragraphs }) =>
    [heading[language], ...paragraphs.map((paragraph) => paragraph[language])].join('\n'),
  );
  return [shopLetterText[language].terms(terms.version), ...sections].join('\n\n');
}
