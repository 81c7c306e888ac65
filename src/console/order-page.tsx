import { refundStates } from '../bookkeeping/refunds.ts';
import { readOutline } from '../history/order-outline.ts';
import type { OrderOutline } from '../history/order-outline.ts';
import type { OwnVisit } from '../http/route.ts';
import { Actions, Button, ButtonLink, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { Moment, Price, SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { Columns, Panel } from '../pages/things.tsx';
import { stopsOf } from '../requests/stops.ts';
import type { StopGround } from '../requests/stops.ts';
import { customersText } from '../text/console-customers.ts';
import { deskText } from '../text/console-desk.ts';
import { money } from '../text/format.ts';
import { orderPath, orderPlaceOf, ordersRoom } from './desk-place.ts';
import { consolePage } from './frame.tsx';
import { OrderHistory } from './order-history.tsx';
import { OrderBadge } from './opened-order.tsx';
import { Outstanding } from './order-outstanding.tsx';
import { obstacleToHandOver, takenOnSiteOre } from './order-standing.ts';
import type { MaskedOrder } from './order-standing.ts';

export function showOrder(visit: OwnVisit): Promise<Response> {
  return orderPage(visit, null);
}

/** The same page where a form of it was not filled in right. */
export async function orderPage(visit: OwnVisit, fault: string | null): Promise<Response> {
  const { op, language } = visit;
  const words = deskText[language];
  const place = orderPlaceOf(visit);
  const masked = await readMasked(visit);
  const ground = (await stopsOf(op, place.owner)).get('order-handling') ?? null;
  return consolePage(
    visit,
    {
      title: words.order.title,
      current: 'orders',
      status: fault === null ? 200 : 422,
      comeBackTo: orderPath(place),
    },
    <>
      <BackLink href={ordersRoom}>{words.order.back}</BackLink>
      <h1>{words.order.title}</h1>
      <Done visit={visit} />
      <p class="lead">{words.order.lead}</p>
      <SummaryList rows={rowsOf(visit, masked.outline)} />
      <Columns>
        <OpenPanel visit={visit} outline={masked.outline} ground={ground} />
        <DoPanel visit={visit} outline={masked.outline} />
      </Columns>
      <Outstanding visit={visit} masked={masked} fault={fault} />
      <OrderHistory masked={masked} language={language} />
    </>,
  );
}

async function readMasked(visit: OwnVisit): Promise<MaskedOrder> {
  const { owner, orderId } = orderPlaceOf(visit);
  const outline = await readOutline(visit.op, owner, orderId);
  const ids = outline.reversals.flatMap(({ refundId }) => (refundId === null ? [] : [refundId]));
  return { outline, refunds: await refundStates(visit.op, ids) };
}

function Done({ visit }: { visit: OwnVisit }) {
  const words = deskText[visit.language].done;
  const done = visit.query.get('done') ?? '';
  if (!Object.hasOwn(words, done)) return null;
  return <Notice kind="success" title={words[done as keyof typeof words]} role="status" />;
}

function rowsOf({ language }: OwnVisit, outline: OrderOutline): SummaryRow[] {
  const words = deskText[language].order;
  const { order, owner, ownerKind } = outline;
  const due = takenOnSiteOre(outline);
  const row = (key: string, at: Temporal.Instant | null): SummaryRow[] =>
    at === null ? [] : [{ key, value: <Moment value={at} language={language} /> }];
  return [
    ...row(words.placed, order.placedAt),
    { key: words.state, value: <OrderBadge state={order.state} language={language} /> },
    {
      key: words.total,
      value: words.totalValue(money(order.totalOre, language), money(order.vatOre, language)),
    },
    ...(order.payWay === null ? [] : [{ key: words.pays, value: words.payWays[order.payWay] }]),
    ...(order.state === 'unpaid' ? row(words.payBy, order.payBy) : []),
    ...(due === 0 ? [] : [{ key: words.due, value: <Price ore={due} language={language} /> }]),
    ...row(words.performed, order.performedAt),
    ownerKind === 'account'
      ? {
          key: words.customer,
          value: words.account,
          action: {
            label: words.showCustomer,
            href: `/console/customers/${owner}?order=${order.orderId}`,
          },
        }
      : { key: words.customer, value: words.guest },
  ];
}

function OpenPanel(props: { visit: OwnVisit; outline: OrderOutline; ground: StopGround | null }) {
  const { visit, outline, ground } = props;
  const words = deskText[visit.language].order;
  return (
    <Panel id="open-order" heading={words.openHeading}>
      {ground === null ? (
        <Form action={`${orderPath(orderPlaceOf(visit))}/open`}>
          <p>{words.opens}</p>
          <p>{outline.ownerKind === 'account' ? words.seenAccount : words.seenGuest}</p>
          <Button icon="eye">{words.open}</Button>
        </Form>
      ) : (
        <p>{customersText[visit.language].stopped[ground]}</p>
      )}
    </Panel>
  );
}

function DoPanel({ visit, outline }: { visit: OwnVisit; outline: OrderOutline }) {
  const words = deskText[visit.language].order;
  const path = orderPath(orderPlaceOf(visit));
  const mayHandOver = obstacleToHandOver(outline, visit.op.now) === null;
  const mayTake = takenOnSiteOre(outline) > 0;
  return (
    <Panel id="do-order" heading={words.todo}>
      {!mayHandOver && !mayTake && <p>{words.nothing}</p>}
      <Actions>
        {mayTake && (
          <ButtonLink href={`${path}/take-payment`} kind="secondary" icon="wallet">
            {words.takePayment}
          </ButtonLink>
        )}
        {mayHandOver && (
          <ButtonLink href={`${path}/hand-over`} kind="secondary" icon="check">
            {words.handOver}
          </ButtonLink>
        )}
      </Actions>
    </Panel>
  );
}
