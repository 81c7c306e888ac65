import { listInvitations } from '../accounts/staff-invitations.ts';
import type { OpenInvitation } from '../accounts/staff-invitations.ts';
import { listColleagues } from '../accounts/staff-register.ts';
import type { Colleague } from '../accounts/staff-register.ts';
import type { OwnVisit } from '../http/route.ts';
import { ButtonLink } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { Notice } from '../pages/notices.tsx';
import { Badge, DataTable, Day, Moment } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { staffText } from '../text/console-staff.ts';
import { consoleText } from '../text/console.ts';
import { dayAt } from '../text/format.ts';
import { consolePage } from './frame.tsx';

export const staffRoom = '/console/staff';

const outcomes = ['invited', 'again', 'withdrawn', 'role', 'reset', 'sessions', 'left'] as const;

/** Who works here, who is invited, and who has left not long ago. */
export async function showStaff(visit: OwnVisit): Promise<Response> {
  const words = staffText[visit.language].list;
  const colleagues = await listColleagues(visit.op, 'staff');
  const invitations = await listInvitations(visit.op, 'staff');
  const former = colleagues.filter(({ leftAt }) => leftAt !== null);
  return consolePage(
    visit,
    { title: words.title, current: 'staff', comeBackTo: staffRoom },
    <>
      <Done visit={visit} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <ButtonLink href={`${staffRoom}/invite`}>{words.invite}</ButtonLink>
      <h2>{words.working}</h2>
      <DataTable
        caption={words.working}
        captionHidden
        columns={workingColumns(visit)}
        rows={colleagues.filter(({ leftAt }) => leftAt === null)}
      />
      <h2>{words.invited}</h2>
      <Invited visit={visit} invitations={invitations} />
      {former.length > 0 && <Former visit={visit} former={former} />}
    </>,
  );
}

/** What was just done, once. */
export function Done({ visit }: { visit: OwnVisit }) {
  const done = outcomes.find((known) => known === visit.query.get('done'));
  if (done === undefined) return null;
  const words = staffText[visit.language].done;
  return (
    <Notice kind="success" title={words[done]} role="status">
      <p>{words[`${done}Text`]}</p>
    </Notice>
  );
}

function Invited(props: { visit: OwnVisit; invitations: readonly OpenInvitation[] }) {
  const { visit, invitations } = props;
  const words = staffText[visit.language].list;
  if (invitations.length === 0) return <p>{words.noInvited}</p>;
  return (
    <DataTable
      caption={words.invited}
      captionHidden
      columns={invitationColumns(visit)}
      rows={invitations}
    />
  );
}

function Former({ visit, former }: { visit: OwnVisit; former: readonly Colleague[] }) {
  const words = staffText[visit.language].list;
  return (
    <>
      <h2>{words.former}</h2>
      <p>{words.formerText}</p>
      <DataTable
        caption={words.former}
        captionHidden
        columns={formerColumns(visit)}
        rows={former}
      />
    </>
  );
}

type Person = Pick<Colleague, 'owner' | 'name' | 'role'>;

/** Who it is, with a link to the person's page, and the role. */
function personColumns(visit: OwnVisit): Column<Person>[] {
  const words = staffText[visit.language].list;
  const roles = consoleText[visit.language].roles;
  const suffix = ({ owner }: Person) => (owner === visit.owner ? ` (${words.you})` : '');
  return [
    {
      header: words.name,
      rowHeader: true,
      cell: (person) => (
        <>
          <a href={href(`${staffRoom}/${person.owner}`)}>{person.name}</a>
          {suffix(person)}
        </>
      ),
    },
    { header: words.role, cell: ({ role }) => roles[role] },
  ];
}

function workingColumns(visit: OwnVisit): Column<Colleague>[] {
  return [...personColumns(visit), ...workingStateColumns(visit)];
}

/** Since when somebody works here, and whether they can sign in. */
export function workingStateColumns(visit: OwnVisit): Column<Colleague>[] {
  const words = staffText[visit.language].list;
  return [
    {
      header: words.since,
      cell: ({ createdAt }) => <Day value={dayAt(createdAt)} language={visit.language} />,
    },
    {
      header: words.state,
      cell: ({ canSignIn }) =>
        canSignIn ? (
          <Badge kind="done">{words.canSignIn}</Badge>
        ) : (
          <Badge kind="waiting">{words.choosing}</Badge>
        ),
    },
  ];
}

function invitationColumns(visit: OwnVisit): Column<OpenInvitation>[] {
  return [...personColumns(visit), ...invitationStateColumns(visit)];
}

/** When an invitation was sent, and whether its link still works. */
export function invitationStateColumns(visit: OwnVisit): Column<OpenInvitation>[] {
  const words = staffText[visit.language].list;
  return [
    {
      header: words.sent,
      cell: ({ sentAt }) => <Moment value={sentAt} language={visit.language} />,
    },
    {
      header: words.state,
      cell: ({ isOver }) =>
        isOver ? (
          <Badge kind="stopped">{words.over}</Badge>
        ) : (
          <Badge kind="waiting">{words.waiting}</Badge>
        ),
    },
  ];
}

function formerColumns(visit: OwnVisit): Column<Colleague>[] {
  const { language } = visit;
  const words = staffText[language].list;
  return [
    ...personColumns(visit),
    {
      header: words.left,
      cell: ({ leftAt }) => leftAt && <Day value={dayAt(leftAt)} language={language} />,
    },
  ];
}
