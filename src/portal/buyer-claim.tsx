import { claimGuestOrder } from '../history/claim-order.ts';
import { orderOfOwner } from '../history/held-orders.ts';
import { seeOther } from '../http/answers.ts';
import type { BuyerVisit } from '../http/route.ts';
import { Actions, Button, ButtonLink, Form } from '../pages/forms.tsx';
import { Problem } from '../problem.ts';
import { buyerGuestText } from '../text/buyer-guest.ts';
import { portalPage } from './frame.tsx';

/** Offers to take a guest's order into the account of who is signed in. @throws Problem `sign-in-needed` */
export function claimPage(visit: BuyerVisit): Promise<Response> {
  visit.asCustomer();
  const words = buyerGuestText[visit.language].claim;
  return portalPage(
    visit,
    { title: words.title },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>{words.same}</p>
      <Form action={`${visit.base}/claim`}>
        <Actions>
          <Button>{words.yes}</Button>
          <ButtonLink href={visit.base} kind="secondary">
            {words.keep}
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}

/** Takes it in, or says kindly why not and what to do. */
export async function takeClaim(visit: BuyerVisit): Promise<Response> {
  const orderId = await orderOfOwner(visit.op, visit.owner);
  if (orderId === null) throw new Problem('not-found');
  const claimed = await claimGuestOrder(visit.asCustomer().op, visit.op);
  if (claimed === 'held') return seeOther(`/history/${orderId}?claimed=1`);
  const words = buyerGuestText[visit.language].claim;
  return portalPage(
    visit,
    { title: words.otherTitle, status: 409 },
    <>
      <h1>{words.otherTitle}</h1>
      <p class="lead">{words.otherText}</p>
      <Actions>
        <ButtonLink href={visit.base}>{words.back}</ButtonLink>
        <ButtonLink href="/settings/email" kind="secondary">
          {words.settings}
        </ButtonLink>
      </Actions>
    </>,
  );
}
