import type { StaffChange } from '../accounts/staff-administrators.ts';
import { readInvitation } from '../accounts/staff-invitations.ts';
import { changeRole, readColleague } from '../accounts/staff-register.ts';
import type { Colleague } from '../accounts/staff-register.ts';
import type { OwnVisit } from '../http/route.ts';
import { Button, ButtonLink, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { Badge, Day, SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { keeping } from '../policy/keeping.ts';
import { isProblem, Problem } from '../problem.ts';
import { staffText } from '../text/console-staff.ts';
import { consoleText } from '../text/console.ts';
import { dayAt } from '../text/format.ts';
import { consolePage, ownPage } from './frame.tsx';
import { personIn } from './people.ts';
import type { People } from './people.ts';
import { after } from './person-actions.ts';
import { RoleChoices, roleField } from './staff-invite-page.tsx';
import { invitationPage } from './staff-invitation-page.tsx';
import { staffRoom } from './staff-page.tsx';

/** Those who work here. */
export const colleagues: People = {
  as: 'staff',
  room: staffRoom,
  current: 'staff',
  refuse: personPage,
  words: (language) => {
    const { list, leave } = staffText[language];
    return { room: list.title, invited: list.invited, leave };
  },
};

/** One member of staff, or somebody who is invited, and what can be done. */
export async function showPerson(visit: OwnVisit): Promise<Response> {
  const owner = await personIn(colleagues, visit);
  try {
    return await personPage(visit, await readColleague(visit.op, owner));
  } catch (error) {
    if (!isProblem(error, 'not-found')) throw error;
    return invitationPage(colleagues, visit, await readInvitation(visit.op, owner));
  }
}

export async function takeRole(visit: OwnVisit): Promise<Response> {
  const role = roleField.safeParse(visit.form.get('role'));
  if (!role.success) throw new Problem('bad-input', 'not a role');
  const owner = await personIn(colleagues, visit);
  // Whoever gives away their own role is signed out by it, and this is the last page they see of it.
  const change = await changeRole(visit.op, owner, role.data, visit.language);
  return after(colleagues, visit, change, 'role');
}

function personPage(
  visit: OwnVisit,
  colleague: Colleague,
  refused: Exclude<StaffChange, 'done'> | null = null,
): Promise<Response> {
  const words = staffText[visit.language].person;
  const roles = consoleText[visit.language].roles;
  return consolePage(
    visit,
    {
      // No name: titles stay in the history of a browser that others use.
      title: `${staffText[visit.language].list.title}: ${roles[colleague.role]}`,
      current: 'staff',
      status: refused === null ? 200 : 422,
      comeBackTo: `${staffRoom}/${colleague.owner}`,
    },
    <>
      {refused !== null && (
        <Notice kind="warning" title={words.last} role="alert">
          <p>{words.lastText}</p>
        </Notice>
      )}
      <BackLink href={staffRoom}>{words.back}</BackLink>
      <h1>{colleague.name}</h1>
      <SummaryList rows={factsOf(visit, colleague)} />
      {colleague.leftAt === null && <Actions visit={visit} colleague={colleague} />}
    </>,
  );
}

/** Role, times and sign-in of somebody who works here or performs services. */
export function factsOf({ language }: OwnVisit, colleague: Colleague): SummaryRow[] {
  const { person: words, list } = staffText[language];
  const { role, email, createdAt, leftAt, canSignIn } = colleague;
  const facts: SummaryRow[] = [
    { key: words.role, value: consoleText[language].roles[role] },
    { key: words.since, value: <Day value={dayAt(createdAt)} language={language} /> },
  ];
  if (leftAt !== null) {
    const end = leftAt.add({ hours: keeping.employment.rule.days * 24 });
    return [
      ...facts,
      { key: words.left, value: <Day value={dayAt(leftAt)} language={language} /> },
      { key: words.kept, value: <Day value={dayAt(end)} language={language} /> },
    ];
  }
  return [
    { key: words.email, value: email },
    ...facts,
    {
      key: words.signIn,
      value: canSignIn ? (
        <Badge kind="done">{list.canSignIn}</Badge>
      ) : (
        <Badge kind="waiting">{list.choosing}</Badge>
      ),
    },
  ];
}

function Actions({ visit, colleague }: { visit: OwnVisit; colleague: Colleague }) {
  const words = staffText[visit.language].person;
  const at = `${staffRoom}/${colleague.owner}`;
  const isSelf = colleague.owner === visit.owner;
  return (
    <>
      {isSelf && (
        <Notice kind="info" title={words.self}>
          <p>
            {words.selfText} <a href={ownPage}>{words.selfLink}</a>
          </p>
        </Notice>
      )}
      <h2>{words.changeRole}</h2>
      <p>{words.changeRoleText}</p>
      <Form action={`${at}/role`}>
        <RoleChoices visit={visit} chosen={colleague.role} />
        <Button kind="secondary">{words.changeRoleButton}</Button>
      </Form>
      {!isSelf && <SignInActions at={at} visit={visit} colleague={colleague} />}
      <h2>{words.leave}</h2>
      <p>{words.leaveText}</p>
      <ButtonLink href={`${at}/leave`} kind="secondary">
        {words.leaveLink}
      </ButtonLink>
    </>
  );
}

/** What an administrator may do with a colleague's sign-in: end and reset, never choose. */
export function SignInActions(props: { at: string; visit: OwnVisit; colleague: Colleague }) {
  const { at, visit, colleague } = props;
  const words = staffText[visit.language].person;
  return (
    <>
      <h2>{words.reset}</h2>
      <p>{words.resetText}</p>
      <Form action={`${at}/reset`}>
        <Button kind="secondary">
          {colleague.canSignIn ? words.resetButton : words.resetAgainButton}
        </Button>
      </Form>
      <h2>{words.sessions}</h2>
      <p>{words.sessionsText}</p>
      <Form action={`${at}/end-sessions`}>
        <Button kind="secondary">{words.sessionsButton}</Button>
      </Form>
    </>
  );
}
