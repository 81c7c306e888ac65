import { z } from 'zod';
import { endSession, findSession } from '../accounts/sessions.ts';
import { askToSignIn } from '../accounts/passkeys.ts';
import { signInStaff, signInStaffByPasskey } from '../accounts/staff.ts';
import { seeOther } from '../http/answers.ts';
import { emailField, passwordField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { FieldFault } from '../http/form.ts';
import type { OwnVisit, Visit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, Field, Form, Hidden, PasswordField } from '../pages/forms.tsx';
import { Notice } from '../pages/notices.tsx';
import { PasskeyForm } from '../pages/passkeys.tsx';
import { isProblem } from '../problem.ts';
import { consoleText } from '../text/console.ts';
import { portalSecurityText } from '../text/portal-security.ts';
import { consolePage } from './frame.tsx';
import { placeToReturn, signInAddress } from './place-to-return.ts';
import { codeField } from './sign-in-fields.tsx';

const signInForm = z.object({ email: emailField, password: passwordField, code: codeField });

type Faults = Readonly<Record<string, FieldFault>>;
type Trouble = { readonly status: number; readonly errors: readonly FormError[] };

export function showSignIn(visit: Visit): Promise<Response> {
  return signInPage(visit, visit.query.get('return'), null);
}

/** Signs a member of staff in; which of address, password and code was wrong is not told. */
export async function takeSignIn(visit: Visit): Promise<Response> {
  const place = visit.form.get('return');
  const words = consoleText[visit.language].signIn;
  const parsed = parseForm(signInForm, visit.form);
  if (!parsed.ok) {
    return signInPage(visit, place, { status: 422, errors: errorsOf(visit, parsed.faults) });
  }
  try {
    const token = await signInStaff(visit.op, { ...parsed.value, device: visit.device });
    if (token === null)
      return signInPage(visit, place, { status: 422, errors: [{ text: words.wrong }] });
    return await letIn(visit, token, place);
  } catch (error) {
    if (!isProblem(error, 'too-many')) throw error;
    return signInPage(visit, place, { status: 429, errors: [{ text: words.tooMany }] });
  }
}

/** Signs a member of staff in by a passkey, whose device saw to it that it was its holder. */
export async function takePasskey(visit: Visit): Promise<Response> {
  const place = visit.form.get('return');
  const answer = visit.form.get('answer') ?? '';
  const { origin } = visit.site;
  const token = await signInStaffByPasskey(visit.op, { origin, answer, device: visit.device });
  if (token === null) {
    const text = portalSecurityText[visit.language].signIn.wrongPasskey;
    return signInPage(visit, place, { status: 422, errors: [{ text }] });
  }
  return letIn(visit, token, place);
}

/** To the page that was asked for, where it is one for who came. */
async function letIn(
  visit: Visit,
  token: string,
  place: string | null | undefined,
): Promise<Response> {
  visit.setCookie('__Host-staff', token);
  const session = await findSession(visit.op, token, 'staff', visit.op.now);
  return seeOther(placeToReturn(place, session?.role));
}

export async function signOut(visit: OwnVisit): Promise<Response> {
  await endSession(visit.op.db, visit.owner, visit.session.sessionId);
  visit.clearCookie('__Host-staff');
  return seeOther('/console/sign-in');
}

async function signInPage(
  visit: Visit,
  place: string | null | undefined,
  trouble: Trouble | null,
): Promise<Response> {
  const words = consoleText[visit.language].signIn;
  const errors = trouble?.errors ?? [];
  const options = await askToSignIn(visit.op, {
    origin: visit.site.origin,
    verification: 'required',
  });
  const security = portalSecurityText[visit.language];
  const isSentHere = typeof place === 'string' && place !== '' && trouble === null;
  return consolePage(
    visit,
    {
      title: words.title,
      status: trouble?.status,
      comeBackTo: signInAddress(placeToReturn(place)),
    },
    <>
      <ErrorSummary title={words.errorTitle} errors={errors} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {isSentHere && (
        <Notice kind="info" title={words.goOn}>
          <p>{words.goOnText}</p>
        </Notice>
      )}
      {visit.site.sandbox !== null && <p class="soft">{words.sandboxHint}</p>}
      <SignInForm visit={visit} place={placeToReturn(place)} errors={errors} />
      <PasskeyForm
        action="/console/sign-in/passkey"
        does="get"
        kind="secondary"
        conditional
        options={options}
        label={security.signIn.passkey}
        words={security.passkeyWords}
      >
        <Hidden name="return" value={placeToReturn(place)} />
      </PasskeyForm>
    </>,
  );
}

function SignInForm(props: { visit: Visit; place: string; errors: readonly FormError[] }) {
  const words = consoleText[props.visit.language].signIn;
  const errorOf = (field: string) => props.errors.find((error) => error.field === field)?.text;
  return (
    <Form action="/console/sign-in">
      <Hidden name="return" value={props.place} />
      <Field
        name="email"
        label={words.email}
        type="email"
        inputmode="email"
        autocomplete="username webauthn"
        maxlength={254}
        spellcheck={false}
        required
        value={props.visit.form.get('email')}
        error={errorOf('email')}
      />
      <PasswordField
        name="password"
        label={words.password}
        autocomplete="current-password"
        error={errorOf('password')}
        words={{ show: words.showPassword, hide: words.hidePassword }}
      />
      <Field
        name="code"
        label={words.code}
        hint={words.codeHint}
        inputmode="numeric"
        autocomplete="one-time-code"
        width="short"
        maxlength={10}
        required
        error={errorOf('code')}
      />
      <Button>{words.button}</Button>
    </Form>
  );
}

function errorsOf(visit: Visit, faults: Faults): FormError[] {
  const words = consoleText[visit.language].signIn;
  return (['email', 'password', 'code'] as const).flatMap((field) => {
    const fault = faults[field];
    if (fault === undefined) return [];
    return [{ field, text: fault === 'missing' ? words.missing[field] : wordsFor(field) }];
  });

  function wordsFor(field: 'email' | 'password' | 'code'): string {
    if (field === 'email') return words.notAnAddress;
    return field === 'code' ? words.notACode : words.wrong;
  }
}
