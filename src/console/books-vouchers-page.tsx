import { listVouchers, vouchersPageSize } from '../bookkeeping/vouchers.ts';
import type { ListedVoucher, VoucherFilter } from '../bookkeeping/vouchers.ts';
import { voucherName } from '../bookkeeping/voucher-words.ts';
import type { YearState } from '../bookkeeping/year-states.ts';
import { dayIn } from '../http/fields.ts';
import type { OwnVisit } from '../http/route.ts';
import { Button, Field, Form, Select } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { BackLink, Pagination } from '../pages/links.tsx';
import { EmptyState } from '../pages/notices.tsx';
import { DataTable, Day, Price } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { consoleBooksText } from '../text/console-books.ts';
import { number } from '../text/format.ts';
import {
  allSeries,
  nameOf,
  pathOfVoucher,
  pathOfYear,
  seriesWords,
  yearIn,
} from './books-visit.ts';
import { consolePage } from './frame.tsx';

const pagesMax = 100_000;

/** The vouchers of a year by what is in clear, fifty at a time, by series and days. Opens nothing. */
export async function showVouchers(visit: OwnVisit): Promise<Response> {
  const { op, language } = visit;
  const year = await yearIn(visit);
  const words = consoleBooksText[language].vouchers;
  const filter = filterIn(visit);
  const page = pageIn(visit);
  const listed = await listVouchers(op, year.owner, filter, {
    number: page,
    size: vouchersPageSize,
  });
  return consolePage(
    visit,
    { title: words.heading(nameOf(year)), current: 'books' },
    <>
      <BackLink href={pathOfYear(year)}>{words.back(nameOf(year))}</BackLink>
      <h1>{words.heading(nameOf(year))}</h1>
      <Filter visit={visit} year={year} filter={filter} />
      {listed.vouchers.length === 0 ? (
        <EmptyState title={words.empty} icon="list-checks">
          <p>{words.emptyText}</p>
        </EmptyState>
      ) : (
        <DataTable
          caption={countWords(listed.total, language)}
          columns={columnsOf(year, language)}
          rows={listed.vouchers}
        />
      )}
      <Pages year={year} filter={filter} page={page} total={listed.total} language={language} />
    </>,
  );
}

function countWords(total: number, language: Language): string {
  const words = consoleBooksText[language].vouchers;
  return total === 1 ? words.foundOne : words.found(number(total, language));
}

function Filter(props: { visit: OwnVisit; year: YearState; filter: VoucherFilter }) {
  const { visit, year, filter } = props;
  const words = consoleBooksText[visit.language].vouchers;
  const every = { value: '', label: words.everySeries };
  const options = allSeries.map((value) => ({ value, label: seriesWords(value, visit.language) }));
  return (
    <Form action={`${pathOfYear(year)}/vouchers`} method="get" layout="row">
      <Select
        name="series"
        label={words.series}
        value={filter.series ?? ''}
        options={[every, ...options]}
        width="full"
      />
      <Field name="from" label={words.from} type="date" value={filter.from?.toString()} />
      <Field name="to" label={words.to} type="date" value={filter.to?.toString()} />
      <Button kind="secondary">{words.show}</Button>
    </Form>
  );
}

function columnsOf(year: YearState, language: Language): Column<ListedVoucher>[] {
  const all = consoleBooksText[language];
  const words = all.vouchers;
  return [
    {
      header: words.number,
      rowHeader: true,
      cell: (voucher) => (
        <a href={href(pathOfVoucher(voucher))}>{voucherName({ ...voucher, year })}</a>
      ),
    },
    { header: words.day, cell: ({ eventOn }) => <Day value={eventOn} language={language} /> },
    { header: words.kind, cell: ({ kind }) => all.kinds[kind] },
    { header: words.way, cell: ({ way }) => (way === null ? all.noWay : all.ways[way]) },
    {
      header: words.amount,
      kind: 'number',
      cell: ({ totalOre }) => <Price ore={totalOre} language={language} />,
    },
  ];
}

function Pages(props: {
  year: YearState;
  filter: VoucherFilter;
  page: number;
  total: number;
  language: Language;
}) {
  const { year, filter, page, total, language } = props;
  const words = consoleBooksText[language].vouchers;
  const pages = Math.max(1, Math.ceil(total / vouchersPageSize));
  const at = (wanted: number) => {
    const query = new URLSearchParams({
      series: filter.series ?? '',
      from: filter.from?.toString() ?? '',
      to: filter.to?.toString() ?? '',
      page: String(wanted),
    });
    return `${pathOfYear(year)}/vouchers?${query.toString()}`;
  };
  return (
    <Pagination
      words={words.pages}
      position={words.position(number(page, language), number(pages, language))}
      previousHref={page > 1 ? at(page - 1) : undefined}
      nextHref={page < pages ? at(page + 1) : undefined}
    />
  );
}

function filterIn({ query }: OwnVisit): VoucherFilter {
  const series = allSeries.find((known) => known === query.get('series')) ?? null;
  return { series, from: dayIn(query.get('from')), to: dayIn(query.get('to')) };
}

/** Anything but a number shows the first page. */
function pageIn({ query }: OwnVisit): number {
  const text = query.get('page') ?? '';
  const page = /^\d{1,6}$/.test(text) ? Number(text) : 1;
  return Math.min(Math.max(1, page), pagesMax);
}
