import { exportSie } from '../bookkeeping/export.ts';
import type { Period, SieFile } from '../bookkeeping/export.ts';
import { isWithin } from '../bookkeeping/fiscal-years.ts';
import type { YearState } from '../bookkeeping/year-states.ts';
import { download } from '../http/answers.ts';
import { dayIn } from '../http/fields.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { isProblem } from '../problem.ts';
import { version } from '../project.ts';
import { booksFormsText } from '../text/console-books-forms.ts';
import { consoleBooksText } from '../text/console-books.ts';
import { dayAt } from '../text/format.ts';
import { nameOf, pathOfYear, yearIn } from './books-visit.ts';
import { consolePage } from './frame.tsx';

/** As bytes in code page 437, so that no program in between takes them for text. */
const sieType = 'application/octet-stream';

/** Asks for the period: first all days of the year that are over. */
export async function showExport(visit: OwnVisit): Promise<Response> {
  return exportForm(visit, await yearIn(visit), []);
}

/** The file; that it was made is written down. */
export async function takeExport(visit: OwnVisit): Promise<Response> {
  const year = await yearIn(visit);
  const parsed = periodIn(visit, year);
  if ('errors' in parsed) return exportForm(visit, year, parsed.errors);
  const file = await make(visit, year, parsed.period);
  if (typeof file === 'string') return exportForm(visit, year, [{ text: file }]);
  return download(file.bytes, file.name, sieType);
}

/** The file, or what stands in its way, in words. */
async function make(visit: OwnVisit, year: YearState, period: Period): Promise<SieFile | string> {
  const words = booksFormsText[visit.language].export;
  try {
    return await exportSie(visit.op, { year, period, version: version() });
  } catch (error) {
    if (isProblem(error, 'not-found')) return words.empty;
    if (isProblem(error, 'too-large')) return words.tooLarge;
    throw error;
  }
}

function periodIn(
  { form, language }: OwnVisit,
  year: YearState,
): { readonly period: Period } | { readonly errors: FormError[] } {
  const { faults } = booksFormsText[language].export;
  const from = dayIn(form.get('from'));
  const to = dayIn(form.get('to'));
  const isFrom = from !== null && isWithin(from, year);
  const isTo =
    to !== null &&
    isWithin(to, year) &&
    (from === null || Temporal.PlainDate.compare(from, to) <= 0);
  if (isFrom && isTo) return { period: { from, to } };
  return {
    errors: [
      ...(isFrom ? [] : [{ field: 'from', text: faults.from.missing }]),
      ...(isTo ? [] : [{ field: 'to', text: faults.to.missing }]),
    ],
  };
}

/** The days of a year that are over, or all of them when none is. */
function daysOver(year: YearState, now: Temporal.Instant): Period {
  const yesterday = dayAt(now).subtract({ days: 1 });
  return { from: year.startsOn, to: isWithin(yesterday, year) ? yesterday : year.endsOn };
}

function exportForm(
  visit: OwnVisit,
  year: YearState,
  errors: readonly FormError[],
): Promise<Response> {
  const all = consoleBooksText[visit.language];
  const words = booksFormsText[visit.language].export;
  const days = daysOver(year, visit.op.now);
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  return consolePage(
    visit,
    {
      title: words.heading(nameOf(year)),
      current: 'books',
      status: errors.length === 0 ? 200 : 422,
    },
    <>
      <ErrorSummary title={all.errorTitle} errors={errors} />
      <BackLink href={pathOfYear(year)}>{all.year.heading(nameOf(year))}</BackLink>
      <h1>{words.heading(nameOf(year))}</h1>
      <p class="lead">{words.lead}</p>
      <Form action={`${pathOfYear(year)}/export`}>
        <Field
          name="from"
          label={words.from}
          type="date"
          width="medium"
          required
          value={visit.form.get('from') ?? days.from.toString()}
          error={errorOf('from')}
        />
        <Field
          name="to"
          label={words.to}
          hint={words.hint}
          type="date"
          width="medium"
          required
          value={visit.form.get('to') ?? days.to.toString()}
          error={errorOf('to')}
        />
        <p class="hint">{words.noted}</p>
        <Button icon="download">{words.button}</Button>
      </Form>
    </>,
  );
}
