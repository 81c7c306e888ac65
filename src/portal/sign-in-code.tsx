import { z } from 'zod';
import { completeSignIn, isPending } from '../accounts/sign-in-steps.ts';
import { seeOther } from '../http/answers.ts';
import { line } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { Visit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, ButtonLink, Field, Form, Hidden } from '../pages/forms.tsx';
import { portalCodesText } from '../text/portal-codes.ts';
import { portalText } from '../text/portal.ts';
import { errorOf, errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { returnPath, signInAddress } from './place-to-return.ts';

const cookie = '__Host-sign-in';
const codeForm = z.object({ code: line(60) });

/** The second page of signing in, for who has shown the password in this browser some minutes ago. */
export function codePage(visit: Visit): Response | Promise<Response> {
  const back = returnPath(visit.query.get('return'));
  if (!isPending(visit.op, visit.cookie(cookie))) return seeOther(signInAddress(back));
  return showForm(visit, back, {}, 200);
}

/** Completes the sign-in. A code and a first step each work once. */
export async function takeCode(visit: Visit): Promise<Response> {
  const back = returnPath(visit.form.get('return') ?? null);
  const pending = visit.cookie(cookie);
  if (!isPending(visit.op, pending)) return showOver(visit, back);
  const parsed = parseForm(codeForm, visit.form);
  if (!parsed.ok) return showForm(visit, back, parsed.faults, 422);
  const { code } = parsed.value;
  const { device } = visit;
  const done = await completeSignIn(visit.op, { pending: pending ?? '', code, device });
  if (done === 'wrong') return showForm(visit, back, { code: 'wrong' }, 422);
  visit.clearCookie(cookie);
  if (done === 'over') return showOver(visit, back);
  visit.setCookie('__Host-session', done.token);
  return seeOther(back);
}

/** Where the second page of signing in stands. */
export function codeAddress(back: string): string {
  return signInAddress(back).replace('/sign-in', '/sign-in/code');
}

function showForm(visit: Visit, back: string, faults: Faults, status: number): Promise<Response> {
  const words = portalCodesText[visit.language].code;
  const faultWords = { code: { ...words.faults, wrong: words.wrong } };
  return portalPage(
    visit,
    { title: words.title, current: 'signIn', status, comeBackTo: codeAddress(back) },
    <>
      <ErrorSummary
        title={portalText[visit.language].faultsTitle}
        errors={errorsOf(faultWords, faults)}
      />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Form action="/sign-in/code">
        <Hidden name="return" value={back} />
        <Field
          name="code"
          label={words.code}
          hint={words.codeHint}
          autocomplete="one-time-code"
          spellcheck={false}
          width="medium"
          required
          error={errorOf(faultWords, faults, 'code')}
        />
        <Button>{words.submit}</Button>
      </Form>
      <p>
        <a href={signInAddress(back)}>{words.again}</a>
      </p>
    </>,
  );
}

function showOver(visit: Visit, back: string): Promise<Response> {
  const words = portalCodesText[visit.language].code;
  return portalPage(
    visit,
    { title: words.over, current: 'signIn', status: 422, comeBackTo: signInAddress(back) },
    <>
      <h1>{words.over}</h1>
      <p class="lead">{words.overText}</p>
      <ButtonLink href={signInAddress(back)}>{words.again}</ButtonLink>
    </>,
  );
}
