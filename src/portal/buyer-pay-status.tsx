import type { Child } from 'hono/jsx';
import { returnUrl } from '../history/payments/banks.ts';
import { swishLink, swishQrText } from '../history/payments/swish-words.ts';
import type { Standing } from '../history/payments/standing.ts';
import type { Order } from '../history/orders.ts';
import type { BuyerVisit } from '../http/route.ts';
import { Button, Form, Hidden } from '../pages/forms.tsx';
import { bankHref, swishHref } from '../pages/href.ts';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { QrCode } from '../pages/qr-code.tsx';
import { money } from '../text/format.ts';
import { buyerPayText } from '../text/buyer-pay.ts';
import { TooManyTries } from './buyer-pay-form.tsx';
import { orderPath, placeOf } from './buyer-visit.ts';
import { portalPage } from './frame.tsx';

type UnderWay = Extract<Standing, { kind: 'under-way' }>;

/** The bank may be asked every other second; the page comes a little later. */
const refreshSeconds = 3;

/** A payment that the bank has still to say something about. The page fetches itself anew until it has. */
export function showUnderWay(
  visit: BuyerVisit,
  order: Order,
  { payment, handover }: UnderWay,
): Promise<Response> {
  const words = buyerPayText[visit.language];
  // Only who has just asked to pay is led on; who comes back from the bank's page stays here.
  const goesOnTo =
    handover?.kind === 'redirect' && visit.query.has('go') ? handover.url : undefined;
  const { title } =
    handover === null ? words.asking : words[payment.way === 'swish' ? 'swish' : 'card'];
  return portalPage(
    visit,
    { title, current: placeOf(visit), refreshSeconds, refreshesAlone: true, goesOnTo },
    <>
      <BackLink href={orderPath(visit)}>{words.back}</BackLink>
      <Stuck visit={visit} />
      <TooManyTries visit={visit} />
      <h1>{title}</h1>
      <p>
        <strong>{money(payment.amountOre, visit.language)}</strong>
        {`, ${order.number}`}
      </p>
      {handover === null && <Asking visit={visit} />}
      {handover?.kind === 'swish' && <Swish visit={visit} order={order} token={handover.token} />}
      {handover?.kind === 'redirect' && <Card visit={visit} url={handover.url} />}
      <p class="soft">{words.live}</p>
      <Form action={`${orderPath(visit)}/pay`}>
        <Hidden name="other" value="1" />
        <p>{words.otherText}</p>
        <Button kind="secondary">{words.other}</Button>
      </Form>
    </>,
  );
}

/** Read out when a page that refreshes itself comes to say something else. */
function Said({ text }: { text: string }): Child {
  return (
    <p class="lead" data-announcement={text}>
      {text}
    </p>
  );
}

function Asking({ visit }: { visit: BuyerVisit }): Child {
  const words = buyerPayText[visit.language].asking;
  return (
    <>
      <Said text={words.lead} />
      <p>{words.text}</p>
    </>
  );
}

function Swish(props: { visit: BuyerVisit; order: Order; token: string }): Child {
  const { visit, order, token } = props;
  const words = buyerPayText[visit.language].swish;
  const back = returnUrl(visit.site, order.orderId);
  const bankUrl = visit.site.sandbox?.bankUrl;
  const link =
    bankUrl === undefined ? swishLink(token, back) : swishLink(token, back, `${bankUrl}/swish-app`);
  return (
    <>
      <Said text={words.waiting} />
      <div class="columns">
        <section aria-labelledby="here">
          <h2 id="here">{words.here}</h2>
          <p>
            <a class="button button--primary" id="open-swish" href={swishHref(link)}>
              {words.open}
            </a>
          </p>
        </section>
        <section aria-labelledby="there">
          <h2 id="there">{words.there}</h2>
          <p>{words.scan}</p>
          <QrCode text={swishQrText(token)} label={words.code} />
        </section>
      </div>
    </>
  );
}

function Card({ visit, url }: { visit: BuyerVisit; url: string }): Child {
  const words = buyerPayText[visit.language].card;
  return (
    <>
      <Said text={visit.query.has('go') ? words.going : words.waiting} />
      <p>
        <a class="button button--primary" id="to-bank" href={bankHref(url)}>
          {words.go}
        </a>
      </p>
    </>
  );
}

function Stuck({ visit }: { visit: BuyerVisit }): Child {
  const words = buyerPayText[visit.language];
  if (!visit.query.has('stuck')) return null;
  return (
    <Notice kind="warning" title={words.stuck} role="status">
      <p>{words.stuckText}</p>
    </Notice>
  );
}
