import type { Visit } from '../http/route.ts';
import { ButtonLink } from '../pages/forms.tsx';
import { buyerGuestText } from '../text/buyer-guest.ts';
import { portalPage } from './frame.tsx';
import { signInAddress } from './place-to-return.ts';

/** The way to withdraw that the foot of every page leads to, whoever ordered how. */
export function withdrawWayPage(visit: Visit): Promise<Response> {
  const words = buyerGuestText[visit.language].withdraw;
  const toHistory = visit.signedIn === null ? signInAddress('/history') : '/history';
  return portalPage(
    visit,
    { title: words.title },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <h2>{words.account}</h2>
      <p>{words.accountText}</p>
      <ButtonLink href={toHistory}>{words.history}</ButtonLink>
      <h2>{words.guest}</h2>
      <p>{words.guestText}</p>
      <ButtonLink href="/guest">{words.guest}</ButtonLink>
      <h2>{words.paper}</h2>
      <p>
        {`${words.paperText} `}
        <a href="/withdrawal-form">{words.form}</a>
      </p>
    </>,
  );
}
