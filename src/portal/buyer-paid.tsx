import { ownerOfGuestCode } from '../history/guests.ts';
import { orderOfOwner } from '../history/held-orders.ts';
import { seeOther } from '../http/answers.ts';
import type { Visit } from '../http/route.ts';
import { Actions, ButtonLink } from '../pages/forms.tsx';
import { buyerPayText } from '../text/buyer-pay.ts';
import { orderIdOf } from './buyer-visit.ts';
import { portalPage } from './frame.tsx';
import { signInAddress } from './place-to-return.ts';

/**
 * Where banks lead back to. Being here proves nothing: it leads whoever ordered to the page that asks the bank. Who is
 * neither signed in nor has the cookie of a guest's order is told what to do; nothing about the order is said here.
 */
export async function paidPage(visit: Visit): Promise<Response> {
  const orderId = orderIdOf(visit);
  const code = visit.cookie('__Host-guest');
  if (code !== null) {
    const owner = await ownerOfGuestCode(visit.op, code);
    const isIts = owner !== null && (await orderOfOwner(visit.op, owner)) === orderId;
    if (isIts) return seeOther(`/guest/${code}/${orderId}/pay`);
  }
  if (visit.signedIn !== null) return seeOther(`/history/${orderId}/pay`);
  const words = buyerPayText[visit.language].returned;
  return portalPage(
    visit,
    { title: words.title },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>{words.text}</p>
      <Actions>
        <ButtonLink href={signInAddress(`/history/${orderId}/pay`)}>{words.signIn}</ButtonLink>
        <ButtonLink href="/guest" kind="secondary">
          {words.guest}
        </ButtonLink>
      </Actions>
    </>,
  );
}
