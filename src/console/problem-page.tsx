import { seeOther } from '../http/answers.ts';
import { problemStatus } from '../http/problem-status.ts';
import type { Visit } from '../http/route.ts';
import { ButtonLink } from '../pages/forms.tsx';
import type { ProblemCode } from '../problem.ts';
import { consoleProblems } from '../text/console-problems.ts';
import { consolePage } from './frame.tsx';
import { placeToReturn, signInAddress } from './place-to-return.ts';

/** What went wrong on a staff page, in words; who is not signed in is led to where one signs in, and back. */
export function consoleProblemPage(
  visit: Visit,
  code: ProblemCode | 'unexpected',
  id: string,
): Promise<Response> {
  if (code === 'sign-in-needed') {
    return Promise.resolve(seeOther(signInAddress(placeToReturn(visit.path))));
  }
  if (code === 'confirmation-needed') {
    const back = encodeURIComponent(placeToReturn(visit.path));
    return Promise.resolve(seeOther(`/console/confirm-identity?return=${back}`));
  }
  const words = consoleProblems[visit.language];
  const { title, text } = words[code];
  const status = problemStatus[code];
  return consolePage(
    visit,
    { title, status, comeBackTo: placeToReturn(visit.path) },
    <>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      {status >= 500 && <p>{words.number(id)}</p>}
      <ButtonLink href="/console" kind="secondary">
        {words.back}
      </ButtonLink>
    </>,
  );
}

/** Is this the address of a staff page, so that its problems are told to staff? */
export function isConsolePath(path: string): boolean {
  return /^\/console(?:[/?]|$)/.test(path);
}
