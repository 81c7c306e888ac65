import { z } from 'zod';
import { isOneTimeSecret, newOneTimeSecret } from '../accounts/one-time-codes.ts';
import { askToAdd } from '../accounts/passkeys.ts';
import type { Ceremony } from '../accounts/passkeys.ts';
import { findInvitation } from '../accounts/staff-invitations.ts';
import type { Invitation } from '../accounts/staff-invitations.ts';
import { joinWithPasskey, joinWithPassword } from '../accounts/staff-joining.ts';
import { seeOther } from '../http/answers.ts';
import { newPasswordField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { Visit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, ButtonLink, Field, Form } from '../pages/forms.tsx';
import { PasskeyForm, PasskeyUnsupported } from '../pages/passkeys.tsx';
import { notice } from '../policy/notice.ts';
import { errorsOf } from '../portal/form-errors.ts';
import { isProblem, Problem } from '../problem.ts';
import { joiningText } from '../text/console-joining.ts';
import { consoleText } from '../text/console.ts';
import { portalSecurityText } from '../text/portal-security.ts';
import { consolePage } from './frame.tsx';
import { passwordErrors } from './new-password.ts';
import { homeOf } from './place-to-return.ts';
import { AppFields, codeField, NewPasswordField } from './sign-in-fields.tsx';

const joiningForm = z.object({ password: newPasswordField, code: codeField });

type Trouble = { readonly status: number; readonly errors: readonly FormError[] };

/** Asks whoever holds the link how they want to sign in. Changes nothing: mail programs open links by themselves. */
export async function showJoining(visit: Visit): Promise<Response> {
  const found = await findInvitation(visit.op, visit.params['token'] ?? '');
  return found === null ? overPage(visit) : joiningPage(visit, found, null);
}

/** Takes a password and a first one-time code, and lets the invited in. */
export async function takeJoining(visit: Visit): Promise<Response> {
  const words = joiningText[visit.language];
  const found = await findInvitation(visit.op, visit.params['token'] ?? '');
  if (found === null) return overPage(visit);
  const secret = visit.form.get('secret') ?? '';
  if (!isOneTimeSecret(secret)) throw new Problem('bad-input', 'not a key for one-time codes');
  const parsed = parseForm(joiningForm, visit.form);
  if (!parsed.ok) {
    const faults = errorsOf(words.faults, parsed.faults);
    return joiningPage(visit, found, { status: 422, errors: faults });
  }
  const about = [found.name, found.email];
  const errors = await passwordErrors(visit, parsed.value.password, about);
  if (errors.length > 0) return joiningPage(visit, found, { status: 422, errors });
  return letIn(visit, found, { field: 'code', text: words.faults.code.wrong }, () =>
    joinWithPassword(visit.op, found, { ...parsed.value, secret }, visit.device),
  );
}

/** Takes the passkey that the device made, and lets the invited in. */
export async function takeJoiningPasskey(visit: Visit): Promise<Response> {
  const found = await findInvitation(visit.op, visit.params['token'] ?? '');
  if (found === null) return overPage(visit);
  const answer = visit.form.get('answer') ?? '';
  return letIn(visit, found, { text: joiningText[visit.language].passkeyWrong }, () =>
    joinWithPasskey(visit.op, ceremonyOf(visit, found), found, { answer, device: visit.device }),
  );
}

async function letIn(
  visit: Visit,
  found: Invitation,
  wrong: FormError,
  join: () => Promise<string | null>,
): Promise<Response> {
  try {
    const token = await join();
    if (token === null) return await joiningPage(visit, found, { status: 422, errors: [wrong] });
    visit.setCookie('__Host-staff', token);
    return seeOther(homeOf(found.role));
  } catch (error) {
    if (isProblem(error, 'conflict', 'fenced')) return overPage(visit);
    if (!isProblem(error, 'too-many')) throw error;
    const errors = [{ text: joiningText[visit.language].tooMany }];
    return joiningPage(visit, found, { status: 429, errors });
  }
}

async function joiningPage(
  visit: Visit,
  found: Invitation,
  trouble: Trouble | null,
): Promise<Response> {
  const words = joiningText[visit.language];
  const errors = trouble?.errors ?? [];
  const { status } = trouble ?? {};
  return consolePage(
    visit,
    { title: words.title, status, comeBackTo: pathOf(visit) },
    <>
      <ErrorSummary title={words.errorTitle} errors={errors} />
      <h1>{words.title}</h1>
      <p class="lead">
        <Lead visit={visit} found={found} />
      </p>
      <p>{words.either}</p>
      <h2>{words.passkey}</h2>
      {await passkeyWay(visit, found)}
      <h2>{words.codes}</h2>
      <CodesWay visit={visit} found={found} errors={errors} />
    </>,
  );
}

function Lead({ visit, found }: { visit: Visit; found: Invitation }) {
  const words = joiningText[visit.language];
  const { name, role, kind } = found;
  const company = notice.controller.name;
  if (kind === 'reset') return <>{words.resetLead(name)}</>;
  if (role === 'provider') return <>{words.providerLead(name, company)}</>;
  return <>{words.lead(name, consoleText[visit.language].roles[role], company)}</>;
}

async function passkeyWay(visit: Visit, found: Invitation) {
  const words = joiningText[visit.language];
  return (
    <>
      <p>{words.passkeyText}</p>
      <PasskeyUnsupported>
        <p>{words.passkeyNeedsScript}</p>
      </PasskeyUnsupported>
      <PasskeyForm
        action={`${pathOf(visit)}/passkey`}
        does="create"
        kind="secondary"
        options={await askToAdd(visit.op, ceremonyOf(visit, found), found)}
        label={words.passkeyButton}
        words={portalSecurityText[visit.language].passkeyWords}
      />
    </>
  );
}

/** The key of the codes goes with the form: whoever opened the link before saw another one. */
function CodesWay(props: { visit: Visit; found: Invitation; errors: readonly FormError[] }) {
  const { visit, found, errors } = props;
  const words = joiningText[visit.language];
  const secret = visit.form.get('secret') ?? newOneTimeSecret();
  return (
    <Form action={pathOf(visit)}>
      <Field
        name="email"
        label={words.email}
        hint={words.emailHint}
        autocomplete="username"
        value={found.email}
        readonly
      />
      <NewPasswordField visit={visit} errors={errors} />
      <h3>{words.app}</h3>
      <AppFields visit={visit} secret={secret} email={found.email} errors={errors} />
      <Button>{words.button}</Button>
    </Form>
  );
}

/** For a link that was used, renewed, withdrawn, is too old or never was: they look alike. */
function overPage(visit: Visit): Promise<Response> {
  const words = joiningText[visit.language].over;
  return consolePage(
    visit,
    { title: words.title, status: 410, comeBackTo: pathOf(visit) },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.text}</p>
      <ButtonLink href="/console/sign-in">{words.signIn}</ButtonLink>
    </>,
  );
}

/** Staff always shows that it is themselves, by finger, face or PIN: their passkey stands for both factors. */
function ceremonyOf({ site }: Visit, { owner, invitationId }: Invitation): Ceremony {
  return { origin: site.origin, owner, within: invitationId, verification: 'required' };
}

function pathOf({ params }: Visit): string {
  return `/console/invitation/${params['token'] ?? ''}`;
}
