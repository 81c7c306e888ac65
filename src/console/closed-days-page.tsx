import { z } from 'zod';
import {
  addClosedDays,
  holidaysOf,
  listClosedDays,
  removeClosedDay,
} from '../history/calendar/change-hours.ts';
import type { ClosedDay } from '../history/calendar/change-hours.ts';
import { seeOther } from '../http/answers.ts';
import { line } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, Field, Form, Hidden } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { DataTable } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { today } from '../recipients/register.ts';
import { catalogueText } from '../text/console-catalogue.ts';
import { resourcesText } from '../text/console-resources.ts';
import { date, weekdayDate } from '../text/format.ts';
import { catalogueRoom, isEditor } from './catalogue-page.tsx';
import { dayFrom } from './day-fields.ts';
import { DoneNotice } from './done-notice.tsx';
import { errorsIn, refused, standing, statusOf, stored } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { consolePage } from './frame.tsx';

const closedDaysPage = `${catalogueRoom}/closed-days`;
const reasonLengthMax = 60;

/** Days on which the company is closed, from today on. */
export function showClosedDays(visit: OwnVisit): Promise<Response> {
  return closedPage(visit, stored([]));
}

/** Closes a day, all holidays of a year, or opens a day again. */
export async function takeClosedDays(visit: OwnVisit): Promise<Response> {
  switch (visit.form.get('do')) {
    case 'holidays':
      return takeHolidays(visit);
    case 'remove':
      return openDay(visit);
    default:
      return closeDay(visit);
  }
}

async function closeDay(visit: OwnVisit): Promise<Response> {
  const form = z.object({
    day: dayFrom(today(visit.op.now)),
    name_sv: line(reasonLengthMax),
    name_en: line(reasonLengthMax),
  });
  const parsed = parseForm(form, visit.form);
  if (!parsed.ok) return closedPage(visit, refused(visit, parsed.faults));
  const { day, name_sv, name_en } = parsed.value;
  await addClosedDays(visit.op, [{ day, name: { sv: name_sv, en: name_en } }]);
  return seeOther(`${closedDaysPage}?done=added`);
}

async function takeHolidays(visit: OwnVisit): Promise<Response> {
  const year = yearsOf(visit).find((one) => String(one) === visit.form.get('year'));
  if (year === undefined) return closedPage(visit, stored([]));
  await addClosedDays(visit.op, holidaysOf(year));
  return seeOther(`${closedDaysPage}?done=added`);
}

async function openDay(visit: OwnVisit): Promise<Response> {
  const parsed = dayFrom(today(visit.op.now)).safeParse(visit.form.get('day'));
  if (!parsed.success) return closedPage(visit, stored([]));
  await removeClosedDay(visit.op, parsed.data);
  return seeOther(`${closedDaysPage}?done=removed`);
}

/** This year and the next one: nobody can book further ahead. */
function yearsOf({ op }: OwnVisit): number[] {
  const { year } = today(op.now);
  return [year, year + 1];
}

async function closedPage(visit: OwnVisit, state: FormState): Promise<Response> {
  const { language, op } = visit;
  const words = resourcesText[language].closed;
  const days = await listClosedDays(op.db, today(op.now));
  return consolePage(
    visit,
    { title: words.title, current: 'catalogue', status: statusOf(state) },
    <>
      <ErrorSummary
        title={catalogueText[language].errorTitle}
        errors={errorsIn(words.faults, state)}
      />
      <DoneNotice visit={visit} words={words.done} />
      <BackLink href={catalogueRoom}>{catalogueText[language].back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {isEditor(visit) && <HolidayButtons visit={visit} />}
      {days.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <DataTable caption={words.title} captionHidden columns={columnsOf(visit)} rows={days} />
      )}
      {isEditor(visit) && <CloseForm visit={visit} state={state} />}
    </>,
  );
}

function HolidayButtons({ visit }: { visit: OwnVisit }) {
  const words = resourcesText[visit.language].closed;
  return (
    <>
      <p>{words.holidaysText}</p>
      <Actions>
        {yearsOf(visit).map((year) => (
          <Form action={closedDaysPage}>
            <Hidden name="do" value="holidays" />
            <Button kind="secondary" name="year" value={String(year)}>
              {words.holidays(String(year))}
            </Button>
          </Form>
        ))}
      </Actions>
    </>
  );
}

function columnsOf(visit: OwnVisit): Column<ClosedDay>[] {
  const { language } = visit;
  const words = resourcesText[language].closed;
  const columns: Column<ClosedDay>[] = [
    { header: words.day, cell: ({ day }) => weekdayDate(day, language), rowHeader: true },
    { header: words.name, cell: ({ name }) => name[language] },
  ];
  if (!isEditor(visit)) return columns;
  const remove: Column<ClosedDay> = {
    header: words.action,
    cell: ({ day }) => (
      <form method="post" action={closedDaysPage}>
        <Hidden name="do" value="remove" />
        <Hidden name="day" value={day.toString()} />
        <Button kind="link">
          {words.remove}
          <span class="visually-hidden">{` ${words.removeAbout(date(day, language))}`}</span>
        </Button>
      </form>
    ),
  };
  return [...columns, remove];
}

function CloseForm({ visit, state }: { visit: OwnVisit; state: FormState }) {
  const words = resourcesText[visit.language].closed;
  return (
    <>
      <h2>{words.addHeading}</h2>
      <Form action={closedDaysPage}>
        <Field
          {...standing(words.faults, state, 'day')}
          label={words.day}
          type="date"
          width="medium"
          required
        />
        <Field
          {...standing(words.faults, state, 'name_sv')}
          label={words.nameSv}
          autocomplete="off"
          width="medium"
          maxlength={reasonLengthMax}
          required
        />
        <Field
          {...standing(words.faults, state, 'name_en')}
          label={words.nameEn}
          autocomplete="off"
          width="medium"
          maxlength={reasonLengthMax}
          required
        />
        <Button name="do" value="add">
          {words.add}
        </Button>
      </Form>
    </>
  );
}
