import type { Child } from 'hono/jsx';
import type { PayWay } from '../database/records-history.ts';
import type { Visit } from '../http/route.ts';
import { Choices } from '../pages/choices.tsx';
import { Hidden } from '../pages/forms.tsx';
import { list } from '../text/format.ts';
import { shopCheckoutText } from '../text/shop-checkout.ts';
import { sumsOf } from './basket.ts';
import type { Needs } from './checkout-fields.ts';
import { errorOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import type { PayOffer } from './pay-offers.ts';

type PayChoicesProps = {
  readonly visit: Visit;
  readonly offers: readonly PayOffer[];
  readonly needs: Needs;
  readonly values: ReadonlyMap<string, string>;
  readonly faults: Faults;
  readonly notOffered: readonly Exclude<PayWay, 'on-site'>[];
};

/**
 * How to pay, and with each way who gets to know what, with a link to how they handle it: before anything goes to them.
 * Nothing is chosen beforehand where there is a choice.
 */
export function PayChoices(props: PayChoicesProps) {
  const { visit, offers, needs, values, faults, notOffered } = props;
  const { language } = visit;
  const { form: words, faults: faultWords } = shopCheckoutText[language];
  if (sumsOf(needs.lines).totalOre === 0) return <Hidden name="pay_way" value="on-site" />;
  const only = offers.length === 1 ? offers[0]?.way : undefined;
  const missing = notOffered.map((way) => words.notOfferedWays[way]);
  return (
    <>
      <Choices
        name="pay_way"
        legend={words.pay}
        options={offers.map((offer) => ({
          value: offer.way,
          label: words.ways[offer.way],
          hint: <WhoKnows visit={visit} offer={offer} />,
        }))}
        values={[values.get('pay_way') ?? only ?? '']}
        error={errorOf(faultWords, faults, 'pay_way')}
      />
      {missing.length > 0 && <p class="soft">{words.notOffered(list(missing, language))}</p>}
    </>
  );
}

/** One line on who gets to know of a payment, and the way to their own notice. */
export function WhoKnows({ visit, offer }: { visit: Visit; offer: PayOffer }): Child {
  const words = shopCheckoutText[visit.language].form;
  const { way, recipient } = offer;
  if (way === 'on-site' || recipient === null) return words.whoKnows['on-site'];
  const { name, noticeUrl } = recipient;
  return (
    <>
      {words.whoKnows[way](name)}
      {noticeUrl !== null && (
        <>
          {' '}
          <a href={noticeUrl}>{words.theirNotice}</a>.
        </>
      )}
    </>
  );
}
