import { z } from 'zod';
import { changeAccount, readAccount } from '../accounts/account.ts';
import { seeOther } from '../http/answers.ts';
import { line } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { inTransaction } from '../operation.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, ButtonLink, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { portalAccessText } from '../text/portal-access.ts';
import { portalText } from '../text/portal.ts';
import { nameLengthMax } from './confirm.tsx';
import { errorOf, errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';

const nameForm = z.object({ name: line(nameLengthMax) });

/** Shows the name to be changed. */
export async function changeNamePage(visit: OwnVisit): Promise<Response> {
  const { op, owner } = visit;
  const { name } = await readAccount(op, await op.vault.openFor(op, owner, ['credentials']));
  return showForm(visit, name, {}, 200);
}

export async function takeNewName(visit: OwnVisit): Promise<Response> {
  const { op, owner, form } = visit;
  const parsed = parseForm(nameForm, form);
  if (!parsed.ok) return showForm(visit, form.get('name') ?? '', parsed.faults, 422);
  const { name } = parsed.value;
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  await inTransaction(op, (write) => changeAccount(write, opener, { name }));
  return seeOther('/settings/changed?what=name');
}

const changes = ['password', 'email', 'name'] as const;

/** Says what has been changed. Anybody who is signed in may see it: it shows nothing of the change itself. */
export function changedPage(visit: OwnVisit): Promise<Response> | Response {
  const what = changes.find((one) => one === visit.query.get('what'));
  if (what === undefined) return seeOther('/settings');
  const words = portalAccessText[visit.language].changed;
  return portalPage(
    visit,
    { title: words[what], current: 'settings' },
    <>
      <h1>{words[what]}</h1>
      <p class="lead">{words[`${what}Text`]}</p>
      <ButtonLink href="/settings">{words.back}</ButtonLink>
    </>,
  );
}

function showForm(
  visit: OwnVisit,
  value: string,
  faults: Faults,
  status: number,
): Promise<Response> {
  const all = portalAccessText[visit.language];
  const words = all.name;
  const faultWords = { name: portalText[visit.language].faults.name };
  return portalPage(
    visit,
    { title: words.title, current: 'settings', status },
    <>
      <BackLink href="/settings">{all.changed.back}</BackLink>
      <ErrorSummary
        title={portalText[visit.language].faultsTitle}
        errors={errorsOf(faultWords, faults)}
      />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Form action="/settings/name">
        <Field
          name="name"
          label={words.name}
          autocomplete="name"
          maxlength={nameLengthMax}
          required
          value={value}
          error={errorOf(faultWords, faults, 'name')}
        />
        <Button>{words.submit}</Button>
      </Form>
    </>,
  );
}
