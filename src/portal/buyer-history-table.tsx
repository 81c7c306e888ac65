import type { Order, OrderLine } from '../history/orders.ts';
import type { RowId } from '../ids.ts';
import { DataTable, Moment, Price } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { buyerHistoryText } from '../text/buyer-history.ts';
import { number } from '../text/format.ts';
import { portalOrdersText } from '../text/portal-orders.ts';
import { OrderBadge } from './order-parts.tsx';

export type HistoryShown = {
  readonly orders: readonly Order[];
  /** By the id of their order. */
  readonly lines: ReadonlyMap<RowId, readonly OrderLine[]>;
};

/** Lines of an order that the list shows; the rest is on its page. */
const linesShown = 3;

/** Orders in a table that becomes a list on a phone; nothing where there are none. */
export function HistoryTable({ orders, lines, language }: HistoryShown & { language: Language }) {
  if (orders.length === 0) return null;
  const { caption } = buyerHistoryText[language];
  return <DataTable caption={caption} columns={columnsOf(lines, language)} rows={orders} />;
}

function columnsOf(lines: HistoryShown['lines'], language: Language): Column<Order>[] {
  const words = portalOrdersText[language].history;
  return [
    {
      header: words.number,
      rowHeader: true,
      cell: (order) => (
        <a class="unbroken" href={`/history/${order.orderId}`}>
          {order.number}
        </a>
      ),
    },
    {
      header: words.what,
      cell: ({ orderId }) => <Contents lines={lines.get(orderId) ?? []} language={language} />,
    },
    {
      header: words.placedAt,
      cell: ({ placedAt }) => <Moment value={placedAt} language={language} />,
    },
    { header: words.state, cell: ({ state }) => <OrderBadge state={state} language={language} /> },
    {
      header: words.total,
      kind: 'number',
      cell: ({ totalOre }) => <Price ore={totalOre} language={language} />,
    },
  ];
}

function Contents(props: { lines: readonly OrderLine[]; language: Language }) {
  const { lines, language } = props;
  const words = buyerHistoryText[language];
  const more = lines.length - linesShown;
  return (
    <>
      {lines.slice(0, linesShown).map((line) => (
        <div>{words.line(number(line.quantity, language), line.description)}</div>
      ))}
      {more > 0 && <div class="soft">{words.more(number(more, language))}</div>}
    </>
  );
}
