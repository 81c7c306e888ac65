import { seeOther } from '../http/answers.ts';
import type { Visit } from '../http/route.ts';
import { Check, ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, Hidden } from '../pages/forms.tsx';
import { Notice } from '../pages/notices.tsx';
import { money } from '../text/format.ts';
import { portalText } from '../text/portal.ts';
import { shopReviewText } from '../text/shop-review.ts';
import { shopRulesText } from '../text/shop-rules.ts';
import { writeBasketText } from './basket-cookie.ts';
import { entriesOf, readBasket, sumsOf } from './basket.ts';
import { KeptFields, showBasket } from './basket-page.tsx';
import { newForm } from './checkout.tsx';
import { showCheckout } from './checkout-form.tsx';
import { keptIn } from './checkout-kept.ts';
import { ReviewedParts } from './checkout-review-parts.tsx';
import { readReviewed } from './checkout-reviewed.ts';
import type { Reviewed } from './checkout-reviewed.ts';
import type { CheckoutVisit } from './checkout-visit.ts';
import { portalPage } from './frame.tsx';

/** The whole order, to be looked at before it is placed. Nothing has happened yet. */
export async function reviewPage(visit: CheckoutVisit): Promise<Response> {
  const basket = await readBasket(visit);
  const { lines } = basket;
  if (lines.length === 0) return seeOther('/basket');
  if (lines.some(({ trouble }) => trouble !== null))
    return showBasket(visit, { basket, news: 'gone', kept: keptIn(visit.form), status: 409 });
  const ids = newForm(visit);
  const reviewed = await readReviewed(visit, lines, ids);
  if (!reviewed.ok) {
    const { faults } = reviewed;
    const wasSignedOut = isSignedOutNow(visit);
    return showCheckout(visit, { lines, ...ids, values: visit.form, faults, wasSignedOut });
  }
  return showReview(visit, reviewed.value, {});
}

/** True for a form that began while somebody was signed in who is not any more. */
export function isSignedOutNow({ signedIn, form }: Visit): boolean {
  return signedIn === null && form.has('order_id') && !form.has('code');
}

export type ReviewNews = {
  /** What has changed since it was shown. */
  readonly changed?: 'repriced' | 'newTerms';
  /** So many letters have gone that the confirmation has to wait. */
  readonly hasTooMany?: boolean;
  /** Something has to be agreed to that is not. */
  readonly lacksConsent?: boolean;
};

/** Shows the order; 409 when something has changed, 422 when a consent lacks, 429 when a limit is reached. */
export function showReview(visit: Visit, reviewed: Reviewed, news: ReviewNews): Promise<Response> {
  const { language } = visit;
  const words = shopReviewText[language];
  const { lacksConsent = false } = news;
  const trouble = news.hasTooMany === true ? 'tooMany' : news.changed;
  const missing = reviewed.consents.filter((consent) => !visit.form.has(`consent-${consent}`));
  return portalPage(
    visit,
    { title: words.title, current: 'start', status: statusOf(news), comeBackTo: '/checkout' },
    <>
      <ErrorSummary
        title={portalText[language].faultsTitle}
        errors={
          lacksConsent
            ? missing.map((consent) => ({
                field: `consent-${consent}`,
                text: words.consentMissing[consent],
              }))
            : []
        }
      />
      {trouble !== undefined && (
        <Notice kind="warning" title={words[trouble]} role="alert">
          <p>{words[`${trouble}Text`]}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <ReviewedParts visit={visit} reviewed={reviewed} />
      <OrderForm visit={visit} reviewed={reviewed} lacksConsent={lacksConsent} />
    </>,
  );
}

function statusOf({ changed, lacksConsent, hasTooMany }: ReviewNews): 200 | 409 | 422 | 429 {
  if (hasTooMany === true) return 429;
  if (changed !== undefined) return 409;
  return lacksConsent === true ? 422 : 200;
}

type OrderFormProps = {
  readonly visit: Visit;
  readonly reviewed: Reviewed;
  readonly lacksConsent: boolean;
};

/** Everything that was typed and shown, and the button that says what it costs. */
function OrderForm({ visit, reviewed, lacksConsent }: OrderFormProps) {
  const words = shopReviewText[visit.language];
  const { lines, ids, terms, consents, fields } = reviewed;
  const typed = keptIn(visit.form).filter(([name]) => !/^(?:order_id$|code$|consent-)/.test(name));
  return (
    <form class="form" method="post" action="/orders" novalidate>
      <Hidden name="order_id" value={ids.orderId} />
      {ids.code !== null && <Hidden name="code" value={ids.code} />}
      <KeptFields kept={typed} />
      <Hidden name="seen" value={writeBasketText(entriesOf(lines))} />
      <Hidden name="terms_id" value={terms.termsId} />
      {consents.length > 0 && <h2>{words.consent}</h2>}
      {consents.map((consent) => (
        <Check
          name={`consent-${consent}`}
          label={shopRulesText[visit.language].consents[consent]}
          checked={visit.form.has(`consent-${consent}`)}
          error={
            lacksConsent && !visit.form.has(`consent-${consent}`)
              ? words.consentMissing[consent]
              : undefined
          }
        />
      ))}
      <p class="soft">{words.afterwards[fields.payWay]}</p>
      <Actions>
        <Button>{buttonWords(reviewed, visit)}</Button>
        <Button kind="secondary" formaction="/checkout">
          {words.change}
        </Button>
      </Actions>
    </form>
  );
}

/** The button makes the duty to pay clear, or nobody has to (distansavtalslagen 2005:59, 2 kap. 9 §). */
function buttonWords({ lines, fields }: Reviewed, { language }: Visit): string {
  const words = shopReviewText[language];
  const { totalOre } = sumsOf(lines);
  if (totalOre === 0) return words.buyFree;
  const total = money(totalOre, language);
  return fields.payWay === 'on-site' ? words.buyOnSite(total) : words.buy(total);
}
