import { keptThrough, lengthOfYear } from '../bookkeeping/fiscal-years.ts';
import { listExports } from '../bookkeeping/export.ts';
import type { PastExport } from '../bookkeeping/export.ts';
import type { SeriesState, YearState } from '../bookkeeping/year-states.ts';
import type { OwnVisit } from '../http/route.ts';
import { BackLink, LinkList } from '../pages/links.tsx';
import { Details, Notice } from '../pages/notices.tsx';
import { Badge, DataTable, Day, Moment, SummaryList } from '../pages/tables.tsx';
import type { Column, SummaryRow } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { consoleBooksText } from '../text/console-books.ts';
import { date, number } from '../text/format.ts';
import { YearBadge } from './books-page.tsx';
import { booksRoom, nameOf, pathOfYear, seriesWords, yearIn } from './books-visit.ts';
import { consolePage } from './frame.tsx';

/** One fiscal year: its days, its series, how long it is kept, and what can be done with it. Opens nothing. */
export async function showYear(visit: OwnVisit): Promise<Response> {
  const { op, language, query } = visit;
  const year = await yearIn(visit);
  const words = consoleBooksText[language].year;
  const exports = await listExports(op, year.owner);
  return consolePage(
    visit,
    { title: words.heading(nameOf(year)), current: 'books' },
    <>
      <BackLink href={booksRoom}>{words.back}</BackLink>
      <h1>{words.heading(nameOf(year))}</h1>
      {query.get('done') === 'held' && (
        <Notice kind="success" title={words.done.held} role="status" />
      )}
      <SummaryList rows={rowsOf(year, language)} />
      <h2>{words.series}</h2>
      {year.series.length === 0 ? (
        <p>{words.empty}</p>
      ) : (
        <DataTable
          caption={words.series}
          captionHidden
          columns={seriesColumns(language)}
          rows={year.series}
        />
      )}
      <h2>{words.ways}</h2>
      <Ways year={year} language={language} />
      <Exports exports={exports} language={language} />
    </>,
  );
}

function rowsOf(year: YearState, language: Language): SummaryRow[] {
  const words = consoleBooksText[language].year;
  const { heldUntil } = year;
  const byLaw = keptThrough(year.endsOn);
  const kept = date(year.keptThrough, language);
  return [
    { key: words.first, value: <Day value={year.startsOn} language={language} /> },
    { key: words.last, value: <Day value={year.endsOn} language={language} /> },
    { key: words.length, value: words.lengths[lengthOfYear(year)] },
    { key: words.state, value: <YearBadge year={year} language={language} /> },
    {
      key: words.kept,
      value: byLaw.equals(year.keptThrough) ? words.keptValue(kept) : words.keptHeld(kept),
    },
    {
      key: words.held,
      value: heldUntil === null ? words.heldNot : <Day value={heldUntil} language={language} />,
    },
    { key: words.recovery, value: year.hasRecoveryKey ? words.recoveryYes : words.recoveryNo },
  ];
}

function seriesColumns(language: Language): Column<SeriesState>[] {
  const words = consoleBooksText[language].year;
  return [
    {
      header: words.seriesName,
      rowHeader: true,
      cell: ({ series }) => seriesWords(series, language),
    },
    { header: words.firstNumber, kind: 'number', cell: ({ first }) => number(first, language) },
    { header: words.lastNumber, kind: 'number', cell: ({ last }) => number(last, language) },
    { header: words.count, kind: 'number', cell: ({ count }) => number(count, language) },
    {
      header: words.unbroken,
      cell: ({ isUnbroken }) => (
        <Badge kind={isUnbroken ? 'done' : 'stopped'}>
          {isUnbroken ? words.isUnbroken : words.isBroken}
        </Badge>
      ),
    },
  ];
}

function Ways({ year, language }: { year: YearState; language: Language }) {
  const words = consoleBooksText[language].year;
  const at = pathOfYear(year);
  return (
    <LinkList
      links={[
        {
          href: `${at}/vouchers`,
          label: words.vouchers,
          description: words.vouchersText,
          icon: 'list-checks',
        },
        {
          href: `${at}/print`,
          label: words.print,
          description: words.printText,
          icon: 'printer',
        },
        {
          href: `${at}/export`,
          label: words.export,
          description: words.exportText,
          icon: 'download',
        },
        {
          href: `${at}/openings`,
          label: words.openings,
          description: words.openingsText,
          icon: 'eye',
        },
        { href: `${at}/hold`, label: words.hold, description: words.holdText, icon: 'lock' },
      ]}
    />
  );
}

function Exports({ exports, language }: { exports: readonly PastExport[]; language: Language }) {
  if (exports.length === 0) return null;
  const words = consoleBooksText[language].year;
  return (
    <Details summary={words.exports}>
      <DataTable
        caption={words.exports}
        captionHidden
        columns={[
          {
            header: words.exportedAt,
            rowHeader: true,
            cell: ({ exportedAt }) => <Moment value={exportedAt} language={language} />,
          },
          {
            header: words.period,
            cell: ({ from, to }) => words.periodValue(date(from, language), date(to, language)),
          },
          {
            header: words.exportVouchers,
            kind: 'number',
            cell: ({ vouchers }) => number(vouchers, language),
          },
          { header: words.sha256, cell: ({ sha256 }) => <code>{sha256}</code> },
        ]}
        rows={exports}
      />
    </Details>
  );
}
