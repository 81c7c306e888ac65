import type { BookEntry } from '../bookkeeping/entries.ts';
import { originalsOf } from '../bookkeeping/export.ts';
import type { Period } from '../bookkeeping/export.ts';
import { isWithin } from '../bookkeeping/fiscal-years.ts';
import { entriesOf, listVouchers } from '../bookkeeping/vouchers.ts';
import { textOfVoucher, voucherName } from '../bookkeeping/voucher-words.ts';
import { listYearStates } from '../bookkeeping/year-states.ts';
import type { YearState } from '../bookkeeping/year-states.ts';
import { dayIn } from '../http/fields.ts';
import type { OwnVisit } from '../http/route.ts';
import { Button, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { DataTable, Day } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { booksFormsText } from '../text/console-books-forms.ts';
import { consoleBooksText } from '../text/console-books.ts';
import { date, dayAt, exactMoney, number } from '../text/format.ts';
import { accountWords, nameOf, pathOfYear, yearIn } from './books-visit.ts';
import { consolePage } from './frame.tsx';

/** As much as somebody prints; more is printed in parts, such as months. */
const vouchersMax = 1_000;

type Printed = {
  readonly name: string;
  readonly day: Temporal.PlainDate;
  readonly text: string;
  readonly entries: readonly BookEntry[];
};

/** Journal and ledger of a period, to be printed at once (bokföringslagen 5 kap. 1 § and 7 kap. 1 §). Opens nothing. */
export async function showPrint(visit: OwnVisit): Promise<Response> {
  const { op, language } = visit;
  const year = await yearIn(visit);
  const words = booksFormsText[language].print;
  const period = periodIn(visit, year);
  const { vouchers, total } = await readPrinted(visit, year, period);
  const { name, organisation_number } = notice.controller;
  return consolePage(
    visit,
    { title: words.heading(nameOf(year)), current: 'books' },
    <>
      <BackLink href={pathOfYear(year)}>
        {consoleBooksText[language].year.heading(nameOf(year))}
      </BackLink>
      <h1>{words.heading(nameOf(year))}</h1>
      <p class="lead">
        {words.period(date(period.from, language), date(period.to, language))}
        <br />
        {words.company(name, organisation_number)}
        <br />
        {words.made(date(dayAt(op.now), language))}
      </p>
      <PeriodForm visit={visit} year={year} period={period} />
      {total === 0 && <p>{words.empty}</p>}
      {total > vouchersMax && (
        <Notice
          kind="warning"
          title={words.tooMany(number(total, language), number(vouchersMax, language))}
        />
      )}
      {vouchers.length > 0 && <Lists vouchers={vouchers} language={language} />}
    </>,
  );
}

async function readPrinted(
  { op }: OwnVisit,
  year: YearState,
  period: Period,
): Promise<{ vouchers: Printed[]; total: number }> {
  const filter = { series: null, ...period };
  const page = { number: 1, size: vouchersMax };
  const { vouchers, total } = await listVouchers(op, year.owner, filter, page);
  if (total > vouchersMax) return { vouchers: [], total };
  const ids = vouchers.map(({ voucherId }) => voucherId);
  const entries = await entriesOf(op, year.owner, ids);
  const originals = await originalsOf(op, vouchers, await listYearStates(op));
  return {
    total,
    vouchers: vouchers.map((voucher) => ({
      name: voucherName({ ...voucher, year }),
      day: voucher.eventOn,
      text: textOfVoucher({ ...voucher, year }, originals.get(voucher.voucherId) ?? null),
      entries: entries.get(voucher.voucherId) ?? [],
    })),
  };
}

function PeriodForm(props: { visit: OwnVisit; year: YearState; period: Period }) {
  const words = booksFormsText[props.visit.language];
  return (
    <Form action={`${pathOfYear(props.year)}/print`} method="get" layout="row">
      <Field
        name="from"
        label={words.export.from}
        type="date"
        value={props.period.from.toString()}
      />
      <Field name="to" label={words.export.to} type="date" value={props.period.to.toString()} />
      <Button kind="secondary">{words.print.show}</Button>
    </Form>
  );
}

function Lists({ vouchers, language }: { vouchers: readonly Printed[]; language: Language }) {
  const words = booksFormsText[language].print;
  return (
    <>
      <h2>{words.journal}</h2>
      <DataTable
        caption={words.journal}
        captionHidden
        columns={journalColumns(language)}
        rows={vouchers.flatMap(({ entries, ...voucher }) =>
          rowsOf(entries).map((entry, index) => ({ ...entry, ...voucher, isFirst: index === 0 })),
        )}
      />
      <h2>{words.ledger}</h2>
      <DataTable
        caption={words.ledger}
        captionHidden
        columns={ledgerColumns(language)}
        rows={sumsOf(vouchers)}
      />
    </>
  );
}

type PrintedRow = { readonly account: string; readonly amountOre: number };
type JournalRow = Omit<Printed, 'entries'> & PrintedRow & { readonly isFirst: boolean };

/** What is noted without rows, such as a dispute, stands in the journal all the same. */
function rowsOf(entries: readonly BookEntry[]): readonly PrintedRow[] {
  return entries.length > 0 ? entries : [{ account: '', amountOre: 0 }];
}

/** The day and text of a voucher stand at its first row, as in a printed journal. */
function journalColumns(language: Language): Column<JournalRow>[] {
  const words = booksFormsText[language].print;
  return [
    { header: words.number, rowHeader: true, cell: ({ name }) => name },
    {
      header: words.text,
      cell: ({ day, text, isFirst }) =>
        isFirst && (
          <>
            <Day value={day} language={language} />
            <br />
            <span lang="sv">{text}</span>
          </>
        ),
    },
    { header: words.account, cell: ({ account }) => accountWords(account, language) },
    ...amountColumns<JournalRow>(language, ({ amountOre }) => [
      Math.max(amountOre, 0),
      Math.max(-amountOre, 0),
    ]),
  ];
}

type LedgerRow = {
  readonly account: string;
  readonly debitOre: number;
  readonly creditOre: number;
};

function ledgerColumns(language: Language): Column<LedgerRow>[] {
  const words = booksFormsText[language].print;
  return [
    {
      header: words.account,
      rowHeader: true,
      cell: ({ account }) => accountWords(account, language),
    },
    ...amountColumns<LedgerRow>(language, ({ debitOre, creditOre }) => [debitOre, creditOre]),
    {
      header: words.balance,
      kind: 'number',
      cell: ({ debitOre, creditOre }) => exactMoney(debitOre - creditOre, language),
    },
  ];
}

function amountColumns<Row>(
  language: Language,
  amounts: (row: Row) => readonly [debitOre: number, creditOre: number],
): Column<Row>[] {
  const words = booksFormsText[language].print;
  const cell = (place: 0 | 1) => (row: Row) => {
    const ore = amounts(row)[place];
    return ore === 0 ? '' : exactMoney(ore, language);
  };
  return [
    { header: words.debit, kind: 'number', cell: cell(0) },
    { header: words.credit, kind: 'number', cell: cell(1) },
  ];
}

function sumsOf(vouchers: readonly Printed[]): LedgerRow[] {
  const entries = vouchers.flatMap((voucher) => voucher.entries);
  return [...Map.groupBy(entries, ({ account }) => account)]
    .map(([account, of]) => ({
      account,
      debitOre: of.reduce((sum, { amountOre }) => sum + Math.max(amountOre, 0), 0),
      creditOre: of.reduce((sum, { amountOre }) => sum + Math.max(-amountOre, 0), 0),
    }))
    .toSorted((one, other) => (one.account < other.account ? -1 : 1));
}

/** The days that were asked for, as far as they are days of the year; otherwise all that have come. */
function periodIn({ query, op }: OwnVisit, year: YearState): Period {
  const today = dayAt(op.now);
  const days = { from: year.startsOn, to: isWithin(today, year) ? today : year.endsOn };
  const [from, to] = [dayIn(query.get('from')), dayIn(query.get('to'))];
  if (from === null || to === null) return days;
  const isInside = isWithin(from, year) && isWithin(to, year);
  return isInside && Temporal.PlainDate.compare(from, to) <= 0 ? { from, to } : days;
}
