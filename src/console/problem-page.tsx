import { findSession } from '../accounts/sessions.ts';
import { seeOther } from '../http/answers.ts';
import { problemStatus } from '../http/problem-status.ts';
import type { OwnVisit, Visit } from '../http/route.ts';
import { ButtonLink } from '../pages/forms.tsx';
import type { ProblemCode } from '../problem.ts';
import { consoleProblems } from '../text/console-problems.ts';
import { consolePage, roleOf } from './frame.tsx';
import { homeOf, placeToReturn, signInAddress } from './place-to-return.ts';

/**
 * What went wrong on a page of staff or providers, in words; who is not signed in is led to where one signs in, and
 * back.
 */
export async function consoleProblemPage(
  visit: Visit,
  code: ProblemCode | 'unexpected',
  id: string,
): Promise<Response> {
  if (code === 'sign-in-needed') {
    return seeOther(signInAddress(placeToReturn(visit.path)));
  }
  if (code === 'confirmation-needed') {
    const back = encodeURIComponent(placeToReturn(visit.path));
    return seeOther(`/console/confirm-identity?return=${back}`);
  }
  const words = consoleProblems[visit.language];
  const { title, text } = words[code];
  const status = problemStatus[code];
  const shown = status < 500 ? await asSignedIn(visit) : visit;
  const role = roleOf(shown);
  return consolePage(
    shown,
    { title, status, comeBackTo: placeToReturn(visit.path, role) },
    <>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      {status >= 500 && <p>{words.number(id)}</p>}
      <ButtonLink href={homeOf(role)} kind="secondary">
        {role === 'provider' ? words.backToBookings : words.back}
      </ButtonLink>
    </>,
  );
}

/** The visit may have stopped before anybody asked who came; the rooms should be theirs all the same. */
async function asSignedIn(visit: Visit): Promise<Visit | OwnVisit> {
  const cookie = visit.cookie('__Host-staff');
  const session =
    cookie === null ? null : await findSession(visit.op, cookie, 'staff', visit.op.now);
  return session === null ? visit : { ...visit, owner: session.owner, session };
}

/** Is this the address of a page of staff or providers, so that its problems are told to them? */
export function isConsolePath(path: string): boolean {
  return /^\/(?:console|provider)(?:[/?]|$)/.test(path);
}
