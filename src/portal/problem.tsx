import { findSession } from '../accounts/sessions.ts';
import { seeOther } from '../http/answers.ts';
import type { Visit } from '../http/route.ts';
import { Actions, ButtonLink } from '../pages/forms.tsx';
import type { ProblemCode } from '../problem.ts';
import { portalProblemsText } from '../text/portal-problems.ts';
import { portalPage } from './frame.tsx';
import { isForPostOnly, pageBehind } from './page-behind.ts';
import { signInAddress } from './sign-in.tsx';

type Code = ProblemCode | 'unexpected';

const statuses: Readonly<Record<Code, number>> = {
  'not-found': 404,
  'not-allowed': 403,
  fenced: 410,
  'key-missing': 500,
  'sealed-damaged': 500,
  'store-went-back': 503,
  keyring: 503,
  'no-agreement': 503,
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

/** Shows what went wrong in kind words, and a way on. `id` finds it in the log. */
export async function problemPage(visit: Visit, code: Code, id: string): Promise<Response> {
  if (code === 'sign-in-needed' && !isForPostOnly(visit.path)) {
    return seeOther(signInAddress(visit.path));
  }
  const all = portalProblemsText[visit.language];
  const status = statuses[code];
  const words = all[inWords(code)];
  return portalPage(
    status < 500 ? await asSignedIn(visit) : visit,
    { title: words.title, status, comeBackTo: pageBehind(visit.path) },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.text}</p>
      {status >= 500 && <p class="soft">{all.code(id)}</p>}
      <WaysOn visit={visit} code={code} />
    </>,
  );
}

function WaysOn({ visit, code }: { visit: Visit; code: Code }) {
  const words = portalProblemsText[visit.language].ways;
  const back = pageBehind(visit.path);
  if (code === 'sign-in-needed') {
    return <ButtonLink href={signInAddress(back)}>{words.signIn}</ButtonLink>;
  }
  if (code === 'fenced') return <ButtonLink href="/receipt">{words.receipt}</ButtonLink>;
  return (
    <Actions>
      {code !== 'not-found' && back !== '/' && <ButtonLink href={back}>{words.back}</ButtonLink>}
      <ButtonLink href="/" kind="secondary">
        {words.start}
      </ButtonLink>
    </Actions>
  );
}

/** The visit may have stopped before anybody asked who came; the menu should be theirs all the same. */
async function asSignedIn(visit: Visit): Promise<Visit> {
  const cookie = visit.cookie('__Host-session');
  if (visit.signedIn !== null || cookie === null) return visit;
  return { ...visit, signedIn: await findSession(visit.op.db, cookie, 'account', visit.op.now) };
}

/** Trouble inside is told in the same words, whatever it is. */
function inWords(code: Code): Exclude<Code, 'store-went-back' | 'keyring'> {
  return code === 'store-went-back' || code === 'keyring' ? 'unexpected' : code;
}
