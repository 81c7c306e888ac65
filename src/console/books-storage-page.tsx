import { z } from 'zod';
import { newestReport, noteReport } from '../bookkeeping/storage-reports.ts';
import type { StorageReport } from '../bookkeeping/storage-reports.ts';
import { seeOther } from '../http/answers.ts';
import { dayField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { SummaryList } from '../pages/tables.tsx';
import { eeaCountries } from '../policy/rules.ts';
import { errorsOf } from '../portal/form-errors.ts';
import { countryName } from '../portal/privacy-country.ts';
import type { Language } from '../text/bilingual.ts';
import { booksFormsText } from '../text/console-books-forms.ts';
import { consoleBooksText } from '../text/console-books.ts';
import { date, dayAt } from '../text/format.ts';
import { booksCountry } from './books-page.tsx';
import { booksRoom } from './books-visit.ts';
import { consolePage } from './frame.tsx';

/** The country of a store that production would start with, and a day that has come. */
function reportForm(today: Temporal.PlainDate) {
  return z.object({
    country: z
      .string({ error: 'missing' })
      .trim()
      .toUpperCase()
      .refine((code) => eeaCountries.includes(code), { error: 'missing' }),
    reported_on: dayField.refine((day) => Temporal.PlainDate.compare(day, today) <= 0, {
      error: 'too-late',
    }),
  });
}

/** Where the books are, and what Skatteverket was told of it. */
export function showStorage(visit: OwnVisit): Promise<Response> {
  return storagePage(visit, []);
}

export async function takeStorage(visit: OwnVisit): Promise<Response> {
  const { op, language, form } = visit;
  const parsed = parseForm(reportForm(dayAt(op.now)), form);
  const { faults } = booksFormsText[language].storage;
  if (!parsed.ok) return storagePage(visit, errorsOf(faults, parsed.faults));
  const { country, reported_on: reportedOn } = parsed.value;
  await noteReport(op, { country, reportedOn });
  return seeOther(`${booksRoom}?done=reported`);
}

async function storagePage(visit: OwnVisit, errors: readonly FormError[]): Promise<Response> {
  const { op, language, site } = visit;
  const all = consoleBooksText[language];
  const words = booksFormsText[language].storage;
  const country = booksCountry(visit);
  const report = await newestReport(op);
  return consolePage(
    visit,
    { title: words.title, current: 'books', status: errors.length === 0 ? 200 : 422 },
    <>
      <ErrorSummary title={all.errorTitle} errors={errors} />
      <BackLink href={booksRoom}>{all.year.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {site.sandbox !== null && (
        <Notice kind="info" title={words.example}>
          <p>{words.exampleText}</p>
        </Notice>
      )}
      <SummaryList
        rows={[
          ...(country === null ? [] : [{ key: words.now, value: countryName(country, language) }]),
          { key: words.reported, value: reportWords(report, language) },
        ]}
      />
      {country === 'SE' && <p>{words.atHome}</p>}
      <ReportForm visit={visit} country={country} errors={errors} />
    </>,
  );
}

function reportWords(report: StorageReport | null, language: Language): string {
  const words = booksFormsText[language].storage;
  if (report === null) return words.never;
  const { country, reportedOn } = report;
  return words.reportedValue(countryName(country, language), date(reportedOn, language));
}

function ReportForm(props: {
  visit: OwnVisit;
  country: string | null;
  errors: readonly FormError[];
}) {
  const { visit, errors } = props;
  const words = booksFormsText[visit.language].storage;
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  return (
    <Form action={`${booksRoom}/storage`}>
      <Field
        name="country"
        label={words.country}
        hint={words.countryHint}
        autocomplete="off"
        width="short"
        maxlength={2}
        required
        value={visit.form.get('country') ?? props.country ?? undefined}
        error={errorOf('country')}
      />
      <Field
        name="reported_on"
        label={words.day}
        type="date"
        width="medium"
        required
        value={visit.form.get('reported_on') ?? dayAt(visit.op.now).toString()}
        error={errorOf('reported_on')}
      />
      <Button>{words.button}</Button>
    </Form>
  );
}
