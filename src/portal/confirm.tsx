import { z } from 'zod';
import { passwordLengthMax } from '../accounts/passwords.ts';
import { confirmSignUp, findSignup } from '../accounts/sign-up.ts';
import type { Signup } from '../accounts/sign-up.ts';
import { line, newPasswordField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { Visit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Field, Form, PasswordField } from '../pages/forms.tsx';
import { accountStay } from '../policy/keeping.ts';
import { isProblem } from '../problem.ts';
import { keepingText } from '../text/keeping.ts';
import { portalText } from '../text/portal.ts';
import { leadOn } from './cookie-check.tsx';
import { errorOf, errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { faultsOfPassword } from './new-password.tsx';

export const nameLengthMax = 100;
const confirmForm = z.object({ name: line(nameLengthMax), password: newPasswordField });

/** Shows the address and asks for name and password. Changes nothing: mail programs open links by themselves. */
export async function confirmPage(visit: Visit): Promise<Response> {
  const found = await findSignup(visit.op, visit.params['token'] ?? '');
  return found === null ? overPage(visit) : showForm(visit, found, {}, 200);
}

/** Makes the account and signs its customer in. */
export async function createAccount(visit: Visit): Promise<Response> {
  const found = await findSignup(visit.op, visit.params['token'] ?? '');
  if (found === null) return overPage(visit);
  const parsed = parseForm(confirmForm, visit.form);
  if (!parsed.ok) return showForm(visit, found, parsed.faults, 422);
  const { name, password } = parsed.value;
  const faults = await faultsOfPassword(visit, 'password', password, [found.email, name]);
  if (Object.keys(faults).length > 0) return showForm(visit, found, faults, 422);
  try {
    const choice = { ...parsed.value, device: visit.device };
    visit.setCookie('__Host-session', await confirmSignUp(visit.op, found, choice));
  } catch (error) {
    if (isProblem(error, 'conflict')) return overPage(visit);
    throw error;
  }
  return leadOn(visit, '/overview?welcome=1');
}

function showForm(visit: Visit, found: Signup, faults: Faults, status: number): Promise<Response> {
  const all = portalText[visit.language];
  const words = all.confirm;
  const { name, password } = all.faults;
  const faultWords = { name, password };
  return portalPage(
    visit,
    { title: words.title, status },
    <>
      <ErrorSummary title={all.faultsTitle} errors={errorsOf(faultWords, faults)} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Form action={visit.path}>
        <Field
          name="email"
          label={words.email}
          autocomplete="username"
          value={found.email}
          readonly
        />
        <Field
          name="name"
          label={words.name}
          hint={words.nameHint}
          autocomplete="name"
          maxlength={nameLengthMax}
          required
          value={visit.form.get('name')}
          error={errorOf(faultWords, faults, 'name')}
        />
        <PasswordField
          name="password"
          label={words.password}
          hint={words.passwordHint}
          autocomplete="new-password"
          maxlength={passwordLengthMax}
          words={all.showPassword}
          error={errorOf(faultWords, faults, 'password')}
        />
        <p class="hint">{keepingText[visit.language].atSignUp(accountStay.unusedMonths)}</p>
        <Button>{words.create}</Button>
      </Form>
    </>,
  );
}

/** For a link that was used, is too old or never was: they look alike. */
function overPage(visit: Visit): Promise<Response> {
  const words = portalText[visit.language].confirm;
  return portalPage(
    visit,
    { title: words.overTitle, status: 410 },
    <>
      <h1>{words.overTitle}</h1>
      <p class="lead">{words.overText}</p>
      <Actions>
        <ButtonLink href="/sign-in">{words.signIn}</ButtonLink>
        <ButtonLink href="/sign-up" kind="secondary">
          {words.newLink}
        </ButtonLink>
      </Actions>
    </>,
  );
}
