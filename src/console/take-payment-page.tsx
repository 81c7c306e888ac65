import { readOutline } from '../history/order-outline.ts';
import { takeOnSite } from '../history/payments/settle.ts';
import { amountDue } from '../history/receipts/document-rules.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { Choices, ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Form, Hidden } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { isProblem } from '../problem.ts';
import { actionsText } from '../text/console-desk-actions.ts';
import { money } from '../text/format.ts';
import { orderPath, orderPlaceOf } from './desk-place.ts';
import { consolePage } from './frame.tsx';
import { takenOnSiteOre } from './order-standing.ts';

/** Says what to take, in a terminal or in cash, before it is booked. Opens nothing. */
export function showTakePayment(visit: OwnVisit): Promise<Response> {
  return takePaymentPage(visit, false);
}

/** Books what was taken at the counter. If it is another sum by now, the page says the new one. */
export async function takePayment(visit: OwnVisit): Promise<Response> {
  const { op, form } = visit;
  const place = orderPlaceOf(visit);
  const way = form.get('way');
  const seenDueOre = Number(form.get('seen_due') ?? '');
  if ((way !== 'terminal' && way !== 'cash') || !Number.isSafeInteger(seenDueOre))
    return takePaymentPage(visit, true);
  await readOutline(op, place.owner, place.orderId);
  try {
    await takeOnSite(op, { ...place, seenDueOre }, way);
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    return takePaymentPage(visit, true);
  }
  return seeOther(`${orderPath(place)}?done=take-payment`);
}

async function takePaymentPage(visit: OwnVisit, isFaulty: boolean): Promise<Response> {
  const { language } = visit;
  const words = actionsText[language].takePayment;
  const { keep } = actionsText[language];
  const place = orderPlaceOf(visit);
  const path = orderPath(place);
  const due = takenOnSiteOre(await readOutline(visit.op, place.owner, place.orderId));
  const error = isFaulty ? words.missing : undefined;
  return consolePage(
    visit,
    { title: words.title, current: 'orders', status: due === 0 ? 409 : isFaulty ? 422 : 200 },
    <>
      {due > 0 && (
        <ErrorSummary
          title={words.errorTitle}
          errors={error === undefined ? [] : [{ field: 'way', text: error }]}
        />
      )}
      <BackLink href={path}>{keep}</BackLink>
      <h1>{words.title}</h1>
      {due === 0 ? (
        <Notice kind="warning" title={words.none} role="alert" />
      ) : (
        <Form action={`${path}/take-payment`}>
          <p class="lead">{words.lead(money(due, language))}</p>
          <Hidden name="seen_due" value={String(due)} />
          <Choices
            name="way"
            legend={words.way}
            hint={words.after}
            options={[
              { value: 'terminal', label: words.terminal(money(due, language)) },
              { value: 'cash', label: words.cash(money(amountDue('cash', due), language)) },
            ]}
            values={[visit.form.get('way') ?? '']}
            error={error}
          />
          <Actions>
            <Button icon="wallet">{words.button}</Button>
            <ButtonLink href={path} kind="secondary">
              {keep}
            </ButtonLink>
          </Actions>
        </Form>
      )}
    </>,
  );
}
