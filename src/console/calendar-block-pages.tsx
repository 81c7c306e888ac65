import { blockDaysMax, blockTime, unblockTime } from '../history/calendar/block-time.ts';
import type { Block } from '../history/calendar/block-time.ts';
import { listResources, readResource } from '../history/calendar/resources.ts';
import type { KnownResource } from '../history/calendar/resources.ts';
import { seeOther } from '../http/answers.ts';
import type { FieldFault } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, Field, Form, Select } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { isProblem, Problem } from '../problem.ts';
import { today } from '../recipients/register.ts';
import { calendarText } from '../text/console-calendar.ts';
import { catalogueText } from '../text/console-catalogue.ts';
import { companyTimeZone, dateTime } from '../text/format.ts';
import { calendarRoom } from './calendar-page.tsx';
import { calendarDayIn } from './calendar-view.ts';
import { errorsIn, refused, standing, stored } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { consolePage } from './frame.tsx';
import { minuteIn } from './hours-text.ts';

const timeLengthMax = 5;

/** Asks whose time is to be blocked, and from when to when. */
export function showBlockForm(visit: OwnVisit): Promise<Response> {
  const day = (calendarDayIn(visit.query.get('day')) ?? today(visit.op.now)).toString();
  return blockPage(
    visit,
    stored([
      ['resource', visit.query.get('resource') ?? ''],
      ['from_day', day],
      ['to_day', day],
    ]),
  );
}

export async function takeBlock(visit: OwnVisit): Promise<Response> {
  const wish = wishIn(visit, await listResources(visit.op.db));
  if ('faults' in wish) return blockPage(visit, refused(visit, wish.faults));
  try {
    await blockTime(visit.op, wish);
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    return blockPage(visit, refused(visit, { from_time: 'wrong' }));
  }
  return seeOther(`${calendarRoom}?day=${visit.form.get('from_day')}&done=blocked`);
}

/** Blocked time, and the button that opens it. */
export async function showBlocked(visit: OwnVisit): Promise<Response> {
  const { language } = visit;
  const words = calendarText[language].blocking;
  const { resource, slotId, startsAt, endsAt } = await blockedOf(visit);
  return consolePage(
    visit,
    { title: words.openHeading, current: 'calendar' },
    <>
      <BackLink href={calendarRoom}>{calendarText[language].title}</BackLink>
      <h1>{words.openHeading}</h1>
      <p class="lead">
        {`${resource.label[language]}: ${dateTime(startsAt, language)} – ${dateTime(endsAt, language)}`}
      </p>
      <Form action={`${calendarRoom}/blocked/${resource.resourceId}/${slotId}`}>
        <p>{words.openLead}</p>
        <Button>{words.open}</Button>
      </Form>
    </>,
  );
}

export async function takeUnblock(visit: OwnVisit): Promise<Response> {
  const { resource, slotId } = await blockedOf(visit);
  await unblockTime(visit.op, { resourceId: resource.resourceId, slotId });
  return seeOther(`${calendarRoom}?done=unblocked`);
}

/** @throws Problem `not-found` for what is not blocked */
async function blockedOf({ op, params }: OwnVisit) {
  const { resource: resourceId = '', slot: slotId = '' } = params;
  if (!isRowId(resourceId) || !isRowId(slotId)) throw new Problem('not-found');
  const row = await op.db
    .selectFrom('history.slot')
    .select(['starts_at', 'ends_at'])
    .where('resource_id', '=', resourceId)
    .where('slot_id', '=', slotId)
    .where('kind', '=', 'blocked')
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
  const resource = await readResource(op.db, resourceId);
  return { resource, slotId, startsAt: row.starts_at, endsAt: row.ends_at };
}

function wishIn(
  { form }: OwnVisit,
  resources: readonly KnownResource[],
): Block | { readonly faults: Record<string, FieldFault> } {
  const resource = resources.find(({ resourceId }) => resourceId === form.get('resource'));
  const [startsAt, endsAt] = [momentIn(form, 'from'), momentIn(form, 'to')];
  const faults: Record<string, FieldFault> = {};
  if (resource === undefined) faults['resource'] = 'missing';
  if (typeof startsAt === 'string') faults[startsAt] = 'missing';
  if (typeof endsAt === 'string') faults[endsAt] = 'missing';
  if (resource === undefined || typeof startsAt === 'string' || typeof endsAt === 'string') {
    return { faults };
  }
  const hours = endsAt.since(startsAt).total('hours');
  if (hours <= 0) return { faults: { to_day: 'too-early' } };
  if (hours > blockDaysMax * 24) return { faults: { to_day: 'too-late' } };
  return { resourceId: resource.resourceId, startsAt, endsAt };
}

/** The moment that two fields name, or the name of the field that does not. Midnight at its end is 24. */
function momentIn(
  form: ReadonlyMap<string, string>,
  end: 'from' | 'to',
): Temporal.Instant | string {
  const day = calendarDayIn(form.get(`${end}_day`));
  const minute = minuteIn(form.get(`${end}_time`) ?? '');
  if (day === null) return `${end}_day`;
  if (minute === null) return `${end}_time`;
  return day
    .toPlainDateTime()
    .add({ minutes: minute })
    .toZonedDateTime(companyTimeZone)
    .toInstant();
}

async function blockPage(visit: OwnVisit, state: FormState): Promise<Response> {
  const { language } = visit;
  const words = calendarText[language].blocking;
  const faults = {
    ...words.faults,
    from_time: { ...words.faults.from_time, wrong: words.taken },
  };
  const errors = errorsIn(faults, state);
  const resources = await listResources(visit.op.db);
  const day = { type: 'date', width: 'medium', required: true } as const;
  const time = {
    autocomplete: 'off',
    width: 'short',
    maxlength: timeLengthMax,
    required: true,
  } as const;
  return consolePage(
    visit,
    { title: words.title, current: 'calendar', status: errors.length === 0 ? 200 : 422 },
    <>
      <ErrorSummary title={catalogueText[language].errorTitle} errors={errors} />
      <BackLink href={calendarRoom}>{calendarText[language].title}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Form action={`${calendarRoom}/block`}>
        <Select
          {...standing(faults, state, 'resource')}
          label={words.resource}
          options={resources.map(({ resourceId, label }) => ({
            value: resourceId,
            label: label[language],
          }))}
        />
        <Field {...standing(faults, state, 'from_day')} {...day} label={words.fromDay} />
        <Field
          {...standing(faults, state, 'from_time')}
          {...time}
          label={words.fromTime}
          hint={words.timeHint}
        />
        <Field {...standing(faults, state, 'to_day')} {...day} label={words.toDay} />
        <Field {...standing(faults, state, 'to_time')} {...time} label={words.toTime} />
        <Button>{words.button}</Button>
      </Form>
    </>,
  );
}
