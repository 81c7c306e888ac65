import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { BarChart } from '../pages/charts.tsx';
import type { ChartColumn } from '../pages/charts.tsx';
import { Button, Form } from '../pages/forms.tsx';
import { Details, Notice } from '../pages/notices.tsx';
import { DataTable } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { categoryNames } from '../policy/rules.ts';
import { notice } from '../policy/notice.ts';
import { forecastRetention } from '../routines/retention-forecast.ts';
import type {
  Forecast,
  HoldingForecast,
  RetentionForecast,
  Span,
  YearForecast,
} from '../routines/retention-forecast.ts';
import { endCases, endDays, sweep } from '../routines/retention.ts';
import type { Language } from '../text/bilingual.ts';
import { retentionText } from '../text/console-retention.ts';
import { date, monthAndYear, monthName, number } from '../text/format.ts';
import { storedText } from '../text/privacy-stored.ts';
import type { PersonalTable } from '../text/stored-words.ts';
import { consolePage } from './frame.tsx';

/** What will be erased by itself, and when: counts only, nothing is opened. */
export async function showRetention(visit: OwnVisit): Promise<Response> {
  const { language } = visit;
  const words = retentionText[language].retention;
  const forecast = await forecastRetention(visit.op);
  return consolePage(
    visit,
    { title: words.title, current: 'retention', comeBackTo: '/console/retention' },
    <>
      <Ran removed={visit.query.get('removed')} language={language} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Now visit={visit} forecast={forecast} />
      <h2>{words.weeks}</h2>
      <p>{words.ifUnused}</p>
      <Coming forecast={forecast} which="weeks" language={language} />
      <h2>{words.months}</h2>
      <Coming forecast={forecast} which="months" language={language} />
      <h2>{words.perKind}</h2>
      <DataTable
        caption={words.perKind}
        captionHidden
        columns={kindColumns(language)}
        rows={forecast.holdings}
      />
      <Books forecast={forecast} language={language} />
    </>,
  );
}

/** The books go whole years at a time, long after everything else. */
function Books({ forecast, language }: { forecast: RetentionForecast; language: Language }) {
  const words = retentionText[language].retention;
  return (
    <>
      <h2>{words.books}</h2>
      <p>{words.booksText}</p>
      {forecast.years.length > 0 && (
        <DataTable
          caption={words.books}
          captionHidden
          columns={yearColumns(language)}
          rows={forecast.years}
        />
      )}
    </>
  );
}

function yearColumns(language: Language): Column<YearForecast>[] {
  const words = retentionText[language].retention;
  return [
    { header: words.year, rowHeader: true, cell: ({ name }) => name },
    {
      header: words.vouchers,
      kind: 'number',
      cell: ({ vouchers }) => number(vouchers, language),
    },
    {
      header: words.goesOn,
      cell: ({ goesOn, heldUntil }) =>
        heldUntil === null
          ? date(goesOn, language)
          : words.goesAfterHold(date(goesOn, language), date(heldUntil, language)),
    },
  ];
}

/** What the routine does every quarter of an hour, now. Accounts are the routine's alone: it writes to them first. */
export async function runRetention(visit: OwnVisit): Promise<Response> {
  const rows = await sweep(visit.op);
  const owners = (await endDays(visit.op)) + (await endCases(visit.op));
  return seeOther(`/console/retention?removed=${rows + owners}`);
}

function Ran({ removed, language }: { removed: string | null; language: Language }) {
  const words = retentionText[language].retention;
  if (removed === null || !/^\d{1,9}$/.test(removed)) return null;
  return (
    <Notice kind="success" title={words.ran} role="status">
      <p>{words.ranText(number(Number(removed), language))}</p>
    </Notice>
  );
}

function Now({ visit, forecast }: { visit: OwnVisit; forecast: RetentionForecast }) {
  const { language } = visit;
  const words = retentionText[language].retention;
  const rows = sum(forecast.holdings.map(({ dueNow }) => dueNow));
  const accounts = forecast.accounts.dueNow;
  return (
    <>
      <h2>{words.nowTitle}</h2>
      <p>
        {rows + accounts === 0
          ? words.nothingNow
          : words.dueNow(number(rows, language), number(accounts, language))}{' '}
        {words.paces}
      </p>
      {visit.session.role === 'administrator' ? (
        <Form action="/console/retention/run">
          <p class="hint">{words.runText}</p>
          <Button kind="secondary">{words.run}</Button>
        </Form>
      ) : (
        <p class="soft">{words.onlyAdministrators}</p>
      )}
    </>
  );
}

