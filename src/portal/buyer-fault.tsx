import { readOrder } from '../history/orders.ts';
import type { BuyerVisit } from '../http/route.ts';
import { BackLink } from '../pages/links.tsx';
import { buyerFaultText } from '../text/buyer-fault.ts';
import { dayAt } from '../text/format.ts';
import { orderIdOf, orderPath, placeOf } from './buyer-visit.ts';
import { FaultGuide } from './fault-guide.tsx';
import { portalPage } from './frame.tsx';

/** How to complain about a fault in what was ordered, and until when. */
export async function faultPage(visit: BuyerVisit): Promise<Response> {
  const { op, owner, language } = visit;
  const opener = await op.vault.openFor(op, owner, ['history']);
  const { order } = await readOrder(op, opener, orderIdOf(visit));
  const words = buyerFaultText[language];
  return portalPage(
    visit,
    { title: words.title, current: placeOf(visit) },
    <>
      <BackLink href={orderPath(visit)}>{words.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <FaultGuide
        visit={visit}
        proof={words.number(order.number)}
        lastDay={order.performedAt === null ? null : lastDayToComplain(order.performedAt)}
      />
    </>,
  );
}

/** Konsumentköplagen (2022:260) 4 kap. 14 § and 5 kap. 2 §: three years from when the goods were had, and two months. */
function lastDayToComplain(hadAt: Temporal.Instant): Temporal.PlainDate {
  return dayAt(hadAt).add({ years: 3, months: 2 });
}
