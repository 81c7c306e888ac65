import { monthSums } from '../bookkeeping/month-sums.ts';
import type { FigureCell, FigureMeasure } from '../database/records.ts';
import type { OwnVisit } from '../http/route.ts';
import { BarChart } from '../pages/charts.tsx';
import { Details, EmptyState } from '../pages/notices.tsx';
import { DataTable } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { latestFigures } from '../routines/roll-ups-read.ts';
import type { Figure, MonthOfFigures } from '../routines/roll-ups-read.ts';
import type { Language } from '../text/bilingual.ts';
import { retentionText } from '../text/console-retention.ts';
import { money, monthAndYear, monthName, number } from '../text/format.ts';
import { BookedFigures } from './booked-figures.tsx';
import { consolePage } from './frame.tsx';

const monthsShown = 24;
const kinds = ['product', 'service', 'booking', 'unnamed'] as const;
const oreInThousandKronor = 100_000;

/** Orders, sales and accounts, month by month: what the roll-ups keep, and nothing that they do not. */
export async function showFigures(visit: OwnVisit): Promise<Response> {
  const { language } = visit;
  const words = retentionText[language].figures;
  const months = await latestFigures(visit.op, monthsShown);
  const sums = await monthSums(visit.op, monthsShown);
  return consolePage(
    visit,
    { title: words.title, current: 'figures' },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {months.length === 0 ? (
        <EmptyState title={words.empty} icon="chart-column">
          <p>{words.emptyText}</p>
        </EmptyState>
      ) : (
        <Figures months={months} language={language} />
      )}
      <BookedFigures sums={sums} language={language} />
      <Details summary={words.why}>
        <p>{words.whyText}</p>
        <p>{words.rules}</p>
      </Details>
    </>,
  );
}

type Shown = { readonly months: readonly MonthOfFigures[]; readonly language: Language };

function Figures({ months, language }: Shown) {
  const words = retentionText[language].figures;
  const newestFirst = months.toReversed();
  return (
    <>
      <p>{words.rules}</p>
      <OrdersChart months={months} language={language} />
      <SalesChart months={months} language={language} />
      <AccountsChart months={months} language={language} />
      <h2>{words.byMonth}</h2>
      <DataTable
        caption={words.byMonth}
        captionHidden
        columns={monthColumns(language)}
        rows={newestFirst}
      />
      <Details summary={words.whatWasOrdered}>
        <DataTable
          caption={words.whatWasOrdered}
          captionHidden
          columns={salesColumns(months, language)}
          rows={newestFirst}
        />
      </Details>
    </>
  );
}

function OrdersChart({ months, language }: Shown) {
  const words = retentionText[language].figures;
  return (
    <BarChart
      id="orders"
      title={words.orders}
      description={words.ordersDescription}
      series={[words.measures.orders]}
      columns={months.map(({ month, figures }) => ({
        ...labelsOf(month, language),
        parts: [findFigure(figures, 'orders', 'all')?.figure ?? 0],
      }))}
      language={language}
    />
  );
}

function SalesChart({ months, language }: Shown) {
  const words = retentionText[language].figures;
  const used = kindsIn(months);
  if (used.length === 0) return null;
  return (
    <BarChart
      id="sales"
      title={words.sales}
      description={words.salesDescription}
      series={used.map((kind) => words.cells[kind])}
      columns={months.map(({ month, figures }) => ({
        ...labelsOf(month, language),
        parts: used.map(
          (kind) => (findFigure(figures, 'ordered', kind)?.sumOre ?? 0) / oreInThousandKronor,
        ),
      }))}
      language={language}
    />
  );
}

function AccountsChart({ months, language }: Shown) {
  const words = retentionText[language].figures;
  return (
    <BarChart
      id="accounts"
      title={words.accounts}
      description={words.accountsDescription}
      series={[words.measures.signUps, words.measures.closings]}
      columns={months.map(({ month, figures }) => ({
        ...labelsOf(month, language),
        parts: [
          findFigure(figures, 'sign-ups', 'all')?.figure ?? 0,
          findFigure(figures, 'closings', 'all')?.figure ?? 0,
        ],
      }))}
      language={language}
    />
  );
}

function monthColumns(language: Language): Column<MonthOfFigures>[] {
  const words = retentionText[language].figures;
  const column = (header: string, measure: FigureMeasure): Column<MonthOfFigures> => ({
    header,
    kind: 'number',
    cell: ({ figures }) => shown(findFigure(figures, measure, 'all')?.figure, words.few, language),
  });
  return [
    { header: words.month, rowHeader: true, cell: ({ month }) => labelsOf(month, language).title },
    column(words.measures.orders, 'orders'),
    column(words.measures.signUps, 'sign-ups'),
    column(words.measures.closings, 'closings'),
  ];
}

function salesColumns(
  months: readonly MonthOfFigures[],
  language: Language,
): Column<MonthOfFigures>[] {
  const words = retentionText[language].figures;
  const column = (
    header: string,
    cell: FigureCell,
    valueOf: (figure: Figure) => number | null,
  ): Column<MonthOfFigures> => ({
    header,
    kind: 'number',
    cell: ({ figures }) => {
      const figure = findFigure(figures, 'ordered', cell);
      const ore = figure === undefined ? null : valueOf(figure);
      return ore === null ? words.withheld : money(ore, language);
    },
  });
  return [
    { header: words.month, rowHeader: true, cell: ({ month }) => labelsOf(month, language).title },
    ...kindsIn(months).map((kind) => column(words.cells[kind], kind, ({ sumOre }) => sumOre)),
    column(words.cells.all, 'all', ({ sumOre }) => sumOre),
    column(words.vat, 'all', ({ vatOre }) => vatOre),
  ];
}

/** The kinds that anybody ordered in these months. */
function kindsIn(months: readonly MonthOfFigures[]) {
  return kinds.filter((kind) =>
    months.some(({ figures }) => findFigure(figures, 'ordered', kind) !== undefined),
  );
}

function shown(value: number | null | undefined, otherwise: string, language: Language): string {
  return value === null || value === undefined ? otherwise : number(value, language);
}

function findFigure(
  figures: readonly Figure[],
  measure: FigureMeasure,
  cell: FigureCell,
): Figure | undefined {
  return figures.find((one) => one.measure === measure && one.cell === cell);
}

function labelsOf(
  month: Temporal.PlainYearMonth,
  language: Language,
): { readonly label: string; readonly title: string } {
  const first = month.toPlainDate({ day: 1 });
  return { label: monthName(first, language), title: monthAndYear(first, language) };
}
