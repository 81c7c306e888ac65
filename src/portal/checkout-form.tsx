import type { Visit } from '../http/route.ts';
import type { RowId } from '../ids.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, Field, Form, Hidden, TextArea } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { intake } from '../policy/intake.ts';
import { weekdayDateTime } from '../text/format.ts';
import { portalText } from '../text/portal.ts';
import { shopCheckoutText } from '../text/shop-checkout.ts';
import { nameOf } from './basket.ts';
import type { BasketLine } from './basket.ts';
import { answerLengthMax, answerName, needsOf } from './checkout-fields.ts';
import type { Needs } from './checkout-fields.ts';
import { PayChoices } from './checkout-pay.tsx';
import type { CheckoutVisit } from './checkout-visit.ts';
import { DeliveryFields } from './delivery-fields.tsx';
import { errorOf, errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { banksNotOffered, payOffersFor } from './pay-offers.ts';
import type { PayOffer } from './pay-offers.ts';
import { signInAddress } from './place-to-return.ts';

export type ShownCheckout = {
  readonly lines: readonly BasketLine[];
  readonly orderId: RowId;
  /** The guest's, which leads to the order; null for who is signed in. */
  readonly code: string | null;
  readonly values: ReadonlyMap<string, string>;
  readonly faults?: Faults;
  readonly isPrefilled?: boolean;
  /** The session ended on the way. */
  readonly wasSignedOut?: boolean;
};

/** Shows the checkout with values and what is wrong with them; 422 when something is. */
export async function showCheckout(visit: CheckoutVisit, shown: ShownCheckout): Promise<Response> {
  const { language } = visit;
  const { lines, faults = {} } = shown;
  const words = shopCheckoutText[language].form;
  const offers = await payOffersFor(visit, lines);
  const needs = needsOf(lines, offers, { isGuest: shown.code !== null });
  const notOffered = await banksNotOffered(visit);
  const status = shown.faults === undefined ? 200 : 422;
  return portalPage(
    visit,
    { title: words.title, current: 'start', status, comeBackTo: '/checkout' },
    <>
      <ErrorSummary
        title={portalText[language].faultsTitle}
        errors={[
          ...errorsOf(shopCheckoutText[language].faults, faults),
          ...answerErrors(needs, faults, visit),
        ]}
      />
      {shown.wasSignedOut === true && (
        <Notice kind="warning" title={words.signedOut} role="alert">
          <p>{words.signedOutText}</p>
        </Notice>
      )}
      <BackLink href="/basket">{words.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {offers.length === 0 ? (
        <Notice kind="warning" title={words.nothingOffered}>
          <p>{words.nothingOfferedText}</p>
        </Notice>
      ) : (
        <CheckoutForm visit={visit} shown={shown} needs={needs} ways={{ offers, notOffered }} />
      )}
    </>,
  );
}

type CheckoutFormProps = {
  readonly visit: Visit;
  readonly shown: ShownCheckout;
  readonly needs: Needs;
  readonly ways: {
    readonly offers: readonly PayOffer[];
    readonly notOffered: Awaited<ReturnType<typeof banksNotOffered>>;
  };
};

function CheckoutForm({ visit, shown, needs, ways }: CheckoutFormProps) {
  const { language } = visit;
  const { values, faults = {}, code, orderId } = shown;
  const { form: words } = shopCheckoutText[language];
  return (
    <>
      {code !== null && <WithoutAccount visit={visit} />}
      <Form action="/checkout/review">
        <Hidden name="order_id" value={orderId} />
        {code !== null && <Hidden name="code" value={code} />}
        <h2>{needs.address ? words.whoAndWhere : words.who}</h2>
        {shown.isPrefilled === true && <p>{words.prefilled}</p>}
        {needs.email && <EmailField visit={visit} values={values} faults={faults} />}
        <DeliveryFields visit={visit} values={values} faults={faults} asks={needs} />
        <Questions visit={visit} needs={needs} values={values} faults={faults} />
        <PayChoices visit={visit} needs={needs} values={values} faults={faults} {...ways} />
        <Button>{words.toReview}</Button>
      </Form>
    </>
  );
}

function WithoutAccount({ visit }: { visit: Visit }) {
  const words = shopCheckoutText[visit.language].form;
  return (
    <>
      <h2>{words.guest}</h2>
      <p>{words.guestText}</p>
      <p>
        {words.haveAccount} <a href={signInAddress('/checkout')}>{words.signIn}</a>.{' '}
        {words.signInText}
      </p>
    </>
  );
}

type FieldsProps = {
  readonly visit: Visit;
  readonly values: ReadonlyMap<string, string>;
  readonly faults: Faults;
};

function EmailField({ visit, values, faults }: FieldsProps) {
  const all = shopCheckoutText[visit.language];
  return (
    <Field
      name="email"
      label={all.form.email}
      hint={all.form.emailHint}
      type="email"
      inputmode="email"
      autocomplete="email"
      spellcheck={false}
      required
      value={values.get('email')}
      error={errorOf(all.faults, faults, 'email')}
    />
  );
}

/** What is asked of each row, under its name. */
function Questions({ visit, needs, values, faults }: FieldsProps & { needs: Needs }) {
  const { language } = visit;
  const words = shopCheckoutText[language].form;
  const asking = needs.lines.filter(({ item }) => item.questions.length > 0);
  if (asking.length === 0) return null;
  return (
    <>
      <h2>{words.questions}</h2>
      <p class="hint">{words.questionsText}</p>
      {asking.map((line) => (
        <fieldset class="questions">
          <legend>
            {[
              nameOf(line, language),
              ...(line.startsAt === null ? [] : [weekdayDateTime(line.startsAt, language)]),
            ].join(', ')}
          </legend>
          {line.item.questions.map(({ field, isRequired }) => {
            const name = answerName(field, line.key);
            const question = intake[field][language];
            return (
              <TextArea
                name={name}
                label={isRequired ? question : words.optional(question)}
                rows={2}
                maxlength={answerLengthMax}
                required={isRequired}
                autocomplete="off"
                value={values.get(name)}
                error={answerError(question, faults[name], visit)}
              />
            );
          })}
        </fieldset>
      ))}
    </>
  );
}

function answerErrors(needs: Needs, faults: Faults, visit: Visit): FormError[] {
  return needs.lines.flatMap((line) =>
    line.item.questions.flatMap(({ field }) => {
      const name = answerName(field, line.key);
      const text = answerError(intake[field][visit.language], faults[name], visit);
      return text === undefined ? [] : [{ field: name, text }];
    }),
  );
}

function answerError(
  question: string,
  fault: Faults[string] | undefined,
  { language }: Visit,
): string | undefined {
  if (fault === undefined) return undefined;
  const words = shopCheckoutText[language].answerFaults;
  return (fault === 'too-long' ? words['too-long'] : words.missing)(question);
}
