import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { Actions, Button, ButtonLink, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { Problem } from '../problem.ts';
import { agreementOn, endAgreement, findRecipient, today } from '../recipients/register.ts';
import type { Recipient } from '../recipients/register.ts';
import type { Language } from '../text/bilingual.ts';
import { registersText } from '../text/console-registers.ts';
import { consolePage } from './frame.tsx';

export const register = '/console/recipients';

/** What ending an agreement does, before it is done. */
export async function confirmEnd(visit: OwnVisit): Promise<Response> {
  const { language } = visit;
  const words = registersText[language].recipients.confirm;
  const recipient = await recipientOf(visit);
  const holds = agreementOn(recipient, today(visit.op.now)) !== null;
  return consolePage(
    visit,
    { title: words.title, current: 'recipients' },
    <>
      <BackLink href={register}>{words.back}</BackLink>
      <h1>{words.heading(recipient.name)}</h1>
      {holds ? (
        <Consequences recipient={recipient} language={language} />
      ) : (
        <Notice kind="info" title={words.nothing}>
          <p>{words.nothingText}</p>
        </Notice>
      )}
    </>,
  );
}

export async function takeEnd(visit: OwnVisit): Promise<Response> {
  const { recipientId } = await recipientOf(visit);
  await endAgreement(visit.op, recipientId);
  return seeOther(`${register}?done=ended`);
}

function Consequences({ recipient, language }: { recipient: Recipient; language: Language }) {
  const words = registersText[language].recipients.confirm;
  const isMail = recipient.channel === 'mail';
  return (
    <>
      <ul>
        <li>{words.now}</li>
        {isMail && <li>{words.mail}</li>}
        {isMail && <li>{words.customers}</li>}
        <li>{words.erasure}</li>
      </ul>
      <Actions>
        <Form action={`${register}/${recipient.recipientId}/end-agreement`}>
          <Button kind="danger">{words.button}</Button>
        </Form>
        <ButtonLink href={register} kind="secondary">
          {words.keep}
        </ButtonLink>
      </Actions>
    </>
  );
}

/** @throws Problem `not-found` for what is no recipient's id */
export async function recipientOf(visit: OwnVisit): Promise<Recipient> {
  const id = visit.params['recipient'] ?? '';
  const recipient = isRowId(id) ? await findRecipient(visit.op.db, id) : null;
  if (recipient === null) throw new Problem('not-found');
  return recipient;
}
