import type { Dispute } from '../bookkeeping/disputes.ts';
import type { Refund } from '../bookkeeping/refunds.ts';
import type { Payment } from '../history/payments/payment-rows.ts';
import type { RowId } from '../ids.ts';
import { href } from '../pages/href.ts';
import { Badge, Day, Moment, Price } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { deskText } from '../text/console-desk.ts';
import { moneyText } from '../text/console-money.ts';
import { dateTime, money } from '../text/format.ts';
import { orderPath } from './desk-place.ts';
import type { OrderPlace } from './desk-place.ts';
import { refundBadges } from './order-history.tsx';
import { isByHand } from './order-standing.ts';

/** The order that a refund was for, where its customer is there still. */
export type OrdersOfRefunds = ReadonlyMap<RowId, OrderPlace>;

export function paymentColumns(language: Language, mayOpen: boolean): Column<Payment>[] {
  const words = moneyText[language];
  const { ways, paymentStates } = deskText[language].order;
  const todo: Readonly<Record<string, string>> = words.paymentTodo;
  return [
    {
      header: words.since,
      rowHeader: true,
      cell: ({ createdAt }) => <Moment value={createdAt} language={language} />,
    },
    { header: words.way, cell: ({ way }) => ways[way] },
    {
      header: words.state,
      cell: ({ state }) => <Badge kind="waiting">{paymentStates[state]}</Badge>,
    },
    { header: words.todo, cell: ({ state }) => todo[state] ?? '' },
    {
      header: words.amount,
      kind: 'number',
      cell: ({ amountOre }) => <Price ore={amountOre} language={language} />,
    },
    ...(mayOpen
      ? [
          {
            header: words.order,
            cell: (payment: Payment) => (
              <OrderLink place={payment} at={payment.createdAt} language={language} />
            ),
          },
        ]
      : []),
  ];
}

export function refundColumns(
  language: Language,
  mayOpen: boolean,
  orders: OrdersOfRefunds,
): Column<Refund>[] {
  const words = moneyText[language];
  const { ways, refundStates, byHand } = deskText[language].order;
  return [
    {
      header: words.since,
      rowHeader: true,
      cell: ({ askedAt }) => <Moment value={askedAt} language={language} />,
    },
    { header: words.way, cell: ({ way }) => ways[way] },
    {
      header: words.state,
      cell: (refund) => (
        <Badge kind={refundBadges[refund.state]}>
          {isByHand(refund) && refund.state !== 'failed' ? byHand : refundStates[refund.state]}
        </Badge>
      ),
    },
    { header: words.todo, cell: (refund) => <RefundTodo refund={refund} language={language} /> },
    {
      header: words.amount,
      kind: 'number',
      cell: ({ amountOre }) => <Price ore={amountOre} language={language} />,
    },
    ...(mayOpen
      ? [
          {
            header: words.order,
            cell: ({ refundId, askedAt }: Refund) => {
              const place = orders.get(refundId);
              return place === undefined ? (
                words.noOrder
              ) : (
                <OrderLink place={place} at={askedAt} language={language} />
              );
            },
          },
        ]
      : []),
  ];
}

function RefundTodo({ refund, language }: { refund: Refund; language: Language }) {
  const words = moneyText[language];
  const { state, refundId, amountOre } = refund;
  if (!isByHand(refund)) return <>{state === 'done' ? '' : words.refundTodo[state]}</>;
  return (
    <>
      {state === 'failed' ? words.refundTodo.failed : words.refundTodo.byHand}{' '}
      <a href={href(`/console/money/refunds/${refundId}`)}>
        {words.handDone}
        <span class="visually-hidden">{words.handDoneAbout(money(amountOre, language))}</span>
      </a>
    </>
  );
}

export function disputeColumns(language: Language): Column<Dispute>[] {
  const words = moneyText[language];
  return [
    { header: words.voucher, rowHeader: true, cell: ({ name }) => name },
    { header: words.sale, cell: ({ saleName }) => saleName },
    { header: words.noted, cell: ({ notedOn }) => <Day value={notedOn} language={language} /> },
    {
      header: words.amount,
      kind: 'number',
      cell: ({ totalOre }) => <Price ore={totalOre} language={language} />,
    },
  ];
}

function OrderLink(props: { place: OrderPlace; at: Temporal.Instant; language: Language }) {
  const { place, at, language } = props;
  const words = moneyText[language];
  return (
    <a href={href(orderPath(place))}>
      {words.seeOrder}
      <span class="visually-hidden">{` ${words.seeOrderAbout(dateTime(at, language))}`}</span>
    </a>
  );
}
