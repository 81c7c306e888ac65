import { latestEngagements } from '../accounts/engagements.ts';
import type { Engagement } from '../accounts/engagements.ts';
import { listInvitations } from '../accounts/staff-invitations.ts';
import { listColleagues } from '../accounts/staff-register.ts';
import type { Colleague } from '../accounts/staff-register.ts';
import type { OwnVisit } from '../http/route.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { ButtonLink } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { Notice } from '../pages/notices.tsx';
import { DataTable, Day } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { listRecipients } from '../recipients/register.ts';
import { providersText } from '../text/console-providers.ts';
import { dayAt } from '../text/format.ts';
import { consolePage } from './frame.tsx';
import { invitationStateColumns, workingStateColumns } from './staff-page.tsx';

export const providersRoom = '/console/providers';

const outcomes = [
  'invited',
  'again',
  'withdrawn',
  'reset',
  'sessions',
  'left',
  'calendars',
  'ended',
  'begun',
] as const;

/** Who performs services, who is invited to, and who has left not long ago. */
export async function showProviders(visit: OwnVisit): Promise<Response> {
  const words = providersText[visit.language].list;
  const people = await listColleagues(visit.op, 'provider');
  const invitations = await listInvitations(visit.op, 'provider');
  const of = await recipientNames(visit, [...people, ...invitations]);
  const working = people.filter(({ leftAt }) => leftAt === null);
  const former = people.filter(({ leftAt }) => leftAt !== null);
  return consolePage(
    visit,
    { title: words.title, current: 'providers', comeBackTo: providersRoom },
    <>
      <Done visit={visit} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <ButtonLink href={`${providersRoom}/invite`}>{words.invite}</ButtonLink>
      <h2>{words.working}</h2>
      {working.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <DataTable
          caption={words.working}
          captionHidden
          columns={[...personColumns(visit, of), ...workingStateColumns(visit)]}
          rows={working}
        />
      )}
      <h2>{words.invited}</h2>
      {invitations.length === 0 ? (
        <p>{words.noInvited}</p>
      ) : (
        <DataTable
          caption={words.invited}
          captionHidden
          columns={[...personColumns(visit, of), ...invitationStateColumns(visit)]}
          rows={invitations}
        />
      )}
      {former.length > 0 && <Former visit={visit} former={former} of={of} />}
    </>,
  );
}

/** What was just done, once. */
export function Done({ visit }: { visit: OwnVisit }) {
  const done = outcomes.find((known) => known === visit.query.get('done'));
  if (done === undefined) return null;
  const words = providersText[visit.language].done;
  return (
    <Notice kind="success" title={words[done]} role="status">
      <p>{words[`${done}Text`]}</p>
    </Notice>
  );
}

type RecipientNames = (owner: OwnerId) => string;

/** For each of some providers the recipient they perform for, or did last. */
async function recipientNames(
  visit: OwnVisit,
  people: readonly { readonly owner: OwnerId }[],
): Promise<RecipientNames> {
  const owners = people.map(({ owner }) => owner);
  const engagements = await latestEngagements(visit.op, owners);
  const recipients = await listRecipients(visit.op.db);
  const nameOf = (id: RowId) => recipients.find((one) => one.recipientId === id)?.name ?? '';
  return (owner) => {
    const engagement = engagements.get(owner);
    return engagement === undefined
      ? ''
      : engagementWords(visit, engagement, nameOf(engagement.recipientId));
  };
}

function engagementWords(visit: OwnVisit, { endedAt }: Engagement, name: string): string {
  return endedAt === null ? name : providersText[visit.language].list.ended(name);
}

type Person = Pick<Colleague, 'owner' | 'name'>;

function personColumns(visit: OwnVisit, of: RecipientNames): Column<Person>[] {
  const words = providersText[visit.language].list;
  return [
    {
      header: words.name,
      rowHeader: true,
      cell: ({ owner, name }) => <a href={href(`${providersRoom}/${owner}`)}>{name}</a>,
    },
    { header: words.recipient, cell: ({ owner }) => of(owner) },
  ];
}

function Former(props: { visit: OwnVisit; former: readonly Colleague[]; of: RecipientNames }) {
  const { visit, former, of } = props;
  const words = providersText[visit.language].list;
  const left: Column<Colleague> = {
    header: words.left,
    cell: ({ leftAt }) => leftAt && <Day value={dayAt(leftAt)} language={visit.language} />,
  };
  return (
    <>
      <h2>{words.former}</h2>
      <p>{words.formerText}</p>
      <DataTable
        caption={words.former}
        captionHidden
        columns={[...personColumns(visit, of), left]}
        rows={former}
      />
    </>
  );
}
