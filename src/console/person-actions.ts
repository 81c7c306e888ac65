import { sendInvitationAgain, withdrawInvitation } from '../accounts/staff-invitations.ts';
import type { StaffChange } from '../accounts/staff-administrators.ts';
import { endSessionsOf, readColleague, resetSignIn } from '../accounts/staff-register.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { Problem } from '../problem.ts';
import { letterOf } from './invitation-letter.ts';
import { personIn } from './people.ts';
import type { People } from './people.ts';

type Page = (visit: OwnVisit) => Promise<Response>;

/** Takes away all that somebody signs in with, and sends a link to choose anew. Nobody does it to themselves. */
export function takeReset(people: People): Page {
  return async (visit) => {
    const owner = await personIn(people, visit);
    if (owner === visit.owner) throw new Problem('not-found');
    const reset = await resetSignIn(visit.op, owner, letterOf(visit));
    return after(people, visit, typeof reset === 'string' ? reset : 'done', 'reset');
  };
}

export function takeEndSessions(people: People): Page {
  return async (visit) => {
    const { owner } = await readColleague(visit.op, await personIn(people, visit));
    await endSessionsOf(visit.op, owner);
    return after(people, visit, 'done', 'sessions');
  };
}

export function takeAgain(people: People): Page {
  return async (visit) => {
    await sendInvitationAgain(visit.op, await personIn(people, visit), letterOf(visit));
    return seeOther(`${people.room}?done=again`);
  };
}

export function takeWithdrawal(people: People): Page {
  return async (visit) => {
    await withdrawInvitation(visit.op, await personIn(people, visit));
    return seeOther(`${people.room}?done=withdrawn`);
  };
}

/** Back to the list with what was done, or to the person with why it was not. */
export async function after(
  people: People,
  visit: OwnVisit,
  change: StaffChange,
  done: 'role' | 'reset' | 'sessions' | 'left',
): Promise<Response> {
  if (change === 'done') return seeOther(`${people.room}?done=${done}`);
  const colleague = await readColleague(visit.op, await personIn(people, visit));
  return people.refuse(visit, colleague, change);
}
