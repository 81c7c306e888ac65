import { z } from 'zod';
import { addSkill, listResources, listSkills, renameSkill } from '../history/calendar/resources.ts';
import type { KnownResource, Skill } from '../history/calendar/resources.ts';
import { seeOther } from '../http/answers.ts';
import { line } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, Field, Form } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { BackLink } from '../pages/links.tsx';
import { EmptyState } from '../pages/notices.tsx';
import { DataTable } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { isProblem, Problem } from '../problem.ts';
import { catalogueText } from '../text/console-catalogue.ts';
import { resourcesText } from '../text/console-resources.ts';
import { list } from '../text/format.ts';
import { catalogueRoom, isEditor } from './catalogue-page.tsx';
import { DoneNotice } from './done-notice.tsx';
import { errorsIn, refused, standing, statusOf, stored } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { consolePage } from './frame.tsx';
import { labelLengthMax } from './resource-form-pages.tsx';

const skillsPage = `${catalogueRoom}/skills`;
const skillForm = z
  .object({ name_sv: line(labelLengthMax), name_en: line(labelLengthMax) })
  .transform(({ name_sv, name_en }) => ({ sv: name_sv, en: name_en }));

/** What resources can do, and who can. */
export function showSkills(visit: OwnVisit): Promise<Response> {
  return listPage(visit, stored([]));
}

export async function takeNewSkill(visit: OwnVisit): Promise<Response> {
  const parsed = parseForm(skillForm, visit.form);
  if (!parsed.ok) return listPage(visit, refused(visit, parsed.faults));
  try {
    await addSkill(visit.op, parsed.value);
  } catch (error) {
    if (!isProblem(error, 'too-many')) throw error;
    return listPage(visit, refused(visit, { name_sv: 'too-late' }));
  }
  return seeOther(`${skillsPage}?done=added`);
}

export async function showSkill(visit: OwnVisit): Promise<Response> {
  const skill = await skillOf(visit);
  const fields: [string, string][] = [
    ['name_sv', skill.name.sv],
    ['name_en', skill.name.en],
  ];
  return renamePage(visit, skill, stored(fields));
}

export async function takeSkill(visit: OwnVisit): Promise<Response> {
  const skill = await skillOf(visit);
  const parsed = parseForm(skillForm, visit.form);
  if (!parsed.ok) return renamePage(visit, skill, refused(visit, parsed.faults));
  await renameSkill(visit.op, skill.skillId, parsed.value);
  return seeOther(`${skillsPage}?done=changed`);
}

/** @throws Problem `not-found` */
async function skillOf({ op, params }: OwnVisit): Promise<Skill> {
  const skills = await listSkills(op.db);
  const found = skills.find(({ skillId }) => skillId === params['skill']);
  if (found === undefined) throw new Problem('not-found');
  return found;
}

function faultsOf({ language }: OwnVisit) {
  const { faults, skillPages } = resourcesText[language];
  return { ...faults, name_sv: { ...faults.name_sv, 'too-late': skillPages.full } };
}

async function listPage(visit: OwnVisit, state: FormState): Promise<Response> {
  const { language, op } = visit;
  const words = resourcesText[language].skillPages;
  const skills = await listSkills(op.db);
  const resources = await listResources(op.db);
  return consolePage(
    visit,
    { title: words.title, current: 'catalogue', status: statusOf(state) },
    <>
      <ErrorSummary
        title={catalogueText[language].errorTitle}
        errors={errorsIn(faultsOf(visit), state)}
      />
      <DoneNotice visit={visit} words={words.done} />
      <BackLink href={catalogueRoom}>{catalogueText[language].back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {skills.length === 0 ? (
        <EmptyState title={words.empty} icon="list-checks">
          <p>{words.emptyText}</p>
        </EmptyState>
      ) : (
        <DataTable
          caption={words.title}
          captionHidden
          columns={columnsOf(visit, resources)}
          rows={skills}
        />
      )}
      {isEditor(visit) && (
        <>
          <h2>{words.addHeading}</h2>
          <Form action={skillsPage}>
            <NameFields visit={visit} state={state} />
            <Button>{words.add}</Button>
          </Form>
        </>
      )}
    </>,
  );
}

function columnsOf(visit: OwnVisit, resources: readonly KnownResource[]): Column<Skill>[] {
  const { language } = visit;
  const words = resourcesText[language].skillPages;
  return [
    {
      header: words.column,
      cell: ({ skillId, name }) =>
        isEditor(visit) ? (
          <a href={href(`${skillsPage}/${skillId}`)}>{name[language]}</a>
        ) : (
          name[language]
        ),
      rowHeader: true,
    },
    {
      header: words.able,
      cell: ({ skillId }) => {
        const able = resources.filter(({ skills }) => skills.includes(skillId));
        const labels = able.map(({ label }) => label[language]);
        return labels.length === 0 ? words.nobody : list(labels, language);
      },
    },
  ];
}

function renamePage(visit: OwnVisit, skill: Skill, state: FormState): Promise<Response> {
  const { language } = visit;
  const words = resourcesText[language].skillPages;
  const heading = words.renameHeading(skill.name[language]);
  return consolePage(
    visit,
    { title: heading, current: 'catalogue', status: statusOf(state) },
    <>
      <ErrorSummary
        title={catalogueText[language].errorTitle}
        errors={errorsIn(faultsOf(visit), state)}
      />
      <BackLink href={skillsPage}>{words.title}</BackLink>
      <h1>{heading}</h1>
      <Form action={`${skillsPage}/${skill.skillId}`}>
        <NameFields visit={visit} state={state} />
        <Button>{words.save}</Button>
      </Form>
    </>,
  );
}

function NameFields({ visit, state }: { visit: OwnVisit; state: FormState }) {
  const words = resourcesText[visit.language].skillPages;
  return (
    <>
      {(['sv', 'en'] as const).map((language) => (
        <Field
          {...standing(faultsOf(visit), state, `name_${language}`)}
          label={language === 'sv' ? words.nameSv : words.nameEn}
          autocomplete="off"
          width="medium"
          maxlength={labelLengthMax}
          required
        />
      ))}
    </>
  );
}
