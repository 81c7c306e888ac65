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
import { consoleText } from '../text/console.ts';
import { portalSecurityText } from '../text/portal-security.ts';
import { consolePage } from './frame.tsx';
import { placeToReturn } from './place-to-return.ts';

/** Asks a member of staff anew who is there, before what is hard to undo. */
export function showConfirmation(visit: OwnVisit): Promise<Response> {
  return showForm(visit, placeToReturn(visit.query.get('return'), visit.session.role), {}, 200);
}

/** Confirms by password and one-time code. */
export async function takeConfirmation(visit: OwnVisit): Promise<Response> {
  const { op, session } = visit;
  const back = placeToReturn(visit.form.get('return'), session.role);
  const read = readConfirmation(visit.form, await hasSecondFactor(op, visit.owner));
  if (!read.ok) return showForm(visit, back, read.faults, 422);
  const token = await confirmByPassword(op, session, read.value);
  if (token === null) return showForm(visit, back, { password: 'wrong' }, 422);
  visit.setCookie('__Host-staff', token);
  return seeOther(back);
}

/** Confirms by one of their own passkeys. */
export async function takePasskeyConfirmation(visit: OwnVisit): Promise<Response> {
  const { op, session, site } = visit;
  const back = placeToReturn(visit.form.get('return'), session.role);
  const answer = visit.form.get('answer') ?? '';
  const token = await confirmByPasskey(op, session, { origin: site.origin, answer });
  if (token === null) return showForm(visit, back, { passkey: 'wrong' }, 422);
  visit.setCookie('__Host-staff', token);
  return seeOther(back);
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
  const { errorTitle, showPassword, hidePassword } = consoleText[language].signIn;
  const address = `/console/confirm-identity?return=${encodeURIComponent(back)}`;
  return consolePage(
    visit,
    { title: confirm.title, status, comeBackTo: address },
    <>
      <ConfirmForm
        action="/console/confirm-identity"
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
        words={{
          ...confirm,
          lead: `${confirm.lead} ${confirm.asStaff}`,
          errors: errorTitle,
          show: { show: showPassword, hide: hidePassword },
          passkeyWords,
        }}
      />
    </>,
  );
}

function errorsFor(visit: OwnVisit, faults: ConfirmFaults, withCode: boolean): FormError[] {
  const words = portalSecurityText[visit.language].confirm;
  if (faults.passkey !== undefined) return [{ text: words.wrongPasskey }];
  const { password, code } = faults;
  const wrong = withCode ? words.wrongWithCode : words.wrong;
  const errors: FormError[] = [];
  if (password !== undefined) {
    const text = password === 'wrong' ? wrong : words.faults.password.missing;
    errors.push({ field: 'password', text });
  }
  if (code !== undefined) errors.push({ field: 'code', text: words.faults.code.missing });
  return errors;
}
