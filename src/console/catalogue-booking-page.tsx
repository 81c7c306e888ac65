import { changeBooking } from '../history/catalogue/change-item.ts';
import type { KnownItem } from '../history/catalogue/known-items.ts';
import { listSkills } from '../history/calendar/resources.ts';
import type { Skill } from '../history/calendar/resources.ts';
import { seeOther } from '../http/answers.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Problem } from '../problem.ts';
import { catalogueParts } from '../text/console-catalogue-parts.ts';
import { catalogueText } from '../text/console-catalogue.ts';
import { bookingForm, fieldsOfBooking } from './catalogue-fields.ts';
import { addressOf, itemOf } from './catalogue-item-page.tsx';
import { catalogueRoom } from './catalogue-page.tsx';
import { errorsIn, refused, standing, statusOf, stored } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { consolePage } from './frame.tsx';
import { SkillBoxes, skillsIn, tickedSkills } from './skill-boxes.tsx';

/** What most bookings are like: an hour on the hour, by one customer at a time. */
const usual = stored([
  ['duration', '60'],
  ['before', '0'],
  ['after', '0'],
  ['step', '60'],
  ['lead_hours', '2'],
  ['horizon', '60'],
  ['capacity', '1'],
  ['free_cancel', '24'],
  ['late_fee', '0'],
]);
const numberLengthMax = 4;

/** How an item takes time, and what it takes. */
export async function showBookingRules(visit: OwnVisit): Promise<Response> {
  const item = await bookableOf(visit);
  if (item.booking === null) return rulesPage(visit, item, usual);
  const fields = [...fieldsOfBooking(item.booking), ...tickedSkills(item.needs)];
  return rulesPage(visit, item, stored(fields));
}

export async function takeBookingRules(visit: OwnVisit): Promise<Response> {
  const item = await bookableOf(visit);
  const parsed = parseForm(bookingForm, visit.form);
  const needs = skillsIn(visit, await listSkills(visit.op.db));
  if (!parsed.ok || needs.length === 0) {
    const faults = parsed.ok ? {} : parsed.faults;
    const lacking = needs.length === 0 ? { needs: 'missing' as const } : {};
    return rulesPage(visit, item, refused(visit, { ...faults, ...lacking }));
  }
  await changeBooking(visit.op, item.itemId, { rules: parsed.value, needs });
  return seeOther(`${addressOf(item)}?done=changed`);
}

/** @throws Problem `not-found` for what is not booked by time */
async function bookableOf(visit: OwnVisit): Promise<KnownItem> {
  const item = await itemOf(visit);
  if (item.kind !== 'booking') throw new Problem('not-found');
  return item;
}

async function rulesPage(visit: OwnVisit, item: KnownItem, state: FormState): Promise<Response> {
  const { language } = visit;
  const words = catalogueParts[language].booking;
  const skills = await listSkills(visit.op.db);
  return consolePage(
    visit,
    { title: words.title, current: 'catalogue', status: statusOf(state) },
    <>
      <ErrorSummary
        title={catalogueText[language].errorTitle}
        errors={errorsIn(words.faults, state)}
      />
      <BackLink href={addressOf(item)}>{item.name[language]}</BackLink>
      <h1>{words.heading(item.name[language])}</h1>
      <p class="lead">{words.lead}</p>
      <Form action={`${addressOf(item)}/booking`}>
        <NumberFields visit={visit} state={state} />
        <NeedFields visit={visit} state={state} skills={skills} />
        <Button>{words.save}</Button>
      </Form>
    </>,
  );
}

function NumberFields({ visit, state }: { visit: OwnVisit; state: FormState }) {
  const words = catalogueParts[visit.language].booking;
  const fields: readonly { name: string; label: string; hint?: string }[] = [
    { name: 'duration', label: words.duration },
    { name: 'before', label: words.before, hint: words.beforeHint },
    { name: 'after', label: words.after },
    { name: 'step', label: words.step, hint: words.stepHint },
    { name: 'lead_hours', label: words.lead_hours },
    { name: 'horizon', label: words.horizon },
    { name: 'capacity', label: words.capacity, hint: words.capacityHint },
    { name: 'free_cancel', label: words.freeCancel },
    { name: 'late_fee', label: words.lateFee },
  ];
  return (
    <>
      {fields.map(({ name, label, hint }) => (
        <Field
          {...standing(words.faults, state, name)}
          label={label}
          hint={hint}
          inputmode="numeric"
          autocomplete="off"
          width="short"
          maxlength={numberLengthMax}
          required
        />
      ))}
    </>
  );
}

function NeedFields(props: { visit: OwnVisit; state: FormState; skills: readonly Skill[] }) {
  const { visit, state, skills } = props;
  const words = catalogueParts[visit.language].booking;
  return (
    <>
      <SkillBoxes
        visit={visit}
        skills={skills}
        state={state}
        name="needs"
        legend={words.needs}
        hint={words.needsHint}
        error={standing(words.faults, state, 'needs').error}
      />
      {skills.length === 0 && (
        <p>
          {words.noSkills} <a href={`${catalogueRoom}/skills`}>{words.toSkills}</a>
        </p>
      )}
    </>
  );
}
