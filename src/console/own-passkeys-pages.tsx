import { addPasskey, askToAdd, listPasskeys, passkeysMax } from '../accounts/passkeys.ts';
import type { Ceremony, Passkey } from '../accounts/passkeys.ts';
import { readOwnStaff, removeOwnPasskey, tellingStaff } from '../accounts/staff-own.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, ButtonLink } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { EmptyState, Notice } from '../pages/notices.tsx';
import { PasskeyForm, PasskeyUnsupported } from '../pages/passkeys.tsx';
import { DataTable, Moment } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import { ownText } from '../text/console-own.ts';
import { portalSecurityText } from '../text/portal-security.ts';
import { consolePage, ownPage } from './frame.tsx';

const page = `${ownPage}/passkeys`;

export function showPasskeys(visit: OwnVisit): Promise<Response> {
  return passkeysPage(visit, false);
}

export async function takePasskeyAway(visit: OwnVisit): Promise<Response> {
  const { op, owner, language } = visit;
  const passkeyId = visit.params['passkey'] ?? '';
  if (!isRowId(passkeyId)) throw new Problem('not-found');
  const tell = await tellingStaff(op, owner, language);
  const removed = await removeOwnPasskey(op, owner, passkeyId, tell);
  return removed ? seeOther(`${ownPage}?done=passkey-removed`) : passkeysPage(visit, true);
}

export function showNewPasskey(visit: OwnVisit): Promise<Response> {
  return newPasskeyPage(visit, 200);
}

export async function takeNewPasskey(visit: OwnVisit): Promise<Response> {
  const { op, owner, language, device } = visit;
  const tell = await tellingStaff(op, owner, language);
  const answer = visit.form.get('answer') ?? '';
  const added = await addPasskey(op, ceremonyOf(visit), { answer, name: device }, tell);
  return added === null ? newPasskeyPage(visit, 422) : seeOther(`${ownPage}?done=passkey-added`);
}

async function passkeysPage(visit: OwnVisit, isLast: boolean): Promise<Response> {
  const all = ownText[visit.language];
  const words = all.passkeysPage;
  const opener = await visit.op.vault.openFor(visit.op, visit.owner, ['credentials']);
  const passkeys = await listPasskeys(visit.op, opener);
  return consolePage(
    visit,
    { title: words.title, status: isLast ? 422 : 200, comeBackTo: page },
    <>
      {isLast && (
        <Notice kind="warning" title={words.last} role="alert">
          <p>{words.lastText}</p>
        </Notice>
      )}
      <BackLink href={ownPage}>{all.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {passkeys.length === 0 ? (
        <EmptyState title={words.none} icon="key-round" />
      ) : (
        <form method="post">
          <DataTable
            caption={words.title}
            captionHidden
            columns={passkeyColumns(visit)}
            rows={passkeys}
          />
        </form>
      )}
      {passkeys.length < passkeysMax && <ButtonLink href={`${page}/new`}>{words.add}</ButtonLink>}
    </>,
  );
}

function passkeyColumns({ language }: OwnVisit): Column<Passkey>[] {
  const words = ownText[language].passkeysPage;
  const nameOf = ({ name }: Passkey) => (name === '?' ? ownText[language].unknownDevice : name);
  return [
    { header: words.name, rowHeader: true, cell: nameOf },
    {
      header: words.addedAt,
      cell: ({ addedAt }) => <Moment value={addedAt} language={language} />,
    },
    {
      header: words.usedAt,
      cell: ({ usedAt }) =>
        usedAt === null ? words.never : <Moment value={usedAt} language={language} />,
    },
    {
      header: words.action,
      cell: (passkey) => (
        <Button kind="link" formaction={`${page}/${passkey.passkeyId}/remove`}>
          {words.remove}
          <span class="visually-hidden">{` ${nameOf(passkey)}`}</span>
        </Button>
      ),
    },
  ];
}

async function newPasskeyPage(visit: OwnVisit, status: number): Promise<Response> {
  const { op, owner } = visit;
  const all = ownText[visit.language];
  const words = all.passkeysPage;
  const opener = await op.vault.openFor(op, owner, ['staff']);
  const { name, email } = await readOwnStaff(op, opener);
  const options = await askToAdd(op, ceremonyOf(visit), { name, email: email ?? '' });
  return consolePage(
    visit,
    { title: words.newTitle, status },
    <>
      <ErrorSummary
        title={all.errorTitle}
        errors={status === 200 ? [] : [{ text: words.failed }]}
      />
      <BackLink href={page}>{words.title}</BackLink>
      <h1>{words.newTitle}</h1>
      <p class="lead">{words.newLead}</p>
      <PasskeyUnsupported>
        <Notice kind="warning" title={words.unsupported} />
      </PasskeyUnsupported>
      <PasskeyForm
        action={`${page}/new`}
        does="create"
        kind="primary"
        options={options}
        label={words.button}
        words={portalSecurityText[visit.language].passkeyWords}
      />
    </>,
  );
}

/** Staff always shows that it is themselves, by finger, face or PIN. */
function ceremonyOf({ site, owner, session }: OwnVisit): Ceremony {
  return { origin: site.origin, owner, within: session.sessionId, verification: 'required' };
}
