import { endEmployment, readColleague } from '../accounts/staff-register.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { Actions, Button, ButtonLink, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Problem } from '../problem.ts';
import { consolePage } from './frame.tsx';
import { personIn } from './people.ts';
import type { People } from './people.ts';
import { after } from './person-actions.ts';

/** What it does when somebody leaves, before it is done. */
export function confirmLeave(people: People) {
  return async (visit: OwnVisit): Promise<Response> => {
    const words = people.words(visit.language).leave;
    const colleague = await readColleague(visit.op, await personIn(people, visit));
    if (colleague.leftAt !== null) throw new Problem('not-found');
    const at = `${people.room}/${colleague.owner}`;
    return consolePage(
      visit,
      { title: words.title, current: people.current },
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
  };
}

export function takeLeave(people: People) {
  return async (visit: OwnVisit): Promise<Response> => {
    const owner = await personIn(people, visit);
    const change = await endEmployment(visit.op, owner);
    if (change === 'done' && owner === visit.owner) {
      visit.clearCookie('__Host-staff');
      return seeOther('/console/sign-in');
    }
    return after(people, visit, change, 'left');
  };
}
