import { z } from 'zod';
import { calendarsOfOthers } from '../accounts/engagements.ts';
import { inviteProvider } from '../accounts/providers.ts';
import { listCalendars } from '../history/calendar/calendar-labels.ts';
import { seeOther } from '../http/answers.ts';
import { emailField, line } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import type { RowId } from '../ids.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, ButtonLink, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { EmptyState } from '../pages/notices.tsx';
import { errorsOf } from '../portal/form-errors.ts';
import { isProblem } from '../problem.ts';
import type { Recipient } from '../recipients/register.ts';
import { providersText } from '../text/console-providers.ts';
import { staffText } from '../text/console-staff.ts';
import { register } from './agreement-pages.tsx';
import { CalendarChecks, calendarsTaken, chosenCalendars } from './provider-calendar-fields.tsx';
import { consolePage } from './frame.tsx';
import { letterOf } from './invitation-letter.ts';
import { mailStoppedNotice, NameAndEmail, staffNameLengthMax } from './invited-person.tsx';
import { listPerformers, PerformerChoices } from './performers.tsx';
import { providersRoom } from './providers-page.tsx';

/** The form, with the recipient chosen already where its page led here. */
export async function showProviderInvite(visit: OwnVisit): Promise<Response> {
  return invitePage(visit, await listPerformers(visit), []);
}

export async function takeProviderInvite(visit: OwnVisit): Promise<Response> {
  const { op, language, form } = visit;
  const words = providersText[language];
  const performers = await listPerformers(visit);
  const parsed = parseForm(inviteForm(performers), form);
  if (!parsed.ok) return invitePage(visit, performers, errorsOf(words.faults, parsed.faults));
  const { name, email, recipient: recipientId } = parsed.value;
  const resourceIds = chosenCalendars(form);
  const taken = await calendarsOfOthers(op, null, recipientId, resourceIds);
  if (taken.length > 0) {
    const text = await calendarsTaken(op, taken, language);
    return invitePage(visit, performers, [{ field: 'calendars', text }]);
  }
  try {
    await inviteProvider(op, { name, email, recipientId, resourceIds }, letterOf(visit));
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    return invitePage(visit, performers, [{ field: 'email', text: words.invite.taken }]);
  }
  return seeOther(`${providersRoom}?done=invited`);
}

function inviteForm(performers: readonly Recipient[]) {
  return z.object({
    name: line(staffNameLengthMax),
    email: emailField,
    recipient: recipientField(performers),
  });
}

/** One of the recipients that perform services. */
export function recipientField(performers: readonly Recipient[]) {
  return z.custom<RowId>((id) => performers.some(({ recipientId }) => recipientId === id), {
    error: 'missing',
  });
}

async function invitePage(
  visit: OwnVisit,
  performers: readonly Recipient[],
  errors: readonly FormError[],
): Promise<Response> {
  const words = providersText[visit.language].invite;
  const { errorTitle } = staffText[visit.language];
  return consolePage(
    visit,
    { title: words.title, current: 'providers', status: errors.length === 0 ? 200 : 422 },
    <>
      <ErrorSummary title={errorTitle} errors={errors} />
      <BackLink href={providersRoom}>{words.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {await mailStoppedNotice(visit)}
      {performers.length === 0 ? (
        <EmptyState title={words.noRecipients} icon="truck">
          <p>{words.noRecipientsText}</p>
          <ButtonLink href={register} kind="secondary">
            {words.toRecipients}
          </ButtonLink>
        </EmptyState>
      ) : (
        await inviteFormOf(visit, performers, errors)
      )}
    </>,
  );
}

async function inviteFormOf(
  visit: OwnVisit,
  performers: readonly Recipient[],
  errors: readonly FormError[],
) {
  const { form, query, language, op } = visit;
  const words = providersText[language].invite;
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  return (
    <Form action={`${providersRoom}/invite`}>
      <NameAndEmail visit={visit} words={words} errors={errors} />
      <PerformerChoices
        visit={visit}
        performers={performers}
        chosen={form.get('recipient') ?? query.get('recipient') ?? undefined}
        error={errorOf('recipient')}
      />
      <CalendarChecks
        calendars={await listCalendars(op.db)}
        chosen={chosenCalendars(form)}
        language={language}
        error={errorOf('calendars')}
      />
      <Button>{words.button}</Button>
    </Form>
  );
}
