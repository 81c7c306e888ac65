import { confirmByPasskey, confirmByPassword } from '../accounts/confirm-identity.ts';
import { askToConfirm } from '../accounts/passkeys.ts';
import { hasSecondFactor } from '../accounts/second-factor.ts';
import { passwordSince } from '../accounts/security-overview.ts';
import { seeOther } from '../http/answers.ts';
import { readConfirmation } from '../http/confirmation.ts';
import type { ConfirmFaults } from '../http/confirmation.ts';
import type { OwnVisit } from '../http/route.ts';
import type { FormError } from '../pages/choices.tsx';
import { ConfirmForm } from '../pages/confirm-form.tsx';
import { BackLink } from '../pages/links.tsx';
import { portalSecurityText } from '../text/portal-security.ts';
import { portalText } from '../text/portal.ts';
import { errorsOf } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { pageBehind } from './page-behind.ts';
import { confirmAddress, returnPath } from './place-to-return.ts';

/** Asks anew who is there, before what is hard to undo. */
export function confirmIdentityPage(visit: OwnVisit): Promise<Response> {
  return showForm(visit, placeIn(visit.query.get('return')), {}, 200);
}

/** Confirms by password, and a code where the account has them. */
export async function takeConfirmation(visit: OwnVisit): Promise<Response> {
  const { op, session } = visit;
  const back = placeIn(visit.form.get('return') ?? null);
  const read = readConfirmation(visit.form, await hasSecondFactor(op, visit.owner));
  if (!read.ok) return showForm(visit, back, read.faults, 422);
  const token = await confirmByPassword(op, session, read.value);
  if (token === null) return showForm(visit, back, { password: 'wrong' }, 422);
  visit.setCookie('__Host-session', token);
  return seeOther(back);
}

/** Confirms by one of the account's own passkeys. */
export async function takePasskeyConfirmation(visit: OwnVisit): Promise<Response> {
  const { op, session, site } = visit;
  const back = placeIn(visit.form.get('return') ?? null);
  const answer = visit.form.get('answer') ?? '';
  const token = await confirmByPasskey(op, session, { origin: site.origin, answer });
  if (token === null) return showForm(visit, back, { passkey: 'wrong' }, 422);
  visit.setCookie('__Host-session', token);
  return seeOther(back);
}

function placeIn(wished: string | null): string {
  return pageBehind(returnPath(wished, '/settings'));
}

async function showForm(
  visit: OwnVisit,
  back: string,
  faults: ConfirmFaults,
  status: number,
): Promise<Response> {
  const { op, owner, session, site, language } = visit;
  const within = session.sessionId;
  const withCode = await hasSecondFactor(op, owner);
  const { confirm, passkeyWords } = portalSecurityText[language];
  const { faultsTitle, showPassword } = portalText[language];
  return portalPage(
    visit,
    { title: confirm.title, current: 'settings', status, comeBackTo: confirmAddress(back) },
    <>
      <BackLink href="/settings">{confirm.back}</BackLink>
      <ConfirmForm
        action="/confirm-identity"
        back={back}
        withPassword={(await passwordSince(op, owner)) !== null}
        withCode={withCode}
        passkey={await askToConfirm(op, {
          origin: site.origin,
          owner,
          within,
          verification: 'required',
        })}
        errors={errorsFor(visit, faults, withCode)}
        words={{ ...confirm, errors: faultsTitle, show: showPassword, passkeyWords }}
      />
    </>,
  );
}

function errorsFor(visit: OwnVisit, faults: ConfirmFaults, withCode: boolean): FormError[] {
  const words = portalSecurityText[visit.language].confirm;
  if (faults.passkey !== undefined) return [{ text: words.wrongPasskey }];
  const wrong = withCode ? words.wrongWithCode : words.wrong;
  const { password, code } = words.faults;
  return errorsOf({ password: { ...password, wrong }, code }, faults);
}
