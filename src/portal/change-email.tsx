import { z } from 'zod';
import { readAccount } from '../accounts/account.ts';
import {
  addressLinksOf,
  askAddressChange,
  confirmAddressChange,
  findAddressChange,
} from '../accounts/address-changes.ts';
import type { FoundChange } from '../accounts/address-change-rows.ts';
import { seeOther } from '../http/answers.ts';
import { emailField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { SummaryList } from '../pages/tables.tsx';
import { isProblem } from '../problem.ts';
import { portalAccessText } from '../text/portal-access.ts';
import { portalText } from '../text/portal.ts';
import { errorOf, errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { mailDelay } from './mail-delay.tsx';

const emailForm = z.object({ email: emailField });

/** Asks for the new address. */
export function changeEmailPage(visit: OwnVisit): Promise<Response> {
  return showForm(visit, {}, 200);
}

/** Writes to the new address. The answer is the same whether somebody else has it or not. */
export async function askToChangeEmail(visit: OwnVisit): Promise<Response> {
  const { op, owner, site, language } = visit;
  const parsed = parseForm(emailForm, visit.form);
  if (!parsed.ok) return showForm(visit, parsed.faults, 422);
  const wish = { email: parsed.value.email, language };
  const asked = await askAddressChange(op, owner, wish, addressLinksOf(site.origin));
  return asked === 'same'
    ? showForm(visit, { email: 'same' }, 422)
    : seeOther('/settings/email/sent');
}

export async function changeEmailSentPage(visit: OwnVisit): Promise<Response> {
  const all = portalAccessText[visit.language];
  const words = all.email;
  return portalPage(
    visit,
    { title: words.sentTitle, current: 'settings' },
    <>
      <BackLink href="/settings">{all.changed.back}</BackLink>
      <h1>{words.sentTitle}</h1>
      <p class="lead">{words.sentLead}</p>
      {await mailDelay(visit)}
      <p>{words.sentLasts}</p>
    </>,
  );
}

/** Shows both addresses, at the link in the letter. Changes nothing: mail programs open links by themselves. */
export async function confirmEmailPage(visit: OwnVisit): Promise<Response> {
  const found = await findAddressChange(visit.op, visit.owner, visit.params['token'] ?? '');
  return found === null ? overPage(visit) : showConfirmation(visit, found);
}

/** Moves the account to the new address. */
export async function takeNewEmail(visit: OwnVisit): Promise<Response> {
  const { op, owner, site } = visit;
  const found = await findAddressChange(op, owner, visit.params['token'] ?? '');
  if (found === null) return overPage(visit);
  try {
    await confirmAddressChange(op, found, addressLinksOf(site.origin));
  } catch (error) {
    if (isProblem(error, 'conflict')) return overPage(visit);
    throw error;
  }
  return seeOther('/settings/changed?what=email');
}

async function showForm(visit: OwnVisit, faults: Faults, status: number): Promise<Response> {
  const { op, owner, language } = visit;
  const all = portalAccessText[language];
  const words = all.email;
  const faultWords = { email: { ...portalText[language].faults.email, ...all.faults.email } };
  const { email } = await readAccount(op, await op.vault.openFor(op, owner, ['credentials']));
  return portalPage(
    visit,
    { title: words.title, current: 'settings', status },
    <>
      <BackLink href="/settings">{all.changed.back}</BackLink>
      <ErrorSummary
        title={portalText[language].faultsTitle}
        errors={errorsOf(faultWords, faults)}
      />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <SummaryList rows={[{ key: words.current, value: email }]} />
      <Form action="/settings/email">
        <Field
          name="email"
          label={words.email}
          type="email"
          inputmode="email"
          autocomplete="email"
          spellcheck={false}
          required
          value={visit.form.get('email')}
          error={errorOf(faultWords, faults, 'email')}
        />
        <Button>{words.submit}</Button>
      </Form>
    </>,
  );
}

function showConfirmation(visit: OwnVisit, found: FoundChange): Promise<Response> {
  const words = portalAccessText[visit.language].confirmEmail;
  return portalPage(
    visit,
    { title: words.title, current: 'settings' },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <SummaryList
        rows={[
          { key: words.from, value: found.formerEmail },
          { key: words.to, value: found.email },
        ]}
      />
      <p>{words.afterwards}</p>
      <Form action={visit.path}>
        <Actions>
          <Button>{words.submit}</Button>
          <ButtonLink href="/settings" kind="secondary">
            {words.keep}
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}

/** For a link that was used, is too old, is somebody else's or never was: they look alike. */
function overPage(visit: OwnVisit): Promise<Response> {
  const all = portalAccessText[visit.language];
  const words = all.confirmEmail;
  return portalPage(
    visit,
    { title: words.overTitle, current: 'settings', status: 410 },
    <>
      <BackLink href="/settings">{all.changed.back}</BackLink>
      <h1>{words.overTitle}</h1>
      <p class="lead">{words.overText}</p>
      <ButtonLink href="/settings/email">{words.newLink}</ButtonLink>
    </>,
  );
}
