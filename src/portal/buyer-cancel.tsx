import type { Child } from 'hono/jsx';
import { cancelAtBank } from '../history/payments/ask-bank.ts';
import type { Banks } from '../history/payments/banks.ts';
import { contactOf } from '../history/contact.ts';
import type { Contact } from '../history/contact.ts';
import { isUnderWay } from '../history/payments/payment-rows.ts';
import { optionsOf } from '../history/take-back.ts';
import type { LineOptions, TakeBackLine } from '../history/take-back.ts';
import { previewOf, takeBack } from '../history/take-back-order.ts';
import type { TakeBack } from '../history/take-back-order.ts';
import { whyNotCancel } from '../history/why-not.ts';
import { readWhole } from '../history/whole-order.ts';
import type { WholeOrder } from '../history/whole-order.ts';
import { seeOther } from '../http/answers.ts';
import { optionalText } from '../http/fields.ts';
import type { BuyerVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Form, Hidden, TextArea } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { SummaryList } from '../pages/tables.tsx';
import { isProblem } from '../problem.ts';
import { buyerOrderText } from '../text/buyer-order.ts';
import { buyerTakeBackText } from '../text/buyer-take-back.ts';
import { cancelLetter, mayWriteTo } from './buyer-letters.ts';
import {
  ChosenLines,
  chosenInWords,
  isChoice,
  LineChoices,
  linesFor,
  linesIn,
  moneyRows,
  wholeLines,
} from './buyer-take-back.tsx';
import { orderIdOf, orderPath, placeOf } from './buyer-visit.ts';
import type { BuyerPage } from './buyer-visit.ts';
import { kindOf } from './buyer-words.ts';
import { portalPage } from './frame.tsx';

const reasonLengthMax = 500;

/** What to cancel, or, where there is nothing to choose, what cancelling means, before anything is done. */
export async function cancelPage(visit: BuyerVisit): Promise<Response> {
  const { whole, of } = await readCancellable(visit);
  if (of.length === 0) return showNothing(visit, whole);
  const chosen = wholeLines(of, isUnpaid(whole) ? null : visit.query.get('line'));
  const isWholeOrder = isUnpaid(whole) || !isChoice(of);
  const isOneTime = chosen.length < of.length && chosen.every(({ quantity }) => quantity === 1);
  return isWholeOrder || isOneTime
    ? showReview(visit, { whole, chosen })
    : showChoice(visit, { whole, of, chosen });
}

/** Shows what it means, and does it when that was seen and meant. */
export function takeCancel(banks: Banks): BuyerPage {
  return async (visit) => {
    const { whole, of, contact } = await readCancellable(visit);
    const chosen = isUnpaid(whole) ? wholeLines(of) : linesIn(visit.form, of);
    const isSure = visit.form.has('seen_refund');
    if (chosen.length === 0) {
      if (isSure || of.length === 0) return seeOther(`${orderPath(visit)}?already=1`);
      return showChoice(visit, { whole, of, chosen, isFaulty: true });
    }
    if (!isSure) return showReview(visit, { whole, chosen });
    const reason = optionalText(reasonLengthMax).safeParse(visit.form.get('reason'));
    if (!reason.success) return showReview(visit, { whole, chosen, trouble: 'reason' });
    // Asked before the bank, which lets go of a payment for good.
    if (!(await mayWriteTo(visit, contact)))
      return showReview(visit, { whole, chosen, trouble: 'tooMany' });
    const standing = await endPaying(visit, banks, whole);
    if (standing !== 'ended') {
      const now = await readCancellable(visit);
      return showReview(visit, { whole: now.whole, chosen, trouble: standing });
    }
    return cancel(visit, contact, { lines: chosen, statement: reason.data });
  };
}

async function cancel(
  visit: BuyerVisit,
  contact: Contact,
  of: Pick<TakeBack, 'lines' | 'statement'>,
): Promise<Response> {
  const { op, owner, form } = visit;
  const orderId = orderIdOf(visit);
  const seenRefundOre = Number(form.get('seen_refund'));
  const wish = { owner, orderId, kind: 'cancellation', seenRefundOre, ...of } as const;
  try {
    const { reversalId } = await takeBack(op, wish, cancelLetter(visit, contact));
    return seeOther(`${orderPath(visit)}/taken-back/${reversalId}`);
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    const { whole, of: options } = await readCancellable(visit);
    const left = linesIn(form, options);
    // A second click finds that the first one has done it.
    if (left.length === 0) return seeOther(`${orderPath(visit)}?already=1`);
    return showReview(visit, { whole, chosen: left, trouble: 'changed' });
  }
}

/** What is not paid is let go of at the bank first, so that nobody pays for what is cancelled. */
async function endPaying(
  { op }: BuyerVisit,
  banks: Banks,
  { payments }: WholeOrder,
): Promise<'ended' | 'stuck' | 'paid'> {
  const open = payments.find(isUnderWay);
  if (!open) return 'ended';
  const news = await cancelAtBank(op, banks, open);
  return news === 'waiting' ? 'stuck' : news;
}

