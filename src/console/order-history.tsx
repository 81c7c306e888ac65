import type { Refund } from '../bookkeeping/refunds.ts';
import type { OrderEvent } from '../history/order-events.ts';
import type { OrderOutline } from '../history/order-outline.ts';
import type { Booking } from '../history/booking-rows.ts';
import type { Payment } from '../history/payments/payment-rows.ts';
import type { Reversal } from '../history/whole-order.ts';
import { Badge, DataTable, Moment, Price } from '../pages/tables.tsx';
import type { BadgeKind, Column } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { deskText } from '../text/console-desk.ts';
import { dateTime, number, time } from '../text/format.ts';
import { partyWords } from './customer-purposes.ts';
import { isByHand } from './order-standing.ts';
import type { MaskedOrder } from './order-standing.ts';

const bookingBadges: Readonly<Record<Booking['state'], BadgeKind>> = {
  held: 'waiting',
  booked: 'now',
  performed: 'done',
  'no-show': 'stopped',
  cancelled: 'stopped',
  lapsed: 'stopped',
};
const paymentBadges: Readonly<Record<Payment['state'], BadgeKind>> = {
  asking: 'waiting',
  open: 'waiting',
  unsure: 'waiting',
  paid: 'done',
  declined: 'stopped',
  cancelled: 'stopped',
  expired: 'stopped',
  failed: 'stopped',
};
export const refundBadges: Readonly<Record<Refund['state'], BadgeKind>> = {
  asking: 'waiting',
  sent: 'waiting',
  unsure: 'waiting',
  done: 'done',
  failed: 'stopped',
};

/** What an order is made of and what has become of it: kinds, times, sums and states, nothing that is sealed. */
export function OrderHistory({ masked, language }: { masked: MaskedOrder; language: Language }) {
  const words = deskText[language].order;
  const { lines, bookings, payments, reversals, events } = masked.outline;
  return (
    <>
      <Section title={words.things} columns={lineColumns(language)} rows={lines} />
      <Section title={words.bookings} columns={bookingColumns(language)} rows={bookings} />
      <Section title={words.payments} columns={paymentColumns(language)} rows={payments} />
      <Section
        title={words.reversals}
        columns={reversalColumns(masked, language)}
        rows={reversals}
      />
      <Events events={events} language={language} />
    </>
  );
}

/** What has happened to an order, in the order in which it did. */
export function Events(props: { events: readonly OrderEvent[]; language: Language }) {
  const { events, language } = props;
  return (
    <>
      <h2>{deskText[language].order.events}</h2>
      <ol>
        {events.map((event) => (
          <li>{eventWords(event, language)}</li>
        ))}
      </ol>
    </>
  );
}

function Section<Row>(props: {
  title: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
}) {
  if (props.rows.length === 0) return null;
  return (
    <>
      <h2>{props.title}</h2>
      <DataTable caption={props.title} captionHidden columns={props.columns} rows={props.rows} />
    </>
  );
}

function lineColumns(language: Language): Column<OrderOutline['lines'][number]>[] {
  const words = deskText[language].order;
  return [
    { header: words.kind, cell: ({ kind }) => words.kinds[kind], rowHeader: true },
    { header: words.quantity, kind: 'number', cell: ({ quantity }) => number(quantity, language) },
    {
      header: words.price,
      kind: 'number',
      cell: ({ unitPriceOre }) => <Price ore={unitPriceOre} language={language} />,
    },
  ];
}

export function bookingColumns(language: Language): Column<Booking>[] {
  const words = deskText[language].order;
  return [
    {
      header: words.booked,
      rowHeader: true,
      cell: ({ startsAt, endsAt }) =>
        `${dateTime(startsAt, language)}–${time(endsAt, language).replace('kl.\u00a0', '')}`,
    },
    {
      header: words.state,
      cell: ({ state }) => <Badge kind={bookingBadges[state]}>{words.bookingStates[state]}</Badge>,
    },
  ];
}

function paymentColumns(language: Language): Column<Payment>[] {
  const words = deskText[language].order;
  return [
    {
      header: words.paidAt,
      rowHeader: true,
      cell: ({ createdAt }) => <Moment value={createdAt} language={language} />,
    },
    { header: words.way, cell: ({ way }) => words.ways[way] },
    {
      header: words.state,
      cell: ({ state }) => <Badge kind={paymentBadges[state]}>{words.paymentStates[state]}</Badge>,
    },
    {
      header: words.amount,
      kind: 'number',
      cell: ({ amountOre }) => <Price ore={amountOre} language={language} />,
    },
  ];
}

function reversalColumns({ refunds }: MaskedOrder, language: Language): Column<Reversal>[] {
  const words = deskText[language].order;
  const moneyOf = ({ state, refundId }: Reversal) => {
    if (state === 'awaiting-goods') return <Badge kind="waiting">{words.awaitsGoods}</Badge>;
    const refund = refundId === null ? undefined : refunds.get(refundId);
    if (refund === undefined) return words.noMoney;
    return (
      <Badge kind={refundBadges[refund.state]}>
        {isByHand(refund) ? words.byHand : words.refundStates[refund.state]}
      </Badge>
    );
  };
  return [
    {
      header: words.paidAt,
      rowHeader: true,
      cell: ({ askedAt }) => <Moment value={askedAt} language={language} />,
    },
    { header: words.what, cell: ({ kind }) => words.reversalKinds[kind] },
    { header: words.money, cell: moneyOf },
    {
      header: words.amount,
      kind: 'number',
      cell: ({ amountOre }) => <Price ore={amountOre} language={language} />,
    },
  ];
}

function eventWords({ happenedAt, kind, party }: OrderEvent, language: Language): string {
  const words = deskText[language].order;
  const who =
    party === 'customer' || party === 'routine'
      ? words.parties[party]
      : partyWords(party, language);
  return words.event(dateTime(happenedAt, language), words.eventKinds[kind], who);
}
