import { readAccount } from '../accounts/account.ts';
import type { Account } from '../accounts/account.ts';
import { endOtherSessions, endSession, listSessions } from '../accounts/sessions.ts';
import type { ListedSession } from '../accounts/sessions.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { Choices } from '../pages/choices.tsx';
import { Button, ButtonLink, Form, Hidden } from '../pages/forms.tsx';
import { Notice } from '../pages/notices.tsx';
import { DataTable, Day, Moment, SummaryList } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import { languages } from '../text/bilingual.ts';
import { dayAt } from '../text/format.ts';
import { portalText } from '../text/portal.ts';
import { portalPage } from './frame.tsx';

/** The account, the language, the devices that are signed in, and the way out. */
export async function settingsPage(visit: OwnVisit): Promise<Response> {
  const { op, language } = visit;
  const opener = await op.vault.openFor(op, visit.owner, ['credentials']);
  const account = await readAccount(op, opener);
  const sessions = await listSessions(op, opener);
  const words = portalText[language].settings;
  return portalPage(
    visit,
    { title: words.title, current: 'settings' },
    <>
      <Ended visit={visit} />
      <h1>{words.title}</h1>
      <h2>{words.account}</h2>
      <AccountFacts visit={visit} account={account} />
      <h2>{words.language}</h2>
      <LanguageForm visit={visit} />
      <h2 id="devices">{words.devices}</h2>
      <p>{words.devicesText}</p>
      <form method="post" action="/settings/sessions/end-others">
        <DataTable
          caption={words.devices}
          captionHidden
          columns={columnsOf(visit)}
          rows={sessions}
        />
        {sessions.length > 1 && <Button kind="secondary">{words.endOthers}</Button>}
      </form>
      <h2>{words.leaving}</h2>
      <p>{words.leavingText}</p>
      <ButtonLink href="/close" kind="secondary">
        {words.close}
      </ButtonLink>
    </>,
  );
}

/** Signs one device out; this very one as well. */
export async function endOne(visit: OwnVisit): Promise<Response> {
  const sessionId = visit.params['session'] ?? '';
  if (!isRowId(sessionId)) throw new Problem('not-found');
  await endSession(visit.op.db, visit.owner, sessionId);
  if (sessionId !== visit.session.sessionId) return seeOther('/settings?ended=one');
  visit.clearCookie('__Host-session');
  return seeOther('/?signed-out=1');
}

/** Signs out every device but this one. */
export async function endOthers(visit: OwnVisit): Promise<Response> {
  await endOtherSessions(visit.op.db, visit.owner, visit.session.sessionId);
  return seeOther('/settings?ended=others');
}

function Ended({ visit }: { visit: OwnVisit }) {
  const words = portalText[visit.language].settings;
  const ended = visit.query.get('ended');
  if (ended === null) return null;
  const title = ended === 'others' ? words.endedOthers : words.endedOne;
  return <Notice kind="success" title={title} role="status" />;
}

function AccountFacts({ visit, account }: { visit: OwnVisit; account: Account }) {
  const words = portalText[visit.language].settings;
  return (
    <SummaryList
      rows={[
        { key: words.name, value: account.name },
        { key: words.email, value: account.email },
        {
          key: words.since,
          value: <Day value={dayAt(account.createdAt)} language={visit.language} />,
        },
      ]}
    />
  );
}

function LanguageForm({ visit }: { visit: OwnVisit }) {
  const words = portalText[visit.language].settings;
  return (
    <Form action="/language">
      <Hidden name="return" value="/settings" />
      <Choices
        name="language"
        legend={words.languageQuestion}
        hint={words.languageHint}
        options={languages.map((value) => ({
          value,
          label: <span lang={value}>{words.languages[value]}</span>,
        }))}
        values={[visit.language]}
      />
      <Button kind="secondary">{words.saveLanguage}</Button>
    </Form>
  );
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