async function readCancellable(
  visit: BuyerVisit,
): Promise<{ whole: WholeOrder; of: LineOptions[]; contact: Contact }> {
  const { op, owner } = visit;
  const opener = await op.vault.openFor(op, owner, ['credentials', 'history']);
  const whole = await readWhole(op, opener, orderIdOf(visit));
  const contact = await contactOf(op, opener);
  return { whole, of: linesFor(optionsOf(whole, op.now), 'cancellation'), contact };
}

function isUnpaid({ order }: WholeOrder): boolean {
  return order.state === 'unpaid';
}

type Chosen = { readonly whole: WholeOrder; readonly chosen: readonly TakeBackLine[] };

function showChoice(
  visit: BuyerVisit,
  shown: Chosen & { readonly of: readonly LineOptions[]; readonly isFaulty?: boolean },
): Promise<Response> {
  const { whole, of, chosen, isFaulty = false } = shown;
  const words = buyerTakeBackText[visit.language];
  const title = words.cancel.title[kindFor(whole)];
  const error = isFaulty ? words.nothingChosen : undefined;
  return portalPage(
    visit,
    { title, current: placeOf(visit), status: isFaulty ? 422 : 200 },
    <>
      <ErrorSummary
        title={words.faultsTitle}
        errors={
          error === undefined ? [] : [{ field: `quantity-${of[0]?.line.lineId}`, text: error }]
        }
      />
      <BackLink href={orderPath(visit)}>{words.back}</BackLink>
      <h1>{title}</h1>
      <p class="lead">{words.cancel.choose}</p>
      <Form action={`${orderPath(visit)}/cancel`}>
        <LineChoices of={of} chosen={chosen} language={visit.language} error={error} />
        <Button>{words.cancel.show}</Button>
      </Form>
    </>,
  );
}

type Trouble = 'changed' | 'stuck' | 'paid' | 'reason' | 'tooMany';

const statuses = { changed: 409, stuck: 409, paid: 409, reason: 422, tooMany: 429 } as const;

function showReview(
  visit: BuyerVisit,
  shown: Chosen & { readonly trouble?: Trouble },
): Promise<Response> {
  const { whole, chosen, trouble } = shown;
  const { language } = visit;
  const words = buyerTakeBackText[language];
  const kind = kindFor({ lines: whole.lines.filter(({ lineId }) => isIn(chosen, lineId)) });
  const title = words.cancel.question[kind];
  const preview = previewOf(whole, { kind: 'cancellation', lines: chosen }, visit.op.now);
  const status = trouble === undefined ? 200 : statuses[trouble];
  const faulty = trouble === 'reason' ? words.cancel.reasonTooLong : undefined;
  return portalPage(
    visit,
    { title, current: placeOf(visit), status },
    <>
      <ErrorSummary
        title={words.faultsTitle}
        errors={faulty === undefined ? [] : [{ field: 'reason', text: faulty }]}
      />
      <TroubleNotice visit={visit} trouble={trouble} />
      <BackLink href={orderPath(visit)}>{words.back}</BackLink>
      <h1>{title}</h1>
      <SummaryList
        rows={[
          {
            key: words.cancel.what,
            value: chosenInWords(whole, chosen, language).map((line) => <div>{line}</div>),
          },
          ...moneyRows('cancellation', whole, preview, language),
        ]}
      />
      {isUnpaid(whole) && whole.lines.length > 1 && <p class="soft">{words.cancel.whole}</p>}
      <Form action={`${orderPath(visit)}/cancel`}>
        <ChosenLines chosen={chosen} />
        <Hidden name="seen_refund" value={String(preview.refundOre)} />
        <TextArea
          name="reason"
          label={words.cancel.reason}
          hint={words.cancel.reasonHint}
          value={visit.form.get('reason')}
          error={faulty}
          rows={3}
          maxlength={reasonLengthMax}
        />
        <Actions>
          <Button kind="danger">{words.cancel.yes[kind]}</Button>
          <ButtonLink href={orderPath(visit)} kind="secondary">
            {words.cancel.keep[kind]}
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}

function TroubleNotice(props: { visit: BuyerVisit; trouble: Trouble | undefined }): Child {
  const { visit, trouble } = props;
  const words = buyerTakeBackText[visit.language].cancel;
  if (trouble === undefined || trouble === 'reason') return null;
  return (
    <Notice kind="warning" title={words[trouble]} role="alert">
      <p>{words[`${trouble}Text`]}</p>
    </Notice>
  );
}

/** Kindly no, with why. */
function showNothing(visit: BuyerVisit, whole: WholeOrder): Promise<Response> {
  const { language, op } = visit;
  const words = buyerTakeBackText[language];
  const order = buyerOrderText[language];
  const why = whyNotCancel(whole, optionsOf(whole, op.now)) ?? 'gone';
  return portalPage(
    visit,
    { title: words.cancel.none, current: placeOf(visit), status: 409 },
    <>
      <BackLink href={orderPath(visit)}>{words.back}</BackLink>
      <h1>{words.cancel.none}</h1>
      <p class="lead">{order.whyNotCancel[why]}</p>
      <p>{order.contact}</p>
    </>,
  );
}

function isIn(chosen: readonly TakeBackLine[], lineId: string): boolean {
  return chosen.some((one) => one.lineId === lineId);
}

function kindFor({ lines }: Pick<WholeOrder, 'lines'>): 'times' | 'order' {
  return kindOf(lines) === 'times' ? 'times' : 'order';
}
