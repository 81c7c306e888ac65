import { z } from 'zod';
import { isOneTimeSecret, newOneTimeSecret } from '../accounts/one-time-codes.ts';
import {
  readOwnSignIn,
  readOwnStaff,
  replaceOwnCodes,
  replaceOwnPassword,
  tellingStaff,
} from '../accounts/staff-own.ts';
import type { OwnStaff } from '../accounts/staff-own.ts';
import { seeOther } from '../http/answers.ts';
import { newPasswordField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { errorsOf } from '../portal/form-errors.ts';
import { Problem } from '../problem.ts';
import { joiningText } from '../text/console-joining.ts';
import { ownText } from '../text/console-own.ts';
import { consolePage, ownPage } from './frame.tsx';
import { passwordErrors } from './new-password.ts';
import { AppFields, codeField, NewPasswordField } from './sign-in-fields.tsx';

const passwordForm = z.object({ password: newPasswordField });
const codesForm = z.object({ code: codeField });
const bothForm = passwordForm.extend({ code: codeField });

export function showPassword(visit: OwnVisit): Promise<Response> {
  return passwordPage(visit, []);
}

export async function takePassword(visit: OwnVisit): Promise<Response> {
  const { op, owner, language } = visit;
  const parsed = parseForm(passwordForm, visit.form);
  if (!parsed.ok) {
    return passwordPage(visit, errorsOf(joiningText[language].faults, parsed.faults));
  }
  const { password } = parsed.value;
  const errors = await passwordErrors(visit, password, aboutOf(await readPerson(visit)));
  if (errors.length > 0) return passwordPage(visit, errors);
  await replaceOwnPassword(op, owner, password, await tellingStaff(op, owner, language));
  return seeOther(`${ownPage}?done=password`);
}

export function showCodes(visit: OwnVisit): Promise<Response> {
  return codesPage(visit, []);
}

/** Takes a new key for one-time codes; with it a password, from whoever has none. */
export async function takeCodes(visit: OwnVisit): Promise<Response> {
  const { op, owner, language } = visit;
  const words = joiningText[language];
  const secret = visit.form.get('secret') ?? '';
  if (!isOneTimeSecret(secret)) throw new Problem('bad-input', 'not a key for one-time codes');
  const withPassword = await lacksPassword(visit);
  const parsed = parseForm(withPassword ? bothForm : codesForm, visit.form);
  if (!parsed.ok) return codesPage(visit, errorsOf(words.faults, parsed.faults));
  const password = 'password' in parsed.value ? String(parsed.value.password) : null;
  const errors =
    password === null
      ? []
      : await passwordErrors(visit, password, aboutOf(await readPerson(visit)));
  if (errors.length > 0) return codesPage(visit, errors);
  const tell = await tellingStaff(op, owner, language);
  const chosen = { password, secret, code: parsed.value.code };
  if (await replaceOwnCodes(op, owner, chosen, tell)) return seeOther(`${ownPage}?done=codes`);
  return codesPage(visit, [{ field: 'code', text: words.faults.code.wrong }]);
}

async function lacksPassword({ op, owner }: OwnVisit): Promise<boolean> {
  return (await readOwnSignIn(op, owner)).passwordSince === null;
}

async function readPerson({ op, owner }: OwnVisit): Promise<OwnStaff> {
  return readOwnStaff(op, await op.vault.openFor(op, owner, ['staff']));
}

function aboutOf({ name, email }: OwnStaff): string[] {
  return [name, email ?? ''];
}

function passwordPage(visit: OwnVisit, errors: readonly FormError[]): Promise<Response> {
  const all = ownText[visit.language];
  const words = all.passwordPage;
  return consolePage(
    visit,
    { title: words.title, status: errors.length === 0 ? 200 : 422 },
    <>
      <ErrorSummary title={all.errorTitle} errors={errors} />
      <BackLink href={ownPage}>{all.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Form action={`${ownPage}/password`}>
        <NewPasswordField visit={visit} errors={errors} />
        <Button>{words.button}</Button>
      </Form>
    </>,
  );
}

async function codesPage(visit: OwnVisit, errors: readonly FormError[]): Promise<Response> {
  const all = ownText[visit.language];
  const words = all.codesPage;
  const withPassword = await lacksPassword(visit);
  const { email } = await readPerson(visit);
  const title = withPassword ? words.addTitle : words.title;
  return consolePage(
    visit,
    { title, status: errors.length === 0 ? 200 : 422 },
    <>
      <ErrorSummary title={all.errorTitle} errors={errors} />
      <BackLink href={ownPage}>{all.back}</BackLink>
      <h1>{title}</h1>
      <p class="lead">{withPassword ? words.addLead : words.lead}</p>
      <Form action={`${ownPage}/codes`}>
        {withPassword && <NewPasswordField visit={visit} errors={errors} />}
        <AppFields
          visit={visit}
          secret={visit.form.get('secret') ?? newOneTimeSecret()}
          email={email ?? ''}
          errors={errors}
        />
        <Button>{withPassword ? words.addButton : words.button}</Button>
      </Form>
    </>,
  );
}
