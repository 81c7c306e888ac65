import { z } from 'zod';
import { requestSignUp } from '../accounts/sign-up.ts';
import { seeOther } from '../http/answers.ts';
import { emailField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { Visit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, ButtonLink, Field, Form } from '../pages/forms.tsx';
import { linksOf } from '../site.ts';
import { portalText } from '../text/portal.ts';
import { errorOf, errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { mailDelay } from './mail-delay.tsx';

const signUpForm = z.object({ email: emailField });

/** One field: where to write. */
export function signUpPage(visit: Visit): Promise<Response> {
  return showForm(visit, {}, 200);
}

/** Writes to the address. The answer is the same whether it has an account or not. */
export async function askToSignUp(visit: Visit): Promise<Response> {
  const parsed = parseForm(signUpForm, visit.form);
  if (!parsed.ok) return showForm(visit, parsed.faults, 422);
  const wish = { email: parsed.value.email, language: visit.language };
  await requestSignUp(visit.op, wish, linksOf(visit.site));
  return seeOther('/sign-up/sent');
}

/** Says that a letter is on its way, to whom it may concern. */
export async function signUpSentPage(visit: Visit): Promise<Response> {
  const words = portalText[visit.language].sent;
  const delay = await mailDelay(visit);
  return portalPage(
    visit,
    { title: words.title },
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
      <ButtonLink href="/sign-up" kind="secondary">
        {words.again}
      </ButtonLink>
    </>,
  );
}

function showForm(visit: Visit, faults: Faults, status: number): Promise<Response> {
  const all = portalText[visit.language];
  const words = all.signUp;
  const faultWords = { email: all.faults.email };
  return portalPage(
    visit,
    { title: words.title, status },
    <>
      <ErrorSummary title={all.faultsTitle} errors={errorsOf(faultWords, faults)} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Form action="/sign-up">
        <Field
          name="email"
          label={words.email}
          hint={words.emailHint}
          type="email"
          inputmode="email"
          autocomplete="email"
          spellcheck={false}
          required
          value={visit.form.get('email')}
          error={errorOf(faultWords, faults, 'email')}
        />
        <Button>{words.send}</Button>
      </Form>
      <p>
        <a href="/notice">{words.readNotice}</a>
      </p>
      <p>
        {words.haveAccount} <a href="/sign-in">{words.signIn}</a>
      </p>
    </>,
  );
}
