import { fiscalYearName } from '../bookkeeping/fiscal-years.ts';
import { isReportMissing } from '../bookkeeping/storage-reports.ts';
import { listEndedYears, listYearStates } from '../bookkeeping/year-states.ts';
import type { EndedYear, YearState } from '../bookkeeping/year-states.ts';
import type { OwnVisit } from '../http/route.ts';
import { href } from '../pages/href.ts';
import { LinkList } from '../pages/links.tsx';
import { EmptyState, Notice } from '../pages/notices.tsx';
import { Badge, DataTable, Day, Moment } from '../pages/tables.tsx';
import type { BadgeKind, Column } from '../pages/tables.tsx';
import { countryName } from '../portal/privacy-country.ts';
import type { Language } from '../text/bilingual.ts';
import { booksFormsText } from '../text/console-books-forms.ts';
import { consoleBooksText } from '../text/console-books.ts';
import { number } from '../text/format.ts';
import { booksRoom, nameOf, pathOfYear } from './books-visit.ts';
import { consolePage } from './frame.tsx';

/** The country of a sandbox's example: it lies nowhere. */
const exampleCountry = 'NL';

/** Every fiscal year with its state, its numbers and how long it is kept. Opens nothing. */
export async function showBooks(visit: OwnVisit): Promise<Response> {
  const { op, language, query } = visit;
  const words = consoleBooksText[language].years;
  const years = await listYearStates(op);
  const ended = await listEndedYears(op);
  const done = doneOf(query.get('done'));
  return consolePage(
    visit,
    { title: words.title, current: 'books' },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {done !== null && <Notice kind="success" title={words.done[done]} role="status" />}
      <StorageTask visit={visit} isMissing={await isTaskLeft(visit)} />
      <h2>{words.heading}</h2>
      {years.length === 0 ? (
        <EmptyState title={words.empty} icon="book-open">
          <p>{words.emptyText}</p>
        </EmptyState>
      ) : (
        <DataTable
          caption={words.heading}
          captionHidden
          columns={columnsOf(language)}
          rows={years}
        />
      )}
      <p class="soft">{words.law}</p>
      <LinkList
        links={[
          {
            href: `${booksRoom}/new`,
            label: words.add,
            description: words.addText,
            icon: 'calendar',
          },
          {
            href: `${booksRoom}/storage`,
            label: words.storage,
            description: words.storageText,
            icon: 'globe',
          },
        ]}
      />
      <Ended years={ended} language={language} />
    </>,
  );
}

/** Where the books are: in a sandbox the example of the Netherlands. */
export function booksCountry({ site }: OwnVisit): string | null {
  return site.sandbox === null ? (site.recordsCountry ?? null) : exampleCountry;
}

/** Is the report to Skatteverket still to be made, or written down? */
export function isTaskLeft(visit: OwnVisit): Promise<boolean> {
  return isReportMissing(visit.op, booksCountry(visit));
}

function StorageTask({ visit, isMissing }: { visit: OwnVisit; isMissing: boolean }) {
  const country = booksCountry(visit);
  if (!isMissing || country === null) return null;
  const words = booksFormsText[visit.language].storage;
  const name = countryName(country, visit.language);
  const isExample = visit.site.sandbox !== null;
  return (
    <Notice
      kind={isExample ? 'info' : 'warning'}
      title={isExample ? words.taskExample(name) : words.task(name)}
    >
      <p>
        {isExample ? words.taskExampleText : words.taskText}{' '}
        <a href={href(`${booksRoom}/storage`)}>{words.taskLink}</a>
      </p>
    </Notice>
  );
}

const stateBadges: Readonly<Record<YearState['state'], BadgeKind>> = {
  coming: 'waiting',
  current: 'now',
  over: 'done',
};

/** How far a year has come. */
export function YearBadge({ year, language }: { year: YearState; language: Language }) {
  const words = consoleBooksText[language].years;
  return <Badge kind={stateBadges[year.state]}>{words.states[year.state]}</Badge>;
}

function columnsOf(language: Language): Column<YearState>[] {
  const words = consoleBooksText[language].years;
  return [
    {
      header: words.year,
      rowHeader: true,
      cell: (year) => <a href={href(pathOfYear(year))}>{nameOf(year)}</a>,
    },
    {
      header: words.state,
      cell: (year) => (
        <>
          <YearBadge year={year} language={language} />
          {year.heldUntil !== null && <Badge kind="stopped">{words.held}</Badge>}
        </>
      ),
    },
    {
      header: words.vouchers,
      kind: 'number',
      cell: ({ vouchers }) => number(vouchers, language),
    },
    { header: words.numbers, cell: (year) => <Numbers year={year} language={language} /> },
    {
      header: words.kept,
      cell: (year) => <Day value={year.keptThrough} language={language} />,
    },
  ];
}

function Numbers({ year, language }: { year: YearState; language: Language }) {
  const words = consoleBooksText[language].years;
  if (year.series.length === 0) return <>{words.none}</>;
  return year.series.every(({ isUnbroken }) => isUnbroken) ? (
    <Badge kind="done">{words.unbroken}</Badge>
  ) : (
    <Badge kind="stopped">{words.broken}</Badge>
  );
}

function Ended({ years, language }: { years: readonly EndedYear[]; language: Language }) {
  if (years.length === 0) return null;
  const words = consoleBooksText[language].years;
  return (
    <>
      <h2>{words.ended}</h2>
      <DataTable
        caption={words.ended}
        captionHidden
        columns={[
          { header: words.year, rowHeader: true, cell: (year) => fiscalYearName(year) },
          {
            header: words.endedOn,
            cell: ({ endedAt }) => <Moment value={endedAt} language={language} />,
          },
        ]}
        rows={years}
      />
    </>
  );
}

function doneOf(word: string | null): 'added' | 'reported' | null {
  return word === 'added' || word === 'reported' ? word : null;
}
