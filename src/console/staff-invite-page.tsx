import { z } from 'zod';
import { inviteStaff } from '../accounts/staff-invitations.ts';
import { seeOther } from '../http/answers.ts';
import { emailField, line } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import { allStaff } from '../http/route.ts';
import type { OwnVisit } from '../http/route.ts';
import { Choices, ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { isProblem } from '../problem.ts';
import { staffText } from '../text/console-staff.ts';
import { consoleText } from '../text/console.ts';
import { errorsOf } from '../portal/form-errors.ts';
import { consolePage } from './frame.tsx';
import { letterOf } from './invitation-letter.ts';
import { mailStoppedNotice, NameAndEmail, staffNameLengthMax } from './invited-person.tsx';
import { staffRoom } from './staff-page.tsx';

export const roleField = z.enum(allStaff, { error: 'missing' });
const inviteForm = z.object({
  name: line(staffNameLengthMax),
  email: emailField,
  role: roleField,
});

export function showInvite(visit: OwnVisit): Promise<Response> {
  return invitePage(visit, []);
}

export async function takeInvite(visit: OwnVisit): Promise<Response> {
  const words = staffText[visit.language];
  const parsed = parseForm(inviteForm, visit.form);
  if (!parsed.ok) return invitePage(visit, errorsOf(words.faults, parsed.faults));
  try {
    await inviteStaff(visit.op, parsed.value, letterOf(visit));
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    return invitePage(visit, [{ field: 'email', text: words.invite.taken }]);
  }
  return seeOther(`${staffRoom}?done=invited`);
}

async function invitePage(visit: OwnVisit, errors: readonly FormError[]): Promise<Response> {
  const all = staffText[visit.language];
  const words = all.invite;
  return consolePage(
    visit,
    { title: words.title, current: 'staff', status: errors.length === 0 ? 200 : 422 },
    <>
      <ErrorSummary title={all.errorTitle} errors={errors} />
      <BackLink href={staffRoom}>{words.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {await mailStoppedNotice(visit)}
      <InviteForm visit={visit} errors={errors} />
    </>,
  );
}

function InviteForm({ visit, errors }: { visit: OwnVisit; errors: readonly FormError[] }) {
  const words = staffText[visit.language].invite;
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  return (
    <Form action={`${staffRoom}/invite`}>
      <NameAndEmail visit={visit} words={words} errors={errors} />
      <RoleChoices visit={visit} chosen={visit.form.get('role')} error={errorOf('role')} />
      <Button>{words.button}</Button>
    </Form>
  );
}

/** What somebody may do here, each role with what it opens. */
export function RoleChoices(props: {
  visit: OwnVisit;
  chosen: string | undefined;
  error?: string | undefined;
}) {
  const { language } = props.visit;
  const words = staffText[language].invite;
  return (
    <Choices
      name="role"
      legend={words.role}
      options={allStaff.map((role) => ({
        value: role,
        label: consoleText[language].roles[role],
        hint: words.roleHints[role],
      }))}
      values={props.chosen === undefined ? [] : [props.chosen]}
      error={props.error}
    />
  );
}
