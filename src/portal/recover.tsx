import { z } from 'zod';
import { requestRecovery } from '../accounts/recovery.ts';
import { seeOther } from '../http/answers.ts';
import { emailField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { Visit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, ButtonLink, Field, Form } from '../pages/forms.tsx';
import { portalAccessText } from '../text/portal-access.ts';
import { portalText } from '../text/portal.ts';
import { errorOf, errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { mailDelay } from './mail-delay.tsx';

const recoverForm = z.object({ email: emailField });

/** One field: where to write. Also the answer to the button beside the password, which brings the address along. */
export function recoverPage(visit: Visit): Promise<Response> {
  return showForm(visit, {}, 200);
}

/** Writes to the address. The answer is the same whether it has an account or not. */
export async function askToRecover(visit: Visit): Promise<Response> {
  const { op, site, language, form } = visit;
  const parsed = parseForm(recoverForm, form);
  if (!parsed.ok) return showForm(visit, parsed.faults, 422);
  const links = {
    recover: (token: string) => `${site.origin}/recover/${token}`,
    signUp: `${site.origin}/sign-up`,
  };
  await requestRecovery(op, { email: parsed.value.email, language }, links);
  return seeOther('/recover/sent');
}

/** Says that a letter is on its way, to whom it may concern. */
export async function recoverSentPage(visit: Visit): Promise<Response> {
  const words = portalAccessText[visit.language].sent;
  const delay = await mailDelay(visit);
  return portalPage(
    visit,
    { title: words.title, current: 'signIn' },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {delay}
      <p>{words.lasts}</p>
      {delay === null && (
        <>
          <h2>{words.missing}</h2>
          <ul>
            {words.tips.map((tip) => (
              <li>{tip}</li>
            ))}
          </ul>
        </>
      )}
      <ButtonLink href="/recover" kind="secondary">
        {words.again}
      </ButtonLink>
    </>,
  );
}

function showForm(visit: Visit, faults: Faults, status: number): Promise<Response> {
  const all = portalText[visit.language];
  const words = portalAccessText[visit.language].recover;
  const faultWords = { email: all.faults.email };
  return portalPage(
    visit,
    { title: words.title, current: 'signIn', status, comeBackTo: '/recover' },
    <>
      <ErrorSummary title={all.faultsTitle} errors={errorsOf(faultWords, faults)} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Form action="/recover">
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
        <Button>{words.submit}</Button>
      </Form>
      <p>
        {words.passkey} <a href="/sign-in">{words.signIn}</a>
      </p>
    </>,
  );
}
