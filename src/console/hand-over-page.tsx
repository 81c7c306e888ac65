import { handOver } from '../history/hand-over.ts';
import { readOutline } from '../history/order-outline.ts';
import type { OrderOutline } from '../history/order-outline.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { Actions, Button, ButtonLink, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { isProblem } from '../problem.ts';
import { actionsText } from '../text/console-desk-actions.ts';
import { money } from '../text/format.ts';
import { orderPath, orderPlaceOf } from './desk-place.ts';
import { consolePage } from './frame.tsx';
import { obstacleToHandOver, takenOnSiteOre } from './order-standing.ts';

/** Asks whether everything is delivered or done, because that can not be taken back. Opens nothing. */
export async function confirmHandOver(visit: OwnVisit): Promise<Response> {
  const place = orderPlaceOf(visit);
  const outline = await readOutline(visit.op, place.owner, place.orderId);
  return handOverPage(visit, outline);
}

/** The order is performed; who comes second, or too early, is told so. */
export async function takeHandOver(visit: OwnVisit): Promise<Response> {
  const place = orderPlaceOf(visit);
  try {
    await handOver(visit.op, place);
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    return handOverPage(visit, await readOutline(visit.op, place.owner, place.orderId));
  }
  return seeOther(`${orderPath(place)}?done=hand-over`);
}

function handOverPage(visit: OwnVisit, outline: OrderOutline): Promise<Response> {
  const words = actionsText[visit.language].handOver;
  const path = orderPath(orderPlaceOf(visit));
  const obstacle = obstacleToHandOver(outline, visit.op.now);
  const due = takenOnSiteOre(outline);
  return consolePage(
    visit,
    { title: words.title, current: 'orders', status: obstacle === null ? 200 : 409 },
    <>
      <BackLink href={path}>{words.keep}</BackLink>
      <h1>{words.title}</h1>
      {obstacle !== null && <Notice kind="warning" title={words[obstacle]} role="alert" />}
      {obstacle === null && (
        <Form action={`${path}/hand-over`}>
          <p class="lead">{words.lead}</p>
          {outline.lines.some(({ kind }) => kind === 'product') && <p>{words.goods}</p>}
          {due > 0 && <p>{words.unpaid(money(due, visit.language))}</p>}
          <Actions>
            <Button icon="check">{words.button}</Button>
            <ButtonLink href={path} kind="secondary">
              {words.keep}
            </ButtonLink>
          </Actions>
        </Form>
      )}
    </>,
  );
}
