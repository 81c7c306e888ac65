import { z } from 'zod';
import { readAccount } from '../accounts/account.ts';
import { newOneTimeSecret, oneTimeAddress, oneTimeCodesSince } from '../accounts/one-time-codes.ts';
import { recoveryCodesLeft, recoveryCodesMade } from '../accounts/recovery-codes.ts';
import { turnOffCodes, turnOnCodes } from '../accounts/second-factor.ts';
import { seeOther } from '../http/answers.ts';
import { line } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Field, Form, Hidden } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { CopyableCode, Notice } from '../pages/notices.tsx';
import { QrCode } from '../pages/qr-code.tsx';
import { notice } from '../policy/notice.ts';
import { isProblem } from '../problem.ts';
import { date, dayAt } from '../text/format.ts';
import { portalCodesText } from '../text/portal-codes.ts';
import { portalSecurityText } from '../text/portal-security.ts';
import { portalText } from '../text/portal.ts';
import { errorOf, errorsOf } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { otherDevicesOffer } from './security-devices.tsx';
import { showRecoveryCodes } from './security-recovery.tsx';

const page = '/settings/codes';
const codeForm = z.object({ code: line(20), secret: z.string() });
/** So few that it is time for new ones. */
const fewCodes = 3;

/** Whether two-step verification is on, how many recovery codes are left, and the ways to change both. */
export async function codesPage(visit: OwnVisit): Promise<Response> {
  const { op, owner, language } = visit;
  const since = await oneTimeCodesSince(op, owner);
  const all = portalCodesText[language];
  const words = all.codes;
  return portalPage(
    visit,
    { title: words.title, current: 'settings' },
    <>
      <BackLink href="/settings">{portalSecurityText[language].settings.back}</BackLink>
      {visit.query.get('done') === 'off' && (
        <Notice kind="success" title={words.turnedOff} role="status">
          {await otherDevicesOffer(visit)}
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>{words.passkeyText}</p>
      {since === null ? (
        <Actions>
          <ButtonLink href={`${page}/new`}>{words.turnOn}</ButtonLink>
        </Actions>
      ) : (
        await codesThatAreOn(visit, since)
      )}
    </>,
  );
}

/** The key for an app, as a picture and as text, and a field for the code that shows that the app has it. */
export async function newCodesPage(visit: OwnVisit): Promise<Response> {
  const isOn = (await oneTimeCodesSince(visit.op, visit.owner)) !== null;
  return isOn ? alreadyOn(visit) : showForm(visit, { secret: newOneTimeSecret(), status: 200 });
}

/** Turns two-step verification on, once the code is right, and shows the recovery codes this one time. */
export async function takeNewCodes(visit: OwnVisit): Promise<Response> {
  const secret = visit.form.get('secret') ?? '';
  const parsed = parseForm(codeForm, visit.form);
  if (!parsed.ok) {
    const fault = parsed.faults['code'] === 'too-long' ? 'too-long' : 'missing';
    return showForm(visit, { secret, fault, status: 422 });
  }
  try {
    const codes = await turnOnCodes(visit.op, visit.owner, parsed.value);
    if (codes === null) return await showForm(visit, { secret, fault: 'wrong', status: 422 });
    return await showRecoveryCodes(visit, codes, 'on');
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    return alreadyOn(visit);
  }
}

export function codesOffPage(visit: OwnVisit): Promise<Response> {
  const all = portalCodesText[visit.language];
  const words = all.codesOff;
  return portalPage(
    visit,
    { title: words.title, current: 'settings' },
    <>
      <BackLink href={page}>{all.codes.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.text}</p>
      <Form action={`${page}/off`}>
        <Actions>
          <Button kind="danger">{words.submit}</Button>
          <ButtonLink href={page} kind="secondary">
            {words.keep}
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}

export async function takeCodesOff(visit: OwnVisit): Promise<Response> {
  await turnOffCodes(visit.op, visit.owner);
  return seeOther(`${page}?done=off`);
}

async function codesThatAreOn(visit: OwnVisit, since: Temporal.Instant) {
  const words = portalCodesText[visit.language].codes;
  const { left } = await recoveryCodesLeft(visit.op, visit.owner);
  return (
    <>
      <Notice kind="success" title={words.isOn(date(dayAt(since), visit.language))} />
      <h2>{words.recoveryTitle}</h2>
      <p>{words.recoveryText}</p>
      <p>
        {words.recoveryLeft(left, recoveryCodesMade)}
        {left <= fewCodes && ` ${words.fewLeft}`}
      </p>
      <Actions>
        <ButtonLink href={`${page}/recovery`} kind="secondary">
          {words.renew}
        </ButtonLink>
        <ButtonLink href={`${page}/off`} kind="secondary">
          {words.turnOff}
        </ButtonLink>
      </Actions>
    </>
  );
}

type Shown = {
  readonly secret: string;
  readonly fault?: 'missing' | 'too-long' | 'wrong';
  readonly status: number;
};

async function showForm(visit: OwnVisit, { secret, fault, status }: Shown): Promise<Response> {
  const { op, language } = visit;
  const opener = await op.vault.openFor(op, visit.owner, ['credentials']);
  const { email } = await readAccount(op, opener);
  const all = portalCodesText[language];
  const words = all.newCodes;
  const faultWords = { code: { ...all.code.faults, wrong: words.wrong } };
  const faults = fault === undefined ? {} : { code: fault };
  return portalPage(
    visit,
    { title: words.title, current: 'settings', status },
    <>
      <BackLink href={page}>{all.codes.back}</BackLink>
      <ErrorSummary
        title={portalText[language].faultsTitle}
        errors={errorsOf(faultWords, faults)}
      />
      <h1>{words.title}</h1>
      <h2>{words.scanTitle}</h2>
      <p>{words.scanText}</p>
      <QrCode text={oneTimeAddress(secret, notice.controller.name, email)} label={words.qr} />
      <CopyableCode
        label={words.key}
        code={secret}
        words={{ copy: words.copy, copied: words.copied }}
      />
      <h2>{words.confirmTitle}</h2>
      <Form action={`${page}/new`}>
        <Hidden name="secret" value={secret} />
        <Field
          name="code"
          label={words.code}
          hint={words.codeHint}
          inputmode="numeric"
          autocomplete="one-time-code"
          width="short"
          required
          error={errorOf(faultWords, faults, 'code')}
        />
        <Button>{words.submit}</Button>
      </Form>
    </>,
  );
}

function alreadyOn(visit: OwnVisit): Promise<Response> {
  const all = portalCodesText[visit.language];
  const words = all.newCodes;
  return portalPage(
    visit,
    { title: words.alreadyTitle, current: 'settings', status: 409 },
    <>
      <BackLink href={page}>{all.codes.back}</BackLink>
      <h1>{words.alreadyTitle}</h1>
      <p class="lead">{words.alreadyText}</p>
    </>,
  );
}
