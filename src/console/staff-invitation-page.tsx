import { invitationHours } from '../accounts/staff-invitations.ts';
import type { OpenInvitation } from '../accounts/staff-invitations.ts';
import type { OwnVisit } from '../http/route.ts';
import { Button, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Moment, SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { keeping } from '../policy/keeping.ts';
import { staffText } from '../text/console-staff.ts';
import { consoleText } from '../text/console.ts';
import { dateTime } from '../text/format.ts';
import { consolePage } from './frame.tsx';
import type { People } from './people.ts';

/** Somebody who is invited and has not answered: a new link, or none. `more` is what else is known of them. */
export function invitationPage(
  people: People,
  visit: OwnVisit,
  invited: OpenInvitation,
  more: readonly SummaryRow[] = [],
): Promise<Response> {
  const { invitation: words } = staffText[visit.language];
  const { room, invited: title } = people.words(visit.language);
  const at = `${people.room}/${invited.owner}`;
  return consolePage(
    visit,
    { title, current: people.current, comeBackTo: at },
    <>
      <BackLink href={people.room}>{room}</BackLink>
      <h1>{invited.name}</h1>
      <SummaryList rows={[...factsOf(visit, invited), ...more]} />
      <h2>{words.again}</h2>
      <p>{words.againText}</p>
      <Form action={`${at}/again`}>
        <Button kind="secondary">{words.againButton}</Button>
      </Form>
      <h2>{words.withdraw}</h2>
      <p>{words.withdrawText}</p>
      <Form action={`${at}/withdraw`}>
        <Button kind="danger">{words.withdrawButton}</Button>
      </Form>
    </>,
  );
}

function factsOf({ language }: OwnVisit, invited: OpenInvitation): SummaryRow[] {
  const { invitation: words, person } = staffText[language];
  const { email, role, sentAt, isOver } = invited;
  const over = dateTime(sentAt.add({ hours: invitationHours }), language);
  const gone = dateTime(sentAt.add({ hours: keeping.invitation.rule.days * 24 }), language);
  return [
    { key: person.email, value: email },
    { key: person.role, value: consoleText[language].roles[role] },
    { key: words.sent, value: <Moment value={sentAt} language={language} /> },
    { key: words.state, value: isOver ? words.over(over) : words.waiting(over) },
    { key: words.kept, value: words.goes(gone) },
  ];
}
