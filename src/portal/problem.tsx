import { findSession } from '../accounts/sessions.ts';
import { seeOther } from '../http/answers.ts';
import { problemStatus } from '../http/problem-status.ts';
import type { Visit } from '../http/route.ts';
import { Actions, ButtonLink } from '../pages/forms.tsx';
import type { ProblemCode } from '../problem.ts';
import { portalProblemsText } from '../text/portal-problems.ts';
import { portalPage } from './frame.tsx';
import { isForPostOnly, pageBehind } from './page-behind.ts';
import { confirmAddress, signInAddress } from './place-to-return.ts';

type Code = ProblemCode | 'unexpected';

/** Shows what went wrong in kind words, and a way on. `id` finds it in the log. */
export async function problemPage(visit: Visit, code: Code, id: string): Promise<Response> {
  if (code === 'sign-in-needed' && !isForPostOnly(visit.path)) {
    return seeOther(signInAddress(visit.path));
  }
  if (code === 'confirmation-needed' && !isForPostOnly(visit.path)) {
    return seeOther(confirmAddress(visit.path));
  }
  const all = portalProblemsText[visit.language];
  const status = problemStatus[code];
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
  if (code === 'confirmation-needed') {
    return <ButtonLink href={confirmAddress(back)}>{words.confirm}</ButtonLink>;
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
  return { ...visit, signedIn: await findSession(visit.op, cookie, 'account', visit.op.now) };
}

/** Trouble inside is told in the same words, whatever it is. */
function inWords(code: Code): Exclude<Code, 'store-went-back' | 'keyring'> {
  return code === 'store-went-back' || code === 'keyring' ? 'unexpected' : code;
}
