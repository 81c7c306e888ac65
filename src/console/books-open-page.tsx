import { openVoucher, voucherPdf } from '../bookkeeping/archive.ts';
import type { OpenedVoucher } from '../bookkeeping/archive.ts';
import { wordsOf } from '../history/receipts/receipt-words.ts';
import type { ReceiptWords } from '../history/receipts/receipt-words.ts';
import type { ReceiptDocument } from '../history/receipts/document.ts';
import { download } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { DataTable, SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { booksFormsText } from '../text/console-books-forms.ts';
import { consoleBooksText } from '../text/console-books.ts';
import { ReasonField, reasonError } from './books-reason.tsx';
import { pathOfVoucher, reasonIn, voucherIn, whoWords, yearIn } from './books-visit.ts';
import { factsOf } from './books-voucher-page.tsx';
import { consolePage } from './frame.tsx';

/** Asks for the reason. Opens nothing. */
export function showOpenForm(visit: OwnVisit): Promise<Response> {
  return openForm(visit, false);
}

/** Opens the voucher for the reason that was given, here or as the PDF of its receipt. */
export async function takeOpen(visit: OwnVisit): Promise<Response> {
  const year = await yearIn(visit);
  const voucher = await voucherIn(visit, year);
  const reason = reasonIn(visit);
  if (reason === null) return openForm(visit, true);
  const opened = await openVoucher(visit.op, {
    year: year.owner,
    voucherId: voucher.voucherId,
    reason,
  });
  const pdf = visit.form.get('as') === 'pdf' ? await voucherPdf(opened) : null;
  if (pdf !== null) {
    const name = voucher.name.replaceAll('/', '_');
    return download(pdf, `${name}.pdf`, 'application/pdf');
  }
  return showOpened(visit, { ...opened, name: voucher.name }, reason);
}

async function openForm(visit: OwnVisit, isWrong: boolean): Promise<Response> {
  const all = consoleBooksText[visit.language];
  const words = booksFormsText[visit.language].open;
  const voucher = await voucherIn(visit, await yearIn(visit));
  return consolePage(
    visit,
    { title: words.heading(voucher.name), current: 'books', status: isWrong ? 422 : 200 },
    <>
      <ErrorSummary title={all.errorTitle} errors={isWrong ? [reasonError(visit)] : []} />
      <BackLink href={pathOfVoucher(voucher)}>{all.voucher.heading(voucher.name)}</BackLink>
      <h1>{words.heading(voucher.name)}</h1>
      <p class="lead">{words.lead}</p>
      <Form action={`${pathOfVoucher(voucher)}/open`}>
        <ReasonField visit={visit} isWrong={isWrong} />
        <Actions>
          <Button icon="eye" name="as" value="page">
            {words.show}
          </Button>
          <Button kind="secondary" icon="download" name="as" value="pdf">
            {words.pdf}
          </Button>
        </Actions>
      </Form>
    </>,
  );
}

function showOpened(
  visit: OwnVisit,
  opened: OpenedVoucher & { readonly name: string },
  reason: string,
): Promise<Response> {
  const all = consoleBooksText[visit.language];
  const words = booksFormsText[visit.language].open;
  const at = pathOfVoucher(opened);
  return consolePage(
    visit,
    { title: all.voucher.heading(opened.name), current: 'books', comeBackTo: at },
    <>
      <BackLink href={at}>{all.voucher.heading(opened.name)}</BackLink>
      <h1>{all.voucher.heading(opened.name)}</h1>
      <Notice kind="info" title={words.opened} role="status">
        <p>{words.openedText(reason)}</p>
      </Notice>
      <SummaryList rows={rowsOf(visit, opened)} />
      {opened.receipt === null ? (
        <p>{words.noReceipt}</p>
      ) : (
        <Receipt document={opened.receipt.document} />
      )}
      <Actions>
        <ButtonLink href={at} kind="secondary">
          {words.close}
        </ButtonLink>
        <ButtonLink href={`${at}/open`} kind="secondary" icon="eye">
          {words.again}
        </ButtonLink>
      </Actions>
    </>,
  );
}

function rowsOf(visit: OwnVisit, opened: OpenedVoucher): SummaryRow[] {
  const words = booksFormsText[visit.language].open;
  return [
    ...factsOf(opened, visit.language),
    { key: words.about, value: opened.text },
    { key: words.order, value: opened.orderNumber },
    { key: words.counterparty, value: opened.counterparty ?? words.noCounterparty },
    { key: words.bank, value: opened.bankReference ?? words.noBank },
    { key: words.madeBy, value: whoWords(visit, opened.madeBy) },
  ];
}

/** What the receipt says, in its own language: the same words as its letter and its PDF. */
function Receipt({ document }: { document: ReceiptDocument }) {
  const told = wordsOf(document);
  const facts = (rows: ReceiptWords['facts']) => rows.map(([key, value]) => ({ key, value }));
  return (
    <section lang={document.language} aria-labelledby="receipt">
      <h2 id="receipt">{told.title}</h2>
      <p class="soft">{told.company}</p>
      {told.lead.map((text) => (
        <p>{text}</p>
      ))}
      <SummaryList rows={facts(told.facts)} />
      <Table of={told.lines} />
      <SummaryList rows={facts(told.sums)} />
      <Table of={told.vat} />
    </section>
  );
}

function Table({ of }: { of: ReceiptWords['lines'] }) {
  return (
    <>
      <h3>{of.heading}</h3>
      <DataTable
        caption={of.heading}
        captionHidden
        columns={of.columns.map((header, place) => ({
          header,
          rowHeader: place === 0,
          kind: of.amounts.includes(place) ? ('number' as const) : ('text' as const),
          cell: (row: readonly string[]) => row[place] ?? '',
        }))}
        rows={of.rows}
      />
    </>
  );
}
