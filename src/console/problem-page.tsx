import { seeOther } from '../http/answers.ts';
import type { Visit } from '../http/route.ts';
import { ButtonLink } from '../pages/forms.tsx';
import type { ProblemCode } from '../problem.ts';
import { consoleProblems } from '../text/console-problems.ts';
import { consolePage } from './frame.tsx';
import { placeToReturn, signInAddress } from './place-to-return.ts';

const statuses: Readonly<Record<ProblemCode | 'unexpected', number>> = {
  'not-found': 404,
  'not-allowed': 403,
  fenced: 410,
  'key-missing': 500,
  'sealed-damaged': 500,
  'store-went-back': 503,
  keyring: 503,
  'no-agreement': 409,
  restricted: 403,
  conflict: 409,
  'too-many': 429,
  'too-large': 413,
  'bad-input': 400,
  unavailable: 503,
  'sign-in-needed': 401,
  'cross-site': 403,
  unexpected: 500,
};

/** What went wrong on a staff page, in words; who is not signed in is led to where one signs in, and back. */
export function consoleProblemPage(
  visit: Visit,
  code: ProblemCode | 'unexpected',
  id: string,
): Promise<Response> {
  if (code === 'sign-in-needed') {
    return Promise.resolve(seeOther(signInAddress(placeToReturn(visit.path))));
  }
  const words = consoleProblems[visit.language];
  const { title, text } = words[code];
  const status = statuses[code];
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
