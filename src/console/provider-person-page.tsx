import {
  beginEngagement,
  calendarsOfOthers,
  chooseCalendars,
  endEngagement,
  latestEngagement,
  resourcesOf,
} from '../accounts/engagements.ts';
import type { Engagement } from '../accounts/engagements.ts';
import { readInvitation } from '../accounts/staff-invitations.ts';
import { readColleague } from '../accounts/staff-register.ts';
import type { Colleague } from '../accounts/staff-register.ts';
import { listCalendars } from '../history/calendar/calendar-labels.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, ButtonLink, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Day, SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { isProblem, Problem } from '../problem.ts';
import { findRecipient } from '../recipients/register.ts';
import { providersText } from '../text/console-providers.ts';
import { staffText } from '../text/console-staff.ts';
import { dayAt } from '../text/format.ts';
import { CalendarChecks, calendarsTaken, chosenCalendars } from './provider-calendar-fields.tsx';
import { consolePage } from './frame.tsx';
import { personIn } from './people.ts';
import type { People } from './people.ts';
import { listPerformers, PerformerChoices } from './performers.tsx';
import { recipientField } from './provider-invite-page.tsx';
import { providersRoom } from './providers-page.tsx';
import { invitationPage } from './staff-invitation-page.tsx';
import { factsOf, SignInActions } from './staff-person-page.tsx';

/** Those who perform services. */
export const providers: People = {
  as: 'provider',
  room: providersRoom,
  current: 'providers',
  refuse: (visit, colleague) => personPage(visit, colleague),
  words: (language) => {
    const { list, leave } = providersText[language];
    return { room: list.title, invited: list.invited, leave };
  },
};

/** One provider, or somebody who is invited to be one, and what can be done. */
export async function showProvider(visit: OwnVisit): Promise<Response> {
  const owner = await personIn(providers, visit);
  try {
    return await personPage(visit, await readColleague(visit.op, owner));
  } catch (error) {
    if (!isProblem(error, 'not-found')) throw error;
    const invited = await readInvitation(visit.op, owner);
    const engagement = await latestEngagement(visit.op, owner);
    return invitationPage(providers, visit, invited, await engagementRows(visit, engagement));
  }
}

export async function takeCalendars(visit: OwnVisit): Promise<Response> {
  const { op, language, form } = visit;
  const owner = await personIn(providers, visit);
  const chosen = chosenCalendars(form);
  const engagement = await latestEngagement(op, owner);
  if (engagement === null) throw new Problem('not-found');
  const taken = await calendarsOfOthers(op, owner, engagement.recipientId, chosen);
  if (taken.length > 0) {
    const text = await calendarsTaken(op, taken, language);
    const colleague = await readColleague(op, owner);
    return personPage(visit, colleague, { chosen, error: { field: 'calendars', text } });
  }
  await chooseCalendars(op, owner, chosen);
  return seeOther(`${providersRoom}?done=calendars`);
}

export async function takeEndEngagement(visit: OwnVisit): Promise<Response> {
  await endEngagement(visit.op, await personIn(providers, visit));
  return seeOther(`${providersRoom}?done=ended`);
}

export async function takeBeginEngagement(visit: OwnVisit): Promise<Response> {
  const { op, language, form } = visit;
  const owner = await personIn(providers, visit);
  const { faults, person } = providersText[language];
  const refuse = async (text: string) =>
    personPage(visit, await readColleague(op, owner), { error: { field: 'recipient', text } });
  const parsed = recipientField(await listPerformers(visit)).safeParse(form.get('recipient'));
  if (!parsed.success) return refuse(faults.recipient.missing);
  const calendars = await resourcesOf(op, owner);
  if ((await calendarsOfOthers(op, owner, parsed.data, calendars)).length > 0)
    return refuse(person.calendarsTaken);
  await beginEngagement(op, owner, parsed.data);
  return seeOther(`${providersRoom}?done=begun`);
}

/** What was chosen, and what is wrong with it. */
type Trouble = { readonly chosen?: readonly RowId[]; readonly error: FormError };

