import { latestEngagement, resourcesOf } from '../accounts/engagements.ts';
import { countPasskeys } from '../accounts/passkeys.ts';
import { endOtherSessions, endSession, listSessions } from '../accounts/sessions.ts';
import type { ListedSession } from '../accounts/sessions.ts';
import { readOwnSignIn, readOwnStaff } from '../accounts/staff-own.ts';
import type { OwnSignIn, OwnStaff } from '../accounts/staff-own.ts';
import { calendarsIn } from '../history/calendar/calendar-labels.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { Button } from '../pages/forms.tsx';
import { DownloadLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { DataTable, Day, Moment, SummaryList } from '../pages/tables.tsx';
import type { Column, SummaryRow } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import { findRecipient } from '../recipients/register.ts';
import { ownText } from '../text/console-own.ts';
import { consoleText } from '../text/console.ts';
import { date, dayAt, list } from '../text/format.ts';
import { consolePage, ownPage } from './frame.tsx';

/** Who one is here, how one signs in, where one is signed in, and what is stored. */
export async function showOwn(visit: OwnVisit): Promise<Response> {
  const { op, owner, language } = visit;
  const opener = await op.vault.openFor(op, owner, ['staff', 'credentials']);
  const person = await readOwnStaff(op, opener);
  const signIn = await readOwnSignIn(op, owner);
  const passkeys = await countPasskeys(op, owner);
  const sessions = await listSessions(op, opener);
  const words = ownText[language];
  return consolePage(
    visit,
    { title: words.title, comeBackTo: ownPage },
    <>
      <Done visit={visit} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <h2>{words.you}</h2>
      <SummaryList rows={[...personRows(visit, person), ...(await engagementRows(visit))]} />
      <p>{words.wrong}</p>
      <h2>{words.signIn}</h2>
      <SummaryList rows={signInRows(visit, signIn, passkeys)} />
      <h2 id="devices">{words.devices}</h2>
      <p>{words.devicesText}</p>
      <Devices visit={visit} sessions={sessions} />
      <h2>{words.data}</h2>
      <p>{words.dataText}</p>
      <p class="screen-only">
        <a href={`${ownPage}/data`}>{words.dataLink}</a>
      </p>
      <p class="screen-only">
        <DownloadLink href={`${ownPage}/data/download`}>{words.download}</DownloadLink>
      </p>
      <p>{words.kept}</p>
    </>,
  );
}

/** Signs one device out; this very one as well. */
export async function endOne(visit: OwnVisit): Promise<Response> {
  const sessionId = visit.params['session'] ?? '';
  if (!isRowId(sessionId)) throw new Problem('not-found');
  await endSession(visit.op.db, visit.owner, sessionId);
  if (sessionId !== visit.session.sessionId) return seeOther(`${ownPage}?ended=one`);
  visit.clearCookie('__Host-staff');
  return seeOther('/console/sign-in');
}

/** Signs out every device but this one. */
export async function endOthers(visit: OwnVisit): Promise<Response> {
  await endOtherSessions(visit.op.db, visit.owner, visit.session.sessionId);
  return seeOther(`${ownPage}?ended=others`);
}

function Done({ visit }: { visit: OwnVisit }) {
  const words = ownText[visit.language];
  const ended = visit.query.get('ended');
  if (ended === 'one' || ended === 'others') {
    const title = ended === 'one' ? words.endedOne : words.endedOthers;
    return <Notice kind="success" title={title} role="status" />;
  }
  const outcomes: Readonly<Record<string, string>> = words.done;
  const title = outcomes[visit.query.get('done') ?? ''];
  if (title === undefined) return null;
  return (
    <Notice kind="success" title={title} role="status">
      <p>{words.doneText}</p>
    </Notice>
  );
}

function personRows({ language }: OwnVisit, person: OwnStaff): SummaryRow[] {
  const words = ownText[language];
  return [
    { key: words.name, value: person.name },
    { key: words.email, value: person.email },
    { key: words.role, value: consoleText[language].roles[person.role] },
    { key: words.since, value: <Day value={dayAt(person.createdAt)} language={language} /> },
  ];
}

/** Who performs services sees through whom, and in which calendars. */
async function engagementRows({ op, owner, language }: OwnVisit): Promise<SummaryRow[]> {
  const engagement = await latestEngagement(op, owner);
  if (engagement === null) return [];
  const words = ownText[language];
  const recipient = await findRecipient(op.db, engagement.recipientId);
  const calendars = await calendarsIn(op.db, await resourcesOf(op, owner));
  return [
    { key: words.recipient, value: recipient?.name },
    ...(engagement.endedAt === null
      ? []
      : [
          {
            key: words.ended,
            value: <Day value={dayAt(engagement.endedAt)} language={language} />,
          },
        ]),
    {
      key: words.calendars,
      value:
        calendars.length === 0
          ? words.none
          : list(
              calendars.map(({ label }) => label[language]),
              language,
            ),
    },
  ];
}

/** Whoever has no password and codes yet adds both at once: one of them alone lets nobody in. */
function signInRows({ language }: OwnVisit, signIn: OwnSignIn, passkeys: number): SummaryRow[] {
  const words = ownText[language];
  const { passwordSince, codesSince } = signIn;
  const since = (at: Temporal.Instant | null) =>
    at === null ? words.none : words.changed(date(dayAt(at), language));
  const addBoth = { label: words.add, href: `${ownPage}/codes` };
  const hasBoth = passwordSince !== null && codesSince !== null;
  return [
    {
      key: words.password,
      value: since(passwordSince),
      action: hasBoth
        ? { label: words.change, about: words.password, href: `${ownPage}/password` }
        : { ...addBoth, about: words.password },
    },
    {
      key: words.codes,
      value: since(codesSince),
      action: hasBoth
        ? { label: words.changeApp, about: words.codes, href: `${ownPage}/codes` }
        : { ...addBoth, about: words.codes },
    },
    {
      key: words.passkeys,
      value: passkeys === 0 ? words.noPasskeys : words.somePasskeys(passkeys),
      action: { label: words.see, about: words.passkeys, href: `${ownPage}/passkeys` },
    },
  ];
}

function Devices({ visit, sessions }: { visit: OwnVisit; sessions: readonly ListedSession[] }) {
  const words = ownText[visit.language];
  return (
    <form method="post" action={`${ownPage}/sessions/end-others`}>
      <DataTable
        caption={words.devices}
        captionHidden
        columns={deviceColumns(visit)}
        rows={sessions}
      />
      {sessions.length > 1 && <Button kind="secondary">{words.endOthers}</Button>}
    </form>
  );
}

function deviceColumns(visit: OwnVisit): Column<ListedSession>[] {
  const { language } = visit;
  const words = ownText[language];
  const isThis = ({ sessionId }: ListedSession) => sessionId === visit.session.sessionId;
  const nameOf = ({ device }: ListedSession) => (device === '?' ? words.unknownDevice : device);
  return [
    {
      header: words.device,
      rowHeader: true,
      cell: (row) => (isThis(row) ? `${nameOf(row)} (${words.thisDevice})` : nameOf(row)),
    },
    {
      header: words.signedInAt,
      cell: ({ createdAt }) => <Moment value={createdAt} language={language} />,
    },
    {
      header: words.usedAt,
      cell: (row) => (isThis(row) ? words.now : <Moment value={row.usedAt} language={language} />),
    },
    {
      header: words.action,
      cell: (row) => (
        <Button kind="link" formaction={`${ownPage}/sessions/${row.sessionId}/end`}>
          {words.endOne}
          <span class="visually-hidden">{` ${nameOf(row)}`}</span>
        </Button>
      ),
    },
  ];
}
