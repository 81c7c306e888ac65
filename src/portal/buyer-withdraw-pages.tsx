import type { Child } from 'hono/jsx';
import { previewOf } from '../history/take-back-order.ts';
import type { TakeBackLine } from '../history/take-back.ts';
import { whyNotWithdraw } from '../history/why-not.ts';
import type { WholeOrder } from '../history/whole-order.ts';
import type { BuyerVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Field, Form, Hidden } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { SummaryList } from '../pages/tables.tsx';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { buyerOrderText } from '../text/buyer-order.ts';
import { buyerTakeBackText } from '../text/buyer-take-back.ts';
import { date, list } from '../text/format.ts';
import { ChosenLines, chosenInWords, LineChoices, moneyRows } from './buyer-take-back.tsx';
import { orderPath, placeOf } from './buyer-visit.ts';
import type { Withdrawing, WithdrawalFields } from './buyer-withdraw.tsx';
import { ourAddress } from './buyer-words.ts';
import { errorOf, errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';

/** Who withdraws, from what, and where the acknowledgement goes; all of it filled in with what is known. */
export function showWithdrawForm(
  visit: BuyerVisit,
  withdrawing: Withdrawing,
  typed: {
    readonly values: ReadonlyMap<string, string>;
    readonly chosen: readonly TakeBackLine[];
    readonly faults?: Faults;
  },
): Promise<Response> {
  const { language } = visit;
  const { whole, of } = withdrawing;
  const { values, chosen, faults = {} } = typed;
  const words = buyerTakeBackText[language];
  const own = words.withdraw;
  const status = Object.keys(faults).length === 0 ? 200 : 422;
  const fieldOfLines = `quantity-${of[0]?.line.lineId}`;
  return portalPage(
    visit,
    { title: own.title, current: placeOf(visit), status },
    <>
      <ErrorSummary
        title={words.faultsTitle}
        errors={errorsOf(own.faults, faults).map((error) =>
          error.field === 'lines' ? { ...error, field: fieldOfLines } : error,
        )}
      />
      <BackLink href={orderPath(visit)}>{words.back}</BackLink>
      <h1>{own.title}</h1>
      <p class="lead">{own.lead}</p>
      <Form action={`${orderPath(visit)}/withdraw`}>
        <Field
          name="name"
          label={own.name}
          value={values.get('name')}
          error={errorOf(own.faults, faults, 'name')}
          autocomplete="name"
          required
        />
        <h2>{own.contract}</h2>
        <p>{contractInWords(whole, language)}</p>
        <h2>{own.choose}</h2>
        <LineChoices
          of={of}
          chosen={chosen}
          language={language}
          error={errorOf(own.faults, faults, 'lines')}
        />
        {of
          .filter(({ line }) => line.withdrawal === 'sealed')
          .map(({ line }) => (
            <p class="soft">{own.sealed(line.description)}</p>
          ))}
        <Field
          name="email"
          label={own.email}
          hint={own.emailHint}
          type="email"
          value={values.get('email')}
          error={errorOf(own.faults, faults, 'email')}
          autocomplete="email"
          required
        />
        <Button>{own.next}</Button>
      </Form>
      <Exceptions visit={visit} withdrawing={withdrawing} />
    </>,
  );
}

/** Everything once more, and the button that the law names. */
export function showConfirmation(
  visit: BuyerVisit,
  { whole }: Withdrawing,
  wanted: {
    readonly fields: WithdrawalFields;
    readonly chosen: readonly TakeBackLine[];
    /** Why it was not done when it was confirmed. */
    readonly trouble?: 'changed' | 'tooMany';
  },
): Promise<Response> {
  const { language } = visit;
  const { fields, chosen, trouble } = wanted;
  const words = buyerTakeBackText[language];
  const own = words.withdraw;
  const preview = previewOf(whole, { kind: 'withdrawal', lines: chosen }, visit.op.now);
  const statement = statementOf(whole, { name: fields.name, chosen }, language);
  return portalPage(
    visit,
    { title: own.confirmTitle, current: placeOf(visit), status: statusOf(trouble) },
    <>
      {trouble !== undefined && (
        <Notice kind="warning" title={own[trouble]} role="alert">
          <p>{own[`${trouble}Text`]}</p>
        </Notice>
      )}
      <h1>{own.confirmTitle}</h1>
      <p class="lead">{own.confirmLead}</p>
      <SummaryList
        rows={[
          { key: own.message, value: statement },
          { key: own.contract, value: contractInWords(whole, language) },
          { key: own.to, value: fields.email },
          ...moneyRows('withdrawal', whole, preview, language),
        ]}
      />
      {preview.awaitsGoods && <SendBack language={language} />}
      <Form action={`${orderPath(visit)}/withdraw`}>
        <ChosenLines chosen={chosen} />
        <Hidden name="name" value={fields.name} />
        <Hidden name="email" value={fields.email} />
        <Hidden name="seen_refund" value={String(preview.refundOre)} />
        <Actions>
          <Button>{own.confirm}</Button>
          <Button kind="secondary" name="change" value="1">
            {own.change}
          </Button>
          <ButtonLink href={orderPath(visit)} kind="secondary">
            {own.keep}
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}

/** Kindly no, with the ground of each line. */
export function showNothingToWithdraw(
  visit: BuyerVisit,
  withdrawing: Withdrawing,
): Promise<Response> {
  const words = buyerTakeBackText[visit.language];
  const isUnpaid = withdrawing.whole.order.state === 'unpaid';
  return portalPage(
    visit,
    { title: words.withdraw.none, current: placeOf(visit), status: 409 },
    <>
      <BackLink href={orderPath(visit)}>{words.back}</BackLink>
      <h1>{words.withdraw.none}</h1>
      <Exceptions visit={visit} withdrawing={withdrawing} />
      {isUnpaid && (
        <ButtonLink href={`${orderPath(visit)}/cancel`}>{words.withdraw.unpaid}</ButtonLink>
      )}
      <p>{buyerOrderText[visit.language].contact}</p>
    </>,
  );
}

/** What the customer says by pressing the button, in words. */
export function statementOf(
  whole: WholeOrder,
  { name, chosen }: { readonly name: string; readonly chosen: readonly TakeBackLine[] },
  language: Language,
): string {
  const lines = list(chosenInWords(whole, chosen, language), language);
  return buyerTakeBackText[language].withdraw.statement(name, whole.order.number, lines);
}

/** How goods come back (distansavtalslagen 2 kap. 13 §). */
export function SendBack({ language }: { language: Language }): Child {
  const words = buyerTakeBackText[language].sendBack;
  return (
    <section aria-labelledby="send-back">
      <h2 id="send-back">{words.title}</h2>
      <p>{words.text(notice.controller.name, ourAddress)}</p>
    </section>
  );
}

function Exceptions({
  visit,
  withdrawing,
}: {
  visit: BuyerVisit;
  withdrawing: Withdrawing;
}): Child {
  const { whole, options } = withdrawing;
  const { language } = visit;
  const why = options.flatMap((of) => {
    const reason = whyNotWithdraw(whole, of);
    // What has been taken back already is no news here, unless there is nothing else.
    const isSaid = reason !== null && (reason !== 'gone' || withdrawing.of.length === 0);
    return isSaid ? [{ of, reason }] : [];
  });
  if (why.length === 0) return null;
  const reasons = buyerOrderText[language].whyNotWithdraw;
  return (
    <section aria-labelledby="exceptions">
      <h2 id="exceptions">{buyerTakeBackText[language].withdraw.not}</h2>
      <ul>
        {why.map(({ of, reason }) => (
          <li>{`${of.line.description}: ${reasons[reason]}`}</li>
        ))}
      </ul>
    </section>
  );
}

function contractInWords({ order }: WholeOrder, language: Language): string {
  const words = buyerTakeBackText[language].withdraw;
  return words.contractOf(order.number, date(order.placedAt, language));
}

function statusOf(trouble: 'changed' | 'tooMany' | undefined): 200 | 409 | 429 {
  if (trouble === undefined) return 200;
  return trouble === 'changed' ? 409 : 429;
}
