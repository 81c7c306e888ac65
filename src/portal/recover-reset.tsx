import { z } from 'zod';
import { findRecovery, resetPassword } from '../accounts/recovery.ts';
import type { Recovery } from '../accounts/recovery.ts';
import { seeOther } from '../http/answers.ts';
import { line, newPasswordField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { Visit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Field, Form } from '../pages/forms.tsx';
import { isProblem } from '../problem.ts';
import { portalAccessText } from '../text/portal-access.ts';
import { portalText } from '../text/portal.ts';
import { CodeField, codeLengthMax } from './code-field.tsx';
import { errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { faultsOfPassword, NewPasswordField } from './new-password.tsx';

const passwordForm = z.object({ password: newPasswordField });
const codeForm = passwordForm.extend({ code: line(codeLengthMax) });

/** Asks for a new password. Changes nothing: mail programs open links by themselves. */
export async function resetPage(visit: Visit): Promise<Response> {
  const found = await findRecovery(visit.op, visit.params['token'] ?? '');
  return found === null ? overPage(visit) : showForm(visit, found, {}, 200);
}

/** Sets the new password. Nobody is signed in by it. */
export async function takeReset(visit: Visit): Promise<Response> {
  const found = await findRecovery(visit.op, visit.params['token'] ?? '');
  if (found === null) return overPage(visit);
  const parsed = parseForm<{ password: string; code?: string }>(
    found.needsCode ? codeForm : passwordForm,
    visit.form,
  );
  if (!parsed.ok) return showForm(visit, found, parsed.faults, 422);
  const { password, code = '' } = parsed.value;
  const about = [found.email, found.name];
  const faults = await faultsOfPassword(visit, 'password', password, about);
  if (Object.keys(faults).length > 0) return showForm(visit, found, faults, 422);
  try {
    const outcome = await resetPassword(visit.op, found, { password, code });
    if (outcome === 'wrong-code') return await showForm(visit, found, { code: 'wrong' }, 422);
  } catch (error) {
    if (isProblem(error, 'conflict')) return overPage(visit);
    throw error;
  }
  visit.clearCookie('__Host-session');
  return seeOther('/recover/done');
}

/** Says that it is done, and leads to the page where one signs in. */
export function resetDonePage(visit: Visit): Promise<Response> {
  const words = portalAccessText[visit.language].reset;
  return portalPage(
    visit,
    { title: words.doneTitle, current: 'signIn' },
    <>
      <h1>{words.doneTitle}</h1>
      <p class="lead">{words.doneText}</p>
      <ButtonLink href="/sign-in">{words.signIn}</ButtonLink>
    </>,
  );
}

function showForm(
  visit: Visit,
  found: Recovery,
  faults: Faults,
  status: number,
): Promise<Response> {
  const all = portalAccessText[visit.language];
  const words = all.reset;
  const faultWords = {
    password: all.faults.newPassword,
    code: { ...all.faults.code, wrong: words.wrongCode },
  };
  return portalPage(
    visit,
    { title: words.title, current: 'signIn', status },
    <>
      <ErrorSummary
        title={portalText[visit.language].faultsTitle}
        errors={errorsOf(faultWords, faults)}
      />
      <h1>{words.title}</h1>
      <p class="lead">{found.needsCode ? words.leadCode : words.lead}</p>
      <Form action={visit.path}>
        <Field
          name="email"
          label={words.email}
          autocomplete="username"
          value={found.email}
          readonly
        />
        <NewPasswordField visit={visit} name="password" label={words.password} faults={faults} />
        {found.needsCode && <CodeField visit={visit} words={faultWords} faults={faults} />}
        <Button>{words.submit}</Button>
      </Form>
    </>,
  );
}

/** For a link that was used, is too old or never was: they look alike. */
function overPage(visit: Visit): Promise<Response> {
  const words = portalAccessText[visit.language].reset;
  return portalPage(
    visit,
    { title: words.overTitle, current: 'signIn', status: 410 },
    <>
      <h1>{words.overTitle}</h1>
      <p class="lead">{words.overText}</p>
      <Actions>
        <ButtonLink href="/recover">{words.newLink}</ButtonLink>
        <ButtonLink href="/sign-in" kind="secondary">
          {words.signIn}
        </ButtonLink>
      </Actions>
    </>,
  );
}
