import type { OwnVisit } from '../http/route.ts';
import { Choices } from '../pages/choices.tsx';
import { listRecipients, obstacleTo, today } from '../recipients/register.ts';
import type { Recipient } from '../recipients/register.ts';
import { providersText } from '../text/console-providers.ts';

/** The recipients that perform services for customers. */
export async function listPerformers({ op }: OwnVisit): Promise<Recipient[]> {
  return (await listRecipients(op.db)).filter(({ category }) => category === 'performer');
}

/** Through whom somebody performs services, with a word where nothing can be handed out there today. */
export function PerformerChoices(props: {
  visit: OwnVisit;
  performers: readonly Recipient[];
  chosen: string | undefined;
  error?: string | undefined;
}) {
  const { visit, performers, chosen, error } = props;
  const words = providersText[visit.language].invite;
  const day = today(visit.op.now);
  return (
    <Choices
      name="recipient"
      legend={words.recipient}
      hint={words.recipientHint}
      options={performers.map((recipient) => ({
        value: recipient.recipientId,
        label: recipient.name,
        hint: obstacleTo(recipient, day) === null ? undefined : words.stopped,
      }))}
      values={chosen === undefined ? [] : [chosen]}
      error={error}
    />
  );
}
