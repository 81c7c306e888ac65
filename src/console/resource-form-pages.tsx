import { z } from 'zod';
import { addResource, changeResource, listSkills } from '../history/calendar/resources.ts';
import type { KnownResource, ResourceFacts, Skill } from '../history/calendar/resources.ts';
import { seeOther } from '../http/answers.ts';
import { line } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { Choices, ErrorSummary } from '../pages/choices.tsx';
import { Button, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { isProblem } from '../problem.ts';
import { catalogueText } from '../text/console-catalogue.ts';
import { resourcesText } from '../text/console-resources.ts';
import { errorsIn, refused, standing, standingChoice, statusOf, stored } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { consolePage } from './frame.tsx';
import { readResourceOf } from './resource-of.ts';
import { addressOfResource, resourcesPage } from './resources-page.tsx';
import { SkillBoxes, skillsIn, tickedSkills } from './skill-boxes.tsx';

export const labelLengthMax = 60;
const kinds = ['person', 'room', 'thing'] as const;

const resourceForm = z.object({
  kind: z.enum(kinds, { error: 'missing' }),
  name_sv: line(labelLengthMax),
  name_en: line(labelLengthMax),
});

export async function showNewResource(visit: OwnVisit): Promise<Response> {
  return newPage(visit, stored([]));
}

export async function takeNewResource(visit: OwnVisit): Promise<Response> {
  const parsed = await parse(visit);
  if ('state' in parsed) return newPage(visit, parsed.state);
  try {
    const resourceId = await addResource(visit.op, parsed.facts);
    return seeOther(`${addressOfResource({ resourceId })}?done=added`);
  } catch (error) {
    if (!isProblem(error, 'too-many')) throw error;
    return newPage(visit, refused(visit, { name_sv: 'too-late' }));
  }
}

export async function showResourceFacts(visit: OwnVisit): Promise<Response> {
  const resource = await readResourceOf(visit);
  return changePage(visit, resource, stored(fieldsOf(resource)));
}

export async function takeResourceFacts(visit: OwnVisit): Promise<Response> {
  const resource = await readResourceOf(visit);
  const parsed = await parse(visit);
  if ('state' in parsed) return changePage(visit, resource, parsed.state);
  await changeResource(visit.op, resource.resourceId, parsed.facts);
  return seeOther(`${addressOfResource(resource)}?done=changed`);
}

async function parse(
  visit: OwnVisit,
): Promise<{ readonly facts: ResourceFacts } | { readonly state: FormState }> {
  const parsed = parseForm(resourceForm, visit.form);
  if (!parsed.ok) return { state: refused(visit, parsed.faults) };
  const { kind, name_sv, name_en } = parsed.value;
  const skills = skillsIn(visit, await listSkills(visit.op.db));
  return { facts: { kind, label: { sv: name_sv, en: name_en }, skills } };
}

function fieldsOf({ kind, label, skills }: KnownResource): [string, string][] {
  return [['kind', kind], ['name_sv', label.sv], ['name_en', label.en], ...tickedSkills(skills)];
}

function newPage(visit: OwnVisit, state: FormState): Promise<Response> {
  const words = resourcesText[visit.language];
  return formPage({
    visit,
    state,
    title: words.add,
    action: `${resourcesPage}/new`,
    back: resourcesPage,
    button: words.addButton,
  });
}

function changePage(visit: OwnVisit, resource: KnownResource, state: FormState): Promise<Response> {
  const words = resourcesText[visit.language];
  return formPage({
    visit,
    state,
    title: words.changeHeading(resource.label[visit.language]),
    action: `${addressOfResource(resource)}/change`,
    back: addressOfResource(resource),
    button: words.save,
  });
}

type Shown = {
  readonly visit: OwnVisit;
  readonly state: FormState;
  readonly title: string;
  readonly action: string;
  readonly back: string;
  readonly button: string;
};

async function formPage(shown: Shown): Promise<Response> {
  const { visit, state, title } = shown;
  const words = resourcesText[visit.language];
  const skills = await listSkills(visit.op.db);
  return consolePage(
    visit,
    { title, current: 'catalogue', status: statusOf(state) },
    <>
      <ErrorSummary
        title={catalogueText[visit.language].errorTitle}
        errors={errorsIn(words.faults, state)}
      />
      <BackLink href={shown.back}>{words.back}</BackLink>
      <h1>{title}</h1>
      <p class="lead">{words.addLead}</p>
      <Form action={shown.action}>
        <Fields visit={visit} state={state} skills={skills} />
        <Button>{shown.button}</Button>
      </Form>
    </>,
  );
}

function Fields(props: { visit: OwnVisit; state: FormState; skills: readonly Skill[] }) {
  const { visit, state, skills } = props;
  const words = resourcesText[visit.language];
  return (
    <>
      <Choices
        {...standingChoice(words.faults, state, 'kind')}
        legend={words.kind}
        options={kinds.map((value) => ({ value, label: words.kinds[value] }))}
      />
      <Field
        {...standing(words.faults, state, 'name_sv')}
        label={words.labelSv}
        hint={words.labelHint}
        autocomplete="off"
        width="medium"
        maxlength={labelLengthMax}
        required
      />
      <Field
        {...standing(words.faults, state, 'name_en')}
        label={words.labelEn}
        autocomplete="off"
        width="medium"
        maxlength={labelLengthMax}
        required
      />
      <SkillBoxes
        visit={visit}
        skills={skills}
        state={state}
        name="skills"
        legend={words.skills}
        hint={words.skillsHint}
      />
    </>
  );
}
