import { ownPath, seeOther } from '../http/answers.ts';
import type { Visit } from '../http/route.ts';
import { Actions, ButtonLink } from '../pages/forms.tsx';
import { portalAccessText } from '../text/portal-access.ts';
import { portalPage } from './frame.tsx';
import { firstPage } from './place-to-return.ts';

/**
 * Leads on after a cookie was given. A browser that came without any may be one that takes none: it passes the page
 * that looks, because otherwise it would be sent back to the sign-in page again and again without a word.
 */
export function leadOn(visit: Visit, to: string): Response {
  if (visit.sendsCookies) return seeOther(to);
  return seeOther(`/sign-in/check?return=${encodeURIComponent(to)}`);
}

/** Goes on if a cookie came back; otherwise says why nobody can be signed in without one, and what to do. */
export function cookieCheckPage(visit: Visit): Response | Promise<Response> {
  if (visit.sendsCookies) return seeOther(ownPath(visit.query.get('return') ?? firstPage));
  const words = portalAccessText[visit.language].cookiesOff;
  return portalPage(
    visit,
    { title: words.title, current: 'signIn', status: 422 },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>{words.how}</p>
      <Actions>
        <ButtonLink href="/sign-in">{words.again}</ButtonLink>
        <ButtonLink href="/notice#settings" kind="secondary">
          {words.which}
        </ButtonLink>
      </Actions>
    </>,
  );
}
