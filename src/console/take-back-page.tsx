import { optionsOf, withoutFee } from '../history/take-back.ts';
import type { LineOptions, Offer } from '../history/take-back.ts';
import { takeBack } from '../history/take-back-order.ts';
import type { TakeBack } from '../history/take-back-order.ts';
import type { WholeOrder } from '../history/whole-order.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { Choices, ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Field, Form, Hidden } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { SummaryList } from '../pages/tables.tsx';
import { isProblem, Problem } from '../problem.ts';
import { actionsText } from '../text/console-desk-actions.ts';
import { money, number } from '../text/format.ts';
import { takenBackLetter } from './desk-letters.ts';
import { lineName, openWhole, orderPath } from './desk-place.ts';
import type { OpenedWhole } from './desk-place.ts';
import { consolePage } from './frame.tsx';

type Kind = TakeBack['kind'];
type Faults = Readonly<Record<string, string>>;
type Choice = LineOptions & { readonly offer: Offer };
type Wish = {
  readonly kind: Kind;
  readonly isFeeWaived: boolean;
  readonly chosen: readonly (Choice & { readonly taken: number })[];
};

/** Says what cancelling means before it is done, and does it when that is answered. */
export async function takeCancellation(visit: OwnVisit): Promise<Response> {
  const opened = await openWhole(visit);
  const { wish, faults } = readWish(visit, opened.whole);
  if (Object.keys(faults).length > 0) return takeBackPage(visit, opened, wish.kind, faults);
  if (visit.form.get('sure') !== 'yes') return confirmPage(visit, opened, wish);
  try {
    await takeBack(
      visit.op,
      {
        ...opened.place,
        kind: wish.kind,
        isFeeWaived: wish.isFeeWaived,
        lines: wish.chosen.map(({ line, taken }) => ({ lineId: line.lineId, quantity: taken })),
        seenRefundOre: Number(visit.form.get('seen_refund') ?? ''),
        statement: null,
      },
      takenBackLetter(wish.kind),
    );
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    // The hour of the fee has passed, or somebody else was quicker: what it means now is shown anew.
    return confirmPage(visit, opened, wish);
  }
  return seeOther(`${orderPath(opened.place)}?done=take-back`);
}

/** The lines of an order that can be cancelled, or withdrawn from, now. */
export function choicesOf(whole: WholeOrder, kind: Kind, now: Temporal.Instant): Choice[] {
  return optionsOf(whole, now).flatMap((one) => {
    const offer = kind === 'withdrawal' ? one.withdraw : one.cancel;
    return offer === null ? [] : [{ ...one, offer }];
  });
}

function readWish(visit: OwnVisit, whole: WholeOrder): { wish: Wish; faults: Faults } {
  const { form, op } = visit;
  const words = actionsText[visit.language].takeBack.faults;
  const kind = kindIn(visit);
  const isFeeWaived = kind === 'cancellation' && form.get('fee') === 'waive';
  const faults: Record<string, string> = {};
  const choices = choicesOf(whole, kind, op.now);
  const chosen = choices.flatMap((choice) => {
    const field = `quantity-${choice.line.lineId}`;
    const typed = (form.get(field) ?? '').trim();
    const taken = /^\d{1,4}$/.test(typed || '0') ? Number(typed) : Number.NaN;
    if (!(taken <= choice.quantityLeft)) faults[field] = words.quantity;
    const offer = isFeeWaived ? withoutFee(choice.offer) : choice.offer;
    return taken > 0 ? [{ ...choice, offer, taken }] : [];
  });
  const isWhole = chosen.every(({ taken, quantityLeft }) => taken === quantityLeft);
  if (chosen.length === 0 && Object.keys(faults).length === 0) faults['summary'] = words.nothing;
  else if (whole.order.state === 'unpaid' && !(isWhole && chosen.length === choices.length))
    faults['summary'] = words.whole;
  return { wish: { kind, isFeeWaived, chosen }, faults };
}

function kindIn({ form }: OwnVisit): Kind {
  const kind = form.get('kind');
  if (kind !== 'cancellation' && kind !== 'withdrawal') throw new Problem('bad-input', 'no kind');
  return kind;
}

