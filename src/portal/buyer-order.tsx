import type { Child } from 'hono/jsx';
import { refundStates } from '../bookkeeping/refunds.ts';
import type { Refund } from '../bookkeeping/refunds.ts';
import type { Item } from '../history/catalogue/items.ts';
import { readItems } from '../history/catalogue/items.ts';
import { listEvents } from '../history/order-events.ts';
import type { OrderEvent } from '../history/order-events.ts';
import { optionsOf } from '../history/take-back.ts';
import type { LineOptions } from '../history/take-back.ts';
import { findTerms } from '../history/terms.ts';
import type { PublishedTerms } from '../history/terms.ts';
import { readWhole } from '../history/whole-order.ts';
import type { WholeOrder } from '../history/whole-order.ts';
import type { BuyerVisit } from '../http/route.ts';
import type { RowId } from '../ids.ts';
import { Actions, ButtonLink } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { buyerOrderText } from '../text/buyer-order.ts';
import { time } from '../text/format.ts';
import { BookingPanels } from './buyer-order-bookings.tsx';
import { CourseSection } from './buyer-order-course.tsx';
import { FactsSection, LinesSection } from './buyer-order-lines.tsx';
import { MoneySection, ReceiptsSection } from './buyer-order-money.tsx';
import { OrderNews } from './buyer-order-news.tsx';
import { WaysSection } from './buyer-order-ways.tsx';
import { isGuest, orderIdOf, orderPath, placeOf } from './buyer-visit.ts';
import { stateInWords } from './buyer-words.ts';
import { portalPage } from './frame.tsx';

/** Everything that the page of an order shows. */
export type OrderShown = {
  readonly visit: BuyerVisit;
  readonly whole: WholeOrder;
  readonly options: readonly LineOptions[];
  readonly events: readonly OrderEvent[];
  readonly refunds: ReadonlyMap<RowId, Refund>;
  /** What the catalogue still has of what was ordered. */
  readonly items: ReadonlyMap<RowId, Item>;
  readonly terms: PublishedTerms | null;
};

/** One order: how it stands, what has happened, where the money is, and what can be done with it now. */
export async function orderPage(visit: BuyerVisit): Promise<Response> {
  const shown = await readShown(visit);
  const { order } = shown.whole;
  const words = buyerOrderText[visit.language];
  const title = words.title(order.number);
  return portalPage(
    visit,
    { title, current: placeOf(visit) },
    <>
      <OrderNews shown={shown} />
      {!isGuest(visit) && <BackLink href={visit.base}>{words.back}</BackLink>}
      <h1>{title}</h1>
      <p class="lead">{stateInWords(shown.whole, visit.language)}</p>
      <ToPay shown={shown} />
      <BookingPanels shown={shown} />
      <LinesSection shown={shown} />
      <WaysSection shown={shown} />
      <MoneySection shown={shown} />
      <ReceiptsSection shown={shown} />
      <CourseSection shown={shown} />
      <FactsSection shown={shown} />
    </>,
  );
}

async function readShown(visit: BuyerVisit): Promise<OrderShown> {
  const { op, owner } = visit;
  const orderId = orderIdOf(visit);
  const opener = await op.vault.openFor(op, owner, ['history']);
  const whole = await readWhole(op, opener, orderId);
  const refundIds = whole.reversals.flatMap(({ refundId }) =>
    refundId === null ? [] : [refundId],
  );
  return {
    visit,
    whole,
    options: optionsOf(whole, op.now),
    events: await listEvents(op, owner, orderId),
    refunds: await refundStates(op, refundIds),
    items: await itemsOf(visit, whole),
    terms: whole.order.termsId === null ? null : await findTerms(op.db, whole.order.termsId),
  };
}

/** The catalogue's entries of what was ordered, by their ids; what is not known any more is left out. */
async function itemsOf({ op }: BuyerVisit, { lines }: WholeOrder): Promise<Map<RowId, Item>> {
  const ids = new Set(lines.flatMap(({ item }) => (item === null ? [] : [item.itemId])));
  if (ids.size === 0) return new Map();
  const items = await readItems(op.db, { only: [...ids], hiddenToo: true });
  return new Map(items.map((item) => [item.itemId, item]));
}

/** What is not paid yet is said before everything else. */
function ToPay({ shown }: { shown: OrderShown }): Child {
  const { visit, whole } = shown;
  const { state, payBy } = whole.order;
  const words = buyerOrderText[visit.language];
  if (state !== 'unpaid' || payBy === null) return null;
  return (
    <Notice kind="warning" title={words.unpaid(time(payBy, visit.language))}>
      <p>{words.unpaidText}</p>
      <Actions>
        <ButtonLink href={`${orderPath(visit)}/pay`}>{words.pay}</ButtonLink>
      </Actions>
    </Notice>
  );
}
