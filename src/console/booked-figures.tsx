import type { MonthSum } from '../bookkeeping/month-sums.ts';
import { BarChart } from '../pages/charts.tsx';
import { DataTable, Price } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { moneyText } from '../text/console-money.ts';
import { monthAndYear, monthName } from '../text/format.ts';

const oreInThousandKronor = 100_000;

/** What came in and what went back, month by month, as it is booked: as a picture, and as a table. */
export function BookedFigures(props: { sums: readonly MonthSum[]; language: Language }) {
  const { sums, language } = props;
  const words = moneyText[language].booked;
  if (sums.length === 0) return null;
  return (
    <>
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      <BarChart
        id="booked"
        title={words.chart}
        description={words.description}
        series={[words.kept, words.refunded]}
        columns={sums.map(({ month, paidOre, refundedOre }) => ({
          label: monthName(month.toPlainDate({ day: 1 }), language),
          title: monthAndYear(month.toPlainDate({ day: 1 }), language),
          parts: [
            Math.max(0, paidOre - refundedOre) / oreInThousandKronor,
            refundedOre / oreInThousandKronor,
          ],
        }))}
        language={language}
      />
      <DataTable
        caption={words.title}
        captionHidden
        columns={[
          {
            header: words.month,
            rowHeader: true,
            cell: ({ month }) => monthAndYear(month.toPlainDate({ day: 1 }), language),
          },
          {
            header: words.paid,
            kind: 'number',
            cell: ({ paidOre }) => <Price ore={paidOre} language={language} />,
          },
          {
            header: words.refunded,
            kind: 'number',
            cell: ({ refundedOre }) => <Price ore={refundedOre} language={language} />,
          },
        ]}
        rows={sums.toReversed()}
      />
    </>
  );
}
