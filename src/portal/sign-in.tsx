import { z } from 'zod';
import { endSession } from '../accounts/sessions.ts';
import { signIn } from '../accounts/sign-in.ts';
import { ownPath, seeOther } from '../http/answers.ts';
import { emailField, passwordField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { Visit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, Field, Form, Hidden, PasswordField } from '../pages/forms.tsx';
import { Notice } from '../pages/notices.tsx';
import { portalText } from '../text/portal.ts';
import { errorOf, errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';

const signInForm = z.object({ email: emailField, password: passwordField });
const firstPage = '/overview';

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
  const token = await signIn(visit.op, { ...parsed.value, device: visit.device });
  if (token === null) return showForm(visit, { back, isWrong: true, status: 422 });
  visit.setCookie('__Host-session', token);
  return seeOther(back);
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
  readonly isWrong?: boolean;
  readonly status: number;
};

function showForm(visit: Visit, { back, faults = {}, isWrong, status }: Shown): Promise<Response> {
  const all = portalText[visit.language];
  const words = all.signIn;
  const { email, password } = all.faults;
  const faultWords = { email, password };
  const wrong: FormError[] = isWrong === true ? [{ field: 'email', text: words.wrong }] : [];
  return portalPage(
    visit,
    { title: words.title, current: 'signIn', status, comeBackTo: signInAddress(back) },
    <>
      <ErrorSummary title={all.faultsTitle} errors={[...wrong, ...errorsOf(faultWords, faults)]} />
      <h1>{words.title}</h1>
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
          autocomplete="username"
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
        <Button>{words.submit}</Button>
      </Form>
      <p>
        {words.noAccount} <a href="/sign-up">{words.createAccount}</a>
      </p>
    </>,
  );
}

/** The sign-in page that leads on to a page of ours. */
export function signInAddress(back: string): string {
  return back === firstPage ? '/sign-in' : `/sign-in?return=${encodeURIComponent(back)}`;
}

/** Where to go after signing in: a page of ours, never this one again. */
function returnPath(wished: string | null): string {
  const path = ownPath(wished ?? firstPage);
  return path.startsWith('/sign-in') ? firstPage : path;
}
