import { z } from 'zod';
import { seeOther } from '../http/answers.ts';
import { dayField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { errorsOf } from '../portal/form-errors.ts';
import { isProblem } from '../problem.ts';
import { signAgreement, today } from '../recipients/register.ts';
import type { Recipient } from '../recipients/register.ts';
import { registersText } from '../text/console-registers.ts';
import { setupText } from '../text/console-setup.ts';
import { recipientOf, register } from './agreement-pages.tsx';
import { consolePage } from './frame.tsx';

/** An agreement is signed before it holds, and not in the future. */
function agreementForm(day: Temporal.PlainDate) {
  const { compare } = Temporal.PlainDate;
  return z
    .object({ signed_on: dayField, valid_from: dayField })
    .superRefine(({ signed_on, valid_from }, context) => {
      const wrong = (path: string) => {
        context.addIssue({ code: 'custom', path: [path], message: 'wrong' });
      };
      if (compare(signed_on, day) > 0) wrong('signed_on');
      if (compare(valid_from, signed_on) < 0) wrong('valid_from');
    })
    .transform(({ signed_on, valid_from }) => ({ signedOn: signed_on, validFrom: valid_from }));
}

export async function showAgreement(visit: OwnVisit): Promise<Response> {
  return agreementPage(visit, await recipientOf(visit), []);
}

export async function takeAgreement(visit: OwnVisit): Promise<Response> {
  const recipient = await recipientOf(visit);
  const words = setupText[visit.language].agreement;
  const parsed = parseForm(agreementForm(today(visit.op.now)), visit.form);
  if (!parsed.ok) return agreementPage(visit, recipient, errorsOf(words.faults, parsed.faults));
  try {
    await signAgreement(visit.op, recipient.recipientId, parsed.value);
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    return agreementPage(visit, recipient, [{ field: 'valid_from', text: words.holds }]);
  }
  return seeOther(`${register}?done=signed`);
}

function agreementPage(
  visit: OwnVisit,
  recipient: Recipient,
  errors: readonly FormError[],
): Promise<Response> {
  const all = setupText[visit.language];
  const words = all.agreement;
  const registers = registersText[visit.language].recipients;
  const day = today(visit.op.now).toString();
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  return consolePage(
    visit,
    { title: words.title, current: 'recipients', status: errors.length === 0 ? 200 : 422 },
    <>
      <ErrorSummary title={all.errorTitle} errors={errors} />
      <BackLink href={register}>{all.recipient.back}</BackLink>
      <h1>{words.heading(recipient.name)}</h1>
      <p class="lead">{words.lead}</p>
      {recipient.channel === 'mail' && <p>{registers.signMail}</p>}
      <Form action={`${register}/${recipient.recipientId}/agreements`}>
        <Field
          name="signed_on"
          label={words.signed}
          type="date"
          width="medium"
          required
          value={visit.form.get('signed_on') ?? day}
          error={errorOf('signed_on')}
        />
        <Field
          name="valid_from"
          label={words.from}
          type="date"
          width="medium"
          required
          value={visit.form.get('valid_from') ?? day}
          error={errorOf('valid_from')}
        />
        <Button>{words.button}</Button>
      </Form>
    </>,
  );
}
