import type { Child } from 'hono/jsx';
import { failureReason } from '../history/payments/failure-reason.ts';
import type { FailedPayment, OrderStanding } from '../history/payments/standing.ts';
import type { OpenWay } from '../history/payments/ways-open.ts';
import type { Order } from '../history/orders.ts';
import type { BuyerVisit } from '../http/route.ts';
import { Button, ButtonLink, Form, Hidden } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { Price, SummaryList } from '../pages/tables.tsx';
import { money, number, time } from '../text/format.ts';
import { buyerPayText } from '../text/buyer-pay.ts';
import { orderPath, placeOf } from './buyer-visit.ts';
import { portalPage } from './frame.tsx';

/** What is to be paid, until when, and by whom; nothing has gone to any bank when this is shown. */
export function showPayForm(
  visit: BuyerVisit,
  { order, lines }: OrderStanding,
  failed: FailedPayment | null,
  ways: readonly OpenWay[],
): Promise<Response> {
  const { language } = visit;
  const words = buyerPayText[language];
  const until = order.payBy === null ? '' : time(order.payBy, language);
  return portalPage(
    visit,
    { title: words.title(order.number), current: placeOf(visit) },
    <>
      <BackLink href={orderPath(visit)}>{words.back}</BackLink>
      <TooManyTries visit={visit} />
      <Outcome visit={visit} failed={failed} />
      <h1>{words.title(order.number)}</h1>
      <SummaryList
        rows={[
          {
            key: words.what,
            value: lines.map((line) => (
              <div>{words.line(number(line.quantity, language), line.description)}</div>
            )),
          },
          {
            key: words.total,
            value: (
              <strong>
                <Price ore={order.totalOre} language={language} />
              </strong>
            ),
          },
          { key: words.vat, value: <Price ore={order.vatOre} language={language} /> },
          { key: words.until, value: `${until}. ${words.kept}` },
        ]}
      />
      {ways.length === 0 ? (
        <Notice kind="warning" title={words.noWays}>
          <p>{words.noWaysText}</p>
        </Notice>
      ) : (
        inOrderOf(ways, order).map((way, index) => (
          <WaySection visit={visit} order={order} way={way} isFirst={index === 0} />
        ))
      )}
    </>,
  );
}

/** The order can not be paid any more. */
export function showEnded(
  visit: BuyerVisit,
  order: Order,
  kind: 'over' | 'too-late',
): Promise<Response> {
  const words = buyerPayText[visit.language];
  const [title, text] =
    kind === 'over' ? [words.over, words.overText] : [words.tooLate, words.tooLateText];
  return portalPage(
    visit,
    { title: words.title(order.number), current: placeOf(visit), status: 409 },
    <>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      <ButtonLink href={orderPath(visit)}>{words.toOrder}</ButtonLink>
    </>,
  );
}

/** The way that was chosen with the order comes first. */
function inOrderOf(ways: readonly OpenWay[], { payWay }: Order): readonly OpenWay[] {
  return ways.toSorted((one, other) => Number(other.way === payWay) - Number(one.way === payWay));
}

function WaySection(props: {
  visit: BuyerVisit;
  order: Order;
  way: OpenWay;
  isFirst: boolean;
}): Child {
  const { visit, order, isFirst } = props;
  const { way, recipient } = props.way;
  const words = buyerPayText[visit.language];
  return (
    <section aria-labelledby={`way-${way}`}>
      <h2 id={`way-${way}`}>{words.ways[way]}</h2>
      <p>{words.wayText[way]}</p>
      <p class="soft">
        {`${words.whoKnows(recipient.name)} `}
        {recipient.noticeUrl !== null && (
          <a href={recipient.noticeUrl}>{words.theirNotice(recipient.name)}</a>
        )}
        {'.'}
      </p>
      <Form action={`${orderPath(visit)}/pay`}>
        <Hidden name="way" value={way} />
        <Button kind={isFirst ? 'primary' : 'secondary'}>
          {words.pay[way](money(order.totalOre, visit.language))}
        </Button>
      </Form>
    </section>
  );
}

/** Nothing has gone to a bank this time; everything else on the page stays as it is. */
export function TooManyTries({ visit }: { visit: BuyerVisit }): Child {
  if (!visit.query.has('wait')) return null;
  const words = buyerPayText[visit.language];
  return (
    <Notice kind="warning" title={words.tooMany} role="alert">
      <p>{words.tooManyText}</p>
    </Notice>
  );
}

/** What became of the latest try. */
function Outcome({ visit, failed }: { visit: BuyerVisit; failed: FailedPayment | null }): Child {
  const words = buyerPayText[visit.language];
  if (visit.query.has('closed')) {
    return (
      <Notice kind="warning" title={words.closed} role="alert">
        <p>{words.closedText}</p>
      </Notice>
    );
  }
  if (failed === null) return null;
  const isStopped = failed.state === 'cancelled';
  return (
    <Notice
      kind={isStopped ? 'info' : 'warning'}
      title={isStopped ? words.stopped : words.failed}
      role="status"
    >
      <p>
        {isStopped ? '' : `${words.reasons[failureReason(failed)]} `}
        {words.nothingTaken}
      </p>
      <p>{words.again}</p>
    </Notice>
  );
}