/** How many of which lines, and whether the company keeps its fee. */
export function TakeBackForm(props: {
  visit: OwnVisit;
  opened: OpenedWhole;
  kind: Kind;
  faults?: Faults;
}) {
  const { visit, opened, kind, faults = {} } = props;
  const { language, form } = visit;
  const words = actionsText[language].takeBack;
  const choices = choicesOf(opened.whole, kind, visit.op.now);
  const hasFee = choices.some(({ offer }) => offer.feeOre > 0);
  return (
    <Form action={`${orderPath(opened.place)}/take-back`}>
      <Hidden name="kind" value={kind} />
      <p>{words[kind].lead}</p>
      {choices.map(({ line, quantityLeft }) => (
        <Field
          name={`quantity-${line.lineId}`}
          id={`field-${kind}-${line.lineId}`}
          label={words.quantity(lineName(line, language), number(quantityLeft, language))}
          inputmode="numeric"
          autocomplete="off"
          width="short"
          maxlength={4}
          value={form.get(`quantity-${line.lineId}`) ?? String(quantityLeft)}
          error={faults[`quantity-${line.lineId}`]}
        />
      ))}
      {hasFee && (
        <Choices
          name="fee"
          legend={words.fee}
          options={[
            { value: 'keep', label: words.feeKeep },
            { value: 'waive', label: words.feeWaive },
          ]}
          values={[form.get('fee') ?? 'keep']}
        />
      )}
      <Button kind="secondary">{words[kind].button}</Button>
    </Form>
  );
}

function takeBackPage(
  visit: OwnVisit,
  opened: OpenedWhole,
  kind: Kind,
  faults: Faults,
): Promise<Response> {
  const words = actionsText[visit.language].takeBack;
  const path = orderPath(opened.place);
  return consolePage(
    visit,
    { title: words[kind].summary, current: 'orders', status: 422, comeBackTo: path },
    <>
      <ErrorSummary
        title={words.errorTitle}
        errors={Object.entries(faults).map(([field, text]) =>
          field === 'summary' ? { text } : { field: field.replace('quantity', kind), text },
        )}
      />
      <BackLink href={path}>{actionsText[visit.language].keep}</BackLink>
      <h1>{words[kind].summary}</h1>
      <TakeBackForm visit={visit} opened={opened} kind={kind} faults={faults} />
    </>,
  );
}

function confirmPage(visit: OwnVisit, { place }: OpenedWhole, wish: Wish): Promise<Response> {
  const { language } = visit;
  const words = actionsText[language].takeBack;
  const { keep } = actionsText[language];
  const { kind, chosen, isFeeWaived } = wish;
  const path = orderPath(place);
  const refundOre = refundOf(wish);
  const feeOre = chosen.reduce((sum, { offer }) => sum + offer.feeOre, 0);
  return consolePage(
    visit,
    { title: words[kind].confirmTitle, current: 'orders', comeBackTo: path },
    <>
      <BackLink href={path}>{keep}</BackLink>
      <h1>{words[kind].confirmTitle}</h1>
      <p class="lead">{words.letter}</p>
      <SummaryList
        rows={[
          ...chosen.map(({ line, taken }) => ({
            key: line.description,
            value: number(taken, language),
          })),
          { key: words.refund, value: money(refundOre, language) },
          ...(feeOre > 0 ? [{ key: words.feeKept, value: money(feeOre, language) }] : []),
        ]}
      />
      {chosen.some(({ offer }) => offer.awaitsGoods) && <p>{words.awaits}</p>}
      <Form action={`${path}/take-back`}>
        <Hidden name="sure" value="yes" />
        <Hidden name="kind" value={kind} />
        <Hidden name="fee" value={isFeeWaived ? 'waive' : 'keep'} />
        <Hidden name="seen_refund" value={String(refundOre)} />
        {chosen.map(({ line, taken }) => (
          <Hidden name={`quantity-${line.lineId}`} value={String(taken)} />
        ))}
        <Actions>
          <Button kind="danger">{words[kind].confirm}</Button>
          <ButtonLink href={path} kind="secondary">
            {keep}
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}

/** As the order itself reckons it: all of a line by its offer, a part of it by its price. */
function refundOf({ chosen }: Wish): number {
  return chosen.reduce((sum, { line, taken, quantityLeft, offer }) => {
    const part = Math.min(offer.refundOre, line.unitPriceOre * taken);
    return sum + (taken === quantityLeft ? offer.refundOre : part);
  }, 0);
}