async function personPage(
  visit: OwnVisit,
  colleague: Colleague,
  trouble: Trouble | null = null,
): Promise<Response> {
  const { list } = providersText[visit.language];
  const engagement = await latestEngagement(visit.op, colleague.owner);
  return consolePage(
    visit,
    {
      // No name: titles stay in the history of a browser that others use.
      title: list.title,
      current: 'providers',
      status: trouble === null ? 200 : 422,
      comeBackTo: `${providersRoom}/${colleague.owner}`,
    },
    <>
      {trouble !== null && (
        <ErrorSummary title={staffText[visit.language].errorTitle} errors={[trouble.error]} />
      )}
      <BackLink href={providersRoom}>{list.title}</BackLink>
      <h1>{colleague.name}</h1>
      <SummaryList
        rows={[...factsOf(visit, colleague), ...(await engagementRows(visit, engagement))]}
      />
      {colleague.leftAt === null && (await actionsFor(visit, colleague, { engagement, trouble }))}
    </>,
  );
}

async function engagementRows(
  { op, language }: OwnVisit,
  engagement: Engagement | null,
): Promise<SummaryRow[]> {
  if (engagement === null) return [];
  const words = providersText[language].person;
  const { recipientId, beganAt, endedAt } = engagement;
  const recipient = await findRecipient(op.db, recipientId);
  return [
    { key: words.recipient, value: recipient?.name },
    { key: words.since, value: <Day value={dayAt(beganAt)} language={language} /> },
    ...(endedAt === null
      ? []
      : [{ key: words.ended, value: <Day value={dayAt(endedAt)} language={language} /> }]),
  ];
}

type Standing = { readonly engagement: Engagement | null; readonly trouble: Trouble | null };

async function actionsFor(visit: OwnVisit, colleague: Colleague, standing: Standing) {
  const words = providersText[visit.language].person;
  const at = `${providersRoom}/${colleague.owner}`;
  const runs = standing.engagement?.endedAt === null;
  return (
    <>
      {await calendarsForm(visit, colleague.owner, standing)}
      {runs ? (
        <>
          <h2>{words.end}</h2>
          <p>{words.endText}</p>
          <Form action={`${at}/end-engagement`}>
            <Button kind="secondary">{words.endButton}</Button>
          </Form>
        </>
      ) : (
        await beginForm(visit, colleague.owner, standing)
      )}
      <SignInActions at={at} visit={visit} colleague={colleague} />
      <h2>{words.leave}</h2>
      <p>{words.leaveText}</p>
      <ButtonLink href={`${at}/leave`} kind="secondary">
        {words.leaveLink}
      </ButtonLink>
    </>
  );
}

async function calendarsForm(visit: OwnVisit, owner: OwnerId, { trouble }: Standing) {
  const { op, language } = visit;
  const words = providersText[language].calendars;
  const linked = await resourcesOf(op, owner);
  const calendars = await listCalendars(op.db, linked);
  const error = trouble?.error.field === 'calendars' ? trouble.error.text : undefined;
  return (
    <Form action={`${providersRoom}/${owner}/calendars`}>
      <CalendarChecks
        calendars={calendars}
        chosen={trouble?.chosen ?? linked}
        language={language}
        error={error}
      />
      {calendars.length > 0 && <Button kind="secondary">{words.button}</Button>}
    </Form>
  );
}

async function beginForm(visit: OwnVisit, owner: OwnerId, { engagement, trouble }: Standing) {
  const words = providersText[visit.language].person;
  return (
    <>
      <h2>{words.begin}</h2>
      <p>{words.beginText}</p>
      <Form action={`${providersRoom}/${owner}/begin-engagement`}>
        <PerformerChoices
          visit={visit}
          performers={await listPerformers(visit)}
          chosen={visit.form.get('recipient') ?? engagement?.recipientId}
          error={trouble?.error.field === 'recipient' ? trouble.error.text : undefined}
        />
        <Button kind="secondary">{words.beginButton}</Button>
      </Form>
    </>
  );
}
