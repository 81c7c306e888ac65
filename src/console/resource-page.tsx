import { z } from 'zod';
import {
  ownDaysOf,
  removeOwnDay,
  schedulesOf,
  writeOwnDay,
} from '../history/calendar/change-hours.ts';
import type { OwnDay, Schedule } from '../history/calendar/change-hours.ts';
import { listSkills, offerResource } from '../history/calendar/resources.ts';
import type { KnownResource } from '../history/calendar/resources.ts';
import { seeOther } from '../http/answers.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, ButtonLink, Field, Form, Hidden } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { BackLink } from '../pages/links.tsx';
import { DataTable, SummaryList } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { today } from '../recipients/register.ts';
import { catalogueText } from '../text/console-catalogue.ts';
import { resourcesText } from '../text/console-resources.ts';
import { date, weekdayDate } from '../text/format.ts';
import { isEditor } from './catalogue-page.tsx';
import { dayFrom } from './day-fields.ts';
import { DoneNotice } from './done-notice.tsx';
import { errorsIn, refused, standing, statusOf, stored } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { consolePage } from './frame.tsx';
import { hoursIn, hoursLengthMax, hoursText } from './hours-text.ts';
import { readResourceOf } from './resource-of.ts';
import { periodName } from './resource-hours-page.tsx';
import { addressOfResource, resourcesPage, skillNames } from './resources-page.tsx';

/** One resource: what it is, when it can be booked, and days of its own. */
export async function showResource(visit: OwnVisit): Promise<Response> {
  return resourcePage(visit, await readResourceOf(visit), stored([]));
}

/** Gives a day hours of its own, takes them away, or lets the resource be booked or not. */
export async function takeResource(visit: OwnVisit): Promise<Response> {
  const resource = await readResourceOf(visit);
  switch (visit.form.get('do')) {
    case 'offer':
    case 'hide':
      await offerResource(visit.op, {
        resourceId: resource.resourceId,
        isOffered: visit.form.get('do') === 'offer',
      });
      return seeOther(`${addressOfResource(resource)}?done=changed`);
    case 'remove-day':
      return removeDay(visit, resource);
    default:
      return takeDay(visit, resource);
  }
}

async function takeDay(visit: OwnVisit, resource: KnownResource): Promise<Response> {
  const parsed = parseForm(dayForm(today(visit.op.now)), visit.form);
  if (!parsed.ok) return resourcePage(visit, resource, refused(visit, parsed.faults));
  await writeOwnDay(visit.op, resource.resourceId, parsed.value);
  return seeOther(`${addressOfResource(resource)}?done=day`);
}

async function removeDay(visit: OwnVisit, resource: KnownResource): Promise<Response> {
  const parsed = dayFrom(today(visit.op.now)).safeParse(visit.form.get('day'));
  if (parsed.success) await removeOwnDay(visit.op, resource.resourceId, parsed.data);
  return seeOther(`${addressOfResource(resource)}?done=day`);
}

function dayForm(day: Temporal.PlainDate) {
  return z.object({
    day: dayFrom(day),
    hours: z
      .string({ error: 'missing' })
      .max(hoursLengthMax, { error: 'missing' })
      .transform((text) => hoursIn(text))
      .refine((hours) => hours !== null, { error: 'missing' })
      .transform((hours) => hours ?? []),
  });
}

async function resourcePage(
  visit: OwnVisit,
  resource: KnownResource,
  state: FormState,
): Promise<Response> {
  const { language, op } = visit;
  const words = resourcesText[language];
  const schedules = await schedulesOf(op.db, resource.resourceId);
  const days = await ownDaysOf(op.db, resource.resourceId, today(op.now));
  return consolePage(
    visit,
    { title: resource.label[language], current: 'catalogue', status: statusOf(state) },
    <>
      <ErrorSummary
        title={catalogueText[language].errorTitle}
        errors={errorsIn(words.days.faults, state)}
      />
      <DoneNotice visit={visit} words={words.done} />
      <BackLink href={resourcesPage}>{words.back}</BackLink>
      <p class="kicker">{words.kinds[resource.kind]}</p>
      <h1>{resource.label[language]}</h1>
      <Facts visit={visit} resource={resource} skills={await listSkills(op.db)} />
      <h2>{words.hours.title}</h2>
      <Schedules visit={visit} resource={resource} schedules={schedules} />
      <h2>{words.days.title}</h2>
      <OwnDays visit={visit} resource={resource} days={days} />
      {isEditor(visit) && <DayForm visit={visit} resource={resource} state={state} />}
      {isEditor(visit) && <OfferForm visit={visit} resource={resource} />}
    </>,
  );
}

