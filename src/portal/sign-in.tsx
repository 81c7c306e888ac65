import { z } from 'zod';
import { endSession } from '../accounts/sessions.ts';
import { unknownPasskey } from '../accounts/passkey-check.ts';
import { askToSignIn, hostOf } from '../accounts/passkeys.ts';
import { signInByPasskey } from '../accounts/sign-in-steps.ts';
import type { SignInOutcome } from '../accounts/sign-in-steps.ts';
import { signIn } from '../accounts/sign-in.ts';
import { seeOther } from '../http/answers.ts';
import { emailField, passwordField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { Visit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Actions, Button, Field, Form, Hidden, PasswordField } from '../pages/forms.tsx';
import { Notice } from '../pages/notices.tsx';
import { PasskeyForm, PasskeySignals } from '../pages/passkeys.tsx';
import { isProblem } from '../problem.ts';
import { portalAccessText } from '../text/portal-access.ts';
import { portalSecurityText } from '../text/portal-security.ts';
import { portalText } from '../text/portal.ts';
import { leadOn } from './cookie-check.tsx';
import { errorOf, errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { firstPage, returnPath, signInAddress } from './place-to-return.ts';
import { codeAddress } from './sign-in-code.tsx';

const signInForm = z.object({ email: emailField, password: passwordField });

/** Asks for address and password, unless somebody is signed in already. */
export function signInPage(visit: Visit): Response | Promise<Response> {
  const back = returnPath(visit.query.get('return'));
  return visit.signedIn === null ? showForm(visit, { back, status: 200 }) : seeOther(back);
}

/** Signs in. A wrong address and a wrong password are told in the same words. */
export async function postSignIn(visit: Visit): Promise<Response> {
  const back = returnPath(visit.form.get('return') ?? null);
  const parsed = parseForm(signInForm, visit.form);
  if (!parsed.ok) return showForm(visit, { back, faults: parsed.faults, status: 422 });
  try {
    const outcome = await signIn(visit.op, { ...parsed.value, device: visit.device });
    return outcome === null
      ? await showForm(visit, { back, wrong: 'password', status: 422 })
      : goOn(visit, outcome, back);
  } catch (error) {
    if (!isProblem(error, 'too-many')) throw error;
    return showForm(visit, { back, mustWait: true, status: 429 });
  }
}

/** Signs in with a passkey. Whatever is wrong with the answer, it is told in the same words. */
export async function postPasskey(visit: Visit): Promise<Response> {
  const { op, site, device } = visit;
  const back = returnPath(visit.form.get('return') ?? null);
  const answer = visit.form.get('answer') ?? '';
  const outcome = await signInByPasskey(op, { origin: site.origin, answer, device });
  if (outcome !== null) return goOn(visit, outcome, back);
  const unknown = await unknownPasskey(op, answer);
  return showForm(visit, { back, wrong: 'passkey', unknown, status: 422 });
}

/** Either a session begins, or the browser remembers for some minutes that only the code is missing. */
function goOn(visit: Visit, outcome: SignInOutcome, back: string): Response {
  if (outcome.kind === 'code-needed') {
    visit.setCookie('__Host-sign-in', outcome.pending);
    return leadOn(visit, codeAddress(back));
  }
  visit.setCookie('__Host-session', outcome.token);
  return leadOn(visit, back);
}

/** Ends the session of this device. Doing it twice is as good as once. */
export async function signOut(visit: Visit): Promise<Response> {
  const { signedIn } = visit;
  if (signedIn !== null) await endSession(visit.op.db, signedIn.owner, signedIn.sessionId);
  visit.clearCookie('__Host-session');
  return seeOther('/?signed-out=1');
}

type Shown = {
  readonly back: string;
  readonly faults?: Faults;
  readonly wrong?: 'password' | 'passkey';
  /** There have been too many attempts; choosing a new password is open all the same. */
  readonly mustWait?: boolean;
  /** A passkey that the device has and we do not, so that the device may forget it. */
  readonly unknown?: string | null;
  readonly status: number;
};

async function showForm(visit: Visit, shown: Shown): Promise<Response> {
  const { back, faults = {}, status } = shown;
  const all = portalText[visit.language];
  const words = all.signIn;
  const access = portalAccessText[visit.language].signIn;
  const { email, password } = all.faults;
  const faultWords = { email, password };
  const asked = { origin: visit.site.origin, verification: 'preferred' } as const;
  const options = await askToSignIn(visit.op, asked);
  return portalPage(
    visit,
    { title: words.title, current: 'signIn', status, comeBackTo: signInAddress(back) },
    <>
      <ErrorSummary
        title={all.faultsTitle}
        errors={[...wrongIn(visit, shown), ...errorsOf(faultWords, faults)]}
      />
      <h1>{words.title}</h1>
      {shown.mustWait === true && (
        <Notice kind="warning" title={access.waitTitle} role="alert">
          <p>{access.waitText}</p>
        </Notice>
      )}
      {back !== firstPage && status === 200 && (
        <Notice kind="info" title={words.needed}>
          <p>{words.neededText}</p>
        </Notice>
      )}
      <Form action="/sign-in">
        <Hidden name="return" value={back} />
        <Field
          name="email"
          label={words.email}
          type="email"
          inputmode="email"
          autocomplete="username webauthn"
          spellcheck={false}
          required
          value={visit.form.get('email')}
          error={errorOf(faultWords, faults, 'email')}
        />
        <PasswordField
          name="password"
          label={words.password}
          autocomplete="current-password"
          words={all.showPassword}
          error={errorOf(faultWords, faults, 'password')}
        />
        <Actions>
          <Button>{words.submit}</Button>
          <Button kind="link" formaction="/recover/begin">
            {access.forgotten}
          </Button>
        </Actions>
      </Form>
      <PasskeyPart visit={visit} shown={shown} options={options} />
      <p>
        {words.noAccount} <a href="/sign-up">{words.createAccount}</a>
      </p>
    </>,
  );
}

function wrongIn({ language }: Visit, { wrong }: Shown): FormError[] {
  if (wrong === undefined) return [];
  return wrong === 'password'
    ? [{ field: 'email', text: portalText[language].signIn.wrong }]
    : [{ text: portalSecurityText[language].signIn.wrongPasskey }];
}

/** The button for a passkey. The field for the address offers passkeys as well, as soon as somebody is in it. */
function PasskeyPart(props: { visit: Visit; shown: Shown; options: object }) {
  const { visit, shown, options } = props;
  const { signIn: words, passkeyWords } = portalSecurityText[visit.language];
  const rpId = hostOf(visit.site.origin);
  const credentialId = shown.unknown ?? null;
  return (
    <>
      <PasskeyForm
        action="/sign-in/passkey"
        does="get"
        kind="secondary"
        conditional
        options={options}
        label={words.passkey}
        words={passkeyWords}
      >
        <Hidden name="return" value={shown.back} />
      </PasskeyForm>
      <PasskeySignals
        signals={credentialId === null ? [] : [{ tell: 'unknown', detail: { rpId, credentialId } }]}
      />
    </>
  );
}
