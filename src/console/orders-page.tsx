import { latestOrders, latestOrdersSize } from '../history/orders.ts';
import type { ListedOrder, Order } from '../history/orders.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { href } from '../pages/href.ts';
import { Pagination } from '../pages/links.tsx';
import { EmptyState } from '../pages/notices.tsx';
import { DataTable, Moment, Price } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { customersText } from '../text/console-customers.ts';
import { dateTime } from '../text/format.ts';
import { consolePage } from './frame.tsx';
import { OrderBadge } from './opened-order.tsx';

type Place = Pick<Order, 'orderId' | 'placedAt'>;

/** The orders of everybody, newest first, with nothing opened; each leads to its customer. */
export async function showOrders(visit: OwnVisit): Promise<Response> {
  const { language } = visit;
  const words = customersText[language].orders;
  const after = placeIn(visit.query.get('after'));
  const orders = await latestOrders(visit.op, after);
  return consolePage(
    visit,
    { title: words.title, current: 'orders' },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {orders.length === 0 ? (
        <EmptyState title={words.empty} icon="package">
          <p>{words.emptyText}</p>
        </EmptyState>
      ) : (
        <DataTable
          caption={words.title}
          captionHidden
          columns={columnsOf(language)}
          rows={orders}
        />
      )}
      <Pagination
        words={words.pages}
        position={after === null ? words.newest : words.older}
        previousHref={after === null ? undefined : '/console/orders'}
        nextHref={nextAfter(orders)}
      />
    </>,
  );
}

function columnsOf(language: Language): Column<ListedOrder>[] {
  const words = customersText[language].orders;
  return [
    {
      header: words.time,
      cell: ({ placedAt }) => <Moment value={placedAt} language={language} />,
      rowHeader: true,
    },
    { header: words.state, cell: ({ state }) => <OrderBadge state={state} language={language} /> },
    {
      header: words.total,
      kind: 'number',
      cell: ({ totalOre }) => <Price ore={totalOre} language={language} />,
    },
    {
      header: words.customer,
      cell: ({ owner, orderId, placedAt }) => (
        <a href={href(`/console/customers/${owner}?order=${orderId}`)}>
          {words.open}
          <span class="visually-hidden">{` ${words.openAbout(dateTime(placedAt, language))}`}</span>
        </a>
      ),
    },
  ];
}

/** Where the next page begins: time and id of the last order of this one. */
function nextAfter(orders: readonly ListedOrder[]): string | undefined {
  const last = orders.at(-1);
  if (last === undefined || orders.length < latestOrdersSize) return undefined;
  return `/console/orders?after=${encodeURIComponent(`${last.placedAt.toString()}_${last.orderId}`)}`;
}

/** Anything but such a place shows the newest. */
function placeIn(text: string | null): Place | null {
  const [time = '', orderId = ''] = (text ?? '').split('_');
  if (!isRowId(orderId)) return null;
  try {
    return { placedAt: Temporal.Instant.from(time), orderId };
  } catch {
    return null;
  }
}
