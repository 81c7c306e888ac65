import type { Child } from 'hono/jsx';
import type { OrderLine } from '../history/orders.ts';
import { reversedOf } from '../history/whole-order.ts';
import { DataTable, Moment, Price, SummaryList } from '../pages/tables.tsx';
import type { Column, SummaryRow } from '../pages/tables.tsx';
import { buyerOrderText } from '../text/buyer-order.ts';
import { number, percent } from '../text/format.ts';
import type { OrderShown } from './buyer-order.tsx';
import { orderPath } from './buyer-visit.ts';
import { DeliveryAddress, TypedLines } from './order-parts.tsx';

/** What was ordered, with prices and VAT, and what of it was taken back. */
export function LinesSection({ shown }: { shown: OrderShown }): Child {
  const { visit, whole } = shown;
  const words = buyerOrderText[visit.language];
  return (
    <section aria-labelledby="lines">
      <h2 id="lines">{words.lines}</h2>
      <DataTable
        caption={words.lines}
        captionHidden
        columns={columnsOf(shown)}
        rows={whole.lines}
      />
    </section>
  );
}

function columnsOf({ visit, whole }: OrderShown): Column<OrderLine>[] {
  const { language } = visit;
  const words = buyerOrderText[language];
  return [
    {
      header: words.description,
      rowHeader: true,
      cell: (line) => {
        const { quantity } = reversedOf(whole, line.lineId);
        return (
          <>
            {line.description}
            {quantity > 0 && (
              <div class="soft small">{words.takenBack(number(quantity, language))}</div>
            )}
          </>
        );
      },
    },
    { header: words.quantity, kind: 'number', cell: (line) => number(line.quantity, language) },
    {
      header: words.unitPrice,
      kind: 'number',
      cell: ({ unitPriceOre }) => <Price ore={unitPriceOre} language={language} />,
    },
    {
      header: words.vat,
      kind: 'number',
      cell: ({ vatPercent }) => percent(vatPercent / 100, language),
    },
    {
      header: words.sum,
      kind: 'number',
      cell: (line) => <Price ore={line.unitPriceOre * line.quantity} language={language} />,
    },
  ];
}

/** Number, time, sum, where it goes, and the conditions that held. */
export function FactsSection({ shown }: { shown: OrderShown }): Child {
  const words = buyerOrderText[shown.visit.language];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{words.facts}</h2>
      <SummaryList rows={factsOf(shown)} />
    </section>
  );
}

function factsOf(shown: OrderShown): SummaryRow[] {
  const { visit, whole, terms } = shown;
  const { language } = visit;
  const { order } = whole;
  const words = buyerOrderText[language];
  const { message } = order.delivery;
  return [
    { key: words.number, value: order.number },
    { key: words.placedAt, value: <Moment value={order.placedAt} language={language} /> },
    { key: words.total, value: <Price ore={order.totalOre} language={language} /> },
    { key: words.ofWhichVat, value: <Price ore={order.vatOre} language={language} /> },
    {
      key: words.to,
      value: <DeliveryAddress delivery={order.delivery} />,
      action: changeOf(shown),
    },
    ...(message === null ? [] : [{ key: words.message, value: <TypedLines text={message} /> }]),
    ...(terms === null
      ? []
      : [
          {
            key: words.terms,
            value: <a href={`/terms/${terms.termsId}`}>{words.termsVersion(terms.version)}</a>,
          },
        ]),
  ];
}

/** Until it has gone, whoever ordered can change where it goes. */
function changeOf({ visit, whole }: OrderShown): SummaryRow['action'] {
  if (whole.order.state !== 'placed' || whole.order.delivery.street === null) return undefined;
  const words = buyerOrderText[visit.language];
  return { label: words.change, about: words.changeAbout, href: `${orderPath(visit)}/delivery` };
}
