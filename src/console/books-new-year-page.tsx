import { z } from 'zod';
import { calendarYear, faultOfYear, yearAfter } from '../bookkeeping/fiscal-years.ts';
import type { FiscalYear } from '../bookkeeping/fiscal-years.ts';
import { listYears, openYear } from '../bookkeeping/years.ts';
import { seeOther } from '../http/answers.ts';
import { dayField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { errorsOf } from '../portal/form-errors.ts';
import { booksText } from '../text/books.ts';
import { booksFormsText } from '../text/console-books-forms.ts';
import { consoleBooksText } from '../text/console-books.ts';
import { dayAt } from '../text/format.ts';
import { booksRoom } from './books-visit.ts';
import { consolePage } from './frame.tsx';

const yearForm = z.object({ starts_on: dayField, ends_on: dayField });

/** Asks for the days of a new year; first the twelve months after the last one. */
export function showNewYear(visit: OwnVisit): Promise<Response> {
  return yearPage(visit, []);
}

export async function takeNewYear(visit: OwnVisit): Promise<Response> {
  const { op, language, form } = visit;
  const { faults } = booksFormsText[language].add;
  const parsed = parseForm(yearForm, form);
  if (!parsed.ok) return yearPage(visit, errorsOf(faults, parsed.faults));
  const year = { startsOn: parsed.value.starts_on, endsOn: parsed.value.ends_on };
  const fault = faultOfYear(year, await listYears(op.db), dayAt(op.now));
  const words = booksText[language].fiscalYear;
  const field = fault === 'begins-later' ? 'starts_on' : 'ends_on';
  if (fault !== null) return yearPage(visit, [{ field, text: words[fault] }]);
  // Somebody else has added it in this moment, or the first sale of the day has.
  if (!(await openYear(op, year)))
    return yearPage(visit, [{ field: 'ends_on', text: words.overlaps }]);
  return seeOther(`${booksRoom}?done=added`);
}

async function yearPage(visit: OwnVisit, errors: readonly FormError[]): Promise<Response> {
  const { op, language, form } = visit;
  const all = consoleBooksText[language];
  const words = booksFormsText[language].add;
  const next = nextYear(await listYears(op.db), dayAt(op.now));
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  return consolePage(
    visit,
    { title: words.title, current: 'books', status: errors.length === 0 ? 200 : 422 },
    <>
      <ErrorSummary title={all.errorTitle} errors={errors} />
      <BackLink href={booksRoom}>{all.year.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>{words.irrevocable}</p>
      <Form action={`${booksRoom}/new`}>
        <Field
          name="starts_on"
          label={words.first}
          type="date"
          width="medium"
          required
          value={form.get('starts_on') ?? next.startsOn.toString()}
          error={errorOf('starts_on')}
        />
        <Field
          name="ends_on"
          label={words.last}
          type="date"
          width="medium"
          required
          value={form.get('ends_on') ?? next.endsOn.toString()}
          error={errorOf('ends_on')}
        />
        <Button>{words.button}</Button>
      </Form>
    </>,
  );
}

function nextYear(years: readonly FiscalYear[], today: Temporal.PlainDate): FiscalYear {
  const last = years.at(-1);
  return last ? yearAfter(last) : calendarYear(today);
}
