import type { Child } from 'hono/jsx';
import type { OrderState } from '../database/records.ts';
import type { Delivery, Order, OrderLine } from '../history/orders.ts';
import { Details } from '../pages/notices.tsx';
import { Badge, DataTable, Price, SummaryList } from '../pages/tables.tsx';
import type { BadgeKind, Column, SummaryRow } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { customersText } from '../text/console-customers.ts';
import { dateTime, money, number, telephone } from '../text/format.ts';

const stateBadges: Readonly<Record<OrderState, BadgeKind>> = {
  unpaid: 'waiting',
  placed: 'now',
  performed: 'done',
  cancelled: 'stopped',
  lapsed: 'stopped',
};

export function OrderBadge({ state, language }: { state: OrderState; language: Language }) {
  return <Badge kind={stateBadges[state]}>{customersText[language].states[state]}</Badge>;
}

/** One order with all that is needed to carry it out or to speak about it. */
export function OpenedOrder(props: {
  order: Order;
  lines: readonly OrderLine[];
  language: Language;
  open: boolean;
}) {
  const { order, lines, language, open } = props;
  const words = customersText[language].opened;
  const summary = (
    <>
      {`${order.number} · ${dateTime(order.placedAt, language)} · ${money(order.totalOre, language)} `}
      <OrderBadge state={order.state} language={language} />
    </>
  );
  return (
    <Details summary={summary} open={open} id={`order-${order.orderId}`}>
      <SummaryList rows={deliveryRows(order, language)} />
      <DataTable caption={words.lines} captionHidden columns={lineColumns(language)} rows={lines} />
    </Details>
  );
}

function deliveryRows({ delivery, totalOre, vatOre }: Order, language: Language): SummaryRow[] {
  const words = customersText[language].opened;
  const rows = [
    { key: words.address, value: <Lines lines={addressLines(delivery)} /> },
    {
      key: words.total,
      value: words.totalValue(money(totalOre, language), money(vatOre, language)),
    },
  ];
  if (delivery.message === null) return rows;
  return [...rows, { key: words.message, value: <Lines lines={delivery.message.split('\n')} /> }];
}

/** Name, address and telephone, a line each. */
export function addressLines({
  recipient_name,
  phone,
  street,
  postal_code,
  town,
}: Delivery): string[] {
  const place = street === null ? [] : [street, `${postal_code} ${town}`];
  return [recipient_name, ...place, ...(phone === null ? [] : [telephone(phone)])];
}

/** Lines below one another, as they were written. */
export function Lines({ lines }: { lines: readonly string[] }) {
  return <>{lines.flatMap((line, index): Child[] => (index === 0 ? [line] : [<br />, line]))}</>;
}

/** What was ordered, how many, and what it costs. */
export function lineColumns(language: Language): Column<OrderLine>[] {
  const words = customersText[language].opened;
  return [
    { header: words.item, cell: ({ description }) => description, rowHeader: true },
    { header: words.quantity, kind: 'number', cell: ({ quantity }) => number(quantity, language) },
    {
      header: words.price,
      kind: 'number',
      cell: ({ unitPriceOre }) => <Price ore={unitPriceOre} language={language} />,
    },
    {
      header: words.sum,
      kind: 'number',
      cell: ({ unitPriceOre, quantity }) => (
        <Price ore={unitPriceOre * quantity} language={language} />
      ),
    },
  ];
}
