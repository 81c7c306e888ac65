import { readAccount } from '../accounts/account.ts';
import { addPasskey, askToAdd } from '../accounts/passkeys.ts';
import type { Ceremony } from '../accounts/passkeys.ts';
import { tellingOf } from '../accounts/security-letters.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { PasskeyForm, PasskeyUnsupported } from '../pages/passkeys.tsx';
import { portalSecurityText } from '../text/portal-security.ts';
import { portalPage } from './frame.tsx';

/** Asks the device for a new passkey. */
export function newPasskeyPage(visit: OwnVisit): Promise<Response> {
  return showForm(visit, 200);
}

/** Stores the passkey that the device made, and writes to the account's owner. */
export async function takeNewPasskey(visit: OwnVisit): Promise<Response> {
  const { op, owner, device } = visit;
  const tell = await tellingOf(op, owner, 'passkey-added');
  const answer = visit.form.get('answer') ?? '';
  const added = await addPasskey(op, ceremonyOf(visit), { answer, name: device }, tell);
  return added === null ? showForm(visit, 422) : seeOther('/settings/passkeys?done=added');
}

async function showForm(visit: OwnVisit, status: number): Promise<Response> {
  const { op } = visit;
  const opener = await op.vault.openFor(op, visit.owner, ['credentials']);
  const account = await readAccount(op, opener);
  const options = await askToAdd(op, ceremonyOf(visit), account);
  const all = portalSecurityText[visit.language];
  const words = all.newPasskey;
  return portalPage(
    visit,
    { title: words.title, current: 'settings', status },
    <>
      <BackLink href="/settings/passkeys">{all.passkeys.back}</BackLink>
      <ErrorSummary
        title={words.failedTitle}
        errors={status === 200 ? [] : [{ text: words.failed }]}
      />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>{words.keep}</p>
      <PasskeyUnsupported>
        <Notice kind="warning" title={words.unsupported} />
      </PasskeyUnsupported>
      <PasskeyForm
        action="/settings/passkeys/new"
        does="create"
        kind="primary"
        options={options}
        label={words.button}
        words={all.passkeyWords}
      />
    </>,
  );
}

function ceremonyOf({ site, owner, session }: OwnVisit): Ceremony {
  return {
    origin: site.origin,
    owner,
    within: session.sessionId,
    verification: 'preferred',
  };
}
