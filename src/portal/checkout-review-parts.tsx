import {
  cancellingInWords,
  mayWithdraw,
  whereInWords,
  withdrawalInWords,
} from '../history/rule-words.ts';
import type { Visit } from '../http/route.ts';
import { BasketRows } from '../pages/basket-rows.tsx';
import { SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { intake } from '../policy/intake.ts';
import type { IntakeField } from '../policy/intake.ts';
import { telephone, weekdayDateTime } from '../text/format.ts';
import { shopCheckoutText } from '../text/shop-checkout.ts';
import { shopReviewText } from '../text/shop-review.ts';
import { shopRulesText } from '../text/shop-rules.ts';
import { nameOf, ruledLineOf, sumsOf } from './basket.ts';
import type { BasketLine } from './basket.ts';
import { BasketLineRow, BasketSums } from './basket-lines.tsx';
import { WhoKnows } from './checkout-pay.tsx';
import type { Reviewed } from './checkout-reviewed.ts';
import { TypedLines } from './order-parts.tsx';
import { Seller } from './seller.tsx';

/** What, when, where, to whom, for how much, by which rules and from whom. */
export function ReviewedParts({ visit, reviewed }: { visit: Visit; reviewed: Reviewed }) {
  const { language } = visit;
  const words = shopReviewText[language];
  const { lines, terms } = reviewed;
  return (
    <>
      <h2>{words.what}</h2>
      <BasketRows label={words.what}>
        {lines.map((line) => (
          <BasketLineRow line={line} language={language} details={countOf(line, visit)} />
        ))}
      </BasketRows>
      <BasketSums lines={lines} language={language} />
      <h2>{words.who}</h2>
      <SummaryList rows={whoOf(visit, reviewed)} />
      <h2>{words.rules}</h2>
      {lines.map((line) => (
        <RulesOf visit={visit} line={line} />
      ))}
      {mayWithdraw(lines.map(ruledLineOf)) && <HowToWithdraw visit={visit} />}
      <Seller visit={visit} />
      <p>
        <a href="/terms">{words.terms(terms.version)}</a>. {words.termsText}
      </p>
    </>
  );
}

function countOf({ quantity, startsAt }: BasketLine, { language }: Visit): string[] {
  const words = shopReviewText[language];
  if (startsAt !== null) return quantity === 1 ? [] : [words.places(quantity)];
  return quantity === 1 ? [] : [words.quantity(String(quantity))];
}

function whoOf(visit: Visit, { fields, offer, lines }: Reviewed): SummaryRow[] {
  const words = shopReviewText[visit.language];
  const { delivery, email } = fields;
  const { ways } = shopCheckoutText[visit.language].form;
  return [
    { key: words.name, value: delivery.recipient_name },
    ...(email === null ? [] : [{ key: words.email, value: email }]),
    ...(delivery.phone === null ? [] : [{ key: words.phone, value: telephone(delivery.phone) }]),
    ...(delivery.street === null
      ? []
      : [
          {
            key: words.address,
            value: (
              <address>
                {delivery.street}
                <br />
                {`${delivery.postal_code} ${delivery.town}`}
              </address>
            ),
          },
        ]),
    ...lines.flatMap((line) => answersOf(line, fields.answers.get(line.key), visit)),
    ...(delivery.message === null
      ? []
      : [{ key: words.message, value: <TypedLines text={delivery.message} /> }]),
    {
      key: words.pay,
      value:
        sumsOf(lines).totalOre === 0 ? (
          shopRulesText[visit.language].pay.nothing
        ) : (
          <>
            {ways[offer.way]}
            {'. '}
            <WhoKnows visit={visit} offer={offer} />
          </>
        ),
    },
  ];
}

function answersOf(
  line: BasketLine,
  answers: Readonly<Record<IntakeField, string | null>> | undefined,
  { language }: Visit,
): SummaryRow[] {
  return line.item.questions.flatMap(({ field }) => {
    const answer = answers?.[field] ?? null;
    if (answer === null) return [];
    const key = `${intake[field][language]} (${nameOf(line, language)})`;
    return [{ key, value: <TypedLines text={answer} /> }];
  });
}

/** Where, until when it can be cancelled, and whether it can be withdrawn from. */
function RulesOf({ visit, line }: { visit: Visit; line: BasketLine }) {
  const { language, op } = visit;
  const words = shopReviewText[language];
  const ruled = ruledLineOf(line);
  const where = whereInWords(ruled, language);
  const cancelling = cancellingInWords(ruled, language, op.now);
  const when = line.startsAt === null ? [] : [weekdayDateTime(line.startsAt, language)];
  return (
    <>
      <h3>{[nameOf(line, language), ...when].join(', ')}</h3>
      <SummaryList
        rows={[
          ...(where === null ? [] : [{ key: words.where, value: where }]),
          ...(cancelling === null ? [] : [{ key: words.cancelling, value: cancelling }]),
          { key: words.withdrawal, value: withdrawalInWords(ruled, language) },
        ]}
      />
    </>
  );
}

function HowToWithdraw({ visit }: { visit: Visit }) {
  const rules = shopRulesText[visit.language];
  return (
    <>
      <h3>{shopReviewText[visit.language].howToWithdraw}</h3>
      <p>
        {rules.how} <a href="/withdrawal-form">{rules.form}</a>.
      </p>
    </>
  );
}
