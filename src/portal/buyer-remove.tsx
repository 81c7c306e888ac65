import { orderOfOwner } from '../history/held-orders.ts';
import { readOrder } from '../history/orders.ts';
import { obstacleToRemoval, removeFromHistory } from '../history/remove-order.ts';
import { seeOther } from '../http/answers.ts';
import type { BuyerVisit } from '../http/route.ts';
import type { RowId } from '../ids.ts';
import { Actions, Button, ButtonLink, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { isProblem, Problem } from '../problem.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { preserveOrder } from '../routines/held-records.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { buyerRemoveText } from '../text/buyer-remove.ts';
import { isGuest, orderIdOf, placeOf } from './buyer-visit.ts';
import { portalPage } from './frame.tsx';
import type { PortalParts } from './parts.ts';

/** What goes and what stays when an order is removed from the history. */
export function removePage(visit: BuyerVisit): Promise<Response> {
  return showRemoval(visit, orderIdOf(visit));
}

/** Removes it. What an account took in from a guest goes as that guest's order does: with its own key. */
export async function takeRemove(visit: BuyerVisit, parts: PortalParts): Promise<Response> {
  const { op, owner } = visit;
  const orderId = orderIdOf(visit);
  const isHeld = op.actor.party === 'customer' && op.actor.owner !== owner;
  return removeUnless(visit, orderId, async () => {
    if (isHeld) return eraseGuest(visit, parts);
    await removeFromHistory(op, owner, orderId, preserveOrder);
    return seeOther('/history?removed=1');
  });
}

/** The same for who has the code of a guest's order. */
export async function removeGuestPage(visit: BuyerVisit): Promise<Response> {
  return showRemoval(visit, await orderOfGuest(visit));
}

export async function takeRemoveGuest(visit: BuyerVisit, parts: PortalParts): Promise<Response> {
  return removeUnless(visit, await orderOfGuest(visit), () => eraseGuest(visit, parts));
}

/** The erasure of an owner of its own, with all its evidence: a signed receipt comes of it. */
async function eraseGuest(visit: BuyerVisit, { closing }: PortalParts): Promise<Response> {
  const code = newReceiptCode();
  await closing(await askErasure(visit.op, visit.owner, code));
  visit.setCookie('__Host-receipt', code);
  return seeOther('/receipt');
}

/** What has come in the way since the page was shown is said, and nothing is removed. */
async function removeUnless(
  visit: BuyerVisit,
  orderId: RowId,
  remove: () => Promise<Response>,
): Promise<Response> {
  const obstacle = await obstacleToRemoval(visit.op, { owner: visit.owner, orderId });
  if (obstacle !== null) return showRemoval(visit, orderId);
  try {
    return await remove();
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    return showRemoval(visit, orderId);
  }
}

async function orderOfGuest({ op, owner }: BuyerVisit): Promise<RowId> {
  const orderId = await orderOfOwner(op, owner);
  if (orderId === null) throw new Problem('not-found');
  return orderId;
}

async function showRemoval(visit: BuyerVisit, orderId: RowId): Promise<Response> {
  const { op, owner, language, base } = visit;
  const words = buyerRemoveText[language];
  const opener = await op.vault.openFor(op, owner, ['history']);
  const { order } = await readOrder(op, opener, orderId);
  const obstacle = await obstacleToRemoval(op, { owner, orderId });
  const back = `${base}/${orderId}`;
  if (obstacle !== null) {
    return portalPage(
      visit,
      { title: words.obstacle, current: placeOf(visit), status: 409 },
      <>
        <BackLink href={back}>{words.back}</BackLink>
        <h1>{words.obstacle}</h1>
        <p class="lead">{words.obstacles[obstacle]}</p>
      </>,
    );
  }
  const title = isGuest(visit) ? words.titleGuest : words.title;
  const action = isGuest(visit) ? `${base}/remove` : `${back}/remove`;
  return portalPage(
    visit,
    { title, current: placeOf(visit) },
    <>
      <BackLink href={back}>{words.back}</BackLink>
      <h1>{title}</h1>
      <p class="lead">{words.lead(order.number)}</p>
      <h2>{words.think}</h2>
      <p>{words.thinkText}</p>
      <h2>{words.goes}</h2>
      <ul>
        {[...words.goesList, ...(isGuest(visit) ? [words.goesGuest] : [])].map((text) => (
          <li>{text}</li>
        ))}
      </ul>
      <h2>{words.stays}</h2>
      <ul>
        {words.staysList.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
      <Form action={action}>
        <Actions>
          <Button kind="danger">{words.yes}</Button>
          <ButtonLink href={back} kind="secondary">
            {words.keep}
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}
