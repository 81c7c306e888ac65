import type { Child } from 'hono/jsx';
import { dueOnSite } from '../history/payments/settle.ts';
import { receiptName } from '../history/receipts/document.ts';
import { paidPayment } from '../history/whole-order.ts';
import type { KeptReceipt } from '../history/whole-order.ts';
import { DownloadLink } from '../pages/links.tsx';
import { SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { buyerOrderText } from '../text/buyer-order.ts';
import { date, money } from '../text/format.ts';
import type { OrderShown } from './buyer-order.tsx';
import { orderPath } from './buyer-visit.ts';
import { moneyInWords } from './buyer-words.ts';

/** How the order is paid, and where the money is of what was taken back. */
export function MoneySection({ shown }: { shown: OrderShown }): Child {
  const { visit, whole, refunds } = shown;
  const { language } = visit;
  const words = buyerOrderText[language];
  const reversals: SummaryRow[] = whole.reversals.map((reversal) => ({
    key: `${words.refundOf[reversal.kind]}, ${date(reversal.askedAt, language)}`,
    value: moneyInWords(
      whole,
      reversal,
      reversal.refundId === null ? undefined : refunds.get(reversal.refundId),
      language,
    ),
  }));
  return (
    <section aria-labelledby="money">
      <h2 id="money">{words.money}</h2>
      <SummaryList rows={[{ key: words.payment, value: paymentInWords(shown) }, ...reversals]} />
    </section>
  );
}

function paymentInWords({ visit, whole }: OrderShown): string {
  const { language } = visit;
  const words = buyerOrderText[language];
  const { state, totalOre } = whole.order;
  const paid = paidPayment(whole);
  if (paid !== null && paid.settledAt !== null) {
    const way = words.paidWays[paid.way];
    return words.paid(money(paid.amountOre, language), way, date(paid.settledAt, language));
  }
  switch (state) {
    case 'unpaid':
      return words.notPaid;
    case 'cancelled':
    case 'lapsed':
      return words.neverPaid;
    case 'placed':
    case 'performed':
      return totalOre === 0 ? words.nothingToPay : words.onSite(money(dueOnSite(whole), language));
  }
}

/** The receipts as they were issued. */
export function ReceiptsSection({ shown }: { shown: OrderShown }): Child {
  const { visit, whole } = shown;
  const words = buyerOrderText[visit.language];
  const isToCome = whole.receipts.length === 0 && whole.order.totalOre > 0;
  const isOver = whole.order.state === 'cancelled' || whole.order.state === 'lapsed';
  if (whole.receipts.length === 0 && (isOver || !isToCome)) return null;
  return (
    <section aria-labelledby="receipts">
      <h2 id="receipts">{words.receipts}</h2>
      {isToCome ? (
        <p>{words.noReceipt}</p>
      ) : (
        <SummaryList rows={whole.receipts.map((receipt) => receiptRow(shown, receipt))} />
      )}
    </section>
  );
}

function receiptRow({ visit }: OrderShown, { receiptId, document }: KeptReceipt): SummaryRow {
  const { language } = visit;
  const words = buyerOrderText[language];
  const name = receiptName(document.number);
  const title = document.kind === 'sale' ? words.receipt(name) : words.refundReceipt(name);
  const at = `${orderPath(visit)}/receipts/${receiptId}`;
  return {
    key: money(document.total_ore, language),
    value: (
      <>
        <a href={at}>{title}</a>
        <br />
        <DownloadLink href={`${at}/pdf`}>
          {words.pdf}
          <span class="visually-hidden">{`: ${title}`}</span>
        </DownloadLink>
      </>
    ),
  };
}
