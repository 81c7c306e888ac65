import { endOtherSessions, endSession, listSessions } from '../accounts/sessions.ts';
import type { ListedSession } from '../accounts/sessions.ts';
import { countSessions } from '../accounts/security-overview.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { Button } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { DataTable, Moment } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import { portalSecurityText } from '../text/portal-security.ts';
import { portalText } from '../text/portal.ts';
import { portalPage } from './frame.tsx';

const page = '/settings/devices';

/** The devices that are signed in, each with a way to sign it out. */
export async function devicesPage(visit: OwnVisit): Promise<Response> {
  const { op, language } = visit;
  const opener = await op.vault.openFor(op, visit.owner, ['credentials']);
  const sessions = await listSessions(op, opener);
  const words = portalText[language].settings;
  const all = portalSecurityText[language];
  return portalPage(
    visit,
    { title: all.devices.title, current: 'settings' },
    <>
      <BackLink href="/settings">{all.settings.back}</BackLink>
      <Ended visit={visit} />
      <h1>{all.devices.title}</h1>
      <p class="lead">{words.devicesText}</p>
      <form method="post" action="/settings/sessions/end-others">
        <DataTable
          caption={all.devices.table}
          captionHidden
          columns={columnsOf(visit)}
          rows={sessions}
        />
        {sessions.length > 1 && <Button kind="secondary">{words.endOthers}</Button>}
      </form>
    </>,
  );
}

/** Signs one device out; this very one as well. */
export async function endOne(visit: OwnVisit): Promise<Response> {
  const sessionId = visit.params['session'] ?? '';
  if (!isRowId(sessionId)) throw new Problem('not-found');
  await endSession(visit.op.db, visit.owner, sessionId);
  if (sessionId !== visit.session.sessionId) return seeOther(`${page}?ended=one`);
  visit.clearCookie('__Host-session');
  return seeOther('/?signed-out=1');
}

/** Signs out every device but this one. */
export async function endOthers(visit: OwnVisit): Promise<Response> {
  await endOtherSessions(visit.op.db, visit.owner, visit.session.sessionId);
  return seeOther(`${page}?ended=others`);
}

/** Offered after each change of what guards the account (OWASP ASVS 5.0, V7.4.3), where there are other devices. */
export async function otherDevicesOffer(visit: OwnVisit) {
  if ((await countSessions(visit.op, visit.owner)) < 2) return null;
  const words = portalSecurityText[visit.language].others;
  return (
    <form class="form" method="post" action="/settings/sessions/end-others">
      <p>{words.text}</p>
      <Button kind="secondary">{words.button}</Button>
    </form>
  );
}

function Ended({ visit }: { visit: OwnVisit }) {
  const words = portalText[visit.language].settings;
  const ended = visit.query.get('ended');
  if (ended === null) return null;
  const title = ended === 'others' ? words.endedOthers : words.endedOne;
  return <Notice kind="success" title={title} role="status" />;
}

function columnsOf(visit: OwnVisit): Column<ListedSession>[] {
  const { language } = visit;
  const words = portalText[language].settings;
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
      cell: (row) => <Moment value={row.createdAt} language={language} />,
    },
    {
      header: words.usedAt,
      cell: (row) => (isThis(row) ? words.now : <Moment value={row.usedAt} language={language} />),
    },
    {
      header: words.action,
      cell: (row) => (
        <Button kind="link" formaction={`/settings/sessions/${row.sessionId}/end`}>
          {words.endOne}
          <span class="visually-hidden">{` ${nameOf(row)}`}</span>
        </Button>
      ),
    },
  ];
}
