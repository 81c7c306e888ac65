import { openingsOpened, readOpenings } from '../bookkeeping/archive.ts';
import type { Opening, YearHold } from '../bookkeeping/archive.ts';
import { voucherName } from '../bookkeeping/voucher-words.ts';
import { vouchersAt } from '../bookkeeping/vouchers.ts';
import type { YearState } from '../bookkeeping/year-states.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, Form } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { BackLink } from '../pages/links.tsx';
import { DataTable, Day, Moment } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { booksFormsText } from '../text/console-books-forms.ts';
import { consoleBooksText } from '../text/console-books.ts';
import { ReasonField, reasonError } from './books-reason.tsx';
import { nameOf, pathOfVoucher, pathOfYear, reasonIn, whoWords, yearIn } from './books-visit.ts';
import { consolePage } from './frame.tsx';

/** Asks for the reason: the list is sealed itself. */
export async function showOpeningsForm(visit: OwnVisit): Promise<Response> {
  return openingsForm(visit, await yearIn(visit), false);
}

/** Who has opened what of the archive of a year and why, and who decided to hold it. */
export async function takeOpenings(visit: OwnVisit): Promise<Response> {
  const { op, language } = visit;
  const year = await yearIn(visit);
  const reason = reasonIn(visit);
  if (reason === null) return openingsForm(visit, year, true);
  const { openings, holds } = await readOpenings(op, { year: year.owner, reason });
  const names = await namesOf(visit, year, openings);
  const all = consoleBooksText[language];
  const words = booksFormsText[language].openings;
  return consolePage(
    visit,
    {
      title: words.heading(nameOf(year)),
      current: 'books',
      comeBackTo: `${pathOfYear(year)}/openings`,
    },
    <>
      <BackLink href={pathOfYear(year)}>{all.year.heading(nameOf(year))}</BackLink>
      <h1>{words.heading(nameOf(year))}</h1>
      <DataTable
        caption={words.title}
        captionHidden
        columns={openingColumns(visit, year, names)}
        rows={openings}
      />
      <h2>{words.holds}</h2>
      {holds.length === 0 ? (
        <p>{words.noHolds}</p>
      ) : (
        <DataTable caption={words.holds} captionHidden columns={holdColumns(visit)} rows={holds} />
      )}
    </>,
  );
}

/** How the vouchers that were opened are called, by their id. */
async function namesOf(
  { op }: OwnVisit,
  year: YearState,
  openings: readonly Opening[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(openings.map(({ opened }) => opened));
  const places = [...ids].flatMap((id) =>
    id === null || id === openingsOpened ? [] : [{ year: year.owner, voucherId: id }],
  );
  const vouchers = await vouchersAt(op, places);
  return new Map(vouchers.map((one) => [one.voucherId, voucherName({ ...one, year })]));
}

function openingColumns(
  visit: OwnVisit,
  year: YearState,
  names: ReadonlyMap<string, string>,
): Column<Opening>[] {
  const words = booksFormsText[visit.language].openings;
  return [
    {
      header: words.at,
      rowHeader: true,
      cell: ({ openedAt }) => <Moment value={openedAt} language={visit.language} />,
    },
    {
      header: words.what,
      cell: ({ opened }) => {
        if (opened === null) return words.unknown;
        if (opened === openingsOpened) return words.list;
        const path = pathOfVoucher({ year: year.owner, voucherId: opened });
        return <a href={href(path)}>{names.get(opened) ?? opened}</a>;
      },
    },
    { header: words.by, cell: ({ openedBy }) => whoWords(visit, openedBy) },
    { header: words.why, cell: ({ reason }) => reason },
  ];
}

function holdColumns(visit: OwnVisit): Column<YearHold>[] {
  const { language } = visit;
  const words = booksFormsText[language].openings;
  return [
    {
      header: words.at,
      rowHeader: true,
      cell: ({ heldAt }) => <Moment value={heldAt} language={language} />,
    },
    {
      header: words.until,
      cell: ({ heldUntil }) =>
        heldUntil === null ? words.letGo : <Day value={heldUntil} language={language} />,
    },
    { header: words.by, cell: ({ madeBy }) => whoWords(visit, madeBy) },
    { header: words.why, cell: ({ reason }) => reason },
  ];
}

function openingsForm(visit: OwnVisit, year: YearState, isWrong: boolean): Promise<Response> {
  const all = consoleBooksText[visit.language];
  const words = booksFormsText[visit.language].openings;
  return consolePage(
    visit,
    {
      title: words.heading(nameOf(year)),
      current: 'books',
      status: isWrong ? 422 : 200,
    },
    <>
      <ErrorSummary title={all.errorTitle} errors={isWrong ? [reasonError(visit)] : []} />
      <BackLink href={pathOfYear(year)}>{all.year.heading(nameOf(year))}</BackLink>
      <h1>{words.heading(nameOf(year))}</h1>
      <p class="lead">{words.lead}</p>
      <Form action={`${pathOfYear(year)}/openings`}>
        <ReasonField visit={visit} isWrong={isWrong} />
        <Button icon="eye">{words.button}</Button>
      </Form>
    </>,
  );
}
