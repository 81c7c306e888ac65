import { payBackByChoice, reversedOre } from '../history/goods-back.ts';
import type { OrderLine } from '../history/orders.ts';
import { paidPayment, reversedOf } from '../history/whole-order.ts';
import type { WholeOrder } from '../history/whole-order.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import type { RowId } from '../ids.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Field, Form, Hidden, TextArea } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { SummaryList } from '../pages/tables.tsx';
import { isProblem } from '../problem.ts';
import { actionsText } from '../text/console-desk-actions.ts';
import { money } from '../text/format.ts';
import { writeRefundReceipt } from './desk-letters.ts';
import { lineName, openWhole, orderPath, orderPlaceOf } from './desk-place.ts';
import type { OpenedWhole } from './desk-place.ts';
import { consolePage } from './frame.tsx';

const reasonLengthMax = 400;
const amountPattern = /^(\d{1,7})(?:[.,](\d{1,2}))?$/;

type Faults = Readonly<Record<string, string>>;
type Wish = { readonly lineId: RowId; readonly amountOre: number };

/** Asks once more before money goes, and pays it back when that is answered. */
export async function takeRefund(visit: OwnVisit): Promise<Response> {
  if (visit.form.get('sure') === 'yes') return payRefund(visit);
  const opened = await openWhole(visit);
  if (!isAsSeen(visit, opened)) return changedPage(visit, opened);
  const { wishes, faults } = readWishes(visit, opened.whole);
  return Object.keys(faults).length > 0
    ? refundPage(visit, opened, faults)
    : confirmPage(visit, opened, wishes);
}

async function payRefund(visit: OwnVisit): Promise<Response> {
  const place = orderPlaceOf(visit);
  const opened = await openWhole(visit);
  if (!isAsSeen(visit, opened)) return changedPage(visit, opened);
  const { wishes, faults } = readWishes(visit, opened.whole);
  if (Object.keys(faults).length > 0) return refundPage(visit, opened, faults);
  const decided = { statement: reasonIn(visit), seenReversedOre: reversedOre(opened.whole) };
  try {
    await payBackByChoice(visit.op, { ...place, lines: wishes, ...decided }, writeRefundReceipt);
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    // Somebody else was quicker, or the same form came twice at once.
    return changedPage(visit, await openWhole(visit));
  }
  return seeOther(`${orderPath(place)}?done=refund`);
}

/** Nothing was taken back since the form was shown. A form that is sent twice finds its own refund. */
function isAsSeen({ form }: OwnVisit, { whole }: OpenedWhole): boolean {
  return form.get('seen_reversed') === String(reversedOre(whole));
}

function changedPage(visit: OwnVisit, opened: OpenedWhole): Promise<Response> {
  return refundPage(visit, opened, { summary: actionsText[visit.language].refund.faults.changed });
}

/** What may be paid back of an order by choice: the lines that were paid and are not paid back yet. */
export function payableLines(
  whole: WholeOrder,
): readonly { readonly line: OrderLine; readonly leftOre: number }[] {
  if (paidPayment(whole) === null) return [];
  return whole.lines.flatMap((line) => {
    const leftOre = line.unitPriceOre * line.quantity - reversedOf(whole, line.lineId).amountOre;
    return leftOre > 0 ? [{ line, leftOre }] : [];
  });
}

function readWishes(visit: OwnVisit, whole: WholeOrder): { wishes: Wish[]; faults: Faults } {
  const words = actionsText[visit.language].refund.faults;
  const faults: Record<string, string> = {};
  const wishes: Wish[] = [];
  const lines = payableLines(whole);
  for (const { line, leftOre } of lines) {
    const typed = (visit.form.get(`amount-${line.lineId}`) ?? '').replaceAll(/\s/g, '');
    if (typed === '') continue;
    const amountOre = oreIn(typed);
    if (amountOre === null || amountOre > leftOre) faults[`amount-${line.lineId}`] = words.amount;
    else if (amountOre > 0) wishes.push({ lineId: line.lineId, amountOre });
  }
  const [first] = lines;
  if (wishes.length === 0 && Object.keys(faults).length === 0)
    faults[first === undefined ? 'summary' : `amount-${first.line.lineId}`] = words.nothing;
  const reason = reasonIn(visit);
  if (reason === '' || reason.length > reasonLengthMax) faults['reason'] = words.reason;
  return { wishes, faults };
}