type Of = { readonly visit: OwnVisit; readonly resource: KnownResource };

function Facts({
  visit,
  resource,
  skills,
}: Of & { skills: Awaited<ReturnType<typeof listSkills>> }) {
  const { language } = visit;
  const words = resourcesText[language];
  const change = {
    label: words.change,
    about: words.skills.toLowerCase(),
    href: `${addressOfResource(resource)}/change`,
  };
  return (
    <>
      <SummaryList
        rows={[
          { key: words.state, value: resource.isOffered ? words.open : words.hidden },
          {
            key: words.skills,
            value: skillNames(resource, skills, language),
            ...(isEditor(visit) && { action: change }),
          },
        ]}
      />
      <p>
        <a href={href(`/console/calendar?view=week&resource=${resource.resourceId}`)}>
          {words.calendar}
        </a>
      </p>
    </>
  );
}

function Schedules({ visit, resource, schedules }: Of & { schedules: readonly Schedule[] }) {
  const { language } = visit;
  const words = resourcesText[language].hours;
  const at = `${addressOfResource(resource)}/hours`;
  return (
    <>
      {schedules.length === 0 && <p>{words.none}</p>}
      {schedules.map((schedule) => (
        <>
          <h3>{periodWords(schedule, language)}</h3>
          <SummaryList
            rows={schedule.week.map((hours, index) => ({
              key: words.weekdays[index] ?? '',
              value: hours.length === 0 ? words.closed : hoursText(hours, language),
            }))}
          />
          {isEditor(visit) && (
            <p>
              <a href={href(`${at}/${periodName(schedule)}`)}>
                {words.change}
                <span class="visually-hidden">{`: ${periodWords(schedule, language)}`}</span>
              </a>
            </p>
          )}
        </>
      ))}
      {isEditor(visit) && (
        <ButtonLink href={`${at}/new`} kind="secondary">
          {words.add}
        </ButtonLink>
      )}
    </>
  );
}

function periodWords({ validFrom, validUntil }: Schedule, language: OwnVisit['language']): string {
  const words = resourcesText[language].hours;
  const last = validUntil?.subtract({ days: 1 }) ?? null;
  if (validFrom === null) {
    return last === null ? words.always : words.until(date(last, language));
  }
  const from = date(validFrom, language);
  return last === null ? words.from(from) : words.between(from, date(last, language));
}

function OwnDays({ visit, resource, days }: Of & { days: readonly OwnDay[] }) {
  const words = resourcesText[visit.language].days;
  if (days.length === 0) return <p>{words.none}</p>;
  return (
    <DataTable
      caption={words.title}
      captionHidden
      columns={dayColumns({ visit, resource })}
      rows={days}
    />
  );
}

function dayColumns({ visit, resource }: Of): Column<OwnDay>[] {
  const { language } = visit;
  const words = resourcesText[language];
  const columns: Column<OwnDay>[] = [
    { header: words.days.day, cell: ({ day }) => weekdayDate(day, language), rowHeader: true },
    {
      header: words.days.hours,
      cell: ({ hours }) => (hours.length === 0 ? words.hours.closed : hoursText(hours, language)),
    },
  ];
  if (!isEditor(visit)) return columns;
  const remove: Column<OwnDay> = {
    header: words.days.remove,
    cell: ({ day }) => (
      <form method="post" action={addressOfResource(resource)}>
        <Hidden name="day" value={day.toString()} />
        <Button kind="link" name="do" value="remove-day">
          {words.days.remove}
          <span class="visually-hidden">{` ${words.days.removeAbout(date(day, language))}`}</span>
        </Button>
      </form>
    ),
  };
  return [...columns, remove];
}

function DayForm({ visit, resource, state }: Of & { state: FormState }) {
  const words = resourcesText[visit.language].days;
  return (
    <Form action={addressOfResource(resource)}>
      <p>{words.lead}</p>
      <Field
        {...standing(words.faults, state, 'day')}
        label={words.day}
        type="date"
        width="medium"
        required
      />
      <Field
        {...standing(words.faults, state, 'hours')}
        label={words.hours}
        hint={words.hoursHint}
        autocomplete="off"
        width="medium"
        maxlength={hoursLengthMax}
      />
      <Button kind="secondary" name="do" value="day">
        {words.add}
      </Button>
    </Form>
  );
}

function OfferForm({ visit, resource }: Of) {
  const words = resourcesText[visit.language];
  return (
    <Form action={addressOfResource(resource)}>
      {resource.isOffered && <p>{words.hideText}</p>}
      <Button kind="secondary" name="do" value={resource.isOffered ? 'hide' : 'offer'}>
        {resource.isOffered ? words.hide : words.offer}
      </Button>
    </Form>
  );
}