type Which = 'weeks' | 'months';

function Coming(props: { forecast: RetentionForecast; which: Which; language: Language }) {
  const { forecast, which, language } = props;
  const words = retentionText[language].retention;
  const spans = forecast[which];
  const byCategory = categoriesOf(forecast);
  const rows = spans.map((_, place) => byCategory.map(({ of }) => sumAt(of, which, place)));
  const accounts = forecast.accounts[which];
  const isWeeks = which === 'weeks';
  const columns = (parts: readonly (readonly number[])[]) =>
    spans.map((span, place): ChartColumn => columnOf(span, which, parts[place] ?? [], language));
  return (
    <>
      <BarChart
        id={`accounts-${which}`}
        title={isWeeks ? words.accountsByWeek : words.accountsByMonth}
        description={words.accountsDescription(number(sum(accounts), language))}
        series={[words.accounts]}
        columns={columns(accounts.map((count) => [count]))}
        language={language}
      />
      <BarChart
        id={`rows-${which}`}
        title={isWeeks ? words.rowsByWeek : words.rowsByMonth}
        description={words.rowsDescription(number(sum(rows.flat()), language))}
        series={byCategory.map(({ name }) => name[language])}
        columns={columns(rows)}
        language={language}
      />
      <Details summary={words.figures}>
        <DataTable
          caption={words.figures}
          captionHidden
          columns={spanColumns(which, language)}
          rows={spans.map((span, place) => ({
            span,
            rows: sum(rows[place] ?? []),
            accounts: accounts[place] ?? 0,
          }))}
        />
      </Details>
    </>
  );
}

type SpanRow = { readonly span: Span; readonly rows: number; readonly accounts: number };

function spanColumns(which: Which, language: Language): Column<SpanRow>[] {
  const words = retentionText[language].retention;
  return [
    {
      header: words.span,
      rowHeader: true,
      cell: ({ span }) => columnOf(span, which, [], language).title,
    },
    { header: words.accounts, kind: 'number', cell: (row) => number(row.accounts, language) },
    { header: words.total, kind: 'number', cell: (row) => number(row.rows, language) },
  ];
}

function columnOf(
  { from }: Span,
  which: Which,
  parts: readonly number[],
  language: Language,
): ChartColumn {
  const words = retentionText[language].retention;
  const count = parts.length === 0 ? '' : `: ${number(sum(parts), language)}`;
  if (which === 'weeks') {
    const week = String(from.weekOfYear);
    return {
      label: words.week(week),
      title: `${words.weekTitle(week, date(from, language))}${count}`,
      parts,
    };
  }
  return {
    label: monthName(from, language),
    title: `${monthAndYear(from, language)}${count}`,
    parts,
  };
}

/** The categories of the notice in their order, those that nothing is kept of for a time left out. */
function categoriesOf({ holdings }: RetentionForecast) {
  return categoryNames()
    .map((category) => ({
      name: notice.categories[category].heading,
      of: holdings.filter((holding) => holding.category === category),
    }))
    .filter(({ of }) => of.some(({ months, weeks }) => sum(months) + sum(weeks) > 0));
}

function sumAt(of: readonly Forecast[], which: Which, place: number): number {
  return sum(of.map((forecast) => forecast[which][place] ?? 0));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function kindColumns(language: Language): Column<HoldingForecast>[] {
  const words = retentionText[language].retention;
  return [
    {
      header: words.kind,
      rowHeader: true,
      cell: ({ table }) => storedText[language][table as PersonalTable].heading,
    },
    { header: words.kept, cell: ({ keptDays }) => words.keptDays(number(keptDays, language)) },
    { header: words.now, kind: 'number', cell: ({ dueNow }) => number(dueNow, language) },
    { header: words.inWeeks, kind: 'number', cell: (row) => number(sum(row.weeks), language) },
    { header: words.inMonths, kind: 'number', cell: (row) => number(sum(row.months), language) },
  ];
}
