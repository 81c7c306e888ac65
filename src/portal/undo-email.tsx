import { z } from 'zod';
import { addressLinksOf } from '../accounts/address-changes.ts';
import { findUndo, undoAddressChange } from '../accounts/undo-address-change.ts';
import type { Undo, UndoOutcome } from '../accounts/undo-address-change.ts';
import { seeOther } from '../http/answers.ts';
import { line, newPasswordField, passwordField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { Visit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, ButtonLink, Form, PasswordField } from '../pages/forms.tsx';
import { isProblem } from '../problem.ts';
import { portalAccessText } from '../text/portal-access.ts';
import { portalText } from '../text/portal.ts';
import { CodeField, codeLengthMax } from './code-field.tsx';
import { errorOf, errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { faultsOfPassword, NewPasswordField } from './new-password.tsx';

const undoForm = z.object({ password: passwordField, newPassword: newPasswordField });
const codeForm = undoForm.extend({ code: line(codeLengthMax) });

/** Says what undoing a change of address means. Changes nothing: mail programs open links by themselves. */
export async function undoEmailPage(visit: Visit): Promise<Response> {
  const undo = await findUndo(visit.op, visit.params['token'] ?? '');
  return undo === null ? overPage(visit) : showForm(visit, undo, {}, 200);
}

/** Undoes the change for who knows the password as well. */
export async function takeUndo(visit: Visit): Promise<Response> {
  const { op, site, form } = visit;
  const undo = await findUndo(op, visit.params['token'] ?? '');
  if (undo === null) return overPage(visit);
  const parsed = parseForm<{ password: string; newPassword: string; code?: string }>(
    undo.needsCode ? codeForm : undoForm,
    form,
  );
  if (!parsed.ok) return showForm(visit, undo, parsed.faults, 422);
  const { password, newPassword, code = '' } = parsed.value;
  const faults =
    password.normalize('NFC') === newPassword.normalize('NFC')
      ? ({ newPassword: 'same' } as const)
      : await faultsOfPassword(visit, 'newPassword', newPassword, [undo.formerEmail]);
  if (Object.keys(faults).length > 0) return showForm(visit, undo, faults, 422);
  try {
    const choice = { password, newPassword, code };
    const outcome = await undoAddressChange(op, undo, choice, addressLinksOf(site.origin));
    if (outcome !== 'undone') return await showForm(visit, undo, faultsOf[outcome], 422);
  } catch (error) {
    if (isProblem(error, 'conflict')) return overPage(visit);
    throw error;
  }
  return seeOther('/undo-email/done');
}

const faultsOf: Readonly<Record<Exclude<UndoOutcome, 'undone'>, Faults>> = {
  'wrong-password': { password: 'wrong' },
  'wrong-code': { code: 'wrong' },
  taken: { password: 'same' },
};

export function undoDonePage(visit: Visit): Promise<Response> {
  const words = portalAccessText[visit.language].undoEmail;
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

/** Names the former address, which is the reader's own, and never the one that the account has now. */
function showForm(visit: Visit, undo: Undo, faults: Faults, status: number): Promise<Response> {
  const all = portalAccessText[visit.language];
  const portal = portalText[visit.language];
  const words = all.undoEmail;
  const faultWords = {
    password: { ...portal.faults.password, wrong: words.wrong, same: words.taken },
    code: { ...all.faults.code, wrong: all.reset.wrongCode },
    newPassword: all.faults.newPassword,
  };
  return portalPage(
    visit,
    { title: words.title, status },
    <>
      <ErrorSummary title={portal.faultsTitle} errors={errorsOf(faultWords, faults)} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead(undo.formerEmail)}</p>
      <p>{words.also}</p>
      <Form action={visit.path}>
        <PasswordField
          name="password"
          label={words.password}
          autocomplete="current-password"
          words={portal.showPassword}
          error={errorOf(faultWords, faults, 'password')}
        />
        {undo.needsCode && <CodeField visit={visit} words={faultWords} faults={faults} />}
        <NewPasswordField
          visit={visit}
          name="newPassword"
          label={words.newPassword}
          faults={faults}
        />
        <Button>{words.submit}</Button>
      </Form>
      <p>{words.contact}</p>
    </>,
  );
}

function overPage(visit: Visit): Promise<Response> {
  const words = portalAccessText[visit.language].undoEmail;
  return portalPage(
    visit,
    { title: words.overTitle, status: 410 },
    <>
      <h1>{words.overTitle}</h1>
      <p class="lead">{words.overText}</p>
      <p>{words.contact}</p>
      <ButtonLink href="/sign-in">{words.signIn}</ButtonLink>
    </>,
  );
}
