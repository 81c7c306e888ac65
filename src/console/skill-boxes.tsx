import type { Skill } from '../history/calendar/resources.ts';
import type { OwnVisit } from '../http/route.ts';
import type { RowId } from '../ids.ts';
import { FieldNotes, fieldId } from '../pages/forms.tsx';
import type { FormState } from './form-state.ts';

/** A box for each skill. Each has a name of its own, because a form keeps one value of a name. */
export function SkillBoxes(props: {
  visit: OwnVisit;
  skills: readonly Skill[];
  state: FormState;
  name: string;
  legend: string;
  hint?: string | undefined;
  error?: string | undefined;
}) {
  const { visit, skills, state, name, legend, hint, error } = props;
  const id = fieldId(name);
  if (skills.length === 0) return null;
  return (
    <fieldset class={error === undefined ? 'field' : 'field field--wrong'}>
      <legend>{legend}</legend>
      <FieldNotes id={id} hint={hint} error={error} />
      {skills.map((skill, index) => (
        <div class="choice">
          <input
            type="checkbox"
            id={index === 0 ? id : `${id}-${index + 1}`}
            name={boxOf(skill.skillId)}
            value="yes"
            checked={state.values.has(boxOf(skill.skillId))}
          />
          <label for={index === 0 ? id : `${id}-${index + 1}`}>{skill.name[visit.language]}</label>
        </div>
      ))}
    </fieldset>
  );
}

/** The skills whose boxes were ticked, of those that there are. */
export function skillsIn({ form }: OwnVisit, skills: readonly Skill[]): RowId[] {
  return skills.map(({ skillId }) => skillId).filter((skillId) => form.has(boxOf(skillId)));
}

/** Fields that tick the boxes of these skills. */
export function tickedSkills(skills: readonly RowId[]): [string, string][] {
  return skills.map((skillId) => [boxOf(skillId), 'yes']);
}

function boxOf(skillId: RowId): string {
  return `skill-${skillId}`;
}
