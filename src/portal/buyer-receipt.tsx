import { receiptName } from '../history/receipts/document.ts';
import { receiptPdf } from '../history/receipts/receipt-pdf.ts';
import { wordsOf } from '../history/receipts/receipt-words.ts';
import type { ReceiptWords } from '../history/receipts/receipt-words.ts';
import { receiptsOfOrder } from '../history/whole-order.ts';
import type { KeptReceipt } from '../history/whole-order.ts';
import type { BuyerVisit } from '../http/route.ts';
import { Actions } from '../pages/forms.tsx';
import { BackLink, DownloadLink } from '../pages/links.tsx';
import { DataTable, SummaryList } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import { buyerOrderText } from '../text/buyer-order.ts';
import { buyerTakeBackText } from '../text/buyer-take-back.ts';
import { PrintButton } from './print-button.tsx';
import { orderIdOf, orderPath, placeOf } from './buyer-visit.ts';
import { portalPage } from './frame.tsx';

/** A receipt as it was issued, in its own language, to read and print. */
export async function receiptPage(visit: BuyerVisit): Promise<Response> {
  const { receiptId, document } = await readReceiptOf(visit);
  const { language } = visit;
  const words = buyerOrderText[language];
  const told = wordsOf(document);
  const title = `${told.title} ${receiptName(document.number)}`;
  return portalPage(
    visit,
    { title, current: placeOf(visit) },
    <>
      <BackLink href={orderPath(visit)}>{buyerTakeBackText[language].back}</BackLink>
      <article lang={document.language}>
        <h1>{title}</h1>
        <p class="lead">{told.company}</p>
        {told.lead.map((text) => (
          <p>{text}</p>
        ))}
        <SummaryList rows={told.facts.map(([key, value]) => ({ key, value }))} />
        <Rows of={told.lines} />
        <SummaryList rows={told.sums.map(([key, value]) => ({ key, value }))} />
        <Rows of={told.vat} />
        {document.information.map((text) => (
          <p class="small">{text}</p>
        ))}
      </article>
      <Actions>
        <PrintButton label={buyerTakeBackText[language].done.print} />
        <DownloadLink href={`${orderPath(visit)}/receipts/${receiptId}/pdf`}>
          {words.pdf}
        </DownloadLink>
      </Actions>
    </>,
  );
}

/** The receipt as a PDF, drawn from the bytes that were kept. */
export async function receiptFile(visit: BuyerVisit): Promise<Response> {
  const { document } = await readReceiptOf(visit);
  const words = buyerOrderText[document.language];
  const named = document.kind === 'sale' ? words.receiptFile : words.refundFile;
  const name = named(receiptName(document.number).replaceAll('/', '-'));
  return new Response(Buffer.from(await receiptPdf(document)), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${name}"`,
    },
  });
}

/** @throws Problem `not-found` for a receipt that is not of this order */
async function readReceiptOf(visit: BuyerVisit): Promise<KeptReceipt> {
  const { op, owner, params } = visit;
  const opener = await op.vault.openFor(op, owner, ['history']);
  const kept = await receiptsOfOrder(op, opener, orderIdOf(visit));
  const found = kept.find(({ receiptId }) => receiptId === params['receipt']);
  if (!found) throw new Problem('not-found');
  return found;
}

function Rows({ of }: { of: ReceiptWords['lines'] }) {
  return (
    <DataTable
      caption={of.heading}
      columns={of.columns.map((header, index) => ({
        header,
        rowHeader: index === 0,
        kind: of.amounts.includes(index) ? ('number' as const) : ('text' as const),
        cell: (row: readonly string[]) => row[index] ?? '',
      }))}
      rows={of.rows}
    />
  );
}
