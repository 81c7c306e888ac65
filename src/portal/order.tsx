import { readOrder } from '../history/orders.ts';
import type { Order, OrderLine } from '../history/orders.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { DataTable, Moment, Price, SummaryList } from '../pages/tables.tsx';
import type { Column, SummaryRow } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import { number } from '../text/format.ts';
import { portalOrdersText } from '../text/portal-orders.ts';
import { changesText } from '../text/rights-changes.ts';
import { portalPage } from './frame.tsx';
import { mailDelay } from './mail-delay.tsx';
import { DeliveryAddress, OrderBadge, TypedLines } from './order-parts.tsx';

/** One order with its lines; right after ordering, with thanks. */
export async function orderPage(visit: OwnVisit): Promise<Response> {
  const { op, language } = visit;
  const orderId = visit.params['order'] ?? '';
  if (!isRowId(orderId)) throw new Problem('not-found');
  const opener = await op.vault.openFor(op, visit.owner, ['history']);
  const { order, lines } = await readOrder(op, opener, orderId);
  const all = portalOrdersText[language];
  const words = all.order;
  const isNew = visit.query.has('placed');
  const delay = isNew ? await mailDelay(visit) : null;
  return portalPage(
    visit,
    { title: words.title(order.number), current: 'history' },
    <>
      {isNew && (
        <Notice kind="success" title={words.thanks} role="status">
          {delay === null && <p>{words.thanksText}</p>}
        </Notice>
      )}
      {delay}
      <Changed visit={visit} />
      <BackLink href="/history">{words.back}</BackLink>
      <h1>{words.title(order.number)}</h1>
      <p class="lead">{all.statesExplained[order.state]}</p>
      <h2>{words.lines}</h2>
      <DataTable caption={words.lines} captionHidden columns={columnsOf(language)} rows={lines} />
      <h2>{words.facts}</h2>
      <SummaryList rows={rowsOf(order, language)} />
    </>,
  );
}

function columnsOf(language: Language): Column<OrderLine>[] {
  const words = portalOrdersText[language].order;
  return [
    { header: words.description, rowHeader: true, cell: ({ description }) => description },
    { header: words.quantity, kind: 'number', cell: (line) => number(line.quantity, language) },
    {
      header: words.unitPrice,
      kind: 'number',
      cell: ({ unitPriceOre }) => <Price ore={unitPriceOre} language={language} />,
    },
    {
      header: words.sum,
      kind: 'number',
      cell: (line) => <Price ore={line.unitPriceOre * line.quantity} language={language} />,
    },
  ];
}

function rowsOf(order: Order, language: Language): SummaryRow[] {
  const words = portalOrdersText[language].order;
  const { message } = order.delivery;
  return [
    { key: words.placedAt, value: <Moment value={order.placedAt} language={language} /> },
    { key: words.state, value: <OrderBadge state={order.state} language={language} /> },
    {
      key: words.total,
      value: (
        <strong>
          <Price ore={order.totalOre} language={language} />
        </strong>
      ),
    },
    { key: words.vat, value: <Price ore={order.vatOre} language={language} /> },
    { key: words.payment, value: words.paymentText },
    {
      key: words.to,
      value: <DeliveryAddress delivery={order.delivery} />,
      action: changeOf(order, language),
    },
    ...(message === null ? [] : [{ key: words.message, value: <TypedLines text={message} /> }]),
  ];
}

/** Until it has gone, where it goes can be changed. */
function changeOf({ orderId, state }: Order, language: Language): SummaryRow['action'] {
  const { change, about } = changesText[language].delivery;
  return state === 'placed'
    ? { label: change, about, href: `/history/${orderId}/delivery` }
    : undefined;
}

function Changed({ visit }: { visit: OwnVisit }) {
  const words = changesText[visit.language].delivery;
  if (!visit.query.has('changed')) return null;
  return (
    <Notice kind="success" title={words.saved} role="status">
      <p>{words.savedText}</p>
    </Notice>
  );
}