function oreIn(typed: string): number | null {
  const [, kronor, ore = ''] = amountPattern.exec(typed) ?? [];
  return kronor === undefined ? null : Number(kronor) * 100 + Number(ore.padEnd(2, '0'));
}

function reasonIn({ form }: OwnVisit): string {
  return (form.get('reason') ?? '').normalize('NFC').replaceAll('\r\n', '\n').trim();
}

/** An amount for each line that was paid, and why. */
export function RefundForm(props: { visit: OwnVisit; opened: OpenedWhole; faults?: Faults }) {
  const { visit, opened, faults = {} } = props;
  const { language, form } = visit;
  const words = actionsText[language].refund;
  return (
    <Form action={`${orderPath(opened.place)}/refund`}>
      <Hidden name="seen_reversed" value={String(reversedOre(opened.whole))} />
      <p>{words.lead}</p>
      {payableLines(opened.whole).map(({ line, leftOre }) => (
        <Field
          name={`amount-${line.lineId}`}
          label={words.amount(lineName(line, language), money(leftOre, language))}
          hint={words.amountHint}
          inputmode="decimal"
          autocomplete="off"
          width="short"
          maxlength={12}
          value={form.get(`amount-${line.lineId}`)}
          error={faults[`amount-${line.lineId}`]}
        />
      ))}
      <TextArea
        name="reason"
        label={words.reason}
        hint={words.reasonHint}
        rows={3}
        maxlength={reasonLengthMax}
        required
        value={form.get('reason')}
        error={faults['reason']}
      />
      <Button kind="secondary">{words.button}</Button>
    </Form>
  );
}

function refundPage(visit: OwnVisit, opened: OpenedWhole, faults: Faults): Promise<Response> {
  const words = actionsText[visit.language].refund;
  const path = orderPath(opened.place);
  return consolePage(
    visit,
    { title: words.title, current: 'orders', status: 422, comeBackTo: path },
    <>
      <ErrorSummary
        title={words.errorTitle}
        errors={Object.entries(faults).map(([field, text]) =>
          field === 'summary' ? { text } : { field, text },
        )}
      />
      <BackLink href={path}>{actionsText[visit.language].keep}</BackLink>
      <h1>{words.title}</h1>
      <RefundForm visit={visit} opened={opened} faults={faults} />
    </>,
  );
}

function confirmPage(
  visit: OwnVisit,
  { place, whole }: OpenedWhole,
  wishes: readonly Wish[],
): Promise<Response> {
  const { language } = visit;
  const words = actionsText[language].refund;
  const { keep } = actionsText[language];
  const amount = money(
    wishes.reduce((sum, { amountOre }) => sum + amountOre, 0),
    language,
  );
  const path = orderPath(place);
  return consolePage(
    visit,
    { title: words.title, current: 'orders', comeBackTo: path },
    <>
      <BackLink href={path}>{keep}</BackLink>
      <h1>{words.confirmTitle(amount)}</h1>
      <p class="lead">{words.confirmLead}</p>
      <SummaryList
        rows={[
          ...wishes.map(({ lineId, amountOre }) => {
            const line = whole.lines.find((one) => one.lineId === lineId);
            return {
              key: line === undefined ? '' : lineName(line, language),
              value: money(amountOre, language),
            };
          }),
          { key: words.reason, value: reasonIn(visit) },
        ]}
      />
      <Form action={`${path}/refund`}>
        <Hidden name="sure" value="yes" />
        <Hidden name="seen_reversed" value={String(reversedOre(whole))} />
        <Hidden name="reason" value={reasonIn(visit)} />
        {wishes.map(({ lineId, amountOre }) => (
          <Hidden name={`amount-${lineId}`} value={(amountOre / 100).toFixed(2)} />
        ))}
        <Actions>
          <Button kind="danger">{words.confirm(amount)}</Button>
          <ButtonLink href={path} kind="secondary">
            {keep}
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}
