import { z } from 'zod';
import { schedulesOf, weekdays, writeSchedule } from '../history/calendar/change-hours.ts';
import type { Schedule } from '../history/calendar/change-hours.ts';
import type { KnownResource } from '../history/calendar/resources.ts';
import { seeOther } from '../http/answers.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import type { FaultWords } from '../portal/form-errors.ts';
import { Problem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import { catalogueText } from '../text/console-catalogue.ts';
import { resourcesText } from '../text/console-resources.ts';
import { optionalDayField } from './day-fields.ts';
import { errorsIn, refused, standing, statusOf, stored } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { consolePage } from './frame.tsx';
import { hoursIn, hoursLengthMax, hoursText } from './hours-text.ts';
import { readResourceOf } from './resource-of.ts';
import { addressOfResource } from './resources-page.tsx';

const newPeriod = 'new';
const always = 'always';

/** The hours of a week, a line for each day, and from when to when they hold. */
export async function showHours(visit: OwnVisit): Promise<Response> {
  const resource = await readResourceOf(visit);
  const schedule = await scheduleOf(visit, resource);
  const state = stored(schedule === null ? [] : fieldsOf(schedule, visit.language));
  return hoursPage(visit, resource, state);
}

export async function takeHours(visit: OwnVisit): Promise<Response> {
  const resource = await readResourceOf(visit);
  const old = await scheduleOf(visit, resource);
  const parsed = parseForm(hoursForm, visit.form);
  if (!parsed.ok) return hoursPage(visit, resource, refused(visit, parsed.faults));
  const schedule = parsed.value;
  if (await isTaken(visit, resource, { old, schedule })) {
    return hoursPage(visit, resource, refused(visit, { valid_from: 'wrong' }));
  }
  await writeSchedule(visit.op, resource.resourceId, { old, schedule });
  return seeOther(`${addressOfResource(resource)}?done=hours`);
}

/** How the time in which hours hold stands in an address. */
export function periodName({ validFrom, validUntil }: Omit<Schedule, 'week'>): string {
  if (validFrom === null && validUntil === null) return always;
  return [validFrom, validUntil].map((day) => day?.toString() ?? '').join('_');
}

/** Null for new hours. @throws Problem `not-found` for a time in which none hold */
async function scheduleOf(
  { op, params }: OwnVisit,
  { resourceId }: KnownResource,
): Promise<Schedule | null> {
  if (params['period'] === newPeriod) return null;
  const schedules = await schedulesOf(op.db, resourceId);
  const found = schedules.find((schedule) => periodName(schedule) === params['period']);
  if (found === undefined) throw new Problem('not-found');
  return found;
}

/** Others hold in the very same time already. */
async function isTaken(
  { op }: OwnVisit,
  { resourceId }: KnownResource,
  { old, schedule }: { readonly old: Schedule | null; readonly schedule: Schedule },
): Promise<boolean> {
  const name = periodName(schedule);
  if (old !== null && periodName(old) === name) return false;
  return (await schedulesOf(op.db, resourceId)).some((one) => periodName(one) === name);
}

const hoursField = z
  .string({ error: 'missing' })
  .max(hoursLengthMax, { error: 'missing' })
  .transform((text) => hoursIn(text))
  .refine((hours) => hours !== null, { error: 'missing' })
  .transform((hours) => hours ?? []);

const hoursForm = z
  .object({
    day_1: hoursField,
    day_2: hoursField,
    day_3: hoursField,
    day_4: hoursField,
    day_5: hoursField,
    day_6: hoursField,
    day_7: hoursField,
    valid_from: optionalDayField,
    valid_until: optionalDayField,
  })
  .superRefine(({ valid_from, valid_until }, context) => {
    if (valid_from === null || valid_until === null) return;
    if (Temporal.PlainDate.compare(valid_from, valid_until) <= 0) return;
    context.addIssue({ code: 'custom', path: ['valid_until'], message: 'too-early' });
  })
  .transform((fields): Schedule => ({
    week: weekdays.map((weekday) => fields[`day_${weekday}`]),
    validFrom: fields.valid_from,
    // A person names the last day; what is stored is the day after it.
    validUntil: fields.valid_until?.add({ days: 1 }) ?? null,
  }));

function fieldsOf(
  { week, validFrom, validUntil }: Schedule,
  language: Language,
): [string, string][] {
  return [
    ...week.map((hours, index): [string, string] => [
      `day_${index + 1}`,
      hoursText(hours, language),
    ]),
    ['valid_from', validFrom?.toString() ?? ''],
    ['valid_until', validUntil?.subtract({ days: 1 }).toString() ?? ''],
  ];
}

function faultWords(language: Language): FaultWords {
  const words = resourcesText[language].hours;
  const ofDays = weekdays.map((weekday) => [
    `day_${weekday}`,
    { missing: `${words.weekdays[weekday - 1]}: ${words.spans}` },
  ]);
  return { ...(Object.fromEntries(ofDays) as FaultWords), ...words.faults };
}

function hoursPage(visit: OwnVisit, resource: KnownResource, state: FormState): Promise<Response> {
  const { language, params } = visit;
  const words = resourcesText[language].hours;
  const faults = faultWords(language);
  const label = resource.label[language];
  return consolePage(
    visit,
    { title: words.heading(label), current: 'catalogue', status: statusOf(state) },
    <>
      <ErrorSummary title={catalogueText[language].errorTitle} errors={errorsIn(faults, state)} />
      <BackLink href={addressOfResource(resource)}>{label}</BackLink>
      <h1>{words.heading(label)}</h1>
      <p class="lead">{words.lead}</p>
      <Form action={`${addressOfResource(resource)}/hours/${params['period']}`}>
        {weekdays.map((weekday) => (
          <Field
            {...standing(faults, state, `day_${weekday}`)}
            label={words.weekdays[weekday - 1] ?? ''}
            hint={weekday === 1 ? words.hint : undefined}
            autocomplete="off"
            width="medium"
            maxlength={hoursLengthMax}
          />
        ))}
        <Field
          {...standing(faults, state, 'valid_from')}
          label={words.validFrom}
          hint={words.periodHint}
          type="date"
          width="medium"
        />
        <Field
          {...standing(faults, state, 'valid_until')}
          label={words.validUntil}
          type="date"
          width="medium"
        />
        {params['period'] !== newPeriod && <p class="hint">{words.remove}</p>}
        <Button>{words.save}</Button>
      </Form>
    </>,
  );
}
