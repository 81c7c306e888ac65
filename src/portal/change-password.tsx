import { z } from 'zod';
import { readAccount } from '../accounts/account.ts';
import { changePassword } from '../accounts/own-password.ts';
import { seeOther } from '../http/answers.ts';
import { newPasswordField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { Check, ErrorSummary } from '../pages/choices.tsx';
import { Button, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { portalAccessText } from '../text/portal-access.ts';
import { portalText } from '../text/portal.ts';
import { errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { faultsOfPassword, NewPasswordField } from './new-password.tsx';

const passwordForm = z.object({ password: newPasswordField, others: z.literal('end').optional() });

/** Asks for a new password. Who comes here has just shown who they are, so the old one is not asked for again. */
export function changePasswordPage(visit: OwnVisit): Promise<Response> {
  return showForm(visit, {}, 200);
}

/** Changes the password and signs the other devices out, unless that is not wanted. */
export async function takeNewPassword(visit: OwnVisit): Promise<Response> {
  const parsed = parseForm(passwordForm, visit.form);
  if (!parsed.ok) return showForm(visit, parsed.faults, 422);
  const { password, others } = parsed.value;
  const { email, name } = await ownAccount(visit);
  const faults = await faultsOfPassword(visit, 'password', password, [email, name]);
  if (Object.keys(faults).length > 0) return showForm(visit, faults, 422);
  await changePassword(visit.op, visit.session, { password, endOthers: others === 'end' });
  return seeOther('/settings/changed?what=password');
}

async function ownAccount({ op, owner }: OwnVisit) {
  return readAccount(op, await op.vault.openFor(op, owner, ['credentials']));
}

async function showForm(visit: OwnVisit, faults: Faults, status: number): Promise<Response> {
  const all = portalAccessText[visit.language];
  const words = all.password;
  const { email } = await ownAccount(visit);
  const isSent = visit.form.size > 0;
  return portalPage(
    visit,
    { title: words.title, current: 'settings', status },
    <>
      <BackLink href="/settings">{all.changed.back}</BackLink>
      <ErrorSummary
        title={portalText[visit.language].faultsTitle}
        errors={errorsOf({ password: all.faults.newPassword }, faults)}
      />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Form action="/settings/password">
        <Field name="email" label={words.email} autocomplete="username" value={email} readonly />
        <NewPasswordField visit={visit} name="password" label={words.password} faults={faults} />
        <Check
          name="others"
          value="end"
          label={words.endOthers}
          hint={words.endOthersHint}
          checked={isSent ? visit.form.get('others') === 'end' : true}
        />
        <Button>{words.submit}</Button>
      </Form>
    </>,
  );
}
