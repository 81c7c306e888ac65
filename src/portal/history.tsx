import { historyPageSize, openHistory, readLinesOf } from '../history/orders.ts';
import type { Order, OrderLine } from '../history/orders.ts';
import type { OwnVisit } from '../http/route.ts';
import type { RowId } from '../ids.ts';
import { ButtonLink } from '../pages/forms.tsx';
import { Pagination } from '../pages/links.tsx';
import { EmptyState } from '../pages/notices.tsx';
import { DataTable, Moment, Price } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { dateTime, number } from '../text/format.ts';
import { portalOrdersText } from '../text/portal-orders.ts';
import { portalPage } from './frame.tsx';
import { instantIn } from './instant-in.ts';
import { OrderBadge } from './order-parts.tsx';

/** Everything that was ordered, the latest first, a page at a time. */
export async function historyPage(visit: OwnVisit): Promise<Response> {
  const { op } = visit;
  const before = instantIn(visit.query.get('before'));
  const { opener, orders } = await openHistory(op, visit.owner, before);
  const lines = await readLinesOf(op, opener, orders);
  return showHistory(visit, { before, orders, lines });
}

/** One page of what was ordered, as it was read: `lines` by the id of their order. */
export type HistoryShown = {
  readonly before: Temporal.Instant | null;
  readonly orders: readonly Order[];
  readonly lines: ReadonlyMap<RowId, readonly OrderLine[]>;
};

/** Renders a page of the history; `before` is where it begins, null for the newest. */
export function showHistory(
  visit: OwnVisit,
  { before, orders, lines }: HistoryShown,
): Promise<Response> {
  const { language } = visit;
  const words = portalOrdersText[language].history;
  return portalPage(
    visit,
    { title: words.title, current: 'history' },
    <>
      <h1>{words.title}</h1>
      {orders.length === 0 ? (
        <Nothing isOlder={before !== null} language={language} />
      ) : (
        <DataTable caption={words.caption} columns={columnsOf(lines, language)} rows={orders} />
      )}
      <Pagination
        words={words.pages}
        position={before === null ? words.newest : words.olderThan(dateTime(before, language))}
        previousHref={before === null ? undefined : '/history'}
        nextHref={olderThan(orders)}
      />
    </>,
  );
}

function columnsOf(
  lines: ReadonlyMap<RowId, readonly OrderLine[]>,
  language: Language,
): Column<Order>[] {
  const { history: words, review } = portalOrdersText[language];
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
      cell: ({ orderId }) =>
        (lines.get(orderId) ?? []).map((line) => (
          <div>{review.line(number(line.quantity, language), line.description)}</div>
        )),
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

function Nothing({ isOlder, language }: { isOlder: boolean; language: Language }) {
  const words = portalOrdersText[language].history;
  if (isOlder) return <p>{words.noOlder}</p>;
  return (
    <EmptyState title={words.nothing} icon="package">
      <p>{words.nothingText}</p>
      <ButtonLink href="/" kind="secondary">
        {words.order}
      </ButtonLink>
    </EmptyState>
  );
}

/** The next page, when this one is full. */
function olderThan(orders: readonly Order[]): string | undefined {
  const last = orders.at(-1);
  if (last === undefined || orders.length < historyPageSize) return undefined;
  return `/history?before=${encodeURIComponent(last.placedAt.toString())}`;
}
