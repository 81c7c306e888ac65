import { keptThrough } from '../bookkeeping/fiscal-years.ts';
import { holdYear, isHoldDay } from '../bookkeeping/hold-year.ts';
import type { YearState } from '../bookkeeping/year-states.ts';
import { seeOther } from '../http/answers.ts';
import { dayIn } from '../http/fields.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { booksFormsText } from '../text/console-books-forms.ts';
import { consoleBooksText } from '../text/console-books.ts';
import { date } from '../text/format.ts';
import { ReasonField, reasonError } from './books-reason.tsx';
import { nameOf, pathOfYear, reasonIn, yearIn } from './books-visit.ts';
import { consolePage } from './frame.tsx';

/** Asks until when a year is to be held, and why. */
export async function showHold(visit: OwnVisit): Promise<Response> {
  return holdForm(visit, await yearIn(visit), []);
}

export async function takeHold(visit: OwnVisit): Promise<Response> {
  const { op, form } = visit;
  const year = await yearIn(visit);
  const words = booksFormsText[visit.language].hold;
  const typed = (form.get('until') ?? '').trim();
  const until = dayIn(typed);
  const reason = reasonIn(visit);
  const isDay = typed === '' || (until !== null && isHoldDay(until, op.now));
  if (reason === null || !isDay) {
    return holdForm(visit, year, [
      ...(isDay ? [] : [{ field: 'until', text: words.untilFault }]),
      ...(reason === null ? [reasonError(visit)] : []),
    ]);
  }
  await holdYear(op, { year: year.owner, until, reason });
  return seeOther(`${pathOfYear(year)}?done=held`);
}

function holdForm(
  visit: OwnVisit,
  year: YearState,
  errors: readonly FormError[],
): Promise<Response> {
  const { language, form } = visit;
  const all = consoleBooksText[language];
  const words = booksFormsText[language].hold;
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
      <p>{words.law(date(keptThrough(year.endsOn), language))}</p>
      <Form action={`${pathOfYear(year)}/hold`}>
        <Field
          name="until"
          label={words.until}
          hint={words.untilHint}
          type="date"
          width="medium"
          value={form.get('until') ?? year.heldUntil?.toString()}
          error={errors.find(({ field }) => field === 'until')?.text}
        />
        <ReasonField
          visit={visit}
          isWrong={errors.some(({ field }) => field === 'reason')}
          hint={words.reasonHint}
        />
        <Button>{words.button}</Button>
      </Form>
    </>,
  );
}
