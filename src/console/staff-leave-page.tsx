import { endEmployment, readColleague } from '../accounts/staff-register.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { Actions, Button, ButtonLink, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Problem } from '../problem.ts';
import { staffText } from '../text/console-staff.ts';
import { consolePage } from './frame.tsx';
import { staffRoom } from './staff-page.tsx';
import { after, personOf } from './staff-person-page.tsx';

/** What ending an employment does, before it is done. */
export async function confirmLeave(visit: OwnVisit): Promise<Response> {
  const words = staffText[visit.language].leave;
  const colleague = await readColleague(visit.op, personOf(visit));
  if (colleague.leftAt !== null) throw new Problem('not-found');
  const at = `${staffRoom}/${colleague.owner}`;
  return consolePage(
    visit,
    { title: words.title, current: 'staff' },
    <>
      <BackLink href={at}>{colleague.name}</BackLink>
      <h1>{words.heading(colleague.name)}</h1>
      <ul>
        <li>{words.now}</li>
        <li>{words.signIn}</li>
        <li>{words.kept}</li>
        <li>{words.again}</li>
      </ul>
      <Actions>
        <Form action={`${at}/leave`}>
          <Button kind="danger">{words.button}</Button>
        </Form>
        <ButtonLink href={at} kind="secondary">
          {words.keep}
        </ButtonLink>
      </Actions>
    </>,
  );
}

export async function takeLeave(visit: OwnVisit): Promise<Response> {
  const owner = personOf(visit);
  const change = await endEmployment(visit.op, owner);
  if (change === 'done' && owner === visit.owner) {
    visit.clearCookie('__Host-staff');
    return seeOther('/console/sign-in');
  }
  return after(visit, change, 'left');
}
